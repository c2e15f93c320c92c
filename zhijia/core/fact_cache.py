"""Measured values kept while the tables that they were read from stand still.

A row is good while the digest of the change numbers of its tables fits. The tables are taken from the SQL that was run,
joins and subqueries included, never declared. Tables without a union carry their number under union 0.
Writing is best effort: a reader never waits for a writer, and inside a snapshot nothing is kept.
"""

from __future__ import annotations

import hashlib
import inspect
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from django.apps import apps
from django.core.exceptions import EmptyResultSet
from django.db import InternalError, OperationalError, connection, transaction
from django.db.models import QuerySet

from zhijia.core.models import ChangeNumber, FactCache

NO_UNION = 0
KEPT = 500
_BATCH = 100
# A name followed by a dot is a column's table, as in EXTRACT(YEAR FROM "t"."on").
_TABLE = re.compile(r'\b(?:FROM|JOIN)\s+\(*"([^"]+)"(?!\s*\.)', re.IGNORECASE)


class Entry(NamedTuple):
    """A value to keep: its key, the tables it was read from and the payload."""

    key: str
    tables: tuple[str, ...]
    payload: Any


def tables_in(sql: str) -> set[str]:
    """The tables that a statement reads, subqueries included; of a view those that it reads."""
    named, views = set(_TABLE.findall(sql)), _views()
    return {table for name in named for table in views.get(name, (name,))}


@cache
def _views() -> Mapping[str, tuple[str, ...]]:
    """The tables behind each view: its unmanaged model names them in `reads`."""
    return {model._meta.db_table: tuple(model.reads) for model in apps.get_models() if hasattr(model, "reads")}


def statement(found: QuerySet[Any, Any]) -> tuple[str, str] | None:
    """The compiled SQL of a queryset and its parameters as text; None where Django knows that nothing fits.

    Such an answer may come from a list read before, so it must not be kept.
    """
    try:
        sql, parameters = found.query.sql_with_params()
    except EmptyResultSet:
        return None
    return sql, repr(parameters)


@contextmanager
def recorded() -> Iterator[set[str]]:
    """Collect the tables of every statement that runs inside."""
    seen: set[str] = set()

    def record(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        seen.update(tables_in(sql))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(record):
        yield seen


def digest(*parts: object) -> str:
    """SHA-256 over the parts' texts, in hex."""
    return hashlib.sha256("\x1f".join(str(part) for part in parts).encode()).hexdigest()


@cache
def _file_digest(file: str) -> str:
    return hashlib.sha256(Path(file).read_bytes()).hexdigest()


def code_digest(function: Callable[..., Any]) -> str:
    """The digest of the file that holds the function, so that a changed program does not find its old values."""
    plain = inspect.unwrap(getattr(function, "func", function))
    return _file_digest(inspect.getsourcefile(plain) or "")


def numbers(union: int) -> dict[str, int]:
    """How often each table was written for the union and for no union at all, in one query."""
    found: dict[str, int] = {}
    rows = ChangeNumber.objects.filter(union_id__in=(union, NO_UNION)).values_list("table", "number")
    for table, number in rows:
        found[table] = found.get(table, 0) + number
    return found


def _stamp(tables: Iterable[str], changes: Mapping[str, int]) -> str:
    return digest(*(f"{table}={changes.get(table, 0)}" for table in sorted(set(tables))))


def load(union: int, keys: Sequence[str], changes: Mapping[str, int]) -> dict[str, Any]:
    """The kept payloads that are still good, by key, in one query."""
    kept = FactCache.objects.filter(union_id=union, key__in=keys).values_list("key", "stamp", "payload")
    return {key: stored["facts"] for key, stamp, stored in kept if stamp == _stamp(stored["tables"], changes)}


def store(union: int, entries: Sequence[Entry], changes: Mapping[str, int]) -> None:
    """Keep the entries under the change numbers read before measuring, and drop the union's oldest beyond `KEPT`."""
    fresh = [
        FactCache(
            union_id=union,
            key=entry.key,
            stamp=_stamp(entry.tables, changes),
            payload={"tables": sorted(entry.tables), "facts": entry.payload},
        )
        for entry in entries
    ]
    if not fresh:
        return
    try:
        with _without_waiting(), transaction.atomic():
            FactCache.objects.bulk_create(
                fresh,
                batch_size=_BATCH,
                update_conflicts=True,
                unique_fields=["union_id", "key"],
                update_fields=["stamp", "payload"],
            )
            # The newest are kept, and any that were just written again, whatever their age.
            newest = FactCache.objects.filter(union_id=union).order_by("-pk").values("pk")[KEPT - 1 : KEPT]
            old = FactCache.objects.filter(union_id=union, pk__lt=newest)
            old.exclude(key__in=[entry.key for entry in fresh]).delete()
    except (OperationalError, InternalError):
        # Somebody else is writing, or this is a read-only snapshot: the values are right, they are only not kept.
        return


@contextmanager
def _without_waiting() -> Iterator[None]:
    """On SQLite do not queue behind a long import for the sake of a cache."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    connection.ensure_connection()
    raw = connection.connection
    before = raw.execute("PRAGMA busy_timeout").fetchone()[0]
    raw.execute("PRAGMA busy_timeout = 0")
    try:
        yield
    finally:
        raw.execute(f"PRAGMA busy_timeout = {before}")
