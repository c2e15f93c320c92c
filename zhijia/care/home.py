"""What care puts on the first page: quick entries of group leaders, and what their groups still wait for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from zhijia.care import rules
from zhijia.care.facts import answered
from zhijia.care.models import Event
from zhijia.care.reminders import visit_of
from zhijia.core.access import Access
from zhijia.core.feature_types import HomeCard, HomeLine

EVENT, VISIT = "care.Event", "care.Visit"
_SHOWN = 5


def home(access: Access, today: date) -> Iterable[HomeCard]:
    """For those who lead groups: record an event or a visit, and the events of the groups that nobody answered."""
    if not access.groups or not access.may("care.report"):
        return
    rows = Event.objects.in_union(access.union).filter(
        must=True, person__group_id__in=access.groups, due_on__gte=today - rules.REMIND_FOR
    )
    rows = rows.exclude(answered(access.union)).select_related("person").order_by("due_on", "pk")
    lines = tuple(
        HomeLine(
            str(event), f"{event.due_on:%m-%d}以前" if event.due_on else "",
            "已经过期" if event.due_on and event.due_on < today else "还没有走访", VISIT, start=visit_of(event),
        )
        for event in rows[:_SHOWN]
    )  # fmt: skip
    yield HomeCard(
        "本组的关爱", lines, empty="本组没有等着走访的事。",
        start=((EVENT, "上报应访事项", ()), (VISIT, "记走访", (("on", today.isoformat()),))),
    )  # fmt: skip
