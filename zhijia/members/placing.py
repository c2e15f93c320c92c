"""Many people moved to other groups and departments at once, in set operations; where they were stays on record.

A person costs a row of `Placement` and one of `Change`, never a query.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import Max, QuerySet

from zhijia.core import audit, batches, db
from zhijia.core.access import Access
from zhijia.core.batches import Written
from zhijia.core.models import Batch
from zhijia.core.outcomes import Refused, Violation
from zhijia.core.uid import uuid7_many
from zhijia.members.models import Change, Person, Placement
from zhijia.members.standing import group_problems, refusal

NAMED = 5  # people whom a refusal names; of the rest it says how many


class Seated(NamedTuple):
    """A person where he or she sits now, `since` when (None: not known)."""

    pk: int
    uid: UUID
    name: str
    version: int
    group: int | None
    department: str
    job: str
    since: date | None


@dataclass(frozen=True, slots=True)
class To:
    """Where a person goes: the group, and the department where it changes too (None: it stays)."""

    group: int | None
    department: str | None = None


def seated(union: int, rows: QuerySet[Any]) -> list[Seated]:
    """The persons of `rows` where they sit, by name; two queries however many they are."""
    ends = Placement.objects.in_union(union).filter(person__in=rows.order_by().values("pk")).order_by()
    last = dict(ends.values("person").annotate(last=Max("end")).values_list("person", "last"))
    fields = ("pk", "uid", "name", "version", "group_id", "department", "job", "hired_on", "admitted_on")
    found = []
    for pk, uid, name, version, group, department, job, *days in rows.order_by("pinyin", "pk").values_list(*fields):
        since = last.get(pk) or min((day for day in days if day), default=None)
        found.append(Seated(pk, uid, name, version, group, department, job, since))
    return found


def write(union: int, moves: Sequence[tuple[Seated, To]], *, on: date, reason: str) -> list[Written]:
    """Seat the people anew from a day on, inside the caller's transaction; what was written, in order.

    Who came to the present place on that day or later was never elsewhere by then: for them only the name of it is put
    right, nothing goes to the past.
    """
    moved = [(one, to) for one, to in moves if _changes(one, to)]
    if not moved:
        return []
    same = {"union": union, "origin": Person.Origin.LIVED}
    past = [one for one, _to in moved if one.since is None or one.since < on]
    columns: dict[str, list[Any]] = {
        "uid": uuid7_many(len(past)),
        "person": [one.pk for one in past],
        "group": [one.group for one in past],
        "department": [one.department for one in past],
        "job": [one.job for one in past],
        "first": [one.since for one in past],
    }
    placements = db.insert(Placement, columns, {**same, "end": on, "reason": reason[:60]}) if past else []
    logged: dict[str, list[Any]] = {"uid": uuid7_many(len(moved)), "person": [one.pk for one, _to in moved]}
    changes = db.insert(Change, logged, {**same, "kind": Change.Kind.MOVED.value, "on": on, "reason": reason[:200]})
    after: dict[str, list[Any]] = {
        "group": [to.group for _one, to in moved],
        "department": [_department(one, to) for one, to in moved],
    }
    written = db.update(Person, [one.pk for one, _to in moved], [one.version for one, _to in moved], after)
    if written != len(moved):
        raise Refused([Violation("stale", "有人的记录刚被别人改过", mend="请回到上一步再看一遍")])
    before = [(one.pk, one.version + 1, {"group": one.group, "department": one.department}) for one, _to in moved]
    return [Written(Placement, placements), Written(Change, changes), Written(Person, (), before)]


def _department(one: Seated, to: To) -> str:
    return one.department if to.department is None else to.department


def _changes(one: Seated, to: To) -> bool:
    return (one.group, one.department) != (to.group, _department(one, to))


@transaction.atomic
def move_many(
    uids: Sequence[UUID],
    *,
    union: int,
    to: To,
    keep_group: bool = False,
    on: date,
    reason: str = "",
    by: Access,
    today: date,
) -> tuple[int, Batch | None]:
    """Give the persons another group, department or both from a day on: how many moved, and the batch to undo it by.

    With `keep_group` each stays in the own group. Refused as a whole where somebody came to the present place later.
    """
    audit.lock(union)
    people = seated(union, Person.objects.in_union(union).filter(uid__in=list(uids)))
    found = problems(people, len(set(uids)), to=to, keep_group=keep_group, union=union, on=on, today=today)
    if found:
        raise Refused(found)
    moves = [(one, To(one.group, to.department) if keep_group else to) for one in people]
    parts = write(union, moves, on=on, reason=reason.strip())
    if not parts:
        raise Refused([refusal("group", "选中的人都已经在那里了", "请核对小组和处室")])
    moved = len(parts[-1].changed)
    batch = batches.keep(parts, union=union, by=by, source=f"调整小组、处室：{moved}人")
    audit.record(
        union=union, by=by, verb="members.people.moved", tables=[part.model for part in parts], batch=batch.pk,
        changes={**batches.counts(parts), "on": on.isoformat(), "reason": reason.strip()[:200]},
    )  # fmt: skip
    return moved, batch


def problems(
    people: Sequence[Seated], asked: int, *, to: To, keep_group: bool, union: int, on: date, today: date
) -> list[Violation]:
    """Everything that stands against moving the people."""
    found = []
    if len(people) != asked:
        found.append(Violation("gone", f"选中的{asked}人里有{asked - len(people)}人已经不在了", mend="请返回列表重选"))
    if keep_group and not to.department:
        found.append(refusal("group", "小组、处室都没有变", "选新的小组，或写新的处室"))
    if not keep_group:
        found += group_problems(union, to.group, on)
    if on > today:
        found.append(refusal("on", "日期还没有到", "到了那一天再办"))
    late = [one for one in people if one.since and one.since >= on]
    if late:
        names = "、".join(one.name for one in late[:NAMED]) + (f"等{len(late)}人" if len(late) > NAMED else "")
        found.append(refusal("on", f"{names}在{on}以后才到现在的岗位", "写晚一些的日期，或去掉这几个人"))
    return found
