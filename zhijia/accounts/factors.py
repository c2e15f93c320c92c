"""Second factors of a login: one-time codes of an app (TOTP, RFC 6238), and recovery codes for the day it is gone."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets as random
import struct
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode

from django.db import transaction

from zhijia.accounts.models import CodeApp, Passkey, RecoveryCode, User
from zhijia.accounts.services import note, one_at_a_time
from zhijia.core import secrets
from zhijia.core.access import Access
from zhijia.core.outcomes import Refused, Violation

STEP, DIGITS, AROUND = 30, 6, 1  # seconds, digits, steps that clocks may differ
CODES, CODE_LENGTH = 10, 10
_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # none that are taken for each other


def has_second(user: User) -> bool:
    """Whether the login has a second factor; recovery codes alone are none."""
    return CodeApp.objects.filter(user=user).exists() or Passkey.objects.filter(user=user).exists()


def new_secret() -> str:
    """A fresh key for an app, as it is typed (base32)."""
    return base64.b32encode(random.token_bytes(20)).decode("ascii")


def app_address(secret: str, user: User) -> str:
    """The otpauth address that a QR code gives to an app."""
    query = urlencode({"secret": secret, "issuer": "职家"}, quote_via=quote)
    return f"otpauth://totp/{quote('职家')}:{quote(user.username)}?{query}"


def code_at(secret: str, step: int) -> str:
    """The code of one time step (RFC 4226, RFC 6238).

    >>> code_at("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", 1)
    '287082'
    """
    digest = hmac.digest(base64.b32decode(secret), struct.pack(">Q", step), hashlib.sha1)
    start = digest[-1] & 15
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}}"


def _step_of(secret: str, code: str, now: datetime) -> int:
    """The time step whose code was typed, around now; 0 where there is none."""
    here = int(now.timestamp()) // STEP
    steps = range(here - AROUND, here + AROUND + 1)
    return next((step for step in steps if hmac.compare_digest(code_at(secret, step).encode(), code.encode())), 0)


@transaction.atomic
def add_app(user: User, secret: str, code: str, *, by: Access, now: datetime) -> list[str]:
    """Share the key with an app that has shown a right code. Returns fresh recovery codes where there were none."""
    step = _step_of(secret, _typed(code), now)
    if not step:
        mend = "请核对手机的时间，再输入应用里现在的6位数字"
        raise Refused([Violation("code", "验证码不对", mend=mend)])
    one_at_a_time(user, by)
    if _shares(user, secret):
        return []  # the form was sent twice
    CodeApp.objects.filter(user=user).delete()
    CodeApp.objects.create(user=user, secret=secret, last_step=step, added_at=now)
    note("accounts.second.app_added", user, by=by)
    return [] if RecoveryCode.objects.filter(user=user, used_at=None).exists() else _fresh_codes(user)


def _shares(user: User, secret: str) -> bool:
    row: Any = CodeApp.objects.filter(user=user).first()
    return row is not None and hmac.compare_digest(row.secret.reveal(), secret)


@transaction.atomic
def remove_app(user: User, *, by: Access) -> bool:
    """Take the app away; True where there was one. Recovery codes go with the last factor."""
    one_at_a_time(user, by)
    gone = CodeApp.objects.filter(user=user).delete()[0] > 0
    if gone:
        forget_codes_if_last(user)
        note("accounts.second.app_removed", user, by=by)
    return gone


@transaction.atomic
def use_code(user: User, typed: str, *, now: datetime) -> str:
    """Take a code of the app or a recovery code, each once. Returns which it was ("app", "recovery") or ""."""
    code = _typed(typed)
    row = CodeApp.objects.select_for_update().filter(user=user).first()
    if row is not None and code.isascii() and code.isdigit() and len(code) == DIGITS:
        sealed: Any = row.secret
        step = _step_of(sealed.reveal(), code, now)
        if step > row.last_step:
            row.last_step, row.used_at = step, now
            row.save(update_fields=["last_step", "used_at"])
            return "app"
        return ""
    found = RecoveryCode.objects.filter(user=user, digest=_digest(user, code), used_at=None).update(used_at=now)
    return "recovery" if found else ""


@transaction.atomic
def new_codes(user: User, *, by: Access) -> list[str]:
    """Make fresh recovery codes, shown once; earlier ones are good no more. Refused without a second factor."""
    one_at_a_time(user, by)
    if not has_second(user):
        raise Refused([Violation("none", "还没有两步验证，用不上备用码", mend="请先加通行密钥或验证码应用")])
    codes = _fresh_codes(user)
    note("accounts.second.codes_made", user, by=by)
    return codes


def _fresh_codes(user: User) -> list[str]:
    codes = ["".join(random.choice(_LETTERS) for _place in range(CODE_LENGTH)) for _code in range(CODES)]
    RecoveryCode.objects.filter(user=user).delete()
    RecoveryCode.objects.bulk_create([RecoveryCode(user=user, digest=_digest(user, code)) for code in codes])
    return [f"{code[:5]}-{code[5:]}" for code in codes]


def codes_left(user: User) -> int:
    """How many recovery codes are still good."""
    return RecoveryCode.objects.filter(user=user, used_at=None).count()


def forget_codes_if_last(user: User) -> None:
    """Recovery codes stand in for a factor; without one they would be passwords."""
    if not has_second(user):
        RecoveryCode.objects.filter(user=user).delete()


def forget_all(user: User) -> None:
    """Take away every second factor, because the device that held them is lost."""
    CodeApp.objects.filter(user=user).delete()
    Passkey.objects.filter(user=user).delete()
    RecoveryCode.objects.filter(user=user).delete()


def _typed(code: str) -> str:
    return "".join(code.split()).replace("-", "").lower()


def _digest(user: User, code: str) -> str:
    return secrets.keyed_digest(f"{user.pk}\n{code}", purpose="recovery_code")
