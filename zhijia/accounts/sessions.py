"""Sessions of logins: begun at the login, ended by idleness, age, revocation, or where only one is allowed."""

from __future__ import annotations

import time
from collections.abc import MutableMapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from zhijia.accounts import rules
from zhijia.accounts.models import LoginSession, User
from zhijia.accounts.policy import policy
from zhijia.accounts.services import one_at_a_time

# Words in the browser's session.
ROW, FRESH, HOW, SECOND = "login_session", "fresh_at", "login_how", "second_factor"
SEEN_EVERY = timedelta(minutes=1)

Store = MutableMapping[str, Any]


@transaction.atomic
def begin(store: Store, user: User, *, agent: str, now: datetime) -> LoginSession:
    """Open a session for a login that has come in; at level 3 its other sessions end."""
    one_at_a_time(user)  # two that come in at once are not both the only one
    how = store.get(HOW) or LoginSession.How.OTHER
    if policy().single:
        open_of(user, now).update(ended_at=now)
    _forget_old(user, now)
    row = LoginSession.objects.create(user=user, device=rules.device_words(agent), how=how, started_at=now, seen_at=now)
    store[ROW] = str(row.uid)
    store[FRESH] = int(time.time())
    return row


def _row(store: Store) -> UUID:
    """The row that the browser's session names; one that is nobody's where it names none."""
    return UUID(str(store.get(ROW) or UUID(int=0)))


def _forget_old(user: User, now: datetime) -> None:
    """Sessions of half a year ago tell nobody anything; the audit chain keeps the logins."""
    LoginSession.objects.filter(user=user, seen_at__lt=now - timedelta(days=183)).delete()


def still_open(store: Store, user: User, *, now: datetime) -> bool:
    """Whether the browser's session may go on; if so it is marked as seen, at most once a minute."""
    row = LoginSession.objects.filter(uid=_row(store), user=user).first()
    if row is None or row.ended_at is not None or _over(row, now):
        return False
    if now - row.seen_at >= SEEN_EVERY:
        LoginSession.objects.filter(pk=row.pk).update(seen_at=now)
    return True


def _over(row: LoginSession, now: datetime) -> bool:
    limits = policy()
    idle = limits.idle_minutes and now - row.seen_at >= timedelta(minutes=limits.idle_minutes)
    old = limits.session_hours and now - row.started_at >= timedelta(hours=limits.session_hours)
    return bool(idle or old)


def open_of(user: User, now: datetime) -> QuerySet[LoginSession]:
    """The sessions of a login in which somebody can still go on, the latest first."""
    limits, alive = policy(), Q(ended_at=None)
    if limits.idle_minutes:
        alive &= Q(seen_at__gt=now - timedelta(minutes=limits.idle_minutes))
    if limits.session_hours:
        alive &= Q(started_at__gt=now - timedelta(hours=limits.session_hours))
    return LoginSession.objects.filter(alive, user=user).order_by("-seen_at")


def end(user: User, uid: UUID, *, now: datetime) -> int:
    """End one session of the login; returns how many there were (0 or 1)."""
    return LoginSession.objects.filter(user=user, uid=uid, ended_at=None).update(ended_at=now)


def end_others(store: Store, user: User, *, now: datetime) -> int:
    """End every session of the login but the one of `store`; returns how many."""
    return LoginSession.objects.filter(user=user, ended_at=None).exclude(uid=_row(store)).update(ended_at=now)


def end_own(store: Store, user: User, *, now: datetime) -> None:
    """The person goes out."""
    LoginSession.objects.filter(user=user, uid=_row(store), ended_at=None).update(ended_at=now)


def is_fresh(store: Store) -> bool:
    """Whether the password (or a passkey) was given in this session within the minutes of the policy."""
    return time.time() - float(store.get(FRESH, 0)) < policy().fresh_minutes * 60


def refresh(store: Store) -> None:
    """The password (or a passkey) was given again."""
    store[FRESH] = int(time.time())
