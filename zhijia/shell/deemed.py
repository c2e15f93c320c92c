"""Who might be deemed withdrawn (自动退会), by the records of all rooms: proposals only, a human decides each one.

章程 art. 6 wants both for six months: no dues, and no part taken in the union's life. What is not on record counts for
the member: where nobody could be seen to pay or to take part, nobody is proposed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Count, Min, Q, QuerySet
from django.urls import reverse

from zhijia.core import traces
from zhijia.core.access import Access
from zhijia.core.dates import add_months
from zhijia.core.feature_types import Reminder
from zhijia.core.person_types import DUES, TAKING_PART, TraceSet
from zhijia.core.traces import Trace
from zhijia.features import FEATURES
from zhijia.shell.access import deeming

SETS: tuple[TraceSet, ...] = tuple(one for feature in FEATURES for one in feature.traces)
PAGE, REMINDED = 50, 5
PERMISSION = "shell.deem"
NO_DUES = "会费没有按人登记（例如由单位统一代扣），看不出谁没有交，所以不据此提出任何人。"
NO_LISTS = "近{months}个月没有登记谁参加了活动、学习或填了表，看不出谁没有参加，所以不提出任何人。"
SOME_DUES = (
    "近{months}个月按人登记了会费的只有{some}人（会员{every}人）：没有登记的不算没交，"
    "只提出写明没交满{months}个月的人。"
)
BY_HAND = "记录没有提出这个人。委员会另有了解的，谈话时把情况写清楚。"
BOTH = "章程要求两条都满足：不交会费，也不参加组织生活。"


@dataclass(frozen=True, slots=True)
class Unpaid:
    """What is on record expressly: since which month, and for how many, nothing was paid."""

    first: date
    months: int

    def __str__(self) -> str:
        return f"写明从{self.first:%Y-%m}起有{self.months}个月没交"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A member with the latest trace of each kind, since when there has been none, and what was done about it."""

    person: Any
    since: date
    traces: tuple[Trace, ...]
    unpaid: Unpaid | None
    lapse: Any = None
    notes: tuple[str, ...] = ()  # of whom the records do not propose: what they do not tell

    @property
    def due(self) -> date:
        """The day on which the six months were over."""
        return add_months(self.since, deeming.AFTER.usual)

    @property
    def evidence(self) -> str:
        """What the records say, in one line to be kept."""
        parts = [f"最后一次会费：{_last(self.traces, DUES)}", f"最后一次参加：{_last(self.traces, TAKING_PART)}"]
        if self.unpaid:
            parts.append(f"会费{self.unpaid}")
        return "；".join(parts)


@dataclass(frozen=True, slots=True)
class Outlook:
    """Who is proposed (a page of them), how many there are, and what the records do not tell."""

    proposals: tuple[Proposal, ...]
    count: int
    notes: tuple[str, ...]
    next: int = 0


def _last(found: Iterable[Trace], ground: str) -> str:
    days = [trace for trace in found if trace.of.ground == ground]
    if not days:
        return "没有记录"
    return f"{days[0].on:%Y-%m}" if ground == DUES else f"{days[0].on.isoformat()}（{days[0].of.name}）"


def _first_month(today: date) -> date:
    """Dues are those of a month: the month in which the six months began counts as paid for all of it."""
    return deeming.since(today).replace(day=1)


def _seen(union: int, ground: str, today: date) -> Q:
    """Persons with a trace of that ground inside the six months."""
    after = f"__{'gte' if ground == DUES else 'gt'}"
    cut = _first_month(today) if ground == DUES else deeming.since(today)
    found = Q(pk__in=())
    for one in SETS:
        if one.ground == ground:
            # A set that is read once: asked person by person it would cost as much as the union has members.
            found |= Q(pk__in=one.rows(union).filter(**{f"{one.on}{after}": cut}).order_by().values("person"))
    return found


def _unpaid(union: int, today: date) -> dict[int, Unpaid]:
    """Persons of whom it is on record that they paid nothing for the whole time."""
    found: dict[int, Unpaid] = {}
    for one in SETS:
        if one.ground == DUES and one.missing:
            rows = one.missing(union).filter(**{f"{one.on}__gte": _first_month(today), f"{one.on}__lte": today})
            counted = rows.order_by().values("person").annotate(first=Min(one.on), months=Count(one.on, distinct=True))
            long_enough = counted.filter(months__gte=deeming.AFTER.usual).values_list("person", "first", "months")
            found |= {person: Unpaid(first, number) for person, first, number in long_enough}
    return found


def _candidates(union: int, today: date, unpaid: Iterable[int]) -> tuple[QuerySet[Any], tuple[str, ...]]:
    """The persons whom the records propose, and what the records do not tell."""
    months = deeming.AFTER.usual
    members = deeming.may_lapse(union, today)
    paid, there = _seen(union, DUES, today), _seen(union, TAKING_PART, today)
    counted = members.aggregate(every=Count("pk"), paying=Count("pk", filter=paid), present=Count("pk", filter=there))
    every, paying = counted["every"], counted["paying"]
    notes = []
    proposed = members.exclude(paid).exclude(there)
    if 2 * paying < every or not paying:  # dues are not kept person by person: silence accuses nobody
        known = list(unpaid)
        proposed = proposed.filter(pk__in=known)
        some = paying or known
        notes.append(SOME_DUES.format(months=months, some=paying, every=every) if some else NO_DUES)
    if not counted["present"]:
        proposed = proposed.none()
        notes.append(NO_LISTS.format(months=months))
    return proposed, tuple([*notes, BOTH] if notes else notes)


def _since(person: Any, found: Sequence[Trace], unpaid: Unpaid | None) -> date:
    """The day after which there is neither; before the first month without dues nobody asked the person for them."""
    days = [add_months(trace.on.replace(day=1), 1) for trace in found if trace.of.ground == DUES]
    days += [trace.on for trace in found if trace.of.ground == TAKING_PART]
    return max([*days, person.admitted_on, *([unpaid.first] if unpaid else [])])


def _proposals(union: int, persons: Iterable[Any], unpaid: dict[int, Unpaid], lapses: dict[int, Any]) -> list[Proposal]:
    rows = list(persons)
    found = traces.latest(SETS, union, [person.pk for person in rows])
    made = [
        Proposal(
            person, _since(person, found[person.pk], unpaid.get(person.pk)), tuple(found[person.pk]),
            unpaid.get(person.pk), lapses.get(person.pk),
        )
        for person in rows
    ]  # fmt: skip
    return sorted(made, key=lambda one: (one.since, one.person.pk))


def outlook(access: Access, today: date, *, after: int = 0, most: int = PAGE) -> Outlook:
    """A page of those who are proposed and those who were talked to and wait for the decision."""
    union = access.union
    unpaid, lapses = _unpaid(union, today), deeming.open_ones(union)
    proposed, notes = _candidates(union, today, unpaid)
    everybody = deeming.members_of(union, Q(pk__in=proposed.values("pk")) | Q(pk__in=list(lapses)))
    rows = list(everybody.filter(pk__gt=after).order_by("pk")[: most + 1])
    onward = rows[most - 1].pk if len(rows) > most else 0
    count = everybody.count() if after or onward else len(rows)
    return Outlook(tuple(_proposals(union, rows[:most], unpaid, lapses)), count, notes, onward)


def proposal(access: Access, uid: Any, today: date) -> Proposal | None:
    """The proposal about one person; None where the records propose nothing and nothing is under way."""
    union = access.union
    unpaid, lapses = _unpaid(union, today), deeming.open_ones(union)
    proposed, _notes = _candidates(union, today, unpaid)
    wanted = deeming.members_of(union, Q(pk__in=proposed.values("pk")) | Q(pk__in=list(lapses))).filter(uid=uid)
    found = _proposals(union, wanted, unpaid, lapses)
    return found[0] if found else None


def by_hand(access: Access, uid: Any, today: date) -> Proposal | None:
    """What is on record of a member whom the records do not propose: the committee may know what they do not tell.

    None for whoever was no member for the whole time, or was kept a short while ago.
    """
    union = access.union
    unpaid = _unpaid(union, today)
    members = deeming.may_lapse(union, today).filter(uid=uid)
    _proposed, notes = _candidates(union, today, unpaid)
    found = _proposals(union, deeming.members_of(union, Q(pk__in=members.values("pk"))), unpaid, {})
    return replace(found[0], notes=(BY_HAND, *notes)) if found else None


def reminders(access: Access, today: date) -> Iterable[Reminder]:
    """One for each of the first who are proposed and not talked to yet: a new person is a new to-do."""
    if not access.may(PERMISSION):
        return
    fresh = [one for one in outlook(access, today).proposals if one.lapse is None]
    for one in fresh[:REMINDED]:
        text = f"{one.person.name}满{deeming.AFTER.usual}个月没有交会费、参加活动的记录，请核实、谈话"
        url = reverse("shell:deemed_one", args=[one.person.uid])
        yield Reminder(f"shell.deemed.{one.person.uid}.{one.since.isoformat()}", text, one.due, url, PERMISSION)
