"""Cells folded into the values of facts: the whole, its breakdowns and how many records are behind it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from zhijia.core.cells import AND, ROWS, Amount, Cell, Item, Part, amounts_of
from zhijia.core.evidence import YEAR, code_of
from zhijia.core.feature_types import ITEMS, RATE, RUNNING, SHARE, WHO, EvidenceSet, FactSpec, Scope


@dataclass(frozen=True, slots=True)
class Rate:
    """`num` of `den`; den 0 means that it can not be judged."""

    num: int
    den: int

    @property
    def full(self) -> bool:
        """Whether it is 100 % of something, or more (of days due)."""
        return self.num >= self.den > 0


class Measured(NamedTuple):
    """What the fold of one fact gives."""

    value: int | Rate
    by: dict[str, dict[str, int | Rate]]
    evidence_count: int
    items: tuple[Item, ...] = ()


def measure(part: Part) -> dict[str, Measured]:
    """Run the part's query and fold it into the values of its facts."""
    cells = part.cells()
    return {spec.key: _fold(spec, cells, part.scope) for spec in part.specs}


def _added(amount: Amount, cells: Iterable[Cell]) -> tuple[int, int]:
    """The sum over cells, and how many records are behind it."""
    if amount[0] == WHO:
        people: set[Any] = set()
        count = 0
        for cell in cells:
            people.update(cell.people)
            count += cell.named
        return len(people), count
    if amount == ROWS:
        count = sum(cell.count for cell in cells)
        return count, count
    sums = [cell.sums[amount] for cell in cells]
    return sum(value for value, _ in sums), sum(known for _, known in sums)


def _value(spec: FactSpec, cells: Sequence[Cell]) -> tuple[int | Rate, int]:
    """The value over cells, and how many records are behind it."""
    part, whole = amounts_of(spec)
    if spec.measure == RATE:
        known = sum(cell.count for cell in cells if cell.met is not None)
        return Rate(sum(cell.count for cell in cells if cell.met), known), known
    value, count = _added(whole, cells)
    if spec.measure == SHARE:
        return Rate(_added(part, _fitting(cells, spec.num_where))[0], value), count
    return value, count


def _fitting(cells: Iterable[Cell], where: Mapping[str, tuple[Any, ...]]) -> list[Cell]:
    wanted = {name: {code_of(code) for code in codes} for name, codes in where.items()}
    return [cell for cell in cells if all(code_of(cell.dims[name]) in codes for name, codes in wanted.items())]


def _fold(spec: FactSpec, cells: Sequence[Cell], scope: Scope) -> Measured:
    kept = [cell for cell in _fitting(cells, spec.where) if cell.inside or spec.measure == RUNNING]
    whole = [cell for cell in kept if cell.year == scope.last.year] if spec.rows.since else kept
    value, count = _value(spec, whole)
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
        value, count = _value(spec, groups[place])
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
