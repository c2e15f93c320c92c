"""Changes of memberships and places: each one function, one transaction, one audit line.

Nothing is overwritten: what was true until the day goes to `past`, what was decided to the log (`Change`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q

from zhijia.core import audit, withdrawal
from zhijia.core.access import Access
from zhijia.core.conditions import holds, lasts
from zhijia.core.outcomes import Place, Refused, Violation
from zhijia.members import linking, rules, services
from zhijia.members.models import Change, EarlierMembership, Person, Placement, Post
from zhijia.unions.models import Group

LABELS = {"other_union": "对方工会", "reason": "原因", "discussed_on": "小组讨论日期", "meeting": "委员会会议"}
_MENDS = {
    "other_union": "写调出（调入）单位的工会名称",
    "reason": "写一句原因",
    "discussed_on": "先由工会小组讨论，再报委员会决定",
    "meeting": "写哪一次委员会会议决定的，如“2026年第8次委员会会议”",
}


@dataclass(frozen=True, slots=True)
class Words:
    """What was decided, in words; `discussed_on` the group's discussion, `filed` the superior's number on record."""

    other_union: str = ""
    reason: str = ""
    discussed_on: date | None = None
    meeting: str = ""
    filed: str = ""
    paper_no: str = ""

    def columns(self) -> dict[str, Any]:
        """As the log keeps them."""
        return {
            "other_union": self.other_union.strip()[:100],
            "reason": self.reason.strip()[:200],
            "discussed_on": self.discussed_on,
            "meeting": self.meeting.strip()[:100],
            "filed": self.filed.strip()[:100],
            "paper_no": self.paper_no.strip()[:40],
        }


NO_WORDS = Words()


def refusal(field: str, message: str, mend: str, source: str = "") -> Violation:
    """One thing that is wrong with a field of the form."""
    return Violation(field, message, source, Place(column=field), mend=mend)


def problems(move: str, person: Person, *, on: date, words: Words, today: date) -> list[Violation]:
    """Everything that stands against the change."""
    rule = rules.MOVES[move]
    problem = rules.move_problem(move, person.dates, on, today)
    found = [refusal(*problem, rule.source)] if problem else []
    given = words.columns()
    found += [
        refusal(name, f"还没有写{LABELS[name]}", _MENDS[name], rule.source) for name in rule.needs if not given[name]
    ]
    if words.discussed_on and words.discussed_on > on:
        found.append(refusal("discussed_on", "小组讨论要在委员会决定之前", "请核对两个日期", rule.source))
    return found


def locked(person: Person) -> Person:
    """The person's row, nobody else changing it meanwhile; refused where it was withdrawn."""
    row: Person = withdrawal.still(Person.objects.select_for_update(), person.pk)
    return row


def written(move: str, row: Person, *, on: date, words: Words) -> list[type]:
    """Write the change to a locked row inside the caller's transaction; the tables written besides the person's."""
    after, before = rules.moved(move, row.dates, on)
    tables: list[type] = [Change]
    if before is not None and before.admitted_on and before.left_on:
        EarlierMembership.objects.create(
            union_id=row.union_id, person=row, admitted_on=before.admitted_on, retained_on=before.retained_on,
            left_on=before.left_on, leaving=row.leaving, origin=EarlierMembership.Origin.LIVED,
        )  # fmt: skip
        tables.append(EarlierMembership)
    row.admitted_on, row.retained_on, row.left_on = after
    row.leaving = rules.MOVES[move].leaving
    row.version += 1
    row.save(update_fields=["admitted_on", "retained_on", "left_on", "leaving", "version"])
    _logged(move, row, on=on, words=words)
    return tables


def _logged(move: str, row: Person, *, on: date, words: Words) -> None:
    """Add the change to the log; a transfer in is tied to the transfer out that it answers."""
    counterpart = linking.sent(row, on=on, other_union=words.other_union) if move == linking.IN else None
    Change.objects.create(
        union_id=row.union_id, person=row, kind=move, on=on, origin=Change.Origin.LIVED, counterpart=counterpart,
        **words.columns(),
    )  # fmt: skip


def change(
    move: str, person: Person, *, on: date, words: Words = NO_WORDS, version: int | None = None, by: Access, today: date
) -> Person:
    """Retire, resume, transfer, withdraw, expel, record a death, admit or take in: see `rules.MOVES`.

    Refused where the standing does not allow it, a step is missing, or somebody changed the record meanwhile; and where
    the change is only made by a decision on a proposal (`rules.PROPOSED`, see `lapsing`).
    """
    if move in rules.PROPOSED:
        mend = "在“自动退会提议”里先记下谈话，再写委员会的决定"
        raise Refused([Violation("proposed", "自动退会要先谈话，再由委员会决定", rules.MOVES[move].source, mend=mend)])
    return decided(move, person, on=on, words=words, version=version, by=by, today=today)


@transaction.atomic
def decided(
    move: str, person: Person, *, on: date, words: Words = NO_WORDS, version: int | None = None, by: Access, today: date
) -> Person:
    """Make a change whose own steps the caller has seen to: `change` for everything else."""
    audit.lock(person.union_id)
    row = locked(person)
    found = problems(move, row, on=on, words=words, today=today)
    if version is not None and version != row.version:
        found.append(Violation("stale", "这条记录刚被别人改过", mend="请看过现在的情况再办"))
    if found:
        raise Refused(found)
    tables = written(move, row, on=on, words=words)
    told = {"on": on.isoformat(), "kind": move}
    audit.record(union=row.union_id, by=by, verb=f"members.person.{move}", tables=tables, subject=row, changes=told)
    return row


@transaction.atomic
def transfer_in(row: Mapping[str, Any], *, union: int, on: date, words: Words, by: Access, today: date) -> Person:
    """Register somebody who came with a 会籍 from another union. `row` is a person's fields, as for `save_persons`.

    Whoever was here before is found again as by any entry of a person; `change` is the way for those on record.
    """
    audit.lock(union)  # before anything is read: whoever is entered at another desk is seen here
    needed = words.columns()["other_union"]
    found = [] if needed else [refusal("other_union", "还没有写对方工会", _MENDS["other_union"], "会籍管理办法第三条")]
    if on > today:
        found.append(refusal("on", "日期还没有到", "到了那一天再办"))
    if found:
        raise Refused(found)
    known = refusal("name", "这个人已经登记过", "请打开他（她）的记录，在“办理变动”里选调入")
    person = services.save_new({**row, "admitted_on": on}, union=union, known=known, by=by, today=today)
    _logged(linking.IN, person, on=on, words=words)
    audit.bump(union, [Change._meta.db_table])
    return person


@dataclass(frozen=True, slots=True)
class Seat:
    """Group, department and job of a person."""

    group: int | None
    department: str
    job: str


def group_problems(union: int, group: int | None, on: date) -> list[Violation]:
    """A problem where the union has no such group on the day: it had ended, or had not begun."""
    if group is None:
        return []
    begun = Q(first=None) | Q(first__lte=on)
    if Group.objects.in_union(union).filter(lasts(on), begun, pk=group).exists():
        return []
    return [refusal("group", "那一天没有这个小组", "请选当时有的小组")]


@transaction.atomic
def move(person: Person, *, on: date, to: Seat, reason: str = "", by: Access, today: date) -> Person:
    """Give the person another group, department or job from a day on; where they were until then stays on record."""
    audit.lock(person.union_id)
    row = locked(person)
    before = Seat(row.group_id, row.department, row.job)
    last = Placement.objects.in_union(row.union_id).filter(person=row).order_by("-end").values_list("end", flat=True)
    since = last.first() or min((day for day in (row.hired_on, row.admitted_on) if day), default=None)
    found = []
    if before == to:
        found.append(refusal("group", "小组、处室、职务都没有变", "写上新的小组、处室或职务"))
    if to.group != before.group:  # whoever was left behind in one that ended may stay there
        found += group_problems(row.union_id, to.group, on)
    if on > today:
        found.append(refusal("on", "日期还没有到", "到了那一天再办"))
    if since and on <= since:
        found.append(refusal("on", f"日期要在{since}以后", "在那之前的岗位，写在“以前岗位”表里"))
    if found:
        raise Refused(found)
    Placement.objects.create(
        union_id=row.union_id, person=row, group_id=before.group, department=before.department, job=before.job,
        first=since, end=on, reason=reason.strip()[:60], origin=Placement.Origin.LIVED,
    )  # fmt: skip
    row.group_id, row.department, row.job = to.group, to.department.strip()[:60], to.job.strip()[:60]
    row.version += 1
    row.save(update_fields=["group", "department", "job", "version"])
    Change.objects.create(
        union_id=row.union_id, person=row, kind="move", on=on, reason=reason.strip()[:200], origin=Change.Origin.LIVED
    )
    told = {"on": on.isoformat(), "kind": "move"}
    audit.record(
        union=row.union_id, by=by, verb="members.person.move", tables=[Placement, Change], subject=row, changes=told
    )
    return row


def posts_held(person: Person, on: date) -> list[Post]:
    """Posts that the person still holds on the day: they last until they are handed over."""
    rows = Post.objects.in_union(person.union_id).filter(holds(on), person=person)
    return list(rows.select_related("group").order_by("first", "pk"))
