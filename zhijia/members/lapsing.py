"""Deeming a member withdrawn: the talk, and the decision. Nothing here happens by itself; a human decides each case.

Source: 中国工会章程 art. 6: six months without dues and without taking part, no better after being talked to.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet

from zhijia.core import audit, withdrawal
from zhijia.core.access import Access
from zhijia.core.dates import add_months
from zhijia.core.outcomes import Refused, Violation
from zhijia.members import membership_papers, rules, standing
from zhijia.members.models import Lapse, Person, PersonQuerySet
from zhijia.members.standing import Words, refusal
from zhijia.standards import numbers
from zhijia.standards.numbers import MONTHS, Number

paper = membership_papers.reminder  # what is handed over at the talk
SOURCE = rules.MOVES["deem"].source
AFTER = Number(
    "members.deemed.months",
    "不交会费、不参加组织生活满多久可视为自愿退会",
    rules.DEEMED_AFTER,
    MONTHS,
    SOURCE,
    by_law=True,
)
REST = Number(
    "members.deemed.rest", "委员会认为“不算”以后，多久不再提出同一个人", 6, MONTHS, "没有法律规定，由工会定", most=36
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the committee made of a proposal: when, in which meeting, and why."""

    deemed: bool
    on: date
    reason: str
    meeting: str = ""


def since(today: date) -> date:
    """The day from which on there must be a sign: whoever has none later than it is proposed."""
    return add_months(today, -rules.DEEMED_AFTER)


def may_lapse(union: int, today: date) -> PersonQuerySet:
    """Full members of today who were so for the whole time: whoever came later can not have been silent so long."""
    rows: PersonQuerySet = Person.objects.in_union(union).members_on(today).filter(admitted_on__lte=since(today))
    return rows.exclude(pk__in=_resting(union, today).values("person"))


def _resting(union: int, today: date) -> Any:
    """What the committee decided not to be one, while nobody is to be proposed again."""
    return Lapse.objects.in_union(union).filter(state=rules.LAPSE_KEPT, again_on__gt=today)


def open_ones(union: int) -> dict[int, Lapse]:
    """The proposals that were acted on and wait for a decision, by person.

    Who left in another way is done with, and a talk before the membership of today is no talk about it.
    """
    rows = Lapse.objects.in_union(union).filter(state=rules.LAPSE_OPEN, person__left_on=None)
    rows = rows.filter(talked_on__gte=F("person__admitted_on"))
    return {row.person_id: row for row in rows}


def resting(union: int, today: date) -> list[Lapse]:
    """Persons who are not proposed for the time being, with why and until when."""
    rows = _resting(union, today).select_related("person")
    return list(rows.defer("person__id_number", "person__phone").order_by("again_on", "pk"))


def _open(person: Person, evidence: str, by: Access, today: date) -> Lapse:
    """The person's open proposal, locked; begun now where there is none. What stood open from an earlier membership
    is over: it is withdrawn, and stays readable. Refused for who is no member any more, or was kept a moment ago.
    """
    audit.lock(person.union_id)
    now = standing.locked(person)
    state = now.dates.state_on(today)
    if state != rules.MEMBER:
        raise Refused([Violation("state", f"现在是“{rules.STATES[state]}”，不能提出", SOURCE, mend="请看会籍记录")])
    if _resting(person.union_id, today).filter(person=person).exists():
        mend = "理由和到哪天为止，在“自动退会提议”里看"
        raise Refused([Violation("rests", "委员会刚认为不算，暂时不再提出", SOURCE, mend=mend)])
    rows = Lapse.objects.select_for_update().filter(union_id=person.union_id, person=person, withdrawn_on=None)
    row: Lapse | None = rows.filter(state=rules.LAPSE_OPEN).first()
    if row is not None and now.admitted_on and row.talked_on and row.talked_on < now.admitted_on:
        withdrawal.mark(row, reason="以前那段会籍的谈话", by=by, today=today)
        row = None
    return row or Lapse(
        union_id=person.union_id, person=person, noted_on=today, evidence=evidence[:300], version=0,
        origin=Lapse.Origin.LIVED,
    )  # fmt: skip


def _saved(row: Lapse, verb: str, told: Mapping[str, Any], by: Access) -> Lapse:
    row.version += 1
    row.save()
    audit.record(union=row.union_id, by=by, verb=verb, subject=row, changes=told)
    return row


def _may_become(row: Lapse, state: str) -> None:
    if state not in rules.LAPSE[row.state if row.pk else ""]:
        raise Refused([Violation("state", "还没有找本人谈过", SOURCE, mend="章程要求先教育：先谈话，再由委员会决定")])


@transaction.atomic
def talked(person: Person, *, on: date, who: str, told: str, evidence: str = "", by: Access, today: date) -> Lapse:
    """Note that somebody talked to the member: what goes before any decision. A later talk takes its place."""
    found = []
    if on > today:
        found.append(refusal("on", "日期还没有到", "谈过以后再记"))
    if not who.strip():
        found.append(refusal("who", "没有写谁谈的", "写谈话人的姓名"))
    if len(told.strip()) < 2:
        found.append(refusal("told", "没有写谈的情况", "写一句，如“说明了章程的规定，本人答应从下月起交会费”"))
    if person.admitted_on and on < person.admitted_on:
        found.append(refusal("on", f"谈话日期早于入会日期{person.admitted_on}", "请核对日期"))
    if found:
        raise Refused(found)
    row = _open(person, evidence, by, today)
    row.state, row.talked_on, row.talked_by, row.talk = rules.LAPSE_OPEN, on, who.strip()[:60], told.strip()[:200]
    return _saved(row, "members.lapse.talked", {"on": on.isoformat()}, by)


@transaction.atomic
def decide(person: Person, verdict: Verdict, *, evidence: str = "", by: Access, today: date) -> Lapse:
    """Write down what the committee decided: deemed withdrawn (the change of standing is made with it), or not.

    Deeming needs a talk that was noted, on or before the day; who is kept is not proposed again for a while.
    """
    row = _open(person, evidence, by, today)
    _may_become(row, rules.LAPSE_DEEMED if verdict.deemed else rules.LAPSE_KEPT)
    found = []
    if verdict.on > today:
        found.append(refusal("on", "日期还没有到", "到了那一天再办"))
    if not verdict.reason.strip():
        found.append(refusal("reason", "没有写原因", "写一句原因"))
    if verdict.deemed and row.talked_on and verdict.on < row.talked_on:
        found.append(refusal("on", f"决定的日期早于谈话日期{row.talked_on}", "先谈话，再决定", SOURCE))
    if found:
        raise Refused(found)
    row.decided_on, row.reason = verdict.on, verdict.reason.strip()[:200]
    if verdict.deemed:
        words = Words(reason=verdict.reason, meeting=verdict.meeting)
        standing.decided("deem", person, on=verdict.on, words=words, by=by, today=today)
        row.state = rules.LAPSE_DEEMED
        return _saved(row, "members.lapse.deemed", {"on": verdict.on.isoformat()}, by)
    row.state = rules.LAPSE_KEPT
    row.again_on = add_months(today, numbers.value(person.union_id, REST))
    return _saved(row, "members.lapse.kept", {"until": row.again_on.isoformat()}, by)


def members_of(union: int, which: Q) -> QuerySet[Person]:
    """The persons meant by `which`, each with the group."""
    rows: QuerySet[Person] = Person.objects.in_union(union).filter(which).select_related("group")
    return rows
