"""Coming in: by every name, with a second step, without telling who exists; sessions, confirmation, forced steps."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.shell.people import PASSWORD, client_of, user_of
from zhijia.accounts import factors
from zhijia.accounts.models import LoginSession, User
from zhijia.accounts.services import make_login
from zhijia.core.demo import SMALL, World
from zhijia.core.models import AuditLine
from zhijia.members import logins
from zhijia.members import services as members
from zhijia.members.models import Person, Post
from zhijia.shell import access
from zhijia.unions.models import Union

PHONE = "13812345678"


@pytest.fixture
def world(make_world: Callable[..., World], monkeypatch: pytest.MonkeyPatch, today: date) -> World:
    monkeypatch.setenv("ZHIJIA_TODAY", today.isoformat())
    return make_world("members", members=60)


def enter(username: str, password: str = PASSWORD, client: Client | None = None, **more: str) -> Any:
    return (client or Client()).post("/login/", {"username": username, "password": password, **more})


def person_of(user: User) -> Person:
    return Person.objects.get(user=user)


def with_phone(user: User, world: World, today: date) -> Person:
    """The person's phone is written by the members' own service, which derives its index."""
    person = Person.objects.values("pk", "name", "sex", "staff_no").get(user=user)
    row = {"name": person["name"], "sex": person["sex"], "staff_no": person["staff_no"], "phone": PHONE}
    members.save_persons([row], union=world.union, by=world.by, today=today)
    return person_of(user)


def app_code(secret: str, shift: int = 0, now: datetime | None = None) -> str:
    return factors.code_at(secret, int((now or timezone.now()).timestamp()) // factors.STEP + shift)


def wrong_code(secret: str) -> str:
    """Six digits that are no code of the minutes around now."""
    near = {app_code(secret, shift) for shift in range(-9, 10)}
    return next(code for code in ("000000", *map(str, range(100_000, 100_100))) if code not in near)


def with_app(user: User, today: date) -> str:
    """Give the login an app whose code of one step ago was used; returns its secret."""
    secret, by, now = factors.new_secret(), access.for_user(user, today), timezone.now()
    factors.add_app(user, secret, app_code(secret, -1, now), by=by, now=now)
    return secret


def test_login_name_staff_number_and_phone_open_the_same_door(world: World, today: date) -> None:
    user = user_of(world, "member", today)
    person = with_phone(user, world, today)
    for typed in (user.username, person.staff_no, PHONE, " 138 1234 5678 ", f"+86{PHONE}", "１３８１２３４５６７８"):
        client = Client()
        assert enter(typed, client=client).status_code == 302, typed
        assert client.session["_auth_user_id"] == str(user.pk)


def test_a_staff_number_that_two_unions_use_asks_for_the_union(
    world: World, make_world: Callable[..., World], today: date
) -> None:
    other = make_world("members", profile=SMALL, members=40)
    mine = user_of(world, "member", today)
    number = person_of(mine).staff_no
    theirs = Person.objects.in_union(other.union).filter(staff_no=number, user=None).get()
    members.link_login(theirs.pk, make_login("theirs", PASSWORD).pk)
    assert 'name="code"' in Client().get("/login/").content.decode()
    assert enter(number).status_code == 422
    code = Union.objects.get(pk=other.union).code
    client = Client()
    assert enter(number, client=client, code=code).status_code == 302
    assert client.session["_auth_user_id"] == str(theirs.user_id or User.objects.get(username="theirs").pk)
    assert logins.asking(theirs.name, number, code=code) is not None


def test_an_unknown_name_is_told_the_same_as_a_wrong_password(world: World, today: date) -> None:
    user = user_of(world, "member", today)

    def said(username: str) -> str:
        page = enter(username, "wrong").content.decode()
        return re.sub(r'value="[^"]*"', "", page).replace(username, "")

    assert said(user.username) == said("nobody-here") == said(person_of(user).staff_no)


def test_the_session_gets_a_new_key_at_the_login(world: World, today: date) -> None:
    client = Client()
    client.get("/join/planted-word/")  # an attacker's session, planted before
    before = client.session.session_key
    assert before
    enter(user_of(world, "member", today).username, client=client)
    assert client.session.session_key != before


def test_another_host_is_refused(world: World, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["localhost"]
    assert Client(headers={"host": "evil.example"}).get("/login/").status_code == 400


def test_the_second_step_stands_between_password_and_pages(world: World, today: date) -> None:
    user = user_of(world, "member", today)
    secret = with_app(user, today)
    client = Client()
    answer = enter(user.username, client=client, next="/me/")
    assert answer.headers["Location"] == "/login/second/"
    assert client.get("/me/").status_code == 302
    assert client.post("/login/second/", {"code": wrong_code(secret)}).status_code == 422
    before, code = client.session.session_key, app_code(secret)
    answer = client.post("/login/second/", {"code": code})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/me/")
    assert client.session.session_key != before
    assert client.get("/me/").status_code == 200
    other = Client()
    enter(user.username, client=other)
    assert other.post("/login/second/", {"code": code}).status_code == 422  # used once already


def test_the_second_step_is_locked_like_the_first_and_does_not_wait_for_ever(
    world: World, today: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = user_of(world, "member", today)
    secret = with_app(user, today)
    client = Client()
    enter(user.username, client=client)
    for _attempt in range(5):
        assert "验证码不对" in client.post("/login/second/", {"code": "00000"}).content.decode()
    assert "已暂停" in client.post("/login/second/", {"code": app_code(secret)}).content.decode()
    session = client.session
    session["login_pending"] = {**session["login_pending"], "at": 0}
    session.save()
    assert client.get("/login/second/").headers["Location"] == "/login/"


def test_sessions_are_listed_ended_one_by_one_and_by_a_new_password(world: World, today: date) -> None:
    user = user_of(world, "member", today)
    here, there, third = client_of(user), Client(headers={"user-agent": "Windows Firefox"}), client_of(user)
    enter(user.username, client=there)
    page = here.get("/me/security/").content.decode()
    assert "Windows电脑 · 火狐浏览器" in page
    row = LoginSession.objects.get(device__contains="火狐")
    here.post("/me/security/sessions/", {"uid": str(row.uid)})
    assert there.get("/").status_code == 302
    assert "已经退出" in there.get("/login/").content.decode()
    assert third.get("/").status_code == 200
    given = {"old": PASSWORD, "new": "Ganz-anderes-8", "again": "Ganz-anderes-8"}
    assert here.post("/me/password/", given).status_code == 303
    assert third.get("/").status_code == 302
    assert here.get("/").status_code == 200


def test_nobody_ends_the_session_of_another(world: World, today: date) -> None:
    mine, theirs = user_of(world, "member", today), user_of(world, "chair", today)
    client, other = client_of(mine), client_of(theirs)
    row = LoginSession.objects.get(user=theirs)
    client.post("/me/security/sessions/", {"uid": str(row.uid)})
    client.post("/me/security/sessions/", {"uid": "nonsense"})
    assert other.get("/").status_code == 200


def test_an_idle_session_is_over_and_its_cookie_worth_nothing(world: World, today: date) -> None:
    client = client_of(user_of(world, "member", today))
    cookie = client.cookies["sessionid"].value
    LoginSession.objects.update(seen_at=timezone.now() - timedelta(minutes=31))
    assert client.get("/").status_code == 302
    fresh = Client()
    fresh.cookies["sessionid"] = cookie
    assert fresh.get("/").status_code == 302


def stale(client: Client) -> Client:
    """Let the minutes pass in which the password is good for what asks for it again."""
    session = client.session
    session["fresh_at"] = 0
    session.save()
    return client


EXPORTS = [
    "/records/members/person/export/", "/facts/members.active/export/", "/package/9999/zip/", "/check/export/",
    "/members/asof/excel/", "/members/asof/paper/",
]  # fmt: skip


@pytest.mark.parametrize("address", EXPORTS)
def test_the_password_is_asked_for_before_an_export(world: World, today: date, address: str) -> None:
    client = client_of(user_of(world, "chair", today))
    before = client.get(address).status_code
    answer = stale(client).get(address, headers={"referer": "http://testserver/facts/?page=2"})
    assert answer.status_code == 302
    asked = answer.headers["Location"]
    assert asked.startswith("/me/confirm/?next=")
    page = client.get(asked).content.decode()
    given = dict(re.findall(r'name="(next|back|file)" value="([^"]*)"', page))
    assert given == {"next": address, "back": "/facts/?page=2", "file": "1"}
    assert client.post("/me/confirm/", {**given, "password": "wrong"}).status_code == 422
    done = client.post("/me/confirm/", {**given, "password": PASSWORD})
    assert f'href="{address}"' in done.content.decode()
    assert client.get(address).status_code == before


def test_the_password_is_asked_for_before_the_whole_workbook_is_written_and_before_it_is_taken(
    world: World, today: date, settings: Any
) -> None:
    client = client_of(user_of(world, "chair", today))
    written = client.post("/import/export/", follow=True).redirect_chain[-1][0]
    assert written.startswith("/import/export/")
    for answer in (stale(client).get("/import/export/"), client.post("/import/export/")):
        assert answer.headers["Location"].startswith("/me/confirm/?next=")
    assert client.get(written).status_code == 200  # a name and a size
    assert "file=1" in client.get(f"{written}?take=1").headers["Location"]
    client.post("/me/confirm/", {"password": PASSWORD})
    assert b"".join(client.get(f"{written}?take=1").streaming_content)[:2] == b"PK"


def test_confirming_leads_to_this_site_only_and_is_limited(world: World, today: date) -> None:
    client = stale(client_of(user_of(world, "chair", today)))
    answer = client.post("/me/confirm/", {"next": "https://evil.example/", "password": PASSWORD})
    assert answer.headers["Location"] == "/"
    answer = stale(client).get("/me/security/app/", headers={"referer": "https://evil.example/x"})
    assert answer.headers["Location"] == "/me/confirm/?next=%2Fme%2Fsecurity%2Fapp%2F"
    for _attempt in range(5):
        client.post("/me/confirm/", {"password": "wrong"})
    assert "已暂停" in client.post("/me/confirm/", {"password": PASSWORD}).content.decode()
    assert AuditLine.objects.filter(verb="accounts.confirm.failed").count() == 1


def test_a_form_that_was_sent_stale_comes_back_to_its_page(world: World, today: date) -> None:
    client = stale(client_of(user_of(world, "chair", today)))
    answer = client.post("/invitations/make/", {"person": "1"}, headers={"referer": "http://testserver/invitations/"})
    assert answer.headers["Location"] == "/me/confirm/?next=%2Finvitations%2F"


def test_an_old_password_is_changed_before_anything_else(world: World, today: date) -> None:
    user = user_of(world, "member", today)
    User.objects.filter(pk=user.pk).update(password_at=timezone.now() - timedelta(days=90))
    client = Client()
    enter(user.username, client=client)
    assert client.get("/").headers["Location"] == "/me/password/?due=1"
    assert "已经用了90天" in client.get("/me/password/?due=1").content.decode()
    client.post("/me/password/", {"old": PASSWORD, "new": "Ganz-anderes-8", "again": "Ganz-anderes-8"})
    assert client.get("/").status_code == 200


def test_at_level_three_officers_need_a_second_factor_and_members_do_not(
    world: World, today: date, settings: Any
) -> None:
    settings.MLPS = 3
    member, chair = client_of(user_of(world, "member", today)), client_of(user_of(world, "chair", today))
    assert member.get("/").status_code == 200
    assert chair.get("/").headers["Location"] == "/me/security/?due=1"
    assert "先加两步验证" in chair.get("/me/security/?due=1").content.decode()
    secret = re.search(r'<code id="secret">([A-Z2-7 ]+)</code>', chair.get("/me/security/app/").content.decode())
    assert secret
    answer = chair.post("/me/security/app/", {"code": app_code(secret[1].replace(" ", ""))})
    assert answer.content.decode().count("<li><code>") == 10
    assert chair.get("/").status_code == 200


def test_logins_locks_and_factors_stand_in_the_chain_without_an_address(world: World, today: date) -> None:
    user = user_of(world, "member", today)
    enter(user.username)
    for _attempt in range(6):
        enter(user.username, "wrong")
    with_app(user, today)
    lines = AuditLine.objects.filter(subject="accounts.User", subject_id=user.pk)
    assert sorted(lines.values_list("verb", flat=True)) == [
        "accounts.login.entered", "accounts.login.locked", "accounts.second.app_added",
    ]  # fmt: skip
    assert not any("127.0.0.1" in str(line.changes) for line in lines)
    page = client_of(user).get("/me/security/").content.decode()
    assert "输错次数太多，暂停登录" in page


def test_the_security_page_needs_few_queries(
    world: World, today: date, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    client = client_of(user_of(world, "chair", today))
    with django_assert_max_num_queries(15):
        client.get("/me/security/")
    with django_assert_max_num_queries(15):
        client.get("/invitations/")
    with django_assert_max_num_queries(15):
        client.get("/vouching/")


OPEN_FORMS = ["/login/", "/login/passkey/", "/login/passkey/ask/", "/login/second/", "/login/forgot/", "/login/reset/"]
OWN_FORMS = [
    "/me/confirm/", "/me/confirm/ask/", "/me/security/app/", "/me/security/app/remove/", "/me/security/codes/",
    "/me/security/passkeys/", "/me/security/passkeys/ask/", "/me/security/sessions/",
    "/me/security/outside/oidc/remove/", "/invitations/make/", "/join/",
]  # fmt: skip


def test_no_form_is_taken_from_another_site(world: World, today: date) -> None:
    user = user_of(world, "chair", today)
    stranger, chair = Client(enforce_csrf_checks=True), Client(enforce_csrf_checks=True)
    chair.force_login(user)
    assert [address for address in OPEN_FORMS if stranger.post(address).status_code != 403] == []
    assert [address for address in OWN_FORMS if chair.post(address).status_code != 403] == []


def test_every_failure_hashes_once(world: World, today: date, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.contrib.auth.hashers import MD5PasswordHasher

    user, hashed, real = user_of(world, "member", today), [], MD5PasswordHasher.encode

    def encode(self: MD5PasswordHasher, password: str, salt: str) -> str:
        hashed.append(password)
        return str(real(self, password, salt))

    monkeypatch.setattr(MD5PasswordHasher, "encode", encode)
    for typed in (user.username, "nobody-here", person_of(user).staff_no, ""):
        enter(typed, f"wrong for {typed}")
    assert hashed == [f"wrong for {user.username}", "wrong for nobody-here", f"wrong for {person_of(user).staff_no}"]


def test_a_passkey_that_nobody_knows_is_refused(world: World) -> None:
    client = Client()
    asked = client.post("/login/passkey/ask/").json()["publicKey"]
    assert (asked["rpId"], asked["userVerification"]) == ("testserver", "required")
    assert not asked.get("allowCredentials")
    for answer in ("", "nonsense", "[]", '{"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response": {}}'):
        page = client.post("/login/passkey/", {"credential": answer})
        assert page.status_code == 422
        assert "通行密钥没有通过" in page.content.decode()


def test_a_leader_sees_on_the_own_page_who_waits(world: World, today: date) -> None:
    leader = client_of(user_of(world, "group_leader", today))
    rows = Person.objects.in_union(world.union).members_on(today).filter(user=None).exclude(staff_no="")
    person = rows.filter(group=next(iter(world.groups.values()))).exclude(pk__in=Post.objects.values("person")).first()
    members.link_login(person.pk, make_login("asks", PASSWORD).pk)
    assert "人在等" not in leader.get("/me/").content.decode()
    Client().post("/login/forgot/", {"name": person.name, "staff_no": person.staff_no})
    assert "1人在等" in leader.get("/me/").content.decode()
