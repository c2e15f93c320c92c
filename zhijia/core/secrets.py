"""Secrets at rest: encryption of values, blind indexes to find them by, keyed digests to compare them in the audit.

A stored secret is: format (1 byte), key number (2), nonce (12), AES-256-GCM ciphertext with tag. Format, key number
and the caller's `context` are authenticated. No error contains a value.
"""

import hashlib
import hmac
import os
import unicodedata
from collections.abc import Iterable

from cryptography.exceptions import InvalidTag

from zhijia.core import keys
from zhijia.core.keys import Keyring, SecretError

__all__ = ["SecretError", "blind_index", "blind_index_many", "decrypt", "decrypt_many", "encrypt", "encrypt_many"]
__all__ += ["is_sealed", "keyed_digest", "reencrypt"]

_FORMAT = b"\x01"
_HEAD = 3
_NONCE = 12
_SHORTEST = _HEAD + _NONCE + 16
_INDEX_BYTES = 16


def encrypt_many(texts: Iterable[str | None], *, context: bytes = b"") -> list[bytes | None]:
    """Encrypt texts with the current key, in order; None stays None. `context` must be given again to read them."""
    values = list(texts)
    ring = keys.keyring()
    head = _FORMAT + ring.current.to_bytes(2, "big")
    known, lock = head + context, ring.cipher(ring.current).encrypt
    noise = os.urandom(_NONCE * len(values))
    sealed: list[bytes | None] = []
    try:
        for start, text in zip(range(0, len(noise), _NONCE), values, strict=True):
            if text is None:
                sealed.append(None)
                continue
            nonce = noise[start : start + _NONCE]
            sealed.append(head + nonce + lock(nonce, text.encode(), known))
    except UnicodeEncodeError:
        raise SecretError("内容里有无法保存的字符，不能加密") from None
    return sealed


def decrypt_many(values: Iterable[bytes | memoryview | None], *, context: bytes = b"") -> list[str | None]:
    """Decrypt values, in order; None stays None. A wrong key, another context or a changed byte raises SecretError."""
    ring, texts = keys.keyring(), list[str | None]()
    for value in values:
        if value is None:
            texts.append(None)
            continue
        sealed = bytes(value)
        if len(sealed) < _SHORTEST or sealed[:1] != _FORMAT:
            raise SecretError("保存的内容不是密文，或已被截断")
        number = int.from_bytes(sealed[1:_HEAD], "big")
        if number not in ring:
            keys.use(None)  # another process may have rotated since this one read its keys
            ring = keys.keyring()
        nonce, body = sealed[_HEAD : _HEAD + _NONCE], sealed[_HEAD + _NONCE :]
        try:
            texts.append(ring.cipher(number).decrypt(nonce, body, sealed[:_HEAD] + context).decode())
        except InvalidTag:
            raise SecretError("密文解不开：密钥不对，或内容被改动过") from None
    return texts


def encrypt(text: str, *, context: bytes = b"") -> bytes:
    """Encrypt one text with the current key; None is refused with SecretError (encrypt_many passes it through)."""
    sealed = encrypt_many([text], context=context)[0]
    if sealed is None:
        raise SecretError("没有要加密的内容")
    return sealed


def decrypt(value: bytes | memoryview, *, context: bytes = b"") -> str:
    """Decrypt one value; refused with SecretError as in decrypt_many."""
    text = decrypt_many([value], context=context)[0]
    if text is None:
        raise SecretError("没有要解密的内容")
    return text


def is_sealed(value: bytes) -> bool:
    """Whether bytes have the form of a stored secret of this installation; says nothing about its content."""
    return len(value) >= _SHORTEST and value[:1] == _FORMAT and int.from_bytes(value[1:_HEAD], "big") in keys.keyring()


def reencrypt(value: bytes | memoryview, *, context: bytes = b"") -> bytes | None:
    """Return the value under the current key, or None where it already is, for the rotation of stored values."""
    if int.from_bytes(bytes(value[1:_HEAD]), "big") == keys.keyring().current:
        return None
    return encrypt(decrypt(value, context=context), context=context)


def _normal(text: str) -> str:
    if text.isalnum() and text.isascii():
        return text.upper()
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()


def blind_index_many(texts: Iterable[str | None], *, purpose: str) -> list[bytes | None]:
    """Return 16 keyed bytes per text to find it by; None stays None.

    Equal texts of one purpose have equal indexes, whatever their spaces, width and capitals, also after a rotation.
    """
    key = _index_key(keys.keyring(), purpose)
    return [None if text is None else _index(key, text) for text in texts]


def blind_index(text: str, *, purpose: str) -> bytes:
    """Return the 16 keyed bytes that one text is found by (see blind_index_many)."""
    return _index(_index_key(keys.keyring(), purpose), text)


def _index_key(ring: Keyring, purpose: str) -> bytes:
    return ring.subkey(f"index:{purpose}")


def _index(key: bytes, text: str) -> bytes:
    return hmac.digest(key, _normal(text).encode("utf-8", "surrogatepass"), hashlib.sha256)[:_INDEX_BYTES]


def keyed_digest(text: str, *, purpose: str = "audit", salt: bytes = b"") -> str:
    """Return a keyed digest (64 hex digits) that shows whether a value changed without telling it.

    With a `salt` of the record, destroying the salt on erasure makes the digest untestable even with the keys.
    """
    key = keys.keyring().subkey(f"digest:{purpose}")
    if salt:
        key = hmac.digest(key, salt, hashlib.sha256)
    return hmac.digest(key, text.encode("utf-8", "surrogatepass"), hashlib.sha256).hex()
