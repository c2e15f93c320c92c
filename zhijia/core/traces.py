"""What the rooms tell of single persons, read from their trace sets: all of one person, or the latest of many.

One query however many sets there are: every set is one part of a UNION with the same columns, days and numbers as text
where the two databases write them differently.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import CharField, F, IntegerField, TextField, Value, Window
from django.db.models.functions import Cast, RowNumber

from zhijia.core.person_types import TraceSet

_TOLD = 3  # paths that name a row; a set has at most so many
_COLUMNS = ("number", "who", "day", "key", "amount", "told0", "told1", "told2")
_BLANK = {"amount": "CAST(NULL AS bigint)", **{f"told{place}": "''" for place in range(_TOLD)}}


@dataclass(frozen=True, slots=True)
class Trace:
    """One row of a set: whom it tells of, on which day, in words, the amount where there is one, and the record."""

    of: TraceSet
    person: int
    on: date
    words: str
    fen: int | None
    label: str
    uid: str


def of_person(sets: Sequence[TraceSet], union: int, person: int, most: int = 2000) -> list[Trace]:
    """Everything that the sets tell of one person, the latest first; one query."""
    found = _read(sets, [one.rows(union).filter(person=person) for one in sets])
    return sorted(found, key=lambda trace: (trace.on, trace.words), reverse=True)[:most]


def latest(sets: Sequence[TraceSet], union: int, persons: Iterable[int]) -> dict[int, list[Trace]]:
    """The latest trace of each person in each set, the latest set first; one query."""
    wanted = list(persons)
    found: dict[int, list[Trace]] = {person: [] for person in wanted}
    if not wanted:
        return found
    querysets = []
    for one in sets:
        rows = one.rows(union).filter(person__in=wanted)
        order = (F(one.on).desc(), F("pk").desc())
        nth = Window(RowNumber(), partition_by=F("person"), order_by=order)
        querysets.append(rows.annotate(nth_of_person=nth).filter(nth_of_person=1))
    for trace in sorted(_read(sets, querysets), key=lambda trace: trace.on, reverse=True):
        found[trace.person].append(trace)
    return found


def _read(sets: Sequence[TraceSet], querysets: Sequence[Any]) -> list[Trace]:
    parts: list[str] = []
    values: list[Any] = []
    for number, (one, rows) in enumerate(zip(sets, querysets, strict=True)):
        columns = {
            "number": Value(number, IntegerField()),
            "who": F("person_id"),
            "day": Cast(one.on, TextField()),
            "key": Cast(one.uid, CharField()),
            **({"amount": F(one.fen)} if one.fen else {}),
            **{f"told{place}": Cast(path, TextField()) for place, path in enumerate(one.told)},
        }
        sql, params = rows.order_by().annotate(**columns).values_list(*columns).query.sql_with_params()
        # The outer SELECT gives all parts the same columns: a window adds one of its own, a set may lack some.
        quoted = ", ".join(f't{number}."{name}"' if name in columns else _BLANK[name] for name in _COLUMNS)
        parts.append(f"SELECT {quoted} FROM ({sql}) AS t{number}")  # noqa: S608 - compiled by the ORM
        values += params
    if not parts:
        return []
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        return [_trace(sets[row[0]], row) for row in cursor.fetchall()]


def _trace(of: TraceSet, row: Sequence[Any]) -> Trace:
    _number, person, day, uid, fen, *texts = row
    model = of.rows(0).model
    words = [_word(model, path, text) for path, text in zip(of.told, texts, strict=False)]
    said = "，".join(word for word in words if word)
    return Trace(
        of, person, date.fromisoformat(day[:10]), said, fen, of.label or model._meta.label, str(UUID(str(uid)))
    )


def _word(model: Any, path: str, text: Any) -> str:
    """A text as people read it: a code by the label of its choice."""
    field: Any = None
    for part in path.split("__"):
        field = model._meta.get_field(part)
        model = field.related_model
    labels = {str(code): str(label) for code, label in getattr(field, "flatchoices", ())}
    return labels.get(str(text), str(text or ""))
