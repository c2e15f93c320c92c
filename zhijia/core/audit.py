"""The audit chain: one append-only chain of lines per union, each bound to the one before by a keyed hash.

`record` is the last statement of a service: it locks the union's head row, so the lock is held only while the
transaction ends. It also bumps the change numbers of the tables written, which is what makes cached facts stale.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection, models
from django.utils import timezone

from zhijia.core import person_keys
from zhijia.core.access import Access
from zhijia.core.chain import GENESIS, Break, moment_text, sealed, verify
from zhijia.core.models import AuditHead, AuditLine, ChangeNumber

__all__ = ["Break", "bump", "head_seq", "history", "lock", "numbers", "record", "since", "verify"]


def _hash(line: AuditLine) -> bytes:
    body = [
        line.union_id,
        line.seq,
        moment_text(line.at),
        line.user_id,
        line.person_id,
        line.verb,
        line.subject,
        line.subject_id,
        line.batch_id,
        line.changes,
    ]
    return sealed(body, bytes(line.previous))


def bump(union: int, tables: Iterable[str]) -> None:
    """Say that the union's rows in `tables` (database names) were written."""
    rows = [(union, table) for table in sorted(set(tables))]
    with connection.cursor() as cursor:
        cursor.executemany(
            'INSERT INTO core_changenumber (union_id, "table", number) VALUES (%s, %s, 1)'
            ' ON CONFLICT (union_id, "table") DO UPDATE SET number = core_changenumber.number + 1',
            rows,
        )


def numbers(union: int, tables: Iterable[str] | None = None) -> dict[str, int]:
    """Change numbers of the union's tables (all, or the named ones; a table never written has none)."""
    found = ChangeNumber.objects.filter(union_id=union)
    if tables is not None:
        found = found.filter(table__in=list(tables))
    return dict(found.values_list("table", "number"))


def lock(union: int) -> AuditHead:
    """Lock the end of the union's chain until the transaction ends; whoever writes a batch takes it first."""
    AuditHead.objects.get_or_create(union_id=union, defaults={"hash": GENESIS})
    return AuditHead.objects.select_for_update().get(union_id=union)


def record(
    *,
    union: int,
    by: Access,
    verb: str,
    tables: Iterable[type[models.Model]] = (),
    subject: models.Model | None = None,
    batch: int | None = None,
    changes: Mapping[str, Any] | None = None,
    rows: Sequence[int | None] = (),
    lasting: bool = False,
    anonymous: bool = False,
) -> AuditLine:
    """Add one line to the union's chain and bump the change numbers of `tables`.

    `changes` must hold no sensitive value in the clear; what they tell of the person that the subject is about, or of
    whom each of their `rows` is about, is written under that person's key, unless it is to outlast the person's erasure
    (`lasting`). Where no person is meant the reason has a key of its own, because it may name somebody. An anonymous
    deed leaves neither actor nor time.
    """
    written = list(tables) + ([type(subject)] if subject is not None else [])
    # The head first, as batches take it: the other way round two writers of one table would wait for each other.
    head = lock(union)
    bump(union, (model._meta.db_table for model in written))
    told = changes or {}
    if not lasting:
        told = person_keys.sealed(told, union, about=person_keys.whom(subject), rows=rows)
    line = AuditLine(
        union_id=union,
        seq=head.seq + 1,
        at=None if anonymous else timezone.now(),
        user_id=None if anonymous else by.user,
        person_id=None if anonymous else by.person,
        verb=verb,
        subject=subject._meta.label if subject is not None else "",
        subject_id=subject.pk if subject is not None else None,
        batch_id=batch,
        changes=json.loads(json.dumps(told, default=str)),
        previous=bytes(head.hash),
    )
    line.hash = _hash(line)
    line.save(force_insert=True)
    head.seq, head.hash = line.seq, line.hash
    head.save(update_fields=["seq", "hash"])
    return line


def history(subject: models.Model) -> models.QuerySet[AuditLine]:
    """The lines that tell of one record, oldest first."""
    union = getattr(subject, "union_id", subject.pk)  # the union's own row is a record of itself
    lines = AuditLine.objects.filter(union_id=union, subject=subject._meta.label, subject_id=subject.pk)
    return lines.order_by("seq")


def since(union: int, seq: int) -> models.QuerySet[AuditLine]:
    """Lines added to the union's chain after line `seq`."""
    return AuditLine.objects.filter(union_id=union, seq__gt=seq).order_by("seq")


def head_seq(union: int) -> int:
    """Number of the union's last line (0 when there is none)."""
    return AuditHead.objects.filter(union_id=union).values_list("seq", flat=True).first() or 0
