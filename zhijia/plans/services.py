"""Changes to plans, meetings and what belongs to them; and the years exempted from yearly work."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from zhijia.core import claims, records
from zhijia.core.frame import Frame
from zhijia.core.lookup import Lookup
from zhijia.core.loose_names import names_kept
from zhijia.core.outcomes import WARN, Violation
from zhijia.core.records import Records
from zhijia.core.row_checks import period_problems
from zhijia.plans import rules
from zhijia.plans.models import Campaign, Exemption, KeyTask, Meeting, NextTask, PlanItem, Summary

GROUP_MEETING = Meeting.Kind.GROUP.value


def _derive_body(frame: Frame, lookup: Lookup) -> dict[str, list[Any]]:
    return names_kept(frame, lookup, body_name=("body", "unions.OutsideBody"))


def _derive_item(frame: Frame, lookup: Lookup) -> dict[str, list[Any]]:
    """The owner's name, and the state from the dates where it was left blank or says less than they do."""
    derived = names_kept(frame, lookup, owner_name=("owner", "members.Person"))
    if "state" in frame.columns or "done_on" in frame.columns:
        rows = frame.zip("state", "due", "done_on")
        derived["state"] = [rules.state_of(state or "", due, done_on) for state, due, done_on in rows]
    return derived


def _campaign_problems(frame: Frame, _lookup: Lookup) -> Iterable[Violation]:
    return period_problems(frame, label="结束日期早于开始日期")


def _item_problems(frame: Frame, _lookup: Lookup) -> Iterable[Violation]:
    for index, (state, done_on, year, due) in enumerate(frame.zip("state", "done_on", "year", "due")):
        problem = rules.state_problem(state or "", done_on)
        if problem:
            yield Violation("state", problem, place=frame.place(index, "state"), mend="请改正状态，或删去完成日期")
        if year and due and due.year not in (year, year + 1):
            message = f"应完成日期不在{year}年度计划之内"
            place = frame.place(index, "due")
            yield Violation("due", message, place=place, value=str(due), mend="请核对年度和日期", level=WARN)


def _meeting_problems(frame: Frame, _lookup: Lookup) -> Iterable[Violation]:
    for index, (kind, group, due, present) in enumerate(frame.zip("kind", "group", "due", "present")):
        problem = rules.heads_problem(due, present)
        if problem:
            place = frame.place(index, "present")
            yield Violation("heads", problem, place=place, value=str(present), mend="请核对签到表")
        if kind == GROUP_MEETING and group is None:
            message = "小组会没有写明是哪个小组"
            yield Violation("group", message, place=frame.place(index, "group"), mend="填写工会小组", level=WARN)


def _summary_problems(frame: Frame, _lookup: Lookup) -> Iterable[Violation]:
    for index, (year, on) in enumerate(frame.zip("year", "on")):
        if year and on and on.year < year:
            message = "总结的日期早于所总结的年度"
            yield Violation("year", message, place=frame.place(index, "on"), value=str(on), mend="请核对年度和日期")


KEY_TASKS = Records(
    KeyTask,
    key=("year", "task"),
    handles=(("task",), ("year", "task")),
    derive=_derive_body,
    moves=("state", rules.TASK_TRANSITIONS),
)
CAMPAIGNS = Records(
    Campaign, key=("name", "first"), handles=(("name",),), check=_campaign_problems, derive=_derive_body
)
ITEMS = Records(
    PlanItem,
    key=("year", "item"),
    handles=(("item",), ("year", "item")),
    check=_item_problems,
    derive=_derive_item,
    moves=("state", rules.ITEM_TRANSITIONS),
)
MEETINGS = Records(
    Meeting, key=("kind", "on", "group", "topic"), handles=(("topic",), ("topic", "on")), check=_meeting_problems
)
SUMMARIES = Records(Summary, key=("year",), handles=(("year",),), check=_summary_problems)
NEXT_TASKS = Records(NextTask, key=("text", "on"), handles=(("text",),))
EXEMPTIONS = Records(Exemption, key=("claim", "year"))

save_key_tasks = partial(records.save, KEY_TASKS)
save_campaigns = partial(records.save, CAMPAIGNS)
save_items = partial(records.save, ITEMS)
save_meetings = partial(records.save, MEETINGS)
save_summaries = partial(records.save, SUMMARIES)
save_next_tasks = partial(records.save, NEXT_TASKS)
save_exemptions = partial(records.save, EXEMPTIONS)


def exemptions(union: int) -> dict[str, dict[int, claims.Exemption]]:
    """The years exempted from yearly claims, by the claim's key and the year, as `claims.judge` takes them."""
    found: dict[str, dict[int, claims.Exemption]] = {}
    rows = Exemption.objects.in_union(union).values_list("claim", "year", "reason", "doc_number")
    for claim, year, reason, doc_number in rows:
        found.setdefault(claim, {})[year] = claims.Exemption(reason, doc_number)
    return found
