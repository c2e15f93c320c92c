"""Logins known to an outside provider: linked by their owner or by the staff number that the provider vouches for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from zhijia.accounts.models import OutsideLogin, User
from zhijia.accounts.services import note, one_at_a_time
from zhijia.core import secrets
from zhijia.core.access import Access
from zhijia.core.outcomes import Refused, Violation


@dataclass(frozen=True, slots=True)
class Known:
    """A provider as the own page shows it; `offered` while it is configured."""

    name: str
    label: str
    offered: bool
    added_at: datetime | None = None
    used_at: datetime | None = None


def _digest(provider: str, uid: str) -> str:
    return secrets.keyed_digest(f"{provider}\n{uid}", purpose="outside_login")


def listed(user: User, offered: dict[str, str]) -> list[Known]:
    """Providers that are offered or linked."""
    rows = {row.provider: row for row in OutsideLogin.objects.filter(user=user)}
    names = [*offered, *(name for name in rows if name not in offered)]
    found = []
    for name in names:
        row: Any = rows.get(name)
        dates = (row.added_at, row.used_at) if row else (None, None)
        found.append(Known(name, offered.get(name, name), name in offered, *dates))
    return found


def user_of(provider: str, uid: str, *, now: datetime) -> User | None:
    """The login that the outside account comes in as; it is marked as used."""
    row = OutsideLogin.objects.select_related("user").filter(digest=_digest(provider, uid)).first()
    if row is None or not row.user.is_active:
        return None
    OutsideLogin.objects.filter(pk=row.pk).update(used_at=now)
    return row.user


def link(user: User, provider: str, uid: str, *, by: Access, now: datetime) -> None:
    """Let the outside account come in as this login; refused where it is another's."""
    if OutsideLogin.objects.filter(digest=_digest(provider, uid)).exclude(user=user).exists():
        raise _taken()
    try:
        with transaction.atomic():
            one_at_a_time(user, by)
            OutsideLogin.objects.filter(user=user, provider=provider).delete()
            OutsideLogin.objects.create(user=user, provider=provider, digest=_digest(provider, uid), added_at=now)
            note("accounts.outside.linked", user, by=by, provider=provider)
    except IntegrityError:  # another login was quicker
        raise _taken() from None


def is_linked(user: User, provider: str) -> bool:
    """Whether the login has an account of that provider; then a staff number alone links no second one."""
    return OutsideLogin.objects.filter(user=user, provider=provider).exists()


@transaction.atomic
def unlink(user: User, provider: str, *, by: Access) -> bool:
    """Forget the outside account; True where there was one."""
    one_at_a_time(user, by)
    gone = OutsideLogin.objects.filter(user=user, provider=provider).delete()[0] > 0
    if gone:
        note("accounts.outside.unlinked", user, by=by, provider=provider)
    return gone


def _taken() -> Refused:
    return Refused([Violation("taken", "那个账号已经关联了别的登录名", mend="请先在那个登录名下取消关联")])
