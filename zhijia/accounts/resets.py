"""A forgotten password: the person asks, somebody who has seen the person vouches and hands over a code."""

from __future__ import annotations

import secrets as random
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from zhijia.accounts import factors, sessions
from zhijia.accounts.models import ResetRequest, User
from zhijia.accounts.services import FROM_ONE_ADDRESS, count_attempt, set_password
from zhijia.core import audit, secrets
from zhijia.core.access import Access
from zhijia.core.outcomes import Refused, Violation

WAITS, GOOD_FOR = timedelta(days=3), timedelta(hours=24)
TRIES = 5
ASKS_A_DAY = 3  # of one person
_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_WRONG = Violation(
    "code", "没有重设：姓名、工号或一次性代码不对，或代码已过期", mend="请核对；代码24小时内有效，只能用一次"
)


def _digest(row: ResetRequest, code: str) -> str:
    typed = "".join(code.split()).replace("-", "").upper()
    return secrets.keyed_digest(f"{row.pk}\n{typed}", purpose="reset")


def limit(address: str, now: datetime) -> None:
    """Count one ask from an address; refused with Refused after too many."""
    count_attempt("reset", address, now, most=FROM_ONE_ADDRESS)


@transaction.atomic
def ask(user: User, person: int, *, union: int, lost_device: bool, by: Access, now: datetime) -> ResetRequest | None:
    """Keep the wish for a new password; None where one waits already, or too many were asked today.

    That the device is lost too is kept even where it is said later: a wish without it may be somebody else's.
    """
    audit.lock(union)  # before the count: a form sent twice is one wish
    if lost_device:
        waiting(union, now).filter(person_id=person).update(lost_device=True)
    today = ResetRequest.objects.filter(person_id=person, asked_at__gt=now - timedelta(days=1))
    if waiting(union, now).filter(person_id=person).exists() or today.count() >= ASKS_A_DAY:
        return None
    row = ResetRequest.objects.create(
        union_id=union, person_id=person, user=user, lost_device=lost_device, asked_at=now, expires_at=now + WAITS
    )
    audit.record(union=union, by=by, verb="accounts.reset.asked", subject=user)
    return row


def waiting(union: int, now: datetime) -> QuerySet[ResetRequest]:
    """Asked for, not yet answered, oldest first."""
    rows = ResetRequest.objects.filter(union_id=union, vouched_at=None, refused_at=None, used_at=None)
    return rows.filter(expires_at__gt=now).order_by("asked_at")


def handed(union: int, now: datetime) -> QuerySet[ResetRequest]:
    """Vouched for within the last days, newest first."""
    rows = ResetRequest.objects.filter(union_id=union, vouched_at__gt=now - timedelta(days=30))
    return rows.order_by("-vouched_at")


@transaction.atomic
def vouch(uid: UUID, persons: Iterable[int], *, by: Access, now: datetime, lost_device: bool | None = None) -> str:
    """Say that the person was seen; returns the code to hand over, shown once. Nobody vouches for oneself.

    `lost_device` is what the person says face to face; None leaves what was asked for at the login page.
    """
    audit.lock(by.union)
    row = waiting(by.union, now).select_for_update().filter(uid=uid, person_id__in=list(persons)).first()
    if row is None:
        raise Refused([Violation("gone", "这个申请已经处理或过期", mend="请本人重新申请")])
    if row.person_id == by.person:
        raise Refused([Violation("self", "不能替自己作证", mend="请另一位工会干部来确认")])
    code = "".join(random.choice(_LETTERS) for _place in range(8))
    row.vouched_by, row.vouched_at, row.expires_at = by.person, now, now + GOOD_FOR
    row.digest = _digest(row, code)
    row.lost_device = row.lost_device if lost_device is None else lost_device
    row.save(update_fields=["vouched_by", "vouched_at", "expires_at", "digest", "lost_device"])
    audit.record(union=by.union, by=by, verb="accounts.reset.vouched", tables=[ResetRequest], subject=row.user)
    return f"{code[:4]}-{code[4:]}"


@transaction.atomic
def refuse(uid: UUID, persons: Iterable[int], *, by: Access, now: datetime) -> bool:
    """It was not the person who asked. True where the request was there."""
    audit.lock(by.union)
    row = waiting(by.union, now).select_for_update().filter(uid=uid, person_id__in=list(persons)).first()
    if row is None:
        return False
    row.refused_at = now
    row.save(update_fields=["refused_at"])
    audit.record(union=by.union, by=by, verb="accounts.reset.refused", tables=[ResetRequest], subject=row.user)
    return True


def redeem(
    person: int | None, code: str, password: str, *, stands: Callable[[ResetRequest], bool], by: Access, now: datetime
) -> User:
    """Set a new password with the code that was handed over; refused alike for a wrong name, number or code.

    `stands` tells whether whoever vouched may still hand out what the login opens: that may have grown meanwhile.
    All sessions of the login end; where the device was lost, its second factors go too. A wrong code is counted in a
    transaction of its own: the fifth makes the code void.
    """
    rows = ResetRequest.objects.filter(person_id=person or 0, used_at=None, refused_at=None, expires_at__gt=now)
    row = rows.exclude(digest="").select_related("user").order_by("-vouched_at").first() if person else None
    if row is None or not stands(row) or not _take(row.pk, code):
        raise Refused([_WRONG])
    with transaction.atomic():
        audit.lock(row.union_id)
        row = ResetRequest.objects.select_for_update().select_related("user").get(pk=row.pk)
        if row.used_at or not row.user.is_active:
            raise Refused([_WRONG])
        set_password(row.user, password)
        row.used_at = now
        row.save(update_fields=["used_at"])
        if row.lost_device:
            factors.forget_all(row.user)
        sessions.end_others({}, row.user, now=now)
        audit.record(union=row.union_id, by=by, verb="accounts.reset.done", tables=[ResetRequest], subject=row.user)
    return row.user


@transaction.atomic
def _take(pk: int, code: str) -> bool:
    """Whether the code is right; a wrong one is counted."""
    row = ResetRequest.objects.select_for_update().get(pk=pk)
    if row.tries >= TRIES:
        return False
    if random.compare_digest(row.digest, _digest(row, code)):
        return True
    row.tries += 1
    row.save(update_fields=["tries"])
    return False
