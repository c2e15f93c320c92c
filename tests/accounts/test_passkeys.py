"""Passkeys against somebody who signs whatever he likes: this session's challenge, one's own key, this very site."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from tests.accounts.authenticator import PRESENT, Device
from tests.accounts.conftest import Somebody
from zhijia.accounts import passkeys
from zhijia.accounts.models import Passkey, User
from zhijia.core.outcomes import Refused

HOST, HERE = "zhijia.example:8443", "https://zhijia.example:8443"


@pytest.fixture
def owner(somebody: Callable[..., Somebody]) -> Somebody:
    return somebody("chair")


def added(one: Somebody, device: Device, *, origin: str = HERE, store: dict[str, Any] | None = None) -> Passkey:
    store = {} if store is None else store
    answer = device.make(passkeys.begin_adding(store, one.user, host=HOST, name="x"), origin)
    return passkeys.add(store, one.user, answer, host=HOST, name="x", by=one.by, now=timezone.now())


def used(store: dict[str, Any], answer: str, *, user: User | None = None) -> User:
    return passkeys.use(store, answer, host=HOST, now=timezone.now(), user=user)


def refused(store: dict[str, Any], answer: str, *, user: User | None = None) -> bool:
    try:
        used(store, answer, user=user)
    except Refused as told:
        return told.violations[0].code == "passkey"
    return False


def test_the_right_key_at_the_right_place_lets_in(owner: Somebody) -> None:
    device, store = Device(), dict[str, Any]()
    added(owner, device)
    assert used(store, device.sign(passkeys.begin_using(store, host=HOST), HERE)) == owner.user


def test_an_answer_is_good_once_in_its_own_session_and_for_what_was_asked(owner: Somebody) -> None:
    device, here, there = Device(), dict[str, Any](), dict[str, Any]()
    added(owner, device)
    answer = device.sign(passkeys.begin_using(here, host=HOST), HERE)
    passkeys.begin_using(there, host=HOST)
    assert refused(there, answer)  # the challenge of another browser
    assert refused({}, answer)  # of none
    assert used(here, answer) == owner.user
    assert refused(here, answer)  # once more
    passkeys.begin_using(here, host=HOST)
    assert refused(here, answer)  # and against a new challenge
    asked = passkeys.begin_adding(here, owner.user, host=HOST, name="x")
    asked["publicKey"]["rpId"] = asked["publicKey"]["rp"]["id"]
    assert refused(here, device.sign(asked, HERE))  # what was asked to make a passkey lets nobody in
    signed = device.sign(passkeys.begin_using(here, host=HOST), HERE)
    with pytest.raises(Refused):  # an answer to "who are you" makes no passkey
        passkeys.add(here, owner.user, signed, host=HOST, name="x", by=owner.by, now=timezone.now())


def test_the_key_of_another_is_not_the_own(owner: Somebody, somebody: Callable[..., Somebody]) -> None:
    other, device, own = somebody("member"), Device(), Device(b"another-identity")
    added(owner, device)
    added(other, own)
    store = dict[str, Any]()
    answer = own.sign(passkeys.begin_using(store, host=HOST, user=owner.user), HERE)
    assert refused(store, answer, user=owner.user)  # the second step and the confirmation ask for their owner's
    thief = Device(device.identity)  # knows the name of the key, has not the key
    assert refused(store, thief.sign(passkeys.begin_using(store, host=HOST), HERE))
    with pytest.raises(Refused):  # and can not put the own key in its place
        added(other, thief)
    assert Passkey.objects.count() == 2


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example", "http://zhijia.example:8443", "https://zhijia.example.evil.example:8443",
        "https://sub.zhijia.example:8443", "https://zhijia.example", "https://zhijia.example:9443", "", "null",
        "https://zhijia.example:port",
    ],
)  # fmt: skip
def test_a_page_of_another_place_gets_nobody_in(owner: Somebody, origin: str) -> None:
    """Another program at another port of the same machine, too: browsers let it ask for this site's keys."""
    device, store = Device(), dict[str, Any]()
    with pytest.raises(Refused):
        added(owner, device, origin=origin)
    added(owner, device)
    assert refused(store, device.sign(passkeys.begin_using(store, host=HOST), origin))


def test_an_origin_that_the_operator_named_is_this_site_too(owner: Somebody, settings: Any) -> None:
    """A proxy at another port that passes the name of the host alone."""
    settings.CSRF_TRUSTED_ORIGINS = ["https://zhijia.example:9443"]
    device, store = Device(), dict[str, Any]()
    added(owner, device, origin="https://zhijia.example:9443")
    assert used(store, device.sign(passkeys.begin_using(store, host=HOST), HERE)) == owner.user


def test_somebody_has_to_be_verified_by_the_device(owner: Somebody) -> None:
    device, store = Device(flags=PRESENT), dict[str, Any]()
    with pytest.raises(Refused):
        added(owner, device)
    added(owner, Device(device.identity, key=device.key))
    assert refused(store, device.sign(passkeys.begin_using(store, host=HOST), HERE))


def test_a_copied_key_is_told_by_its_count(owner: Somebody) -> None:
    device, store = Device(count=5), dict[str, Any]()
    added(owner, device)
    device.count = 9
    assert used(store, device.sign(passkeys.begin_using(store, host=HOST), HERE)) == owner.user
    for count in (9, 8, 0):
        device.count = count
        assert refused(store, device.sign(passkeys.begin_using(store, host=HOST), HERE))
    device.count = 10
    assert used(store, device.sign(passkeys.begin_using(store, host=HOST), HERE)) == owner.user


def test_a_login_that_was_closed_is_not_opened_by_its_key(owner: Somebody) -> None:
    device, store = Device(), dict[str, Any]()
    added(owner, device)
    User.objects.filter(pk=owner.user.pk).update(is_active=False)
    assert refused(store, device.sign(passkeys.begin_using(store, host=HOST), HERE))


@pytest.mark.parametrize(
    "answer",
    ["", "[]", "1", "null", "{}", '{"id":1}', "[" * 100_000, "9" * 5000, '{"id":"aa","rawId":"aa","response":[]}'],
)
def test_what_is_no_answer_is_refused(owner: Somebody, answer: str) -> None:
    store = dict[str, Any]()
    passkeys.begin_using(store, host=HOST)
    assert refused(store, answer)
    passkeys.begin_adding(store, owner.user, host=HOST, name="x")
    with pytest.raises(Refused):
        passkeys.add(store, owner.user, answer, host=HOST, name="x", by=owner.by, now=timezone.now())
