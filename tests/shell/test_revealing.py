"""A secret in full: shown once for a stated task, logged without its content, and to nobody else."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.shell.people import client_of, user_of
from zhijia.care import services as care
from zhijia.care.models import AidCase
from zhijia.core import person_keys
from zhijia.core.demo import SMALL, World
from zhijia.core.models import AuditLine
from zhijia.core.pages.wording import secrets_of
from zhijia.features import FEATURES
from zhijia.members.models import Person
from zhijia.shell.registers import BY_LABEL, REGISTERS

ILLNESS = "甲乙丙丁专用标记·术后康复"
REASON = "办理住院慰问，核对病情"


@pytest.fixture
def world(make_world: Callable[..., World], monkeypatch: pytest.MonkeyPatch, today: date) -> World:
    monkeypatch.setenv("ZHIJIA_TODAY", today.isoformat())
    return make_world("care", members=60)


@pytest.fixture
def case(world: World, today: date) -> AidCase:
    person = world.members_on(today)[3].pk
    row = {"person": person, "applied_on": date(2026, 3, 2), "illness": ILLNESS}
    return AidCase.objects.get(pk=care.save_aid([row], union=world.union, by=world.by, today=today)[0])


def url_of(case: AidCase, field: str = "illness") -> str:
    return BY_LABEL["care.AidCase"].url("record", case.uid) + f"reveal/{field}/"


def test_every_secret_of_a_sheet_says_with_which_permission_it_is_shown() -> None:
    granted = {permission for feature in FEATURES for grant in feature.grants for permission in grant.permissions}
    for register in REGISTERS:
        assert bool(secrets_of(register.sheet)) == bool(register.sheet.reveal), register.sheet.name
        assert not register.sheet.reveal or register.sheet.reveal in granted


def test_it_is_shown_once_and_the_line_tells_who_and_why_but_not_what(world: World, case: AidCase, today: date) -> None:
    client = client_of(user_of(world, "chair", today))
    record = client.get(BY_LABEL["care.AidCase"].url("record", case.uid)).content.decode()
    assert url_of(case) in record
    assert ILLNESS not in record
    assert ILLNESS not in client.get(url_of(case)).content.decode()
    with CaptureQueriesContext(connection) as asked:
        answer = client.post(url_of(case), {"reason": REASON})
    assert ILLNESS in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]
    assert len(asked) <= 20
    (line,) = person_keys.opened(AuditLine.objects.filter(verb="core.revealed"))
    assert line.told == {"field": "illness", "reason": REASON, "persons": [case.person_id]}
    assert line.user_id
    assert (line.subject, line.subject_id) == ("care.AidCase", case.pk)
    for page in (BY_LABEL["care.AidCase"].url("record", case.uid), "/audit/", url_of(case)):
        assert ILLNESS not in client.get(page).content.decode()
    assert f"查看了病情的全文，用途：{REASON}" in client.get("/audit/").content.decode()
    assert REASON in client.get(BY_LABEL["care.AidCase"].url("record", case.uid)).content.decode()


def test_sending_the_same_form_again_shows_nothing(world: World, case: AidCase, today: date) -> None:
    client = client_of(user_of(world, "chair", today))
    first = client.get(url_of(case)).context["form"]
    assert ILLNESS in client.post(url_of(case), {"reason": REASON, "form": first}).content.decode()
    again = client.post(url_of(case), {"reason": REASON, "form": first}, follow=True)
    assert ILLNESS not in again.content.decode()
    assert "请重新写用途" in again.content.decode()
    assert AuditLine.objects.filter(verb="core.revealed").count() == 1
    second = client.get(url_of(case)).context["form"]
    assert ILLNESS in client.post(url_of(case), {"reason": REASON, "form": second}).content.decode()


@pytest.mark.parametrize(
    "reason", ["", "看看", "字" * 201, "核对身份证330102198001011234", f"核对：{ILLNESS}"], ids=range(5)
)
def test_without_a_good_reason_nothing_is_shown_or_logged(
    world: World, case: AidCase, today: date, reason: str
) -> None:
    answer = client_of(user_of(world, "chair", today)).post(url_of(case), {"reason": reason})
    assert answer.status_code == 422
    assert not AuditLine.objects.filter(verb="core.revealed").exists()
    if ILLNESS not in reason:
        assert ILLNESS not in answer.content.decode()


@pytest.mark.parametrize("role", ["committee", "operator", "reviewer", "group_leader", "member", "accountant"])
def test_other_posts_are_neither_offered_nor_shown_it(world: World, case: AidCase, today: date, role: str) -> None:
    client = client_of(user_of(world, role, today))
    page = client.get(BY_LABEL["care.AidCase"].url("record", case.uid))
    assert url_of(case) not in page.content.decode()
    answer = client.post(url_of(case), {"reason": REASON})
    assert answer.status_code == 403
    assert ILLNESS not in answer.content.decode()


def test_another_union_and_fields_that_are_no_secret_are_not_there(
    world: World, case: AidCase, make_world: Callable[..., World], today: date
) -> None:
    chair = client_of(user_of(world, "chair", today))
    assert chair.post(url_of(case, "cause"), {"reason": REASON}).status_code == 404
    assert chair.post(url_of(case, "union"), {"reason": REASON}).status_code == 404
    assert chair.post(url_of(case, "family"), {"reason": REASON}).status_code == 422  # nothing on record
    other = make_world("care", profile=SMALL, members=40)
    stranger = client_of(user_of(other, "chair", today))
    assert stranger.post(url_of(case), {"reason": REASON}).status_code == 404


def test_the_password_is_asked_for_first_when_it_was_given_long_ago(world: World, case: AidCase, today: date) -> None:
    client: Client = client_of(user_of(world, "chair", today))
    session: Any = client.session
    session["fresh_at"] = 0
    session.save()
    for answer in (client.get(url_of(case)), client.post(url_of(case), {"reason": REASON})):
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/me/confirm/")
    assert not AuditLine.objects.filter(verb="core.revealed").exists()


def test_a_person_s_phone_is_told_of_as_the_person_s(world: World, today: date) -> None:
    person = Person.objects.in_union(world.union).exclude(phone_tail="").first()
    assert person is not None
    client = client_of(user_of(world, "vice_chair", today))
    answer = client.post(BY_LABEL["members.Person"].url("record", person.uid) + "reveal/phone/", {"reason": "通知家访"})
    assert person.phone_tail in answer.content.decode()
    (line,) = person_keys.opened(AuditLine.objects.filter(verb="core.revealed"))
    assert line.told["persons"] == [person.pk]
