"""The membership card: whole for its holder, and for strangers no more than whether it holds today."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.shell.people import client_of, user_of
from zhijia.core.demo import World
from zhijia.core.uid import uuid7
from zhijia.members.models import Person
from zhijia.unions.models import Union


@pytest.fixture
def world(make_world: Callable[..., World], monkeypatch: pytest.MonkeyPatch, today: date) -> World:
    monkeypatch.setenv("ZHIJIA_TODAY", today.isoformat())
    return make_world("members", members=60)


@pytest.fixture
def person(world: World, today: date) -> Person:
    return Person.objects.get(user=user_of(world, "member", today))


def test_the_holder_sees_name_union_and_code(person: Person) -> None:
    assert person.user is not None
    client = client_of(person.user)
    with CaptureQueriesContext(connection) as asked:
        page = client.get("/me/card/")
    text = page.content.decode()
    assert len(asked) <= 15
    assert person.name in text
    assert person.union.name in text
    assert "<svg" in text
    assert str(person.uid) not in text.partition("<svg")[0]


def test_strangers_learn_whether_it_holds_and_no_full_name(person: Person, today: date) -> None:
    url = f"/card/{person.uid}/"
    answer = Client().get(url)
    text = answer.content.decode()
    assert "有效会员" in text
    assert person.name not in text
    assert f"{person.name[:1]}*" in text
    assert "no-store" in answer.headers["Cache-Control"]
    assert "noindex" in answer.headers["X-Robots-Tag"]
    for secret in (person.staff_no, person.department, str(person.birth_on)):
        assert not secret or secret not in text


def test_left_unknown_and_withdrawn_cards_all_look_the_same(person: Person, today: date) -> None:
    def body(uid: object) -> str:
        answer = Client().get(f"/card/{uid}/")
        assert answer.status_code == 200
        return answer.content.decode().partition("<main")[2].partition("</main>")[0]

    unknown = body(uuid7())
    assert "不是有效的会员证" in unknown
    rows = Person.objects.filter(pk=person.pk)
    for change in (
        {"left_on": today}, {"left_on": None, "admitted_on": None}, {"admitted_on": today + timedelta(days=1)},
        {"admitted_on": date(2020, 1, 1), "withdrawn_on": today},
    ):  # fmt: skip
        rows.update(**change)
        assert body(person.uid) == unknown
        assert Union.objects.get().name not in unknown


def test_retained_membership_says_so(person: Person, today: date) -> None:
    Person.objects.filter(pk=person.pk).update(retained_on=today)
    assert "保留会籍的会员" in Client().get(f"/card/{person.uid}/").content.decode()
