"""What an import does row by row, for people and for programs: new, changed (which fields), equal, refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models

from zhijia.core.fields import SecretField, plain
from zhijia.core.outcomes import REFUSE, Place
from zhijia.core.record_types import Plan
from zhijia.core.sheets.declare import Column, Sheet
from zhijia.core.sheets.importing import Import


@dataclass(frozen=True, slots=True)
class Change:
    """One field of a changed row. Secrets and references are named without their values."""

    header: str
    before: Any = None
    after: Any = None
    shown: bool = True

    def __str__(self) -> str:
        return f"{self.header}：{_word(self.before)} → {_word(self.after)}" if self.shown else f"{self.header}有改动"


def _word(value: Any) -> str:
    return "（空）" if value in (None, "") else str(value)


def changes(sheet: Sheet, plan: Plan, index: int) -> list[Change]:
    """The columns of the sheet in which row `index` of the plan differs from the stored row."""
    found = []
    before = plan.before.get(index, {})
    for column in sheet.columns:
        if column.field in plan.own.get(index, ()):
            if index in plan.before:
                found.append(_own(sheet, column, *plan.own[index][column.field]))
            continue
        if column.field not in before or column.field not in plan.frame.columns:
            continue
        old, new = before[column.field], plan.frame.columns[column.field][index]
        field = sheet.stored(column)
        if isinstance(field, SecretField):
            if plain(old) != new:
                found.append(Change(column.header, shown=False))
        elif isinstance(field, models.ForeignKey):
            if old != new:
                found.append(Change(column.header, shown=False))
        elif old != new:
            found.append(Change(column.header, column.kind.show(old), column.kind.show(new)))
    return found


def _own(sheet: Sheet, column: Column, old: Any, new: Any) -> Change:
    if isinstance(sheet.stored(column), SecretField):
        return Change(column.header, shown=False)
    return Change(column.header, column.kind.show(old), column.kind.show(new))


def changed_rows(prepared: Import) -> Iterator[tuple[Place, list[Change]]]:
    """Every changed row with what changes in it."""
    for plan in prepared.plans:
        for index in plan.changed:
            yield plan.frame.place(index), changes(prepared.sheets[plan.records.label], plan, index)


def states(prepared: Import) -> dict[str, dict[str, list[int]]]:
    """Per sheet of the file, the row numbers that are new, changed, equal and refused."""
    found: dict[str, dict[str, list[int]]] = {}

    def put(place: Place, state: str) -> None:
        rows = found.setdefault(place.sheet, {"new": [], "changed": [], "equal": [], "refused": []})
        rows[state].append(place.row)

    refused = {problem.place[:2] for problem in prepared.problems if problem.level == REFUSE and problem.place.row}
    for sheet, row in sorted(refused):
        put(Place(sheet, row), "refused")
    for plan in prepared.plans:
        for state, indices in (("new", plan.new), ("changed", plan.changed), ("equal", plan.equal)):
            for index in indices:
                place = plan.frame.place(index)
                if place[:2] not in refused:
                    put(place, state)
    return found
