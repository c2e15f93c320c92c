"""Rows with a state: what is being done moves along the room's table of transitions, history is written as it was.

What somebody said in a row being done stays as it was said (`record_types.Said`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from zhijia.core.outcomes import Violation
from zhijia.core.record_types import Plan, Records
from zhijia.core.stored import Stored

LIVED, RECORDED = "lived", "recorded"


def labels(records: Records) -> dict[str, str]:
    """The states of a table with their names."""
    if records.moves is None:
        return {}
    return dict(records.model._meta.get_field(records.moves[0]).flatchoices)


def allowed(records: Records, state: str) -> tuple[str, ...]:
    """The states that may follow `state` ("": in which a row may begin)."""
    table: Mapping[str, tuple[str, ...]] = records.moves[1] if records.moves else {}
    return tuple(table.get(state, ()))


def problems(result: Plan, stored: Stored, origin: str) -> Iterator[Violation]:
    """A violation for each row being done whose state would go where its table does not lead."""
    records = result.records
    if records.moves is None or records.moves[0] not in result.frame.columns:
        return
    name = records.moves[0]
    column = result.frame.columns[name]
    if origin == LIVED:
        for index in result.new:
            if column[index] not in allowed(records, ""):
                yield _refusal(result, name, index, "")
    origins = {row[0]: row[-1] for row in stored.rows} if result.changed else {}
    for index in result.changed:
        before = result.before[index][name]
        if origins[result.targets[index][0]] != LIVED or column[index] == before:
            continue
        if column[index] not in allowed(records, before):
            yield _refusal(result, name, index, before)


def _refusal(result: Plan, name: str, index: int, before: str) -> Violation:
    records = result.records
    words = labels(records)
    following: list[Any] = [words.get(state, state) for state in allowed(records, before)]
    place = result.frame.place(index, name)
    if not before:
        message = f"正在办理的事项要从“{following[0]}”开始" if following else "正在办理的事项不能这样开始"
        mend = "历史上已经办完的，请选“补录历史”"
    else:
        message = (
            f"正在办理的事项不能从“{words.get(before, before)}”变成“{words.get(result.frame.columns[name][index])}”"
        )
        mend = f"下一步只能是：{'、'.join(following)}" if following else "已经办结；记错了请撤回后重新登记"
    return Violation("move", message, place=place, mend=mend)


def spoken(records: Records, row: Any) -> tuple[str, ...]:
    """The fields of a stored row that are somebody's own words."""
    said = records.said
    if said is None or row.origin != LIVED or (said.when and getattr(row, said.when[0]) != said.when[1]):
        return ()
    return said.fields


def reworded(result: Plan, stored: Stored, origin: str) -> Iterator[Violation]:
    """A violation for each field of somebody's own words that would change; other spacing leaves them as they are."""
    said = result.records.said
    if said is None:
        return
    columns = result.frame.columns
    name, value = said.when or ("", None)
    whose = columns.get(name, ())
    rows = {row[0]: row for row in stored.rows} if result.changed else {}
    for index in result.changed:
        row = rows[result.targets[index][0]]
        if row[-1] != LIVED:
            continue
        if said.when and row[-2] != value:
            if whose and whose[index] == value:
                yield _not_theirs(result, name, index)
            continue
        yield from _reworded(result, said.fields, index)
    for index in result.new if said.when and whose and origin == LIVED else ():
        if whose[index] == value:
            yield _not_theirs(result, name, index)


def _reworded(result: Plan, names: Iterable[str], index: int) -> Iterator[Violation]:
    for name in names:
        column = result.frame.columns.get(name)
        if column is None:
            continue
        before, after = result.before[index][name], column[index]
        if isinstance(before, str) and isinstance(after, str) and before.split() == after.split():
            column[index] = before
        elif before != after:
            label = result.records.model._meta.get_field(name).verbose_name
            mend = "答复的人只填答复；登记错了的，撤回后重新登记"
            yield Violation(
                "said", f"“{label}”是本人提出时写的，不能改", place=result.frame.place(index, name), mend=mend
            )


def _not_theirs(result: Plan, name: str, index: int) -> Violation:
    label = result.records.model._meta.get_field(name).flatchoices
    value = result.frame.columns[name][index]
    mend = "代为录入的选另一项；历史上的请选“补录历史”"
    message = f"“{dict(label).get(value, value)}”只由本人在网上提出"
    return Violation("said", message, place=result.frame.place(index, name), mend=mend)
