"""What somebody tries at the door: guesses, names that may exist, steps left out, forms sent twice."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.accounts.authenticator import Device
from tests.shell.people import PASSWORD, client_of, user_of
from zhijia.accounts import factors, passkeys
from zhijia.accounts.models import ResetRequest, User
from zhijia.config.logins import proxies
from zhijia.core.demo import World
from zhijia.core.models import AuditLine
from zhijia.members import services as members
from zhijia.members.models import Person
from zhijia.shell import access

NEW = "Ganz-anderes-8"


@pytest.fixture
def world(make_world: Callable[..., World], monkeypatch: pytest.MonkeyPatch, today: date) -> World:
    monkeypatch.setenv("ZHIJIA_TODAY", today.isoformat())
    return make_world("members", members=60)


def told(name: str, **more: str) -> str:
    """What the page says to an attempt."""
    page = Client().post("/login/", {"username": name, "password": "wrong", **more}).content.decode()
    return " ".join(re.findall(r"登录名或口令不对|已暂停登录", page))


# Which names exist.


@pytest.mark.parametrize(("at", "code"), [(0, "nonsense"), (3, ""), (3, "nonsense")])
def test_no_way_of_typing_a_name_tells_by_the_pause_whether_it_exists(
    world: World, today: date, at: int, code: str
) -> None:
    """Five failures pause a name; whether the sixth, typed a little differently, is paused too says nothing."""

    def sixth(name: str) -> str:
        for _attempt in range(5):
            told(name)
        return told(f"{name[:at]} {name[at:]}", code=code)

    assert sixth(user_of(world, "member", today).username) == sixth("nobody-of-that-name")


def test_that_two_names_mean_one_person_is_not_told_by_the_pause(world: World, today: date) -> None:
    user = user_of(world, "member", today)
    number = Person.objects.values_list("staff_no", flat=True).get(user=user)
    for _attempt in range(5):
        told(user.username)
    assert told(number) == told("nobody-of-that-name")
    assert told(number, password=PASSWORD) == "登录名或口令不对"  # the pause holds for the login, by whatever name


# Guessing.


def test_the_old_password_is_not_guessed_on_the_page_that_changes_it(world: World, today: date) -> None:
    client = client_of(user_of(world, "member", today))
    new = {"new": "Ganz-anderes-8", "again": "Ganz-anderes-8"}
    for number in range(5):
        assert "现在的口令不对" in client.post("/me/password/", {"old": f"wrong-{number}", **new}).content.decode()
    assert "已暂停" in client.post("/me/password/", {"old": PASSWORD, **new}).content.decode()
    assert AuditLine.objects.filter(verb="accounts.confirm.failed").count() == 1
    assert "已暂停" in client.post("/me/confirm/", {"password": PASSWORD}).content.decode()  # one count for both


def test_a_new_password_that_will_not_do_is_no_guess(world: World, today: date) -> None:
    client = client_of(user_of(world, "member", today))
    for _attempt in range(6):
        client.post("/me/password/", {"old": PASSWORD, "new": "kurz", "again": "kurz"})
    done = client.post("/me/password/", {"old": PASSWORD, "new": "Ganz-anderes-8", "again": "Ganz-anderes-8"})
    assert done.status_code == 303


# Behind a proxy.


def failing(user: User, way: str, remote: str = "127.0.0.1") -> str:
    browser = Client(REMOTE_ADDR=remote, headers={"x-forwarded-for": way})
    page = browser.post("/login/", {"username": user.username, "password": "wrong"}).content.decode()
    return "paused" if "已暂停" in page else "wrong"


def test_behind_a_named_proxy_a_stranger_pauses_nobody_but_himself(world: World, today: date, settings: Any) -> None:
    settings.PROXIES = proxies({"ZHIJIA_PROXIES": "127.0.0.1, 10.1.0.0/16"})
    user = user_of(world, "member", today)
    # What the stranger himself writes in front changes nothing.
    said = [failing(user, f"192.168.9.{number}, 203.0.113.5, 10.1.2.3") for number in range(6)]
    assert said == ["wrong"] * 5 + ["paused"]
    entered = Client(headers={"x-forwarded-for": "10.0.0.8"}).post(
        "/login/", {"username": user.username, "password": PASSWORD}
    )
    assert entered.status_code == 302


def test_without_a_named_proxy_nobody_says_where_he_comes_from(world: World, today: date) -> None:
    user = user_of(world, "member", today)
    assert [failing(user, f"192.168.9.{number}") for number in range(6)] == ["wrong"] * 5 + ["paused"]


def test_a_named_proxy_is_believed_only_from_its_own_address(world: World, today: date, settings: Any) -> None:
    settings.PROXIES = proxies({"ZHIJIA_PROXIES": "127.0.0.1"})
    user = user_of(world, "member", today)
    assert failing(user, "", remote="192.168.1.9") == "wrong"
    said = [failing(user, f"192.168.9.{number}", remote="192.168.1.9") for number in range(5)]
    assert said == ["wrong"] * 4 + ["paused"]


# A code handed over, and what became of the person meanwhile.


def asked_for(user: User, *, lost: bool = False) -> Any:
    person = Person.objects.get(user=user)
    form = {"name": person.name, "staff_no": person.staff_no, "lost": "1" if lost else ""}
    Client().post("/login/forgot/", form)
    return ResetRequest.objects.get(person_id=person.pk)


def vouched(client: Client, row: Any, **more: str) -> str:
    page = client.post(f"/vouching/{row.uid}/", {"seen": "1", **more}).content.decode()
    code = re.search(r"[2-9A-Z]{4}-[2-9A-Z]{4}", page)
    assert code
    return code[0]


def redeemed(user: User, code: str) -> int:
    person = Person.objects.get(user=user)
    form = {"name": person.name, "staff_no": person.staff_no, "token": code, "new": NEW, "again": NEW}
    return Client().post("/login/reset/", form).status_code


@pytest.fixture
def led(world: World, today: date) -> User:
    """A member of the group whose leader vouches in these tests, with a login."""
    user = user_of(world, "member", today)
    Person.objects.filter(user=user).update(group=next(iter(world.groups.values())))
    return user


def test_a_code_that_a_leader_has_seen_does_not_open_the_post_that_came_after_it(
    world: World, today: date, led: User
) -> None:
    code = vouched(client_of(user_of(world, "group_leader", today)), asked_for(led))
    post = {"person": Person.objects.get(user=led).pk, "office": "committee", "group": None, "first": today}
    members.save_posts([post], union=world.union, by=world.by, today=today, origin="recorded")
    assert redeemed(led, code) == 422
    ResetRequest.objects.all().delete()
    code = vouched(client_of(user_of(world, "chair", today)), asked_for(led))
    assert redeemed(led, code) == 302


def test_that_the_phone_is_lost_too_is_heard_after_somebody_elses_wish(world: World, today: date, led: User) -> None:
    """A stranger's wish in one's name would else take the place of the own one, and nobody would come in."""
    asked_for(led)
    row = asked_for(led, lost=True)
    page = client_of(user_of(world, "group_leader", today)).get(f"/vouching/{row.uid}/").content.decode()
    assert re.search(r'name="lost"[^>]*checked', page)


@pytest.mark.parametrize(("asked", "said"), [(True, ""), (False, "1")])
def test_whether_the_phone_is_lost_is_said_face_to_face(
    world: World, today: date, led: User, asked: bool, said: str
) -> None:
    """Who only knows a name and a number can not have anybody's second factor taken away."""
    secret = factors.new_secret()
    code = factors.code_at(secret, int(timezone.now().timestamp()) // factors.STEP)
    factors.add_app(led, secret, code, by=access.for_user(led, today), now=timezone.now())
    row = asked_for(led, lost=asked)
    code = vouched(client_of(user_of(world, "group_leader", today)), row, lost=said)
    assert redeemed(led, code) == 302
    assert factors.has_second(led) is not bool(said)


# The second step.


def adding(client: Client) -> str:
    """The code that the app shows for the key on the page."""
    page = client.get("/me/security/app/").content.decode()
    key = re.search(r"<code[^>]*>([A-Z2-7 ]+)</code>", page)
    assert key
    return factors.code_at(key[1].replace(" ", ""), int(timezone.now().timestamp()) // factors.STEP)


def entered(user: User) -> Client:
    client = Client()
    client.post("/login/", {"username": user.username, "password": PASSWORD})
    return client


def test_who_came_in_before_the_second_step_was_there_has_to_take_it(world: World, today: date) -> None:
    user = user_of(world, "member", today)
    thief, owner = entered(user), entered(user)
    assert thief.get("/").status_code == 200
    owner.post("/me/security/app/", {"code": adding(owner)})
    assert owner.get("/").status_code == 200
    assert thief.get("/").headers["Location"].startswith("/login/")


@pytest.mark.parametrize("address", ["/", "/me/security/", "/me/security/app/", "/me/password/"])
def test_at_level_three_no_page_is_open_to_an_officer_who_left_the_second_step_out(
    world: World, today: date, settings: Any, address: str
) -> None:
    settings.MLPS = 3
    user = user_of(world, "chair", today)
    client = client_of(user)  # with the password alone
    secret = factors.new_secret()
    code = factors.code_at(secret, int(timezone.now().timestamp()) // factors.STEP)
    factors.add_app(user, secret, code, by=access.for_user(user, today), now=timezone.now())
    assert client.get(address).headers["Location"].startswith("/login/?next=")
    assert client.get("/me/security/").headers["Location"].startswith("/login/?next=")
    assert client_of(user).post("/logout/").headers["Location"] == "/login/"


def test_at_level_three_who_applies_to_join_holds_no_post(world: World, today: date, settings: Any) -> None:
    settings.MLPS = 3
    user = user_of(world, "member", today)
    Person.objects.filter(user=user).update(admitted_on=None)
    assert client_of(user).get("/").status_code == 200


def test_an_app_that_was_sent_twice_is_told_as_added(world: World, today: date) -> None:
    """The second press finds no key in the session; a new one would be shown, and the app on the phone be worthless."""
    user = user_of(world, "member", today)
    client = client_of(user)
    code = adding(client)
    assert client.post("/me/security/app/", {"code": code}).content.decode().count("<li><code>") == 10
    again = client.post("/me/security/app/", {"code": code}, follow=True)
    assert again.redirect_chain[-1][0] == "/me/security/"
    assert "换一批新的" in again.content.decode().split("已经加上")[1]
    assert factors.codes_left(user) == 10
    assert AuditLine.objects.filter(verb="accounts.second.app_added").count() == 1


def test_who_vouches_with_two_presses_is_told_what_to_do(world: World, today: date, led: User) -> None:
    """The code is on the page that the second press takes away, and nobody can show it again."""
    client, row = client_of(user_of(world, "group_leader", today)), asked_for(led)
    vouched(client, row)
    for method in (client.post, client.get):
        answer = method(f"/vouching/{row.uid}/", {"seen": "1"}, follow=True)
        assert answer.redirect_chain[-1][0] == "/vouching/"
        assert "请本人重新申请" in answer.content.decode()
    other = client_of(user_of(world, "reviewer", today))
    assert other.get(f"/vouching/{row.uid}/").status_code == 403
    Person.objects.filter(user=led).update(group=list(world.groups.values())[1])
    assert client.get(f"/vouching/{row.uid}/").status_code == 404


def test_who_knows_the_password_keeps_nobody_from_the_passkey_by_guessing_codes(world: World, today: date) -> None:
    """A passkey is not guessed: the pause after wrong codes does not hold for it, and so shuts nobody out."""
    user, device = user_of(world, "chair", today), Device()
    store, by, origin = dict[str, Any](), access.for_user(user, today), "https://testserver"
    made = device.make(passkeys.begin_adding(store, user, host="testserver", name="x"), origin)
    passkeys.add(store, user, made, host="testserver", name="x", by=by, now=timezone.now())
    guesser, owner = entered(user), entered(user)
    for _attempt in range(5):
        guesser.post("/login/second/", {"code": "23456-789ab"})
    assert "已暂停" in guesser.post("/login/second/", {"code": "23456-789ab"}).content.decode()
    asked = owner.post("/login/passkey/ask/", {"step": "second"}).json()
    answer = owner.post("/login/second/", {"credential": device.sign(asked, origin)})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert "已暂停" in guesser.post("/login/second/", {"code": "23456-789ab"}).content.decode()  # nor is it lifted so
