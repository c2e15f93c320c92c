"""Changing the data key: a new one becomes current, every stored secret moves to it, then the old ones are dropped."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction

from zhijia.core import audit, keys, secrets
from zhijia.core.access import Access
from zhijia.core.fields import SecretField
from zhijia.core.models import BatchPart
from zhijia.unions.models import Union

_CHUNK = 2_000
Progress = Callable[[str, int, int], None]


def rotate(by: Access, progress: Progress) -> int:
    """Change the key and return how many stored values were moved. The caller holds the data folder alone.

    Stopping in the middle loses nothing: old keys are dropped only after a last look finds no value under them.
    """
    keys.rotate()
    moved = 0
    for model, column, context in _columns():
        moved += _move(model, column, context, progress)
    if not any(_old(model, column) for model, column, _context in _columns()):
        ring = keys.keyring().with_current_only()
        keys.store(ring, Path(settings.ZHIJIA_HOME) / "keys")
        keys.use(ring)
    for union in Union.objects.values_list("pk", flat=True):
        audit.record(union=union, by=by, verb="core.keys.rotated", changes={"moved": moved})
    return moved


def _columns() -> Iterator[tuple[type[models.Model], str, bytes]]:
    """Every column that holds values under a data key, with what they are bound to."""
    yield BatchPart, "changed", b""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, SecretField) and not model._meta.proxy:
                yield model, str(field.column), field.context


def _move(model: type[models.Model], column: str, context: bytes, progress: Progress) -> int:
    """Move one column's values. A value that somebody changed meanwhile is left: it is under the new key already."""
    quote = connection.ops.quote_name
    table, name = quote(model._meta.db_table), quote(column)
    select = f"SELECT id, {name} FROM {table} WHERE {name} IS NOT NULL AND id > %s ORDER BY id LIMIT {_CHUNK}"  # noqa: S608 - names come from the models
    update = f"UPDATE {table} SET {name} = %s WHERE id = %s AND {name} = %s"  # noqa: S608 - as above
    last, moved = 0, 0
    while True:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(select, [last])
            rows: list[Any] = [(pk, bytes(value)) for pk, value in cursor.fetchall()]
            if not rows:
                return moved
            fresh = [(secrets.reencrypt(value, context=context), pk, value) for pk, value in rows]
            changed = [row for row in fresh if row[0] is not None]
            if changed:
                cursor.executemany(update, changed)
            moved += len(changed)
            last = rows[-1][0]
        progress("更换密钥", moved, 0)


def _old(model: type[models.Model], column: str) -> bool:
    """Whether a value of the column is still under an older key: its first three bytes name the key."""
    quote = connection.ops.quote_name
    current = b"\x01" + keys.keyring().current.to_bytes(2, "big")
    name = quote(column)
    head = f"substr({name}, 1, 3)"
    statement = f"SELECT 1 FROM {quote(model._meta.db_table)} WHERE {name} IS NOT NULL AND {head} <> %s LIMIT 1"  # noqa: S608 - names come from the models
    with connection.cursor() as cursor:
        cursor.execute(statement, [current])
        return cursor.fetchone() is not None
