"""Evidence sets measured by the database: at most one grouped query per set and manner, folded into values here.

A cube (GROUP BY year and categories) serves all counts, totals and rates of a set; its people another, because
different persons never add up over years or categories. Filters on categories are applied to the cells, so facts share
queries.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, Q, QuerySet, Sum, Value

from zhijia.core.evidence import YEAR, as_at, code_of, dated, in_force, year_column
from zhijia.core.feature_types import COUNT, DISTINCT, ITEMS, RATE, RUNNING, TOTAL, EvidenceSet, FactSpec, Scope

# Breakdowns by two axes at once are written "year+account"; their codes are joined the same way.
AND = "+"

CUBE, PEOPLE, SUMS, LISTED = "cube", "people", "sums", "listed"
_MANNER = {COUNT: CUBE, TOTAL: CUBE, RATE: CUBE, DISTINCT: PEOPLE, RUNNING: SUMS, ITEMS: LISTED}


@dataclass(frozen=True, slots=True)
class Rate:
    """`num` of `den`; den 0 means that it can not be judged."""

    num: int
    den: int

    @property
    def full(self) -> bool:
        """Whether it is 100 % of something."""
        return self.den > 0 and self.num == self.den


@dataclass(frozen=True, slots=True)
class Item:
    """One named record of an items fact."""

    id: int
    on: date | None
    year: int | None
    label: tuple[str, ...]
    dims: Mapping[str, str]


class Measured(NamedTuple):
    """What the fold of one fact gives."""

    value: int | Rate
    by: dict[str, dict[str, int | Rate]]
    evidence_count: int
    items: tuple[Item, ...] = ()


@dataclass(slots=True)
class Cell:
    """Rows that agree in year and categories."""

    year: int | None
    dims: dict[str, Any]
    count: int
    met: bool | None = None
    amount: int = 0
    amounts: int = 0
    people: list[Any] = field(default_factory=list)
    item: Item | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One SQL query of an evidence set and the facts that it serves."""

    rows: EvidenceSet
    manner: str
    specs: tuple[FactSpec, ...]
    scope: Scope
    found: QuerySet[Any, Any]
    dims: tuple[str, ...]

    def measure(self) -> dict[str, Measured]:
        """Run the query and fold it into the facts' values."""
        cells = list(_READERS[self.manner](self))
        return {spec.key: _fold(spec, cells, self.scope) for spec in self.specs}


def parts(specs: Sequence[FactSpec], scope: Scope) -> list[Part]:
    """The queries that the facts need. Refuses (ValueError) two different evidence sets of one name."""
    groups: dict[tuple[str, str], list[FactSpec]] = {}
    sets: dict[str, EvidenceSet] = {}
    for spec in specs:
        if sets.setdefault(spec.rows.name, spec.rows) is not spec.rows:
            raise ValueError(f"Two evidence sets are called {spec.rows.name}.")
        _check(spec)
        groups.setdefault((spec.rows.name, _MANNER[spec.measure]), []).append(spec)
    return [_part(sets[name], manner, tuple(group), scope) for (name, manner), group in groups.items()]


def _axes(spec: FactSpec) -> set[str]:
    return {name for axis in spec.by for name in axis.split(AND)}


def _check(spec: FactSpec) -> None:
    unknown = ((_axes(spec) | set(spec.where)) - set(spec.rows.dims)) - {YEAR}
    if unknown:
        raise ValueError(f"{spec.key}: {spec.rows.name} has no category {', '.join(sorted(unknown))}.")
    needed = {DISTINCT: spec.rows.who, TOTAL: spec.rows.fen, RUNNING: spec.rows.fen, RATE: spec.rows.met}
    if not needed.get(spec.measure, "given"):
        raise ValueError(f"{spec.key}: {spec.rows.name} does not say what {spec.measure} is measured by.")
    if spec.measure == RUNNING and spec.rows.since:
        raise ValueError(f"{spec.key}: a stock has no running sum.")


def _part(rows: EvidenceSet, manner: str, specs: tuple[FactSpec, ...], scope: Scope) -> Part:
    used = set().union(*(_axes(spec) | set(spec.where) for spec in specs))
    dims = tuple(rows.dims) if manner == LISTED else tuple(name for name in rows.dims if name in used)
    found = dated(rows, scope, running=manner == SUMS)
    if manner == LISTED:
        return Part(rows, manner, specs, scope, _listed(rows, found, scope), dims)
    paths = [rows.dims[name] for name in dims]
    if manner == PEOPLE:
        paths.append(rows.who)
    elif any(spec.measure == RATE for spec in specs):
        paths.append(rows.met)
    year = year_column(rows)
    if year and (manner == SUMS or any(YEAR in _axes(spec) for spec in specs)):
        paths.insert(0, year)
    sums = any(spec.measure in (TOTAL, RUNNING) for spec in specs)
    aggregates: dict[str, Any] = {}
    for suffix, condition in _days(rows, scope).items():
        aggregates[f"rows_{suffix}"] = Count("pk", filter=condition) if condition else Count("*")
        if sums:
            aggregates[f"sum_{suffix}"] = Sum(rows.fen, filter=condition)
            aggregates[f"sums_{suffix}"] = Count(rows.fen, filter=condition)
    if not paths:
        found, paths = found.annotate(evidence_all=Value(1)), ["evidence_all"]
    grouped = found.values(*dict.fromkeys(paths))
    return Part(rows, manner, specs, scope, grouped.annotate(**aggregates), dims)


def _days(rows: EvidenceSet, scope: Scope) -> dict[str, Q | None]:
    """The conditions under which rows are counted: for a stock one per year, for a flow none."""
    if not rows.since:
        return {"all": None}
    return {str(year): in_force(rows, day) for year, day in as_at(scope).items()}


def _listed(rows: EvidenceSet, found: QuerySet[Any], scope: Scope) -> QuerySet[Any, Any]:
    on, year = rows.on or rows.since, year_column(rows)
    if rows.since:
        known: list[str] = [path for path in (rows.since, rows.until) if path]
        found = found.filter(**{f"{rows.since}__lte": scope.last})
    else:
        known = [path for path in (on, year) if path]
    paths = dict.fromkeys(["pk", *known, *rows.label, *rows.dims.values()])
    return found.order_by(*((on, "pk") if on else ("pk",))).values(*paths)


def _grouped_cells(part: Part) -> Iterator[Cell]:
    rows, year = part.rows, year_column(part.rows)
    for row in part.found:
        dims = {name: row[rows.dims[name]] for name in part.dims}
        met = row.get(rows.met) if rows.met and part.manner == CUBE else None
        for suffix in _days(rows, part.scope):
            count = row[f"rows_{suffix}"]
            if count:
                yield Cell(
                    year=int(suffix) if rows.since else row.get(year),
                    dims=dims,
                    count=count,
                    met=met,
                    amount=int(row.get(f"sum_{suffix}") or 0),
                    amounts=row.get(f"sums_{suffix}", 0),
                )


def _people_cells(part: Part) -> Iterator[Cell]:
    rows, year = part.rows, year_column(part.rows)
    paths, suffixes = [rows.dims[name] for name in part.dims], list(_days(rows, part.scope))
    cells: dict[tuple[Any, ...], Cell] = {}
    for row in part.found:
        who = row[rows.who]
        if who is None or who == "":
            continue
        values = tuple(row[path] for path in paths)
        for suffix in suffixes:
            count = row[f"rows_{suffix}"]
            if not count:
                continue
            at = int(suffix) if rows.since else row.get(year)
            cell = cells.get((at, values))
            if cell is None:
                cell = cells[at, values] = Cell(at, dict(zip(part.dims, values, strict=True)), 0)
            cell.count += count
            cell.people.append(who)
    yield from cells.values()


def _listed_cells(part: Part) -> Iterator[Cell]:
    rows, days, year = part.rows, as_at(part.scope), year_column(part.rows)
    on = rows.on or rows.since
    for row in part.found:
        dims = {name: row[rows.dims[name]] for name in part.dims}
        codes = {name: code_of(value) for name, value in dims.items()}
        label = tuple(code_of(row[path]) for path in rows.label)
        if not rows.since:
            item = Item(row["pk"], row[on] if on else None, row[year], label, codes)
            yield Cell(row[year], dims, 1, item=item)
            continue
        item = Item(row["pk"], row[on], row[on].year, label, codes)
        until = row[rows.until] if rows.until else None
        for at, day in days.items():
            if row[on] <= day and (until is None or until > day):
                yield Cell(at, dims, 1, item=item)


_READERS: Mapping[str, Callable[[Part], Iterable[Cell]]] = {
    CUBE: _grouped_cells,
    SUMS: _grouped_cells,
    PEOPLE: _people_cells,
    LISTED: _listed_cells,
}


def _value(measure: str, cells: Sequence[Cell]) -> tuple[int | Rate, int]:
    """The value over cells, and how many records are behind it."""
    if measure == DISTINCT:
        people: set[Any] = set()
        for cell in cells:
            people.update(cell.people)
        return len(people), sum(cell.count for cell in cells)
    if measure in (TOTAL, RUNNING):
        return sum(cell.amount for cell in cells), sum(cell.amounts for cell in cells)
    if measure == RATE:
        known = sum(cell.count for cell in cells if cell.met is not None)
        return Rate(sum(cell.count for cell in cells if cell.met), known), known
    count = sum(cell.count for cell in cells)
    return count, count


def _fold(spec: FactSpec, cells: Sequence[Cell], scope: Scope) -> Measured:
    wanted = {name: {code_of(code) for code in codes} for name, codes in spec.where.items()}
    kept = [cell for cell in cells if all(code_of(cell.dims[name]) in codes for name, codes in wanted.items())]
    whole = [cell for cell in kept if cell.year == scope.last.year] if spec.rows.since else kept
    value, count = _value(spec.measure, whole)
    by = {axis: _broken_down(spec, axis, kept, whole, scope) for axis in spec.by}
    items = tuple(cell.item for cell in whole if cell.item is not None) if spec.measure == ITEMS else ()
    return Measured(value, by, count, items)


def _broken_down(
    spec: FactSpec, axis: str, kept: Sequence[Cell], whole: Sequence[Cell], scope: Scope
) -> dict[str, int | Rate]:
    """The value per code of the axis. Years are all present; of a category the codes that have records, in order."""
    names = axis.split(AND)
    groups: dict[tuple[Any, ...], list[Cell]] = {}
    if names == [YEAR]:
        groups = {(year,): [] for year in scope.years}
    for cell in kept if YEAR in names else whole:
        for year in _years_of(spec, cell, scope) if YEAR in names else (None,):
            place = tuple(year if name == YEAR else code_of(cell.dims[name]) for name in names)
            groups.setdefault(place, []).append(cell)
    found: dict[str, int | Rate] = {}
    for place in sorted(groups, key=lambda place: _order(spec.rows, names, place)):
        value, count = _value(spec.measure, groups[place])
        if count or names == [YEAR]:
            found[AND.join(str(code) for code in place)] = value
    return found


def _years_of(spec: FactSpec, cell: Cell, scope: Scope) -> tuple[int, ...]:
    """The scope's years that the cell counts in: its own, and for a running sum every later one."""
    assert cell.year is not None
    if spec.measure == RUNNING:
        return tuple(year for year in scope.years if year >= cell.year)
    return (cell.year,) if cell.year in scope.years else ()


def _order(rows: EvidenceSet, names: Sequence[str], place: tuple[Any, ...]) -> list[tuple[int, int, str]]:
    order: list[tuple[int, int, str]] = []
    for name, code in zip(names, place, strict=True):
        if name == YEAR:
            order.append((0, code, ""))
            continue
        known = [code_of(label) for label in rows.dim_labels.get(name, {})]
        order.append((known.index(code), 0, "") if code in known else (len(known), 0, code))
    return order
