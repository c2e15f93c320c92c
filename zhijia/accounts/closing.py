"""The end of a login: its person is erased, or has nothing to do here any more."""

from __future__ import annotations

from datetime import datetime

from zhijia.accounts.models import (
    CodeApp,
    LoginSession,
    OldPassword,
    OutsideLogin,
    Passkey,
    RecoveryCode,
    User,
)


def close(user: int, *, now: datetime) -> None:
    """Leave nothing by which anybody could come in or be known; the row stays, because audit lines name its number."""
    row = User.objects.select_for_update().filter(pk=user).first()  # first, as a session that begins does
    if row is None:
        return
    LoginSession.objects.filter(user=row, ended_at=None).update(ended_at=now)
    for model in (OldPassword, Passkey, CodeApp, RecoveryCode, OutsideLogin):
        model.objects.filter(user=row).delete()
    row.username, row.is_active = f"已停用-{row.pk}", False
    row.set_unusable_password()
    row.save(update_fields=["username", "is_active", "password"])
