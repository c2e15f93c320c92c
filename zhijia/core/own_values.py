"""Cells of columns that a union added to a register: each is one row of the table of values beside (`Beside`).

They are planned with the rows that they belong to and written in the same sets. A row whose own columns change is a
changed row: its version grows, so that nobody writes over it unseen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from zhijia.core.fields import SecretField, plain
from zhijia.core.frame import Frame
from zhijia.core.lookup import Lookup
from zhijia.core.record_types import Plan

PREFIX = "own_"
FIELD, TEXT, SECRET = "field", "text", "secret"  # what a table of values is made of, beside the row's reference


def name_of(key: int) -> str:
    """The field name of an own column; `key` is the pk of its definition, or its token while that is only planned."""
    return f"{PREFIX}{key}"


def split(frame: Frame) -> dict[str, list[Any]]:
    """Take the own columns out of a frame."""
    names = [name for name in frame.columns if name.startswith(PREFIX)]
    return {name: frame.columns.pop(name) for name in names}


def plan(
    result: Plan,
    cells: Mapping[str, list[Any]],
    planner: Callable[..., Plan],
    *,
    union: int | None,
    lookup: Lookup,
) -> None:
    """Plan the values of the own columns of a planned frame; rows that only they change become changed rows."""
    beside = result.records.beside
    if beside is None:
        return
    known = {column.field: column for column in beside.known(lookup)}
    asked = [(known[name], values) for name, values in cells.items() if name in known]
    if not asked:
        return
    there = _there(beside, result, union, [column.key for column, _values in asked])
    frame = Frame({FIELD: [], beside.owner: [], TEXT: [], SECRET: []}, [], sheet=result.frame.sheet, sheets=[])
    at: list[tuple[int, str]] = []
    for column, values in asked:
        secret = isinstance(column.stands, SecretField)
        for index, (value, token) in enumerate(zip(values, result.tokens, strict=True)):
            text = "" if value is None else str(value)
            if not text and (column.key, token) not in there:
                continue
            cell = {FIELD: column.key, beside.owner: token, TEXT: "" if secret else text, SECRET: text or None}
            cell[SECRET] = cell[SECRET] if secret else None
            for name, one in cell.items():
                frame.columns[name].append(one)
            frame.rows.append(result.frame.rows[index])
            assert frame.sheets is not None
            frame.sheets.append(result.frame.sheets[index] if result.frame.sheets else result.frame.sheet)
            at.append((index, column.field))
    if not at:
        return
    own = planner(beside.records, frame, union=union, lookup=lookup)
    result.violations.extend(own.violations)
    _changed(result, own, at)
    result.beside = own if own.new or own.changed else None


def secrets_in(result: Plan) -> set[str]:
    """The own columns of a plan whose values are sealed."""
    if result.beside is None:
        return set()
    rows = result.beside.frame.zip(FIELD, SECRET)
    sealed_ = {name_of(key) for key, secret in rows if secret}
    before = {
        name_of(result.beside.frame.columns[FIELD][place])
        for place, old in result.beside.before.items()
        if old.get(SECRET) is not None
    }
    return sealed_ | before


def _there(beside: Any, result: Plan, union: int | None, keys: Sequence[int]) -> set[tuple[int, int]]:
    """Which values are on record, as (definition, row)."""
    if union is None:
        return set()
    rows = beside.records.model._base_manager.filter(union_id=union, field_id__in=[key for key in keys if key > 0])
    if not result.frame.sheet:
        rows = rows.filter(**{f"{beside.owner}__in": [token for token in result.tokens if token > 0]})
    return set(rows.values_list("field_id", f"{beside.owner}_id"))


def _changed(result: Plan, own: Plan, at: Sequence[tuple[int, str]]) -> None:
    """Note each changed cell with what was there before, and count its row as changed."""
    for place in (*own.new, *own.changed):
        index, name = at[place]
        before = own.before.get(place, {})
        secret = own.frame.columns[SECRET][place]
        old = plain(before.get(SECRET)) or before.get(TEXT) or None
        new = secret or own.frame.columns[TEXT][place] or None
        result.own.setdefault(index, {})[name] = [old, new]
    moved = set(result.own) & set(result.equal)
    if moved:
        result.equal = [index for index in result.equal if index not in moved]
        result.changed = sorted((*result.changed, *moved))
        columns = result.frame.columns
        for index in moved:
            result.before[index] = {name: column[index] for name, column in columns.items() if name != "uid"}
