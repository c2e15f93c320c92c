"""What is due in plans: items, the plan meeting, the congress of the year, the summary."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from zhijia.core.access import Access
from zhijia.core.feature_types import Reminder
from zhijia.plans.models import Meeting, PlanItem, Summary

AHEAD = timedelta(days=30)
EDIT = "plans.edit"
MEETINGS = "plans.Meeting"
CONGRESS_FROM_MONTH = 9  # before that there is time enough to call one


def reminders(access: Access, today: date) -> Iterable[Reminder]:
    """Items due within a month or overdue, and the yearly meeting, congress or summary that is still wanting."""
    items = PlanItem.objects.in_union(access.union)
    for item in items.filter(state=PlanItem.State.OPEN, due__lt=today + AHEAD).order_by("due", "pk"):
        assert item.due is not None
        yield Reminder(
            f"plans.item.{item.pk}", f"计划事项“{item.item}”应完成", item.due, "", EDIT,
            "plans.PlanItem", str(item.uid),
        )  # fmt: skip
    held = Meeting.objects.in_union(access.union).filter(on__year=today.year)
    kinds = set(held.values_list("kind", flat=True))
    if today.month <= 3 and Meeting.Kind.PLAN not in kinds:
        text = f"召开{today.year}年计划会，提出年度工作计划"
        due, start = date(today.year, 3, 31), _kind(Meeting.Kind.PLAN)
        yield Reminder(f"plans.meeting.{today.year}", text, due, "", EDIT, MEETINGS, start=start)
    if today.month >= CONGRESS_FROM_MONTH and not kinds & {Meeting.Kind.CONGRESS, Meeting.Kind.ELECTION}:
        text = f"召开{today.year}年会员（代表）大会"
        due, start = date(today.year, 12, 31), _kind(Meeting.Kind.CONGRESS)
        yield Reminder(f"plans.congress.{today.year}", text, due, "", EDIT, MEETINGS, start=start)
    year = today.year if today.month >= 11 else today.year - 1
    wanted = today.month >= 11 or today.month <= 2
    if wanted and not Summary.objects.in_union(access.union).filter(year=year).exists():
        start = (("year", str(year)),)
        yield Reminder(
            f"plans.summary.{year}",
            f"写出{year}年度总结",
            date(year + 1, 1, 31),
            "",
            EDIT,
            "plans.Summary",
            start=start,
        )


def _kind(kind: str) -> tuple[tuple[str, str], ...]:
    """What is known of the meeting to be recorded."""
    return (("kind", str(kind)),)
