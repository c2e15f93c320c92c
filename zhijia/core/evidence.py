"""The records behind a value: which rows of an evidence set count in a scope, and their lazy list.

The number and the list come from the same querysets, so the list always has as many rows as the value says.
A flow counts by date; a stock as at a day; a set with its own `year` counts in that year, and in a year cut by the
period's first or last day by its date (so every row counts in exactly one of two periods that follow each other).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    DateTimeField,
    F,
    Func,
    IntegerField,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
)

from zhijia.core.feature_types import RUNNING, SHARE, WHO, EvidenceSet, FactSpec, Scope, SingleSpec

Spec = FactSpec | SingleSpec
YEAR = "year"
INSIDE = "evidence_inside"
_YEAR_COLUMN = "evidence_year"
_MET_COLUMN = "evidence_met"
_CHUNK = 2_000


class YearOf(Func):
    """The calendar year of a date column as an integer, cheap on both engines."""

    output_field = IntegerField()

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, Any]:
        return self.as_sql(compiler, connection, template="CAST(substr(%(expressions)s, 1, 4) AS INTEGER)", **extra)

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, Any]:
        return self.as_sql(compiler, connection, template="EXTRACT(YEAR FROM %(expressions)s)::int", **extra)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One record behind a value. `uid` is its number outside; `on` its date (of a stock: since when)."""

    id: int
    uid: str
    on: date | None
    who: Any
    fen: int | None
    met: bool | None
    label: list[str]
    dims: dict[str, str]


def code_of(value: Any) -> str:
    """A category's code as breakdowns print it: yes or no for booleans, empty for none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def as_at(scope: Scope) -> dict[int, date]:
    """Per year of the scope the day whose stocks count: the year's end, in the last year the scope's last day."""
    return {year: min(date(year, 12, 31), scope.last) for year in scope.years} or {scope.last.year: scope.last}


def in_force(rows: EvidenceSet, day: date) -> Q:
    """Rows of a stock that are in force on `day`."""
    found = Q(**{f"{rows.since}__lte": day})
    return found & (Q(**{f"{rows.until}__gt": day}) | Q(**{f"{rows.until}__isnull": True})) if rows.until else found


def source(rows: EvidenceSet, scope: Scope) -> QuerySet[Any]:
    """The set's rows of the union, of all times, unordered. Refuses (ValueError) querysets that can not be grouped."""
    found = rows.rows(scope).order_by()
    query = found.query
    if query.group_by is not None or query.distinct or query.combinator or query.is_sliced:
        raise ValueError(f"Evidence set {rows.name}: rows() must be plain rows, not grouped, distinct, united or cut.")
    if not (rows.on or rows.since or rows.year):
        raise ValueError(f"Evidence set {rows.name} has no date: give on, since or year.")
    return found


def _column(found: QuerySet[Any], path: str) -> Any:
    """The field that a path or an annotation of the queryset yields."""
    expression = found.query.chain().resolve_ref(path, allow_joins=True)
    return getattr(expression, "target", None) or expression.output_field


def dated(rows: EvidenceSet, scope: Scope, *, running: bool = False) -> QuerySet[Any]:
    """The set's rows that count in the scope, a flow's with their year (`year_column`).

    running: all rows up to the scope's last day, `INSIDE` saying which of them count in the scope.
    Stocks: all rows, `in_force` decides per day.
    """
    found = source(rows, scope)
    if rows.since:
        return found
    if not rows.year and isinstance(_column(found, rows.on), DateTimeField):
        raise ValueError(f"Evidence set {rows.name}: {rows.on} is an instant; evidence is dated by day.")
    found = found.annotate(**{_YEAR_COLUMN: F(rows.year) if rows.year else YearOf(F(rows.on))})
    if running:
        found = found.annotate(**{INSIDE: flag(_in_period(rows, scope, running=False))})
    return found.filter(_in_period(rows, scope, running=running))


def flag(condition: Q) -> Case:
    """Whether the condition holds as a column; what is unknown does not hold."""
    return Case(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())


def _in_period(rows: EvidenceSet, scope: Scope, *, running: bool) -> Q:
    """The rows of a flow that count in the scope; running: and those before."""
    if rows.year:
        return _of_year(rows, scope, running=running)
    found = Q(**{f"{rows.on}__lt": scope.until})
    return found if running else found & Q(**{f"{rows.on}__gte": scope.first})


def _of_year(rows: EvidenceSet, scope: Scope, *, running: bool) -> Q:
    """Rows by their own year; in a year that the period cuts in two, the date decides."""
    found = Q(**{f"{_YEAR_COLUMN}__lte": scope.last.year})
    if not running:
        found &= Q(**{f"{_YEAR_COLUMN}__gte": scope.first.year})
    if not rows.on:
        return found
    undated = Q(**{f"{rows.on}__isnull": True})
    found &= Q(**{f"{rows.on}__lte": scope.today}) | undated
    if not running and (scope.first.month, scope.first.day) != (1, 1):
        found &= Q(**{f"{_YEAR_COLUMN}__gt": scope.first.year}) | Q(**{f"{rows.on}__gte": scope.first}) | undated
    if (scope.end.month, scope.end.day) != (1, 1):
        found &= Q(**{f"{_YEAR_COLUMN}__lt": scope.end.year}) | Q(**{f"{rows.on}__lt": scope.end}) | undated
    return found


def year_column(rows: EvidenceSet) -> str:
    """The name under which `dated` yields a flow's year; empty for a stock."""
    return "" if rows.since else _YEAR_COLUMN


def _measured(found: QuerySet[Any], spec: FactSpec) -> Q:
    """Rows that the measure can use at all: who (an empty name is nobody), the sums or met known."""
    known = Q()
    for name in spec.needs:
        path = spec.rows.path(name)
        known &= Q(**{f"{path}__isnull": False})
        if name == WHO and isinstance(_column(found, path), CharField | TextField):
            known &= ~Q(**{path: ""})
    return known


def _fit(found: QuerySet[Any], spec: FactSpec) -> Case:
    """Whether a row belongs to the numerator of a share; of two sums: whether the first reaches the second."""
    fits = Q()
    for name, codes in spec.num_where.items():
        fits &= _chosen(found, spec.rows.dims[name], codes)
    if spec.per:
        fits &= Q(**{f"{spec.rows.path(spec.of)}__gte": F(spec.rows.path(spec.per))})
    return flag(fits)


def _chosen(found: QuerySet[Any], path: str, codes: tuple[Any, ...]) -> Q:
    """Rows whose category is one of the codes, given as stored or as breakdowns print them."""
    column = _column(found, path)
    values: list[Any] = [code for code in codes if code is not None and code != ""]
    if isinstance(column, BooleanField):
        values = [code in (True, "yes") for code in values]
    chosen = Q(**{f"{path}__in": values})
    if len(values) < len(codes):
        chosen |= Q(**{f"{path}__isnull": True})
        if isinstance(column, CharField | TextField):
            chosen |= Q(**{path: ""})
    return chosen


def _behind(spec: FactSpec, scope: Scope, year: int | None, by: Mapping[str, Any]) -> QuerySet[Any]:
    rows, running = spec.rows, spec.measure == RUNNING
    found = dated(rows, scope, running=running)
    if rows.since:
        days = as_at(scope)
        if year is not None and year not in days:
            return found.none()
        found = found.filter(in_force(rows, scope.last if year is None else days[year]))
    elif year is not None:
        found = found.filter(**{f"{_YEAR_COLUMN}__lte" if running else _YEAR_COLUMN: year})
    found = found.filter(_measured(found, spec))
    for name, codes in spec.where.items():
        found = found.filter(_chosen(found, rows.dims[name], codes))
    for name, code in by.items():
        found = found.filter(_chosen(found, rows.dims[name], (code,)))
    return found


def queryset(
    spec: Spec, scope: Scope, *, year: int | None = None, by: Mapping[str, Any] | None = None
) -> QuerySet[Any]:
    """The records behind a value, or behind its part of one year and of the categories `by` (dimension -> code).

    A `by` of "year" is the same as `year`. A single fact has no parts: `year` and `by` are refused (ValueError).
    """
    parts = dict(by or {})
    if YEAR in parts:
        year = int(parts.pop(YEAR))
    if isinstance(spec, FactSpec):
        return _behind(spec, scope, year, parts)
    if year is not None or parts:
        raise ValueError(f"{spec.key} is one value; it has no breakdown.")
    return spec.read(scope)[1]


def rows(
    spec: Spec,
    scope: Scope,
    *,
    year: int | None = None,
    by: Mapping[str, Any] | None = None,
    met: bool | None = None,
    limit: int | None = None,
    skip: int = 0,
) -> Iterator[Evidence]:
    """Yield the records behind a value lazily, ordered by date and id; of them `limit` after the first `skip`.

    `met` keeps those that are met, or are not; of a share those that belong to its numerator, or do not.
    """
    found = queryset(spec, scope, year=year, by=by)
    has_uid = any(field.name == "uid" for field in found.model._meta.concrete_fields)
    uid = ("uid",) if has_uid else ()
    if isinstance(spec, SingleSpec):
        on, who, fen, is_met, label, dims = "", "", "", "", spec.label_paths, {}
    else:
        of = spec.rows
        on, who, is_met, label, dims = of.on or of.since, of.who, of.met, of.label, dict(of.dims)
        fen = of.sums.get(spec.of, of.fen)
        if spec.measure == SHARE:
            found, is_met = found.annotate(**{_MET_COLUMN: _fit(found, spec)}), _MET_COLUMN
    if met is not None:
        found = found.filter(**{is_met: met})
    paths = [path for path in ("pk", *uid, on, who, fen, is_met, *label, *dims.values()) if path]
    found = found.order_by(*((on, "pk") if on else ("pk",))).values(*dict.fromkeys(paths))
    for row in (found[skip : skip + limit] if limit is not None else found[skip:]).iterator(chunk_size=_CHUNK):
        yield Evidence(
            id=row["pk"],
            uid=str(row["uid"]) if uid else "",
            on=row[on] if on else None,
            who=row[who] if who else None,
            fen=row[fen] if fen else None,
            met=row[is_met] if is_met else None,
            label=[code_of(row[path]) for path in label],
            dims={name: code_of(row[path]) for name, path in dims.items()},
        )


def ids(spec: Spec, scope: Scope) -> list[int]:
    """The sorted primary keys of the records behind a value, as frozen versions keep them."""
    return sorted(queryset(spec, scope).order_by().values_list("pk", flat=True))
