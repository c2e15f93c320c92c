"""What the database would refuse as double, told with its place: unique columns together, and 编号 in use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models

from zhijia.core import bearers, db
from zhijia.core.bearers import Bearer
from zhijia.core.outcomes import Violation
from zhijia.core.record_types import Plan
from zhijia.core.stored import Stored

MEND = "请删去重复的一行，或改正其中一行"


def problems(result: Plan, stored: Stored) -> Iterator[Violation]:
    """A violation for every row to be written that the table's own constraints would refuse as double."""
    yield from _uids(result)
    yield from _at_once(result, stored)
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


def _at_once(result: Plan, stored: Stored) -> Iterator[Violation]:
    """Rows to be written that bear a name on a day on which another row bears it: no constraint tells of days."""
    if not result.records.borne:
        return
    fields, columns = result.records.borne, result.frame.columns
    touched = {result.targets[index][0] if index in result.targets else -(index + 1): index
               for index in (*result.changed, *result.new)}  # fmt: skip
    borne = {pk: bearer for pk, bearer in stored.borne.items() if pk not in touched}
    for token, index in sorted(touched.items(), key=lambda one: one[1]):
        before: Bearer = stored.borne.get(token, ("", None, None))
        given: list[Any] = [
            columns[field][index] if field in columns else before[place] for place, field in enumerate(fields)
        ]
        borne[token] = (given[0], given[1], given[2])
    for other, token in bearers.clashes(borne):
        if token not in touched:
            continue
        what = str(result.records.model._meta.verbose_name)
        row = result.frame.rows[touched[other]] if other in touched else 0
        whose = f"第{row}行的" if row else "已登记的"
        message = f"与{whose}{what}“{borne[other][0]}”（{bearers.span(borne[other][1:])}）同名，日期重叠"
        place = result.frame.place(touched[token], fields[0])
        yield Violation("overlap", message, place=place, mend="一个名称同一天只能有一个：改名称，或改正起止日期")


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
