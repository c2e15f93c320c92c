"""What lies in a backup file, and how values are written in it.

A zip: `manifest.json`, one member of JSON lines per table (in an order in which every reference points back), stored
files under their digest, and the sealed keys. The last 64 bytes, the zip's comment, are the SHA-256 of all before, so
that one altered byte is seen wherever it lies.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models

from zhijia.core.fields import Sealed
from zhijia.core.outcomes import Refused, Violation

VERSION = 1
MANIFEST, KEYS = "manifest.json", "keys.sealed"
DIGEST_CHARACTERS = 64
_BLOCK = 1 << 20
# Rebuilt from the records whenever it is missing, or of this moment only (long work under way).
_LEFT_OUT = frozenset({"core.FactCache", "accounts.LoginFailure", "accounts.LoginSession", "core.Job"})


def tables() -> list[type[models.Model]]:
    """The tables of all rooms, each after those that it refers to."""
    ours = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith("zhijia.")
        and model._meta.managed
        and not model._meta.proxy
        and model._meta.label not in _LEFT_OUT
    ]
    ordered: list[type[models.Model]] = []
    waiting = list(ours)
    while waiting:
        free = [model for model in waiting if not (_refers_to(model) & set(waiting)) - {model}]
        assert free, "tables refer to each other in a circle"
        ordered += free
        waiting = [model for model in waiting if model not in free]
    return ordered


def _refers_to(model: type[models.Model]) -> set[Any]:
    return {field.related_model for field in model._meta.concrete_fields if field.is_relation}


def columns(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """The stored fields of a table, in the order of its member's lines."""
    return list(model._meta.concrete_fields)


def plain(value: Any) -> Any:
    """A value as JSON keeps it; `reader` of its field gives it back."""
    if value is None or isinstance(value, str | int | float | list | dict):
        return value
    if isinstance(value, Sealed):
        value = value.ciphertext
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode("ascii")
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, UUID | Decimal):
        return str(value)
    raise TypeError(f"no way to keep a {type(value).__name__} in a backup")


def reader(field: models.Field[Any, Any]) -> Callable[[Any], Any]:
    """How a field's values are taken back from JSON."""
    target: Any = field.target_field if isinstance(field, models.ForeignKey) else field
    kind = target.get_internal_type()
    if kind == "BinaryField":
        return lambda value: None if value is None else base64.b64decode(value, validate=True)
    if kind == "DateTimeField":
        return lambda value: None if value is None else datetime.fromisoformat(value)
    if kind == "DateField":
        return lambda value: None if value is None else date.fromisoformat(value)
    if kind in {"UUIDField", "DecimalField", "TimeField"}:
        return lambda value: None if value is None else target.to_python(value)
    return lambda value: value


def digest_of(file: Path, *, leave: int = 0) -> str:
    """SHA-256 of a file without its last `leave` bytes."""
    left = file.stat().st_size - leave
    hasher = hashlib.sha256()
    with file.open("rb") as stream:
        while left > 0:
            block = stream.read(min(_BLOCK, left))
            if not block:
                break
            hasher.update(block)
            left -= len(block)
    return hasher.hexdigest()


def damaged(what: str) -> Refused:
    """A refusal of a file that is not as it was written."""
    return Refused([Violation("damaged", f"备份文件已损坏或被改动：{what}", mend="请换另一份备份")])
