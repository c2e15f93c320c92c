"""Two at the door in the same moment: nobody waits for the other for ever, and what counts once counts once."""

import threading
import time
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from tests.racing import DONE, both
from zhijia.accounts import closing, factors, invitations, outside, resets, services, sessions
from zhijia.accounts.models import Invitation, OldPassword, OutsideLogin, User
from zhijia.accounts.services import make_login
from zhijia.core import audit
from zhijia.core.access import Access
from zhijia.core.models import AuditLine
from zhijia.unions import services as unions

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

PASSWORD, NEW = "ein-langes-Wort-7", "noch-ein-Wort-8"
PERSON = 7


@pytest.fixture
def by(db: None, today: date) -> Access:
    union = unions.found({"code": "T", "name": "测试工会"}, by=Access(union=0, on=today), today=today).pk
    return Access(union=union, on=today, name="测试")


@pytest.fixture
def user(by: Access) -> User:
    return make_login("liyou", PASSWORD)


def beside(by: Access, deed: Callable[[], object], then: Callable[[], object]) -> list[str]:
    """`then` in a transaction that holds the union's chain, as every large deed does, while `deed` has begun."""
    told: list[str] = []
    with transaction.atomic():
        audit.lock(by.union)
        other = threading.Thread(target=lambda: told.extend(both(deed)))
        other.start()
        _until_somebody_waits()
        then()
    other.join()
    return told


def _until_somebody_waits() -> None:
    for _look in range(100):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
        time.sleep(0.05)
    pytest.fail("the other deed never came to the chain")


def test_who_is_erased_while_coming_in_waits_for_nobody(by: Access, user: User) -> None:
    """An erasure holds the chain and takes invitations, passwords and factors away: all these take the chain first."""
    now = timezone.now()
    word = invitations.digest_of(invitations.invite([PERSON], by=by, now=now)[PERSON])
    row = Invitation.objects.get()
    wish = resets.ask(user, PERSON, union=by.union, lost_device=False, by=by, now=now)
    assert wish is not None
    secret = factors.new_secret()
    code = factors.code_at(secret, int(now.timestamp()) // factors.STEP)
    deeds: list[tuple[Callable[[], object], Any]] = [
        (lambda: invitations.revoke(row.uid, by=by, now=now), Invitation),
        (lambda: invitations.accept(word, username="new", password=PASSWORD, by=by, now=now), Invitation),
        (lambda: resets.vouch(wish.uid, [PERSON], by=by, now=now), type(wish)),
        (lambda: resets.refuse(wish.uid, [PERSON], by=by, now=now), type(wish)),
        (lambda: services.change_password(user, old=PASSWORD, new=NEW, again=NEW, by=by), User),
        (lambda: factors.add_app(user, secret, code, by=by, now=now), User),
        (lambda: factors.new_codes(user, by=by), User),
        (lambda: factors.remove_app(user, by=by), User),
        (lambda: outside.link(user, "oidc", "somebody", by=by, now=now), User),
        (lambda: outside.unlink(user, "oidc", by=by), OutsideLogin),
    ]
    for deed, model in deeds:
        told = beside(by, deed, lambda model=model: list(model.objects.select_for_update()))
        assert told in ([DONE], ["gone"])


def test_a_code_is_redeemed_beside_an_erasure(by: Access, user: User) -> None:
    now = timezone.now()
    wish = resets.ask(user, PERSON, union=by.union, lost_device=False, by=by, now=now)
    assert wish is not None
    code = resets.vouch(wish.uid, [PERSON], by=by, now=now)

    def redeem() -> None:
        resets.redeem(PERSON, code, NEW, stands=lambda _row: True, by=by, now=now)

    assert beside(by, redeem, lambda: closing.close(user.pk, now=now)) == ["code"]
    user.refresh_from_db()
    assert not user.is_active
    assert not user.has_usable_password()


def test_a_password_that_was_typed_at_two_desks_is_changed_once(by: Access, user: User) -> None:
    """What is looked at is the password of that moment, not the one the page was opened with."""
    here, there = User.objects.get(pk=user.pk), User.objects.get(pk=user.pk)
    told = both(*[
        lambda one=one: services.change_password(one, old=PASSWORD, new=NEW, again=NEW, by=by) for one in (here, there)
    ])  # fmt: skip
    assert sorted(told) == [DONE, "old"]
    assert OldPassword.objects.filter(user=user).count() == 1
    assert AuditLine.objects.filter(verb="accounts.password.changed").count() == 1


def test_an_app_that_was_sent_twice_is_added_once(by: Access, user: User) -> None:
    now, secret, codes = timezone.now(), factors.new_secret(), []
    code = factors.code_at(secret, int(now.timestamp()) // factors.STEP)
    both(*[lambda: codes.append(factors.add_app(user, secret, code, by=by, now=now))] * 2)
    assert sorted(map(len, codes)) == [0, factors.CODES]
    assert AuditLine.objects.filter(verb="accounts.second.app_added").count() == 1


def test_at_level_three_one_of_two_logins_at_once_stands(
    by: Access, user: User, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MLPS = 3
    # Between the look at the others and the own row: long enough for both to have looked.
    monkeypatch.setattr(sessions, "_forget_old", lambda _user, _now: time.sleep(0.2))
    now = timezone.now()
    both(*[lambda: sessions.begin({}, user, agent="", now=now)] * 4)
    assert sessions.open_of(user, now).count() == 1
