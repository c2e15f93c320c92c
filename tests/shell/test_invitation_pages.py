"""Invitations and vouched resets through the pages: from the officer's list to the person's first look around."""

import logging
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.shell.people import PASSWORD, client_of, user_of
from tests.shell.test_login_pages import enter, with_app
from zhijia.accounts import factors
from zhijia.accounts.models import Invitation, ResetRequest, User
from zhijia.accounts.services import make_login
from zhijia.config.logs import WithoutValues
from zhijia.core.access import Access
from zhijia.core.demo import SMALL, World
from zhijia.core.models import AuditLine
from zhijia.core.pages.addresses import invite_url
from zhijia.members import services as members
from zhijia.members import visiting
from zhijia.members.models import Person, Post
from zhijia.shell import inviting

NEW = "Mein-erstes-Wort-1"


@pytest.fixture
def world(make_world: Callable[..., World], monkeypatch: pytest.MonkeyPatch, today: date) -> World:
    monkeypatch.setenv("ZHIJIA_TODAY", today.isoformat())
    return make_world("members", members=60)


def free_person(world: World, today: date, group: int | None = None) -> Person:
    rows = Person.objects.in_union(world.union).members_on(today).filter(user=None).exclude(staff_no="")
    rows = rows.exclude(pk__in=Post.objects.values("person"))
    return rows.filter(group=group).first() if group else rows.first()


def links(client: Client, *persons: Person) -> list[str]:
    page = client.post("/invitations/make/", {"person": [one.pk for one in persons]}).content.decode()
    return re.findall(r'class="help address">http://testserver(/join/[^<]+)<', page)


def join(link: str, person: Person, password: str = NEW, **changed: str) -> tuple[Client, Any]:
    client = Client()
    assert client.get(link).headers["Location"] == "/join/"
    given = {"answer": person.staff_no, "new": password, "again": password, **changed}
    return client, client.post("/join/", given)


def test_from_the_slip_to_the_first_page(world: World, today: date) -> None:
    chair, person = client_of(user_of(world, "chair", today)), free_person(world, today)
    assert person.name in chair.get("/invitations/").content.decode()
    (link,) = links(chair, person)
    assert link.split("/")[2] not in repr(list(Invitation.objects.values()))
    client = Client()
    client.get(link)
    assert person.name in client.get("/join/").content.decode()
    client, answer = join(link, person)
    assert answer.headers["Location"] == "/me/security/?first=1"
    assert client.get("/").status_code == 200
    assert enter(person.staff_no, NEW).status_code == 302
    assert "已经用过" in chair.get("/invitations/").content.decode()
    _client, again = join(link, person)
    assert "用不了了" in again.content.decode()
    verbs = list(AuditLine.objects.filter(verb__startswith="accounts.").order_by("seq").values_list("verb", flat=True))
    assert verbs[:3] == ["accounts.invitation.made", "accounts.login.made", "accounts.login.entered"]


def test_who_has_neither_number_nor_phone_is_told_the_name_of_the_login(world: World, today: date) -> None:
    chair, person = client_of(user_of(world, "chair", today)), free_person(world, today)
    Person.objects.filter(pk=person.pk).update(staff_no="", phone=None, phone_index=None, phone_tail="")
    (link,) = links(chair, person)
    client, answer = join(link, person)
    name = Person.objects.get(pk=person.pk).user.username
    assert f"以后登录用的登录名是 {name}，请记下来" in client.get(answer.headers["Location"]).content.decode()
    assert enter(name, NEW).status_code == 302
    assert Client().post("/login/forgot/", {"name": person.name, "staff_no": name}).status_code == 200
    assert ResetRequest.objects.filter(person_id=person.pk).exists()


def test_a_link_that_is_old_replaced_or_taken_back_opens_nothing(world: World, today: date) -> None:
    chair, person = client_of(user_of(world, "chair", today)), free_person(world, today)
    (first,) = links(chair, person)
    (second,) = links(chair, person)
    assert "用不了了" in join(first, person)[1].content.decode()
    chair.post(f"/invitations/{Invitation.objects.get(revoked_at=None).uid}/revoke/")
    assert "用不了了" in join(second, person)[1].content.decode()
    (third,) = links(chair, person)
    Invitation.objects.update(expires_at=timezone.now())
    assert "用不了了" in join(third, person)[1].content.decode()
    assert "过期" in chair.get("/invitations/").content.decode()
    assert not User.objects.filter(username=person.staff_no).exists()


def test_five_wrong_answers_make_a_found_slip_worthless(world: World, today: date) -> None:
    chair, person = client_of(user_of(world, "chair", today)), free_person(world, today)
    (link,) = links(chair, person)
    for _attempt in range(5):
        assert "工号不对" in join(link, person, answer="9999")[1].content.decode()
    assert "用不了了" in join(link, person)[1].content.decode()


def test_a_weak_password_leaves_the_invitation_good(world: World, today: date) -> None:
    chair, person = client_of(user_of(world, "chair", today)), free_person(world, today)
    (link,) = links(chair, person)
    assert join(link, person, "kurz")[1].status_code == 422
    assert join(link, person, f"Wort-{person.staff_no}-x")[1].status_code == 422
    assert join(link, person)[1].status_code == 302


def test_everything_that_is_missing_is_told_at_once_at_its_box_and_no_guess_is_counted(
    world: World, today: date
) -> None:
    chair, person = client_of(user_of(world, "chair", today)), free_person(world, today)
    (link,) = links(chair, person)
    for _attempt in range(6):
        page = join(link, person, "kurz", answer="")[1].content.decode()
        assert {'id="f-answer-wrong"', 'id="f-new-wrong"'} <= set(re.findall(r'id="f-[a-z]+-wrong"', page))
    page = join(link, person, again="anders")[1].content.decode()
    assert re.findall(r'id="f-[a-z]+-wrong"', page) == ['id="f-again-wrong"']
    assert f'value="{person.staff_no}" autocomplete="username"' in page, "what was typed stays"
    client, answer = join(link, person)
    assert answer.status_code == 302
    assert "先不加，进首页" in client.get(answer.headers["Location"]).content.decode()


def test_a_leader_invites_the_own_group_only_and_another_union_nobody(
    world: World, make_world: Callable[..., World], today: date
) -> None:
    other = make_world("members", profile=SMALL, members=40)
    leader = client_of(user_of(world, "group_leader", today))
    groups = list(world.groups.values())
    mine, theirs = free_person(world, today, groups[0]), free_person(world, today, groups[1])
    page = leader.get("/invitations/").content.decode()
    assert f'value="{mine.pk}"' in page
    assert f'value="{theirs.pk}"' not in page
    assert len(links(leader, mine, theirs)) == 1
    chair = client_of(user_of(world, "chair", today))
    assert links(chair, free_person(other, today)) == []
    (link,) = links(chair, theirs)
    row = Invitation.objects.get(person_id=theirs.pk)
    leader.post(f"/invitations/{row.uid}/revoke/")
    assert join(link, theirs)[1].status_code == 302


def appointed(world: World, person: Person, office: str, first: date) -> None:
    post = {"person": person.pk, "office": office, "group": None, "first": first}
    members.save_posts([post], union=world.union, by=world.by, today=first)


@pytest.mark.parametrize("office", ["vice_chair", "accountant", "operator"])
@pytest.mark.parametrize("days", [0, 1])
def test_nobody_prints_a_slip_that_opens_more_than_the_own_login(
    world: World, today: date, office: str, days: int
) -> None:
    leader, committee = (client_of(user_of(world, role, today)) for role in ("group_leader", "committee"))
    person = free_person(world, today, group=next(iter(world.groups.values())))
    early = links(leader, person)
    assert len(early) == 1
    appointed(world, person, office, today + timedelta(days=days))
    for client in (leader, committee):
        assert links(client, person) == []
        assert f'value="{person.pk}"' not in client.get("/invitations/").content.decode()
    _client, answer = join(early[0], person)
    assert "作废" in answer.content.decode() or answer.status_code == 200
    assert Person.objects.get(pk=person.pk).user_id is None
    chair = client_of(user_of(world, "chair", today))
    (link,) = links(chair, person)
    assert join(link, person)[1].status_code == 302
    assert Person.objects.get(pk=person.pk).user_id is not None


def test_the_slip_that_a_chair_printed_for_the_successor_stays_good(world: World, today: date) -> None:
    user = user_of(world, "chair", today)
    person = free_person(world, today)
    (link,) = links(client_of(user), person)
    Post.objects.filter(person__user=user).update(end=today)
    appointed(world, person, "vice_chair", today)
    assert join(link, person)[1].status_code == 302


def test_nobody_vouches_for_whoever_takes_up_a_post_of_weight_tomorrow(
    world: World, today: date, forgetful: Person
) -> None:
    leader = Access(union=world.union, on=today, groups=frozenset({forgetful.group_id or 0}))
    assert inviting.vouchable([forgetful.pk], leader) == {forgetful.pk}
    appointed(world, forgetful, "vice_chair", today + timedelta(days=1))
    assert inviting.vouchable([forgetful.pk], leader) == set()


def test_a_whole_group_gets_its_slips_at_once(world: World, today: date) -> None:
    chair = client_of(user_of(world, "chair", today))
    name = next(iter(world.groups))
    page = chair.post("/invitations/make/", {"place": name}).content.decode()
    assert page.count('class="slip"') == Invitation.objects.count() > 2
    assert "style=" not in page
    assert "<svg" in page


def test_the_words_of_links_do_not_reach_the_log() -> None:
    record = logging.LogRecord("django.request", logging.ERROR, "", 1, "%s: %s", ("Error", "/join/s3cret-Word/"), None)
    assert "s3cret" not in WithoutValues("%(message)s").format(record)
    record.args = ("Error", "/login/back/oidc/?code=s3cret&state=s3cret")
    assert "s3cret" not in WithoutValues("%(message)s").format(record)


# ---------------------------------------------------------------- resets


@pytest.fixture
def forgetful(world: World, today: date) -> Person:
    """A member of the first group who has a login, and has forgotten the password."""
    person = free_person(world, today, next(iter(world.groups.values())))
    members.link_login(person.pk, make_login("forgetful", PASSWORD).pk)
    return Person.objects.get(pk=person.pk)


def ask(person: Person, **changed: str) -> Any:
    given = {"name": person.name, "staff_no": person.staff_no, **changed}
    return Client(REMOTE_ADDR="10.1.1.1").post("/login/forgot/", given)


def vouched(client: Client) -> str:
    row = ResetRequest.objects.get(vouched_at=None)
    asked = client.get(f"/vouching/{row.uid}/").content.decode()
    boxes = {"seen": "1"} | ({"lost": "1"} if re.search(r'name="lost"[^>]*checked', asked) else {})
    page = client.post(f"/vouching/{row.uid}/", boxes).content.decode()
    found = re.search(r'class="code"><code>([^<]+)<', page)
    assert found, page
    return found[1]


def redeem(person: Person, code: str, password: str = NEW, **changed: str) -> Any:
    given = {"name": person.name, "staff_no": person.staff_no, "token": code, "new": password, "again": password}
    return Client(REMOTE_ADDR="10.1.1.2").post("/login/reset/", given | changed)


def test_from_a_forgotten_password_to_a_new_one(world: World, today: date, forgetful: Person) -> None:
    leader = client_of(user_of(world, "group_leader", today))
    open_elsewhere = client_of(User.objects.get(username="forgetful"))
    assert "请去找小组长" in ask(forgetful).content.decode()
    assert forgetful.name in leader.get("/vouching/").content.decode()
    todo = f"{forgetful.name}忘了口令，当面见到本人以后给代码"
    assert todo in leader.get("/todos/").content.decode()
    assert todo not in client_of(user_of(world, "committee", today)).get("/todos/").content.decode()
    row = ResetRequest.objects.get()
    assert leader.post(f"/vouching/{row.uid}/").status_code == 422  # without saying that one has seen the person
    code = vouched(leader)
    assert code.replace("-", "") not in repr(list(ResetRequest.objects.values()))
    assert redeem(forgetful, code.lower()).status_code == 302
    assert redeem(forgetful, code, "Noch-ein-anderes-3").status_code == 422
    assert open_elsewhere.get("/").status_code == 302
    assert enter("forgetful").status_code == 422
    assert enter("forgetful", NEW).status_code == 302
    verbs = AuditLine.objects.filter(verb__startswith="accounts.reset").order_by("seq").values_list("verb", flat=True)
    assert list(verbs) == ["accounts.reset.asked", "accounts.reset.vouched", "accounts.reset.done"]
    assert "已经重设" in leader.get("/vouching/").content.decode()


def test_an_empty_wish_for_a_new_password_is_not_told_as_received(forgetful: Person) -> None:
    for missing, words in (("name", "还没有填姓名"), ("staff_no", "还没有填工号或手机号")):
        answer = ask(forgetful, **{missing: " "})
        page = answer.content.decode()
        assert (answer.status_code, words in page, "请去找小组长" in page) == (422, True, False)
        assert page.count(words) == 2  # in the summary, and beside the field
    assert not ResetRequest.objects.exists()


def test_asking_tells_nothing_about_who_exists(world: World, today: date, forgetful: Person) -> None:
    known = ask(forgetful).content
    assert ask(forgetful, name="查无此人").content == known
    assert ask(forgetful, staff_no="98765").content == known
    assert ResetRequest.objects.count() == 1
    code = "AAAA-BBBB"
    unknown = redeem(forgetful, code, name="查无此人").content.decode()
    wrong = redeem(forgetful, code).content.decode()
    assert re.sub(r'(value|csrf\S*)="[^"]*"', "", wrong) == re.sub(r'(value|csrf\S*)="[^"]*"', "", unknown)


def test_asks_are_limited_per_person_and_address(world: World, today: date, forgetful: Person) -> None:
    for _attempt in range(30):
        ask(forgetful)
        ResetRequest.objects.update(refused_at=timezone.now())
    assert ResetRequest.objects.count() == 3
    assert "次数太多" in ask(forgetful).content.decode()


def test_five_wrong_codes_and_a_day_make_the_code_worthless(world: World, today: date, forgetful: Person) -> None:
    leader = client_of(user_of(world, "group_leader", today))
    ask(forgetful)
    code = vouched(leader)
    ResetRequest.objects.update(tries=4)
    assert redeem(forgetful, "AAAA-BBBB").status_code == 422
    assert redeem(forgetful, code).status_code == 422
    ResetRequest.objects.update(tries=0, expires_at=timezone.now() - timedelta(seconds=1))
    assert redeem(forgetful, code).status_code == 422
    ResetRequest.objects.update(expires_at=timezone.now() + timedelta(hours=1))
    assert redeem(forgetful, code).status_code == 302


def test_a_slip_of_the_finger_uses_up_no_code(world: World, today: date, forgetful: Person) -> None:
    leader = client_of(user_of(world, "group_leader", today))
    ask(forgetful)
    code = vouched(leader)
    for _attempt in range(6):
        page = redeem(forgetful, code, "kurz").content.decode()
        assert 'id="f-new-wrong"' in page
        assert f'value="{code}"' in page
    assert redeem(forgetful, code).status_code == 302


def test_nobody_vouches_for_oneself_others_groups_or_those_above(world: World, today: date, forgetful: Person) -> None:
    leader_user = user_of(world, "group_leader", today)
    leader, leader_person = client_of(leader_user), Person.objects.get(user=leader_user)
    chair_user = user_of(world, "chair", today)
    chair, chair_person = client_of(chair_user), Person.objects.get(user=chair_user)
    group = next(iter(world.groups.values()))
    Person.objects.filter(pk__in=[leader_person.pk, chair_person.pk]).update(group=group)
    for person in (leader_person, chair_person):
        ask(person)
    own, above = (ResetRequest.objects.get(person_id=one.pk) for one in (leader_person, chair_person))
    for row in (own, above):
        assert leader.post(f"/vouching/{row.uid}/", {"seen": "1"}).status_code == 404
    assert chair.post(f"/vouching/{above.uid}/", {"seen": "1"}).status_code == 404
    assert chair.get(f"/vouching/{own.uid}/").status_code == 200
    other = free_person(world, today, list(world.groups.values())[1])
    members.link_login(other.pk, make_login("other", PASSWORD).pk)
    ask(other)
    row = ResetRequest.objects.get(person_id=other.pk)
    assert leader.get(f"/vouching/{row.uid}/").status_code == 404
    assert other.name not in leader.get("/vouching/").content.decode()


def test_who_lost_the_phone_comes_in_without_it_and_who_did_not_keeps_the_second_step(
    world: World, today: date, forgetful: Person
) -> None:
    leader, user = client_of(user_of(world, "group_leader", today)), User.objects.get(username="forgetful")
    with_app(user, today)
    ask(forgetful)
    redeem(forgetful, vouched(leader))
    assert enter("forgetful", NEW).headers["Location"] == "/login/second/"
    ask(forgetful, lost="1")
    redeem(forgetful, vouched(leader), "Noch-ein-anderes-3")
    assert not factors.has_second(user)
    assert enter("forgetful", "Noch-ein-anderes-3").headers["Location"] == "/"


def test_a_wish_that_was_not_the_persons_is_refused(world: World, today: date, forgetful: Person) -> None:
    leader = client_of(user_of(world, "group_leader", today))
    ask(forgetful)
    row = ResetRequest.objects.get()
    leader.post(f"/vouching/{row.uid}/", {"do": "refuse"})
    assert leader.get(f"/vouching/{row.uid}/").status_code == 404
    assert AuditLine.objects.filter(verb="accounts.reset.refused").count() == 1


def test_a_visitor_without_a_login_leads_to_the_invitations(world: World, today: date) -> None:
    guest = visiting.Guest("钟离审", "市总工会经审办", "female", "年度经费审查", today, today + timedelta(days=9))
    person = visiting.begin(guest, union=world.union, by=world.by, today=today).person_id
    chair = client_of(user_of(world, "chair", today))
    way = invite_url(person)
    assert way == f"{reverse('shell:invitations')}?person={person}"
    assert f'<a href="{way}">打邀请条</a>' in chair.get("/members/visits/").content.decode()
    page = chair.get(way).content.decode()
    assert f'value="{person}" checked' in page
    assert page.count('<details class="card place" open>') == 1
