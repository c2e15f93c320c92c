"""A notice as pages show it: open or over, and how many working days are left to object."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse

from zhijia.core.pages.parts import DONE, DUE, QUIET, Badge
from zhijia.notices import rules
from zhijia.notices.models import Notice
from zhijia.standards.rules import working_days_between

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Shown:
    """One notice as a page shows it. `last` is its last day, `left` the working days on which one may still object."""

    row: Notice
    last: date | None
    left: int
    badge: Badge
    url: str


def shown(row: Notice, on: date, exceptions: dict[date, bool]) -> Shown:
    """The notice on that day; `exceptions` are the calendar's days that are not what their weekday says."""
    last = row.end - DAY if row.end else None
    left = working_days_between(on, last, exceptions) if last and rules.is_open(row.posted_on, row.end, on) else 0
    if rules.is_open(row.posted_on, row.end, on):
        badge = Badge(f"公示中，还剩{left}个工作日" if left else "公示中，最后一天", DUE)
    elif row.end is None:
        badge = Badge("没有写截止日期", QUIET)
    else:
        badge = Badge("公示已结束", DONE)
    return Shown(row, last, left, badge, reverse("notices:notice", args=[row.uid]))
