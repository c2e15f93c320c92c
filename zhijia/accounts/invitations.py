"""Invitations: a word in a link or on a slip lets one person make a login, once, within seven days."""

from __future__ import annotations

import secrets as random
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from zhijia.accounts.models import Invitation, User
from zhijia.accounts.services import make_login
from zhijia.core import audit, secrets
from zhijia.core.access import Access
from zhijia.core.outcomes import Refused, Violation

GOOD_FOR = timedelta(days=7)
TRIES = 5  # wrong answers to the question on the page, then the invitation is void
_GONE = Violation("gone", "这个邀请已经用过、过期或收回了", mend="请找小组长或工会干部重新要一张")


def _digest(word: str) -> str:
    return secrets.keyed_digest(word, purpose="invitation")


def open_ones(now: datetime) -> QuerySet[Invitation]:
    """Invitations that can still be used."""
    return Invitation.objects.filter(used_at=None, revoked_at=None, expires_at__gt=now, tries__lt=TRIES)


@transaction.atomic
def invite(persons: Iterable[int], *, by: Access, now: datetime) -> Mapping[int, str]:
    """Make an invitation for each person and return the words by person; earlier open ones are taken back.

    The caller has made sure that the persons belong to `by.union` and have no login. Words are shown once.
    """
    audit.lock(by.union)  # two who invite at once: the later takes the earlier one's back
    wanted = list(dict.fromkeys(persons))
    words = {person: random.token_urlsafe(24) for person in wanted}
    open_ones(now).filter(union_id=by.union, person_id__in=wanted).update(revoked_at=now)
    Invitation.objects.bulk_create([
        Invitation(
            union_id=by.union, person_id=person, digest=_digest(word), made_by=by.person, made_at=now,
            expires_at=now + GOOD_FOR,
        )
        for person, word in words.items()
    ])  # fmt: skip
    audit.record(
        union=by.union, by=by, verb="accounts.invitation.made", tables=[Invitation], changes={"persons": wanted}
    )
    return words


def find(digest: str, now: datetime) -> Invitation | None:
    """The open invitation with that digest."""
    return open_ones(now).filter(digest=digest).first() if digest else None


def digest_of(word: str) -> str:
    """What an invitation's word is kept as, also in the session of whoever opened the link."""
    return _digest(word[:100])


@transaction.atomic
def answer(invitation: Invitation, typed: str, expected: str, *, now: datetime) -> bool:
    """Whether the question beside the slip was answered rightly; a wrong answer counts, the fifth voids the invitation.

    Looked at and counted under one lock, so that many guesses at once gain nothing.
    """
    row = open_ones(now).select_for_update().filter(pk=invitation.pk).first()
    if row is None:
        return False
    if random.compare_digest(typed.encode(), expected.encode()):
        return True
    row.tries += 1
    row.save(update_fields=["tries"])
    return False


@transaction.atomic
def accept(digest: str, *, username: str, password: str, by: Access, now: datetime) -> User:
    """Use an invitation: make the login for its person and return it; refused where it is gone or the word is weak.

    The caller links the login to the person in the same transaction.
    """
    audit.lock(by.union)  # before the invitation: an erasure holds the chain and then takes invitations back
    row = open_ones(now).select_for_update().filter(digest=digest, union_id=by.union).first()
    if row is None:
        raise Refused([_GONE])
    user = make_login(username, password)
    row.used_at = now
    row.save(update_fields=["used_at"])
    audit.record(union=row.union_id, by=by, verb="accounts.login.made", tables=[Invitation], subject=user)
    return user


@transaction.atomic
def revoke(uid: UUID, *, by: Access, now: datetime, persons: Iterable[int] | None = None) -> bool:
    """Take an open invitation back; `persons` limits whose. True where there was one."""
    audit.lock(by.union)
    rows = open_ones(now).filter(uid=uid, union_id=by.union)
    if persons is not None:
        rows = rows.filter(person_id__in=list(persons))
    row = rows.select_for_update().first()
    if row is None:
        return False
    row.revoked_at = now
    row.save(update_fields=["revoked_at"])
    audit.record(union=by.union, by=by, verb="accounts.invitation.revoked", subject=row)
    return True


def void(person: int, *, now: datetime) -> None:
    """Take every open invitation of a person back, inside the transaction of whatever ended the person's record."""
    open_ones(now).filter(person_id=person).update(revoked_at=now)


def listed(union: int, persons: Iterable[int] | None = None) -> QuerySet[Invitation]:
    """The union's invitations, newest first; `persons` limits whose."""
    rows: QuerySet[Any] = Invitation.objects.filter(union_id=union).order_by("-made_at", "-pk")
    return rows if persons is None else rows.filter(person_id__in=list(persons))


def state(row: Invitation, now: datetime) -> str:
    """open, used, revoked or expired."""
    if row.used_at:
        return "used"
    if row.revoked_at or row.tries >= TRIES:
        return "revoked"
    return "expired" if row.expires_at <= now else "open"
