"""What binds audit lines to each other, and the walk along a chain that finds where somebody altered the database.

The walk reads what is stored, byte by byte, and not through the models: a value that can not even be read any more is
an altered line, not an error. Only `id` has no meaning of its own, so of it the order alone is checked.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connection
from django.utils import timezone

from zhijia.core import db, keys
from zhijia.core.models import AuditHead

GENESIS = bytes(32)
Progress = Callable[[str, int, int], None]
_CHUNK = 5_000
_ALTERED = "内容被改动"
# SQLite stores in any column whatever it is given; what is of another kind than ours reads as something never written.
_WHOLE = "CASE WHEN typeof({0}) IN ('integer', 'null') THEN {0} ELSE '?' END"
_TEXT = "CASE typeof({0}) WHEN 'text' THEN CAST({0} AS BLOB) WHEN 'null' THEN NULL ELSE x'ff' END"
_BYTES = "CASE WHEN typeof({0}) = 'blob' THEN {0} ELSE x'' END"
_COLUMNS = {
    "at": _TEXT, "user_id": _WHOLE, "person_id": _WHOLE, "verb": _TEXT, "subject": _TEXT, "subject_id": _WHOLE,
    "batch_id": _WHOLE, "changes": _TEXT, "previous": _BYTES, "hash": _BYTES,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Break:
    """Where a chain does not hold: the line (0: the whole chain) and what is wrong with it."""

    union: int
    seq: int
    what: str


def sealed(body: list[Any], previous: bytes) -> bytes:
    """Keyed hash over every field of a line and the hash of the line before."""
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hmac.digest(keys.keyring().subkey("audit"), previous + text.encode(), hashlib.sha256)


def moment_text(at: datetime | None) -> str | None:
    """An instant as the hash covers it."""
    return at.astimezone(timezone.get_default_timezone()).isoformat() if at else None


def verify(union: int | None = None, progress: Progress | None = None) -> list[Break]:
    """Walk the chains and return every place where they do not hold; an empty list means nothing was tampered with."""
    found: list[Break] = []
    with db.snapshot():  # lines and heads of one moment, while others go on writing
        for number in [union] if union is not None else _unions():
            found += _walk(number, progress)
    return found


def _unions() -> list[int]:
    guard = " WHERE typeof(union_id) = 'integer'" if connection.vendor == "sqlite" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT union_id FROM core_auditline{guard}")  # noqa: S608 - one of two constants
        lines = {row[0] for row in cursor.fetchall()}
    return sorted(lines | set(AuditHead.objects.values_list("union_id", flat=True)))


def _walk(union: int, progress: Progress | None) -> Iterator[Break]:
    head = AuditHead.objects.filter(union_id=union).values_list("seq", "hash").first()
    total = int(head[0]) if head else 0
    last, last_id, hashed = 0, 0, GENESIS
    for line_id, seq, *rest in _lines(union):
        if seq > last + 1:
            missing = f"第{last + 1}行" if seq == last + 2 else f"第{last + 1}至{seq - 1}行"
            yield Break(union, last + 1, f"缺少{missing}")
        previous, stored = bytes(rest[-2]), bytes(rest[-1])
        body = _body(union, seq, rest[:-2])
        if seq <= last or body is None or sealed(body, previous) != stored:
            yield Break(union, seq, _ALTERED)
        elif previous != hashed:
            yield Break(union, seq, "与上一行不衔接")
        elif line_id <= last_id:
            yield Break(union, seq, "行的次序被改动")
        last, last_id, hashed = seq, line_id, stored
        if progress and seq % _CHUNK == 0:
            progress("核对审计链", seq, total)
    if head is None:
        yield Break(union, 0, "缺少链尾")
    elif head[0] > last:
        yield Break(union, last + 1, f"末尾缺少{head[0] - last}行")
    elif (head[0], bytes(head[1])) != (last, hashed):
        yield Break(union, last, "链尾与最后一行不符")


def _lines(union: int) -> Iterator[tuple[Any, ...]]:
    """The union's lines as stored: id, number, and the columns in the order of `_COLUMNS`."""
    sqlite = connection.vendor == "sqlite"
    names = ", ".join(read.format(f'"{name}"') if sqlite else f'"{name}"' for name, read in _COLUMNS.items())
    guard = "AND typeof(seq) = 'integer'" if sqlite else ""
    statement = (
        f"SELECT id, seq, {names} FROM core_auditline WHERE union_id = %s {guard}"  # noqa: S608 - constants of this module
        " AND (seq, id) > (%s, %s) ORDER BY seq, id LIMIT %s"
    )
    seq, line_id = -(1 << 63), -(1 << 63)
    while True:
        with connection.cursor() as cursor:
            cursor.execute(statement, [union, seq, line_id, _CHUNK])
            rows = cursor.fetchall()
        yield from rows
        if len(rows) < _CHUNK:
            return
        line_id, seq = rows[-1][0], rows[-1][1]


def _body(union: int, seq: int, stored: list[Any]) -> list[Any] | None:
    """What the hash of a stored line covers; None where a value is not as the program writes it."""
    at, user, person, verb, subject, subject_id, batch, changes = stored
    try:
        moment = _moment(at)
        told = json.loads(_plain(changes)) if isinstance(changes, bytes | str) else changes
        if connection.vendor == "sqlite" and json.dumps(told) != _plain(changes):
            return None  # blanks, another order, a name twice: the same to a reader, but not what was written
        return [union, seq, moment, user, person, _plain(verb), _plain(subject), subject_id, batch, told]
    except (ValueError, TypeError):
        return None


def _plain(text: Any) -> str:
    return text.decode() if isinstance(text, bytes) else str(text)


def _moment(at: Any) -> str | None:
    if at is None or isinstance(at, datetime):
        return moment_text(at)
    text = _plain(at)
    naive = datetime.fromisoformat(text)
    if str(naive) != text:
        raise ValueError("not as the program writes it")
    return moment_text(naive.replace(tzinfo=UTC))
