"""Passkeys (WebAuthn): added by their owner, used to come in without a name, as second factor, or to confirm.

The challenge waits in the browser's session between the two halves of a ceremony. Whoever is asked must be verified by
the device (fingerprint, face, PIN), so a passkey counts as two factors.
"""

from __future__ import annotations

import json
from collections.abc import MutableMapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from fido2.server import Fido2Server
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from zhijia.accounts.factors import forget_codes_if_last
from zhijia.accounts.models import Passkey, User
from zhijia.accounts.services import note, one_at_a_time
from zhijia.core import secrets
from zhijia.core.access import Access
from zhijia.core.outcomes import Refused, Violation

ADDING, USING = "passkey_adding", "passkey_using"  # what was asked, in the session: one is no answer to the other
MOST = 10  # passkeys of one login
VERIFIED = UserVerificationRequirement.REQUIRED

Store = MutableMapping[str, Any]


# What an answer that is none comes to, however deep or large it is.
_BROKEN = (ValueError, KeyError, TypeError, RecursionError)


def _server(host: str) -> Fido2Server:
    site = host.partition(":")[0]

    def is_ours(origin: str) -> bool:
        """This very host and port, not one below or beside it: what runs there may ask the browser for our keys.

        Unencrypted only on this computer. A proxy may stand at another port: the operator has named it.
        """
        url = urlsplit(origin)
        secure = url.scheme == "https" or (url.scheme == "http" and site == "localhost")
        here = url.netloc == host or origin in settings.CSRF_TRUSTED_ORIGINS
        return url.hostname == site and secure and here

    return Fido2Server(PublicKeyCredentialRpEntity(id=site, name="职家"), verify_origin=is_ours)


def _known(user: User) -> list[AttestedCredentialData]:
    rows = Passkey.objects.filter(user=user).values_list("data", flat=True)
    return [AttestedCredentialData(bytes(data)) for data in rows]


def begin_adding(store: Store, user: User, *, host: str, name: str) -> dict[str, Any]:
    """What the browser is asked to make a passkey for this login; `name` is what the device shows."""
    handle = bytes.fromhex(secrets.keyed_digest(str(user.pk), purpose="passkey"))
    options, store[ADDING] = _server(host).register_begin(
        PublicKeyCredentialUserEntity(id=handle, name=user.username, display_name=name or user.username),
        credentials=_known(user),
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=VERIFIED,
    )
    return dict(options)


@transaction.atomic
def add(store: Store, user: User, answer: str, *, host: str, name: str, by: Access, now: datetime) -> Passkey:
    """Keep the passkey that the browser made; refused where it is not the answer to what was asked."""
    state = store.pop(ADDING, None)
    try:
        given = _server(host).register_complete(state, _read(answer)) if state else None
    except _BROKEN:
        given = None
    data = given.credential_data if given is not None else None
    if given is None or data is None:
        raise _refused("通行密钥没有加上", "请再试一次；要用手机或电脑的指纹、面容或锁屏密码确认")
    one_at_a_time(user, by)
    if Passkey.objects.filter(user=user).count() >= MOST:
        raise _refused(f"最多{MOST}个通行密钥", "请先去掉不用的")
    known = websafe_encode(data.credential_id)
    if Passkey.objects.filter(credential_id=known).exists():
        raise _refused("这个通行密钥已经加过了", "可以直接用它登录")
    row = Passkey.objects.create(
        user=user, name=name.strip()[:40] or "通行密钥", credential_id=known, data=bytes(data),
        sign_count=given.counter, added_at=now,
    )  # fmt: skip
    note("accounts.second.passkey_added", user, by=by)
    return row


def _read(answer: str) -> dict[str, Any]:
    given = json.loads(answer)
    if not isinstance(given, dict):
        raise TypeError
    return given


def begin_using(store: Store, *, host: str, user: User | None = None) -> dict[str, Any]:
    """What the browser is asked to prove; without `user` any passkey of this site that the device offers."""
    known = _known(user) if user is not None else None
    options, store[USING] = _server(host).authenticate_begin(known, user_verification=VERIFIED)
    return dict(options)


@transaction.atomic
def use(store: Store, answer: str, *, host: str, now: datetime, user: User | None = None) -> User:
    """Return the login whose passkey has answered; refused where it is unknown, another's, wrong or copied."""
    state = store.pop(USING, None)
    refusal = _refused("通行密钥没有通过", "请再试一次，或改用口令登录")
    try:
        given = AuthenticationResponse.from_dict(_read(answer))
    except _BROKEN:
        raise refusal from None
    row = Passkey.objects.select_for_update().select_related("user").filter(
        credential_id=websafe_encode(given.raw_id)
    ).first()  # fmt: skip
    if state is None or row is None or (user is not None and row.user_id != user.pk) or not row.user.is_active:
        raise refusal
    try:
        _server(host).authenticate_complete(state, [AttestedCredentialData(bytes(row.data))], given)
    except _BROKEN:
        raise refusal from None
    counter = given.response.authenticator_data.counter
    if (counter or row.sign_count) and counter <= row.sign_count:
        raise refusal  # a copy of the passkey has been used since
    row.sign_count, row.used_at = counter, now
    row.save(update_fields=["sign_count", "used_at"])
    return row.user


@transaction.atomic
def remove(user: User, uid: Any, *, by: Access) -> str:
    """Take a passkey away and return its name; empty where it is not there."""
    one_at_a_time(user, by)
    row = Passkey.objects.filter(user=user, uid=uid).first()
    if row is None:
        return ""
    row.delete()
    forget_codes_if_last(user)
    note("accounts.second.passkey_removed", user, by=by)
    return row.name


def _refused(message: str, mend: str) -> Refused:
    return Refused([Violation("passkey", message, mend=mend)])
