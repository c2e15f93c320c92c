"""Evidence sets read from the database: nearly always one query per set, as cells for all of its facts.

A set with an items fact is read row by row. Any other is grouped by year and categories, and by person where a fact
asks for different persons, because persons never add up over years or categories. Filters on categories are applied to
the cells, so facts share the query. Running sums look further back than the period: a set that has them is grouped over
all rows up to the day, with the rows inside the period apart. Only items and running sums of one set need two queries.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum, Value

from zhijia.core.evidence import INSIDE, YEAR, as_at, code_of, dated, in_force, year_column
from zhijia.core.feature_types import (
    ITEMS,
    MET,
    RATE,
    RUNNING,
    SHARE,
    WHO,
    EvidenceSet,
    FactSpec,
    Scope,
)

# Breakdowns by two axes at once are written "year+account"; their codes are joined the same way.
AND = "+"

GROUPED, RUN, LISTED = "grouped", "run", "listed"

# What is added up: a sum's name and that of another which must be known too. No name at all counts rows.
Amount = tuple[str, str]
ROWS: Amount = ("", "")


@dataclass(frozen=True, slots=True)
class Item:
    """One named record of an items fact."""

    id: int
    on: date | None
    year: int | None
    label: tuple[str, ...]
    dims: Mapping[str, str]


@dataclass(slots=True)
class Cell:
    """Rows that agree in year, categories and outcome; `sums` are value and number of rows by what is added up."""

    year: int | None
    dims: dict[str, Any]
    met: bool | None = None
    inside: bool = True
    count: int = 0
    sums: dict[Amount, tuple[int, int]] = field(default_factory=dict)
    people: list[Any] = field(default_factory=list)
    named: int = 0
    item: Item | None = None

    def add(self, count: int, who: Any, sums: Mapping[Amount, tuple[int, int]]) -> None:
        """Add `count` rows of one person (or of nobody known)."""
        self.count += count
        if who is not None and who != "":
            self.people.append(who)
            self.named += count
        for amount, (value, known) in sums.items():
            before = self.sums.get(amount, (0, 0))
            self.sums[amount] = (before[0] + value, before[1] + known)


@dataclass(frozen=True, slots=True)
class Part:
    """One query of an evidence set and the facts that it serves."""

    rows: EvidenceSet
    manner: str
    specs: tuple[FactSpec, ...]
    scope: Scope
    found: QuerySet[Any, Any]
    dims: tuple[str, ...]

    @property
    def amounts(self) -> list[Amount]:
        """The sums that the facts add up, each once."""
        found = dict.fromkeys(amount for spec in self.specs for amount in amounts_of(spec))
        return [amount for amount in found if amount != ROWS and amount[0] != WHO]

    def needs(self, name: str) -> bool:
        """Whether a fact is measured by WHO or MET."""
        return any(name in spec.needs for spec in self.specs)

    def cells(self) -> list[Cell]:
        """Run the query."""
        return list(_READERS[self.manner](self))


def parts(specs: Sequence[FactSpec], scope: Scope) -> list[Part]:
    """The queries that the facts need. Refuses (ValueError) two different evidence sets of one name."""
    groups: dict[str, list[FactSpec]] = {}
    for spec in specs:
        _check(spec)
        groups.setdefault(spec.rows.name, []).append(spec)
        if spec.rows is not groups[spec.rows.name][0].rows:
            raise ValueError(f"Two evidence sets are called {spec.rows.name}.")
    found: list[Part] = []
    for group in groups.values():
        measures = {spec.measure for spec in group}
        manners: dict[str, list[FactSpec]] = {}
        for spec in group:
            manners.setdefault(_manner(spec, measures), []).append(spec)
        found += [_part(group[0].rows, manner, tuple(part), scope) for manner, part in manners.items()]
    return found


def _manner(spec: FactSpec, measures: set[str]) -> str:
    """How a fact is read, given all measures that are asked of its set."""
    if spec.measure == RUNNING:
        return RUN
    if ITEMS in measures:
        return LISTED
    return RUN if RUNNING in measures else GROUPED


def _axes(spec: FactSpec) -> set[str]:
    return {name for axis in spec.by for name in axis.split(AND)}


def _used(spec: FactSpec) -> set[str]:
    return _axes(spec) | set(spec.where) | set(spec.num_where)


def _check(spec: FactSpec) -> None:
    unknown = _used(spec) - set(spec.rows.dims) - {YEAR}
    if unknown:
        raise ValueError(f"{spec.key}: {spec.rows.name} has no category {', '.join(sorted(unknown))}.")
    if not all(spec.rows.path(name) for name in spec.needs):
        raise ValueError(f"{spec.key}: {spec.rows.name} does not say what {spec.measure} is measured by.")
    if spec.measure == RUNNING and spec.rows.since:
        raise ValueError(f"{spec.key}: a stock has no running sum.")
    if spec.measure == SHARE and (not (spec.num_where or spec.per) or spec.per == WHO or (spec.per and not spec.of)):
        raise ValueError(f"{spec.key}: a share is of rows, persons or a sum by num_where, or of a sum per another.")


def _part(rows: EvidenceSet, manner: str, specs: tuple[FactSpec, ...], scope: Scope) -> Part:
    used = set().union(*(_used(spec) for spec in specs))
    dims = tuple(rows.dims) if manner == LISTED else tuple(name for name in rows.dims if name in used)
    found = dated(rows, scope, running=manner == RUN)
    part = Part(rows, manner, specs, scope, found, dims)
    return replace(part, found=_listed(part) if manner == LISTED else _grouped(part))


def _grouped(part: Part) -> QuerySet[Any, Any]:
    rows, found, year = part.rows, part.found, year_column(part.rows)
    paths = [rows.dims[name] for name in part.dims]
    if part.needs(WHO):
        paths.append(rows.who)
    if part.needs(MET):
        paths.append(rows.met)
    if year and (part.manner == RUN or any(YEAR in _axes(spec) for spec in part.specs)):
        paths.append(year)
    if any(spec.measure != RUNNING for spec in part.specs) and part.manner == RUN:
        paths.append(INSIDE)
    aggregates: dict[str, Any] = {}
    for suffix, condition in _days(rows, part.scope).items():
        aggregates[f"rows_{suffix}"] = Count("pk", filter=condition) if condition else Count("*")
        for number, (name, other) in enumerate(part.amounts):
            known = Q(**{f"{rows.path(other)}__isnull": False}) if other else Q()
            counted = (condition & known if condition else known) or None
            aggregates[f"sum{number}_{suffix}"] = Sum(rows.path(name), filter=counted)
            aggregates[f"known{number}_{suffix}"] = Count(rows.path(name), filter=counted)
    if not paths:
        found, paths = found.annotate(evidence_all=Value(1)), ["evidence_all"]
    return found.values(*dict.fromkeys(paths)).annotate(**aggregates)


def _days(rows: EvidenceSet, scope: Scope) -> dict[str, Q | None]:
    """The conditions under which rows are counted: for a stock one per year, for a flow none."""
    if not rows.since:
        return {"all": None}
    return {str(year): in_force(rows, day) for year, day in as_at(scope).items()}


def _listed(part: Part) -> QuerySet[Any, Any]:
    rows, found, scope = part.rows, part.found, part.scope
    on, year = rows.on or rows.since, year_column(rows)
    if rows.since:
        known: list[str] = [path for path in (rows.since, rows.until) if path]
        found = found.filter(**{f"{rows.since}__lte": scope.last})
    else:
        known = [path for path in (on, year) if path]
    measured = [rows.path(name) for spec in part.specs for name in spec.needs]
    paths = dict.fromkeys(["pk", *known, *measured, *rows.label, *rows.dims.values()])
    return found.order_by(*((on, "pk") if on else ("pk",))).values(*paths)


def _grouped_cells(part: Part) -> Iterator[Cell]:
    rows, year = part.rows, year_column(part.rows)
    by_who, by_met = part.needs(WHO), part.needs(MET)
    paths, suffixes = [rows.dims[name] for name in part.dims], list(_days(rows, part.scope))
    cells: dict[tuple[Any, ...], Cell] = {}
    for row in part.found:
        values = tuple(row[path] for path in paths)
        met, inside = row[rows.met] if by_met else None, row.get(INSIDE, True)
        for suffix in suffixes:
            count = row[f"rows_{suffix}"]
            if not count:
                continue
            at = int(suffix) if rows.since else row.get(year)
            cell = cells.get((at, met, inside, values))
            if cell is None:
                dims = dict(zip(part.dims, values, strict=True))
                cell = cells[at, met, inside, values] = Cell(at, dims, met, inside)
            sums = {
                amount: (int(row[f"sum{number}_{suffix}"] or 0), row[f"known{number}_{suffix}"])
                for number, amount in enumerate(part.amounts)
            }
            cell.add(count, row[rows.who] if by_who else None, sums)
    yield from cells.values()


def _listed_cells(part: Part) -> Iterator[Cell]:
    rows, days, year = part.rows, as_at(part.scope), year_column(part.rows)
    by_who, by_met = part.needs(WHO), part.needs(MET)
    on = rows.on or rows.since
    for row in part.found:
        dims = {name: row[rows.dims[name]] for name in part.dims}
        sums = {amount: _sum_of(part, row, amount) for amount in part.amounts}
        since: Any = row[on] if on else None
        until = row[rows.until] if rows.until else None
        counted = row[year] if year else since.year
        codes = {name: code_of(value) for name, value in dims.items()}
        item = Item(row["pk"], since, counted, tuple(code_of(row[path]) for path in rows.label), codes)
        if rows.since:
            years = [at for at, day in days.items() if since <= day and (until is None or until > day)]
        else:
            years = [counted]
        for at in years:
            cell = Cell(at, dims, row[rows.met] if by_met else None, item=item)
            cell.add(1, row[rows.who] if by_who else None, sums)
            yield cell


def _sum_of(part: Part, row: Mapping[str, Any], amount: Amount) -> tuple[int, int]:
    """What one row adds to a sum: nothing where it, or what it is measured against, is not known."""
    values = [row[part.rows.path(name)] for name in amount if name]
    return (0, 0) if None in values else (int(values[0]), 1)


def amounts_of(spec: FactSpec) -> tuple[Amount, Amount]:
    """What is added up for the value (of a share: for its two numbers)."""
    if spec.measure == SHARE:
        whole = (spec.per, spec.of) if spec.per else (spec.of, "")
        return (spec.of, spec.per), whole
    amount = ROWS if spec.measure == RATE or not spec.needs else (spec.needs[0], "")
    return amount, amount


_READERS: Mapping[str, Callable[[Part], Iterable[Cell]]] = {
    GROUPED: _grouped_cells,
    RUN: _grouped_cells,
    LISTED: _listed_cells,
}
