"""Joining: an application, the group leader's remark, the committee's decision; newcomers from the HR list.

Membership begins on the day the committee approved (工会会员会籍管理办法), whenever the application was written.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from zhijia.core import audit, withdrawal
from zhijia.core.access import Access
from zhijia.core.names import pinyin_key
from zhijia.core.outcomes import Refused, Violation
from zhijia.members import arriving, led, rules, services, standing
from zhijia.members.models import Admission, Newcomer, Person
from zhijia.members.standing import refusal
from zhijia.standards import numbers
from zhijia.standards.numbers import DAYS, Number

SOURCE = "《中国工会章程》第二条"
State = Admission.State
ADMIT = Number("members.admit.days", "新进人员到岗以后多少天内入会算及时", 90, DAYS, "没有法律规定，由工会定", most=366)


def waiting(union: int) -> Any:
    """Applications under way, oldest first."""
    rows = Admission.objects.in_union(union).filter(state__in=rules.WAITING)
    return rows.select_related("person", "person__group").order_by("applied_on", "pk")


def under_way(person: Person) -> Admission | None:
    """The person's application that waits, asked for only where the dates leave room for one."""
    dates, applied_on = person.dates, person.applied_on
    if applied_on is None or dates.state not in rules.MOVES["admit"].before:
        return None
    if dates.left_on and applied_on < dates.left_on:
        return None
    found: Admission | None = waiting(person.union_id).filter(person=person).first()
    return found


@transaction.atomic
def apply(
    person: Person, *, on: date, wish: str = "", how: str = Admission.How.PAPER, by: Access, today: date
) -> Admission:
    """Begin an application. Refused for members, beside one under way, and for a day to come."""
    audit.lock(person.union_id)
    row = standing.locked(person)
    dates = row.dates
    found = []
    if dates.state not in rules.MOVES["admit"].before:
        words = f"现在是“{rules.STATES[dates.state]}”，不用申请入会"
        found.append(Violation("state", words, SOURCE, mend="会籍有误的，请告诉工会小组长"))
    if on > today:
        found.append(refusal("on", "申请日期还没有到", "填写写申请的那一天"))
    if dates.left_on and on < dates.left_on:
        found.append(refusal("on", f"申请日期早于离会日期{dates.left_on}", "请核对日期"))
    if Admission.objects.in_union(row.union_id).filter(person=row, state__in=rules.WAITING).exists():
        found.append(Violation("twice", "已经有一份申请在办", SOURCE, mend="等这一份办完；进展看“办理入会”"))
    if found:
        raise Refused(found)
    admission = Admission.objects.create(
        union_id=row.union_id, person=row, applied_on=on, wish=wish.strip()[:1000], how=how,
        origin=Admission.Origin.LIVED,
    )  # fmt: skip
    row.applied_on = on
    row.version += 1
    row.save(update_fields=["applied_on", "version"])
    audit.record(
        union=row.union_id, by=by, verb="members.admission.applied", tables=[Person], subject=admission,
        changes={"how": how},
    )  # fmt: skip
    return admission


def _locked(admission: Admission, version: int | None) -> Admission:
    audit.lock(admission.union_id)
    rows = Admission.objects.select_for_update(of=("self",)).select_related("person")
    row: Admission = withdrawal.still(rows, admission.pk)
    if version is not None and row.version != version:
        raise Refused([Violation("stale", "这份申请刚被别人办过", mend="请看过现在的情况再办")])
    return row


def _may_become(row: Admission, state: str) -> None:
    if state not in rules.ADMISSION[row.state]:
        following = "、".join(str(State(code).label) for code in rules.ADMISSION[row.state])
        mend = f"现在只能：{following}" if following else "这份申请已经办结"
        raise Refused([Violation("state", f"申请现在是“{row.get_state_display()}”", SOURCE, mend=mend)])


@transaction.atomic
def remark(
    admission: Admission, *, text: str, on: date | None = None, version: int | None = None, by: Access, today: date
) -> Admission:
    """Write the group's remark; the committee's turn is next. Leaders only remark on their own group.

    `on` is the day that stands on the paper, for whoever types it in (who meets before it is typed in approves before
    today); a leader signs today.
    """
    row = _locked(admission, version)
    _may_become(row, State.REMARKED)
    if not by.may("members.edit") and row.person.group_id not in by.groups:
        raise Refused([Violation("group", "这个人不在您的小组", SOURCE, mend="请他（她）所在小组的组长签意见")])
    found = []
    if not text.strip():
        found.append(refusal("remark", "还没有写意见", "写一句，如“同意入会”", SOURCE))
    signed = on if on is not None and by.may("members.edit") else today
    if signed > today:
        found.append(refusal("on", "日期还没有到", "写纸上签的那一天"))
    if signed < row.applied_on:
        found.append(refusal("on", f"签意见的日期早于申请日期{row.applied_on}", "请核对申请书上的日期"))
    if found:
        raise Refused(found)
    row.state, row.remark, row.remarked_on, row.remarked_by = State.REMARKED, text.strip()[:200], signed, by.name[:60]
    row.version += 1
    row.save(update_fields=["state", "remark", "remarked_on", "remarked_by", "version"])
    audit.record(union=row.union_id, by=by, verb="members.admission.remarked", subject=row)
    return row


@dataclass(frozen=True, slots=True)
class Decision:
    """What the committee decided: when, in which meeting; with a reason where it refused."""

    approved: bool
    on: date
    meeting: str
    reason: str = ""


def _decision_problems(row: Admission, decision: Decision, today: date) -> list[Violation]:
    person: Person = row.person
    found: list[Violation] = []
    state = State.APPROVED if decision.approved else State.REFUSED
    if state not in rules.ADMISSION[row.state]:
        words = f"{person.name}的申请现在是“{row.get_state_display()}”"
        mend = "请小组长先签意见" if row.state == State.APPLIED else "请刷新后再选"
        found.append(Violation("state", words, SOURCE, mend=mend))
    if row.remarked_on and decision.on < row.remarked_on:
        words = f"批准日期早于{person.name}的小组意见日期{row.remarked_on}"
        found.append(refusal("on", words, "请核对会议日期", SOURCE))
    if decision.on < row.applied_on:
        words = f"会议日期早于申请日期{row.applied_on}"
        found.append(refusal("on", words, "请核对会议日期", SOURCE))
    if decision.approved:
        said = standing.Words(meeting=decision.meeting)
        found += standing.problems("admit", person, on=decision.on, words=said, today=today)
        return found
    if decision.on > today:
        found.append(refusal("on", "日期还没有到", "到了那一天再办"))
    if not decision.reason.strip():
        found.append(refusal("reason", "没有批准，要写明原因", "写一句给申请人看的原因", SOURCE))
    return found


@transaction.atomic
def decide(admissions: Sequence[Admission], decision: Decision, *, by: Access, today: date) -> list[Person]:
    """Decide several applications in one meeting: all or none. Who is approved is a member from the meeting's day."""
    if not admissions:
        raise Refused([Violation("none", "还没有选人", mend="在名单里选上要批准的人")])
    audit.lock(admissions[0].union_id)
    rows = [_locked(one, one.version) for one in admissions]
    found = [problem for row in rows for problem in _decision_problems(row, decision, today)]
    if found:
        raise Refused(dict.fromkeys(found))
    tables: set[type] = {Admission}
    persons = []
    for row in rows:
        row.state = State.APPROVED if decision.approved else State.REFUSED
        row.decided_on, row.meeting = decision.on, decision.meeting.strip()[:100]
        row.reason = "" if decision.approved else decision.reason.strip()[:200]
        row.version += 1
        row.save(update_fields=["state", "decided_on", "meeting", "reason", "version"])
        if decision.approved:
            person = standing.locked(row.person)
            words = standing.Words(meeting=decision.meeting)
            tables |= {Person, *standing.written("admit", person, on=decision.on, words=words)}
            persons.append(person)
    verb = "members.admission.approved" if decision.approved else "members.admission.refused"
    told = {"on": decision.on.isoformat(), "meeting": decision.meeting[:100], "uids": [str(row.uid) for row in rows]}
    subject = rows[0] if len(rows) == 1 else None
    audit.record(
        union=rows[0].union_id, by=by, verb=verb, tables=sorted(tables, key=str), subject=subject, changes=told
    )
    return persons


@dataclass(frozen=True, slots=True)
class Waiting:
    """A newcomer who is not a member yet, with the days waited."""

    newcomer: Newcomer
    days: int
    late: bool
    under_way: bool


def newcomers(union: int, today: date, groups: Collection[int] | None = None) -> list[Waiting]:
    """Newcomers of the HR list who are not members, longest waiting first. Two queries.

    Of some `groups` those who were put into one: the list itself knows none.
    """
    rows = Newcomer.objects.in_union(union).awaited().filter(arrived_on__lte=today).select_related("person")
    rows = rows.filter(led.within(groups, "person__group"))
    rows = rows.annotate(due_on=numbers.due(union, ADMIT, "arrived_on")).order_by("arrived_on", "pk")
    busy = set(Admission.objects.in_union(union).filter(state__in=rules.WAITING).values_list("person_id", flat=True))
    return [Waiting(row, (today - row.arrived_on).days, today > row.due_on, row.person_id in busy) for row in rows]


_AGAIN = "打开下面的记录核对：是他（她），就给他（她）办理；不是，在最后打勾"


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of a newcomer besides the personnel list: `row` is the sex, or all of a form.

    `known` is the person of the register who it is; `anew`: whoever only looks alike is known to be somebody else.
    """

    row: Mapping[str, Any]
    group: int | None = None
    known: Person | None = None
    anew: bool = False


def entered(newcomer: Newcomer, entry: Entry, *, by: Access, today: date) -> Person:
    """The person of a newcomer, inside the caller's transaction: who is not in the register yet is entered.

    A staff number tells who it is. A name never does: somebody who looks alike is asked about.
    """
    audit.lock(newcomer.union_id)  # first, as everywhere: the other way round two writers would wait for each other
    rows = Newcomer.objects.select_for_update(of=("self",)).select_related("person")
    listed: Newcomer = withdrawal.still(rows, newcomer.pk)
    if listed.person is not None:
        return listed.person
    row = {
        "name": listed.name, "staff_no": listed.staff_no, "department": listed.department,
        "hired_on": listed.arrived_on, "birth_on": None, **entry.row, "group": entry.group,
    }  # fmt: skip
    person = _known(row, entry, listed) or written(row, union=listed.union_id, by=by, today=today)
    Newcomer.objects.filter(pk=listed.pk).update(person=person.pk, version=listed.version + 1)
    audit.bump(listed.union_id, [Newcomer._meta.db_table])
    return person


def _known(row: Mapping[str, Any], entry: Entry, listed: Newcomer) -> Person | None:
    """Who of the register the newcomer is; None for nobody. Refused where that is for people to say."""
    if entry.known is not None:
        return Person.objects.in_union(listed.union_id).get(pk=entry.known.pk)
    found = arriving.alike(listed.union_id, row)
    sure = [one.person for one in found if one.sure]
    if len(sure) == 1 and sure[0].pinyin == pinyin_key(row["name"]):
        return sure[0]
    if sure:
        words = f"工号{row['staff_no']}在名册里是{sure[0].name}"
        raise Refused([Violation("alike", words, mend="请核对新进人员名单和会员记录里的工号")])
    if found and not entry.anew:
        raise Refused([Violation("alike", f"名册里可能已经有{found[0].person.name}", mend=_AGAIN)])
    return None


def written(row: Mapping[str, Any], *, union: int, by: Access, today: date) -> Person:
    """A new row of the register; refused where it would write over somebody's."""
    known = refusal("name", "这个人已经登记过", "写上工号或身份证号，好分清是谁")
    return services.save_new(row, union=union, known=known, by=by, today=today)


@transaction.atomic
def enter(newcomer: Newcomer, entry: Entry, *, by: Access, today: date) -> Person:
    """Enter a newcomer as no member, so that an invitation can be made and the person applies alone."""
    return entered(newcomer, entry, by=by, today=today)


@transaction.atomic
def start(newcomer: Newcomer, entry: Entry, *, on: date, by: Access, today: date) -> Admission:
    """Begin the application of a newcomer on paper: who is not in the register yet is entered, as no member."""
    person = entered(newcomer, entry, by=by, today=today)
    return apply(person, on=on, how=Admission.How.PAPER, by=by, today=today)
