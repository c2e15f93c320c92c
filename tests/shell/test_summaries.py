"""A form that comes back says on top what is wrong and leads to each box: on a phone the box is screens away."""

import re
from datetime import date

import pytest
from django.test import Client

from tests.shell.people import client_of, user_of
from zhijia.core.demo import World
from zhijia.members.models import Person, Post


@pytest.fixture
def world(make_world, monkeypatch, today) -> World:
    monkeypatch.setenv("ZHIJIA_TODAY", today.isoformat())
    return make_world("members", members=60)


def astray(client: Client, path: str, **sent: str) -> set[str]:
    """The boxes with something wrong that the summary does not lead to, of a form sent empty or as told."""
    answer = client.post(path, sent)
    page = answer.content.decode()
    wrong = set(re.findall(r'id="(f-[^"]+)-wrong"', page))
    assert (path, answer.status_code) == (path, 422)
    assert wrong, f"{path} marks no box"
    summary = re.search(r'id="problems".*?</ul>', page, re.S)
    assert summary, f"{path} says nothing on top"
    return {box for box in wrong if f'href="#{box}"' not in summary.group()}


def test_every_form_of_the_office_leads_to_what_is_wrong(world: World, today: date) -> None:
    chair = client_of(user_of(world, "chair", today))
    person = Person.objects.in_union(world.union).members_on(today).filter(user=None).exclude(
        pk__in=Post.objects.values("person")
    ).first()  # fmt: skip
    post = Post.objects.in_union(world.union).filter(office="committee", end=None).first()
    for path, sent in (
        ("/members/admissions/new/", {}),
        ("/members/transfer-in/", {}),
        ("/members/posts/take-up/", {"office": "committee"}),
        (f"/members/posts/{post.uid}/hand-over/", {}),
        ("/members/visits/new/", {}),
        ("/members/fields/new/", {}),
        ("/members/time/", {}),
        ("/members/reorganisation/", {"kind": "merge"}),
        (f"/members/{person.uid}/change/?kind=withdraw", {}),
        ("/retention/numbers/members.admit.days/", {}),
        (f"/records/members/person/{person.uid}/reveal/id_number/", {}),
    ):
        assert astray(chair, path, **sent) == set(), path


def test_every_form_of_a_member_leads_to_what_is_wrong(world: World, today: date) -> None:
    member = client_of(user_of(world, "member", today))
    for path in ("/members/household/new/", "/me/data/ask/", "/me/password/"):
        assert astray(member, path) == set(), path
