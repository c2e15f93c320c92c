"""To-dos of care: must-visit events that nobody has answered yet."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from zhijia.care import rules
from zhijia.care.facts import answered
from zhijia.care.models import Event
from zhijia.core.access import Access
from zhijia.core.feature_types import Reminder


def reminders(access: Access, today: date) -> Iterable[Reminder]:
    """One per unanswered event, due on its last day in time; it stays `REMIND_FOR` beyond that. No illness is named."""
    events = Event.objects.in_union(access.union).filter(must=True, due_on__gte=today - rules.REMIND_FOR)
    open_events = events.exclude(answered(access.union)).select_related("person").order_by("due_on", "pk")
    for event in open_events:
        due = event.due_on or today
        late = "，已超过期限" if due < today else ""
        text = f"走访{event}，{due.month}月{due.day}日以前{late}"
        yield Reminder(f"care.visit.{event.uid}", text, due, "", "care.edit", "care.Event", str(event.uid))
