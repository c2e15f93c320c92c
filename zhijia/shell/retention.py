"""How long records about persons are kept, and whose are past it.

Only accounting records have a period set by regulation (会计档案管理办法: vouchers 30 years). All other years are
custom, so they are the union's own numbers (`standards.numbers`): here stands the usual, 待确认 until it is settled.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from typing import Any

from django.db import connection, models
from django.db.models import Max, Q

from zhijia.core.access import Access
from zhijia.core.erasing import GONE
from zhijia.core.personal import Source
from zhijia.shell.my_data import all_sources
from zhijia.shell.registers import BY_LABEL
from zhijia.standards import numbers
from zhijia.standards.numbers import YEARS, Number


@dataclass(frozen=True, slots=True)
class Period:
    """Years that a kind of record is kept after its last day in a union. `by_law`: no decision shortens it."""

    years: int
    by_law: bool = False


_CUSTOM = "惯例，由工会定"
_BOOKS = "会计档案管理办法：会计凭证、账簿保管30年"
_USUAL = {
    "members.Person": 5, "care.AidCase": 10, "care.Event": 5, "care.Visit": 5, "care.MutualAid": 5,
    "inquiries.Answer": 3, "elections.Candidacy": 10, "elections.Delegate": 10, "": 5,
}  # fmt: skip
_BY_LAW = {"funds.Collection": 30, "funds.PersonReceipt": 30}
_OTHERS = "其他与个人有关的记录"


def _number(label: str, years: int, source: str, *, by_law: bool) -> Number:
    title = BY_LABEL[label].sheet.name if label in BY_LABEL else _OTHERS
    return Number(f"keep.{label or 'others'}", title, years, YEARS, source, by_law=by_law)


NUMBERS: dict[str, Number] = {
    **{label: _number(label, years, _BOOKS, by_law=True) for label, years in _BY_LAW.items()},
    **{label: _number(label, years, _CUSTOM, by_law=False) for label, years in _USUAL.items()},
}  # by "app.Model"; "" are all others
PERSON = "members.Person"
PAGE = 50


@dataclass(frozen=True, slots=True)
class Kept:
    """One kind of record about a person: how many, the last day, and until when it is kept."""

    source: Source
    count: int
    last: date | None
    until: date | None
    period: Period

    def over(self, today: date) -> bool:
        """Whether the period is past."""
        return self.until is None or self.until <= today


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person who left, with what is kept of it."""

    pk: int
    uid: str
    name: str
    left_on: date | None
    kept: tuple[Kept, ...]


def periods(union: int) -> dict[str, Period]:
    """How long the rows of each table are kept in the union ("": of all others); one query."""
    held = numbers.settled(union, NUMBERS.values())
    return {label: Period(held[number.key].number, number.by_law) for label, number in NUMBERS.items()}


def _days(source: Source) -> list[str]:
    """The days that a row tells of; the latest of them is its last day."""
    columns = source.columns if source.sheet else ()
    named = {column.field for column in columns}
    return [
        field.name
        for field in source.model._meta.concrete_fields
        if isinstance(field, models.DateField) and field.name in named and field.name not in {"birth_on"}
    ]


def after(day: date, years: int) -> date:
    """The day `years` later; 29 February becomes 1 March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def kept(union: int, persons: Sequence[int]) -> dict[int, tuple[Kept, ...]]:
    """What is kept of each person of the union, by kind; two queries however many tables."""
    return _kept(persons, periods(union))


def _kept(persons: Sequence[int], years: Mapping[str, Period]) -> dict[int, tuple[Kept, ...]]:
    if not persons:
        return {}
    found: dict[int, list[Kept]] = {pk: [] for pk in persons}
    own = [source for source in all_sources() if not source.aside]
    parts: list[str] = []
    values: list[Any] = []
    shown: list[Source] = []
    for source in own:
        who = source.fields[0] if source.fields else "pk"
        days = _days(source)
        rows: Any = source.model._base_manager.filter(**{f"{who}__in": list(persons)})
        cells = {f"d{place}": Max(name) for place, name in enumerate(days)}
        query = rows.order_by().values(w=models.F(who)).annotate(n=models.Count("pk"), **cells).values("w", "n", *cells)
        sql, params = query.query.sql_with_params()
        parts.append(_part(len(shown), len(days), sql))
        values += params
        shown.append(source)
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        for number, person, count, *texts in cursor.fetchall():
            source = shown[number]
            days_ = [date.fromisoformat(text[:10]) for text in "".join(texts).split("|") if text]
            last = max(days_, default=None)
            period = years.get(source.label, years[""])
            until = after(last, period.years) if last else None
            found[person].append(Kept(source, count, last, until, period))
    return {pk: tuple(rows) for pk, rows in found.items()}


def together(found: Iterable[Sequence[Kept]]) -> tuple[Kept, ...]:
    """What is kept of several rows of one person, by kind: numbers add up, the latest days hold."""
    sums: dict[str, Kept] = {}
    for one in chain.from_iterable(found):
        known = sums.get(one.source.label, one)
        last = max(filter(None, (known.last, one.last)), default=None)
        until = max(filter(None, (known.until, one.until)), default=None)
        count = one.count if known is one else known.count + one.count
        sums[one.source.label] = replace(one, count=count, last=last, until=until)
    return tuple(sums.values())


def _part(number: int, days: int, sql: str) -> str:
    cells = " || '|' || ".join(f"COALESCE(CAST(t{number}.d{place} AS TEXT), '')" for place in range(days)) or "''"
    return f"SELECT {number}, t{number}.w, t{number}.n, {cells} FROM ({sql}) AS t{number}"  # noqa: S608 - of the ORM


def candidates(access: Access, today: date, *, after_pk: int = 0) -> list[Candidate]:
    """Persons who left (or were never members) whose own period is past, by pk, each with what is kept of it.

    Those of whom everything is past its period come with nothing left over; others tell what is still kept and why.
    """
    person: Any = BY_LABEL[PERSON].sheet.records.model
    years = periods(access.union)
    limit = after(today, -years[PERSON].years)
    rows = person._base_manager.filter(union_id=access.union, pk__gt=after_pk, user=None).exclude(name=GONE)
    rows = rows.filter(Q(left_on__lte=limit) | Q(withdrawn_on__lte=limit))
    found = list(rows.order_by("pk").values_list("pk", "uid", "name", "left_on")[:PAGE])
    held = _kept([row[0] for row in found], years)
    return [Candidate(pk, str(uid), name, left_on, held[pk]) for pk, uid, name, left_on in found]
