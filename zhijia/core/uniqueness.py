"""What the database would refuse as double, told with its place: unique columns together, and 编号 in use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models

from zhijia.core import db
from zhijia.core.outcomes import Violation
from zhijia.core.record_types import Plan
from zhijia.core.stored import Stored

MEND = "请删去重复的一行，或改正其中一行"


def problems(result: Plan, stored: Stored) -> Iterator[Violation]:
    """A violation for every row to be written that the table's own constraints would refuse as double."""
    yield from _uids(result)
    for fields in together(result.records.model):
        names = [name for name in fields if name != "union"]
        if all(name in result.frame.columns for name in names):
            yield from _doubles(result, stored, names)


def together(model: type[models.Model]) -> Iterable[tuple[str, ...]]:
    """Fields that no two rows of a union may share."""
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and constraint.fields:
            yield tuple(constraint.fields)


def _doubles(result: Plan, stored: Stored, names: list[str]) -> Iterator[Violation]:
    columns = [result.frame.columns[name] for name in names]
    touched = sorted(result.new + result.changed)
    if not touched:
        return
    matched = {pk for pk, _version in result.targets.values()}
    kept = {tuple(row[stored.spots[name]] for name in names) for row in stored.rows if row[0] not in matched}
    kept |= {tuple(column[index] for column in columns) for index in result.equal}
    seen: dict[tuple[Any, ...], int] = {}
    for index in touched:
        key = tuple(column[index] for column in columns)
        if any(value is None for value in key):  # NULL equals nothing
            continue
        place = result.frame.place(index, names[0])
        if key in kept:
            yield Violation("twice", "已有这样一条记录", place=place, mend=MEND)
        elif seen.setdefault(key, index) != index:
            row = result.frame.rows[seen[key]]
            yield Violation("twice", f"与第{row}行重复" if row else "重复了", place=place, mend=MEND)


def _uids(result: Plan) -> Iterator[Violation]:
    """编号 that stand twice among new rows, or that belong to a row which this union does not show."""
    column = result.frame.columns.get("uid")
    given = {index: column[index] for index in result.new if column[index] is not None} if column else {}
    if not given:
        return
    manager: Any = result.records.model._default_manager
    taken: set[Any] = set()
    if manager.exists():
        for part in db.chunked(sorted(set(given.values()))):
            taken.update(manager.filter(uid__in=part).values_list("uid", flat=True))
    seen: dict[Any, int] = {}
    for index, uid in given.items():
        place = result.frame.place(index, "uid")
        if uid in taken:
            message = "这个编号属于别的工会的记录，或已撤销的记录"
            yield Violation("uid.taken", message, place=place, value=str(uid), mend="如果是新记录，请把编号留空")
        elif seen.setdefault(uid, index) != index:
            message = f"编号与第{result.frame.rows[seen[uid]]}行相同"
            yield Violation("twice", message, place=place, value=str(uid), mend="一条记录一个编号；新记录请留空")
