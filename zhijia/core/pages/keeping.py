"""A secret that was typed into a form which comes back: it travels sealed, bound to the login and the box.

It is never written into the page in clear, and needs not be typed again.
"""

from __future__ import annotations

import base64
import binascii
from typing import Any

from zhijia.core import secrets


def _context(user: Any, box: str) -> bytes:
    return f"form:{user}:{box}".encode()


def seal(text: str, *, user: Any, box: str) -> str:
    """The text as a hidden field may carry it; "" for nothing."""
    if not text:
        return ""
    return base64.urlsafe_b64encode(secrets.encrypt(text, context=_context(user, box))).decode()


def unseal(sealed: str, *, user: Any, box: str) -> str:
    """What was sealed for that login and box; "" where it was not, or was altered."""
    if not sealed:
        return ""
    try:
        return secrets.decrypt(base64.urlsafe_b64decode(sealed), context=_context(user, box))
    except (secrets.SecretError, binascii.Error, ValueError):
        return ""
