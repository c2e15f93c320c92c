"""Changes to must-visits, events, visits, aid, applications upward and mutual aid; whole ledgers at once."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from zhijia.care import rules
from zhijia.care.models import AidCase, Event, Kind, MustVisit, MutualAid, Relation, UpwardApplication, Visit
from zhijia.core import records
from zhijia.core.frame import Frame
from zhijia.core.lookup import Lookup
from zhijia.core.outcomes import WARN, Violation
from zhijia.core.records import Records
from zhijia.core.row_checks import nobody_problems, order_problems, period_problems, together_problems

PERSON = "members.Person"


def _names(frame: Frame) -> dict[str, list[Any]]:
    """The name is kept only of those who are not on the register."""
    if "person" not in frame.columns:
        return {}
    pairs = frame.zip("person", "person_name")
    return {"person_name": ["" if person is not None else name or "" for person, name in pairs]}


def _not_yet(frame: Frame, lookup: Lookup, *fields: str) -> Iterable[Violation]:
    """What is recorded as done can not lie in the future."""
    for name in fields:
        for index, day in enumerate(frame.get(name)):
            if day is not None and day > lookup.today:
                place = frame.place(index, name)
                yield Violation("future", "日期在今天以后", place=place, value=str(day), mend="请核对年份")


def _must_list(lookup: Lookup) -> list[tuple[Any, ...]]:
    """The union's list as (kind, days, first, end); all kinds with the default days where it has none."""
    stored = [row[1:] for row in lookup.every("care.MustVisit", "kind", "days", "first", "end")]
    return stored or [(kind.value, rules.DUE_DAYS, None, None) for kind in Kind]


def _derive_event(frame: Frame, lookup: Lookup) -> dict[str, list[Any]]:
    """Names; the day of knowing where it was left blank; whether a visit is due, and until when."""
    derived = _names(frame)
    if "kind" not in frame.columns or "happened_on" not in frame.columns:
        return derived
    pairs = list(frame.zip("kind", "happened_on", "known_on"))
    derived["known_on"] = [known_on or happened_on for _kind, happened_on, known_on in pairs]
    listed = _must_list(lookup)
    due = []
    for kind, happened_on, known_on in pairs:
        day = known_on or happened_on
        days = [
            days for other, days, first, end in listed
            if other == kind and day and (first is None or first <= day) and (end is None or day < end)
        ]  # fmt: skip
        due.append(rules.due_on(happened_on, day, min(days)) if days else None)
    derived["due_on"] = due
    derived["must"] = [day is not None for day in due]
    return derived


def _event_problems(frame: Frame, lookup: Lookup) -> Iterable[Violation]:
    yield from nobody_problems(frame)
    yield from _not_yet(frame, lookup, "known_on")
    for index, (kind, relation) in enumerate(frame.zip("kind", "relation")):
        place = frame.place(index, "relation")
        if kind == Kind.MEMBER_DEATH and relation not in (None, Relation.SELF):
            yield Violation("relation", "职工去世应是本人", place=place, mend="家属去世请选“家属去世”")
        if kind == Kind.RELATIVE_DEATH and relation in (None, Relation.SELF):
            yield Violation("relation", "没有写明是哪位家属", place=place, mend="填写与职工关系", level=WARN)


def _derive_visit(frame: Frame, _lookup: Lookup) -> dict[str, list[Any]]:
    derived = _names(frame)
    if "money_fen" in frame.columns or "goods_fen" in frame.columns:
        derived["amount_fen"] = [(money or 0) + (goods or 0) for money, goods in frame.zip("money_fen", "goods_fen")]
    if "category" in frame.columns and "on" in frame.columns:
        derived["occasion"] = [
            given or (rules.occasion(category, on, linked=event is not None) if category and on else "other")
            for given, category, on, event in frame.zip("occasion", "category", "on", "event")
        ]
    return derived


def _visit_problems(frame: Frame, lookup: Lookup) -> Iterable[Violation]:
    yield from nobody_problems(frame)
    yield from _not_yet(frame, lookup, "on")
    events = frame.get("event")
    visited = lookup.follow(events, "care.Event", "person")
    kinds = lookup.follow(events, "care.Event", "kind")
    rows = zip(events, visited, kinds, frame.get("person"), frame.get("category"), strict=True)
    for index, (event, whom, kind, person, category) in enumerate(rows):
        if event is None:
            continue
        place = frame.place(index, "event")
        if whom != person:
            yield Violation("event", "慰问对象与应访事项不是同一个人", place=place, mend="请核对姓名或应访事项")
        elif kind != category:
            yield Violation("event", "慰问类别与应访事项不一致", place=place, mend="请核对类别", level=WARN)


def _derive_aid(frame: Frame, _lookup: Lookup) -> dict[str, list[Any]]:
    derived = _names(frame)
    if "cause" in frame.columns:
        derived["cause_group"] = [rules.cause_group(cause or "") for cause in frame.columns["cause"]]
    return derived


def _aid_problems(frame: Frame, lookup: Lookup) -> Iterable[Violation]:
    yield from nobody_problems(frame)
    yield from _not_yet(frame, lookup, "applied_on", "decided_on", "paid_on", "closed_on")
    yield from period_problems(frame, "notice_first", "notice_end", "公示结束日期早于开始日期")
    steps = frame.zip("applied_on", "decided_on", "paid_on", "closed_on")
    for index, (applied_on, decided_on, paid_on, closed_on) in enumerate(steps):
        problem = rules.order_problem(
            applied_on=applied_on, decided_on=decided_on, paid_on=paid_on, closed_on=closed_on
        )
        if problem:
            name, message = problem
            yield Violation("order", message, "R-AID-01", frame.place(index, name), mend="请核对日期")
    yield from together_problems(frame, "paid_on", "amount_fen", "paid", "发放日期和补助金额要一起填写")
    for index, (amount_fen, approved_fen) in enumerate(frame.zip("amount_fen", "approved_fen")):
        if amount_fen and approved_fen is not None and amount_fen > approved_fen:
            place = frame.place(index, "amount_fen")
            yield Violation("approved", "补助金额多于批准金额", place=place, mend="请核对金额", level=WARN)


def _derive_upward(frame: Frame, _lookup: Lookup) -> dict[str, list[Any]]:
    return _names(frame)


def _upward_problems(frame: Frame, lookup: Lookup) -> Iterable[Violation]:
    yield from nobody_problems(frame)
    yield from _not_yet(frame, lookup, "applied_on", "decided_on")
    granted = UpwardApplication.State.GRANTED
    yield from order_problems(frame, "applied_on", "decided_on", "批复日期早于申请日期")
    for index, (state, granted_fen) in enumerate(frame.zip("state", "granted_fen")):
        if (state == granted) != bool(granted_fen):
            place = frame.place(index, "granted_fen" if state == granted else "state")
            yield Violation("granted", "状态“已批准”和批准金额要一致", place=place, mend="补上金额，或改正状态")


def _mutual_problems(frame: Frame, lookup: Lookup) -> Iterable[Violation]:
    yield from _not_yet(frame, lookup, "enrolled_on", "claimed_on", "paid_on")
    yield from together_problems(frame, "paid_on", "paid_fen", "paid", "赔付日期和赔付金额要一起填写")
    for index, (claimed_on, paid_on) in enumerate(frame.zip("claimed_on", "paid_on")):
        if paid_on and (claimed_on is None or paid_on < claimed_on):
            place = frame.place(index, "claimed_on")
            yield Violation("order", "有赔付却没有在此以前的申领日期", place=place, mend="填写申领日期")


def _must_visit_problems(frame: Frame, _lookup: Lookup) -> Iterable[Violation]:
    return period_problems(frame, label="停止日期早于施行日期")


MUST_VISITS = Records(MustVisit, key=("kind", "first"), check=_must_visit_problems)
EVENTS = Records(
    Event,
    key=("person", "person_name", "kind", "relation", "happened_on"),
    handles=(("person.name", "happened_on"), ("person_name", "happened_on")),
    check=_event_problems,
    derive=_derive_event,
)
VISITS = Records(Visit, key=("person", "person_name", "category", "on"), check=_visit_problems, derive=_derive_visit)
AID = Records(AidCase, key=("person", "person_name", "applied_on", "source"), check=_aid_problems, derive=_derive_aid)
UPWARD = Records(
    UpwardApplication,
    key=("person", "person_name", "applied_on"),
    check=_upward_problems,
    derive=_derive_upward,
    moves=("state", rules.UPWARD_TRANSITIONS),
)
MUTUAL = Records(MutualAid, key=("person", "scheme", "year"), check=_mutual_problems)

save_must_visits = partial(records.save, MUST_VISITS)
save_events = partial(records.save, EVENTS)
save_visits = partial(records.save, VISITS)
save_aid = partial(records.save, AID)
save_upward = partial(records.save, UPWARD)
save_mutual = partial(records.save, MUTUAL)
