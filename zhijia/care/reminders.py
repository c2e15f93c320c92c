"""To-dos of care: must-visit events that nobody has answered yet."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from zhijia.care import rules
from zhijia.care.facts import answered
from zhijia.care.models import Event
from zhijia.core.access import Access
from zhijia.core.feature_types import Reminder


def visit_of(event: Event) -> tuple[tuple[str, str], ...]:
    """What the visit that answers an event begins with."""
    known = (("person", str(event.person.uid)),) if event.person else ()
    return (*known, ("category", event.kind))


def reminders(access: Access, today: date) -> Iterable[Reminder]:
    """One per unanswered event, due on its last day in time; it stays `REMIND_FOR` beyond that. No illness is named.

    It begins the visit that answers it. Those who may only report are told of the groups that they lead.
    """
    events = Event.objects.in_union(access.union).filter(must=True, due_on__gte=today - rules.REMIND_FOR)
    whole = access.may("care.edit")
    if not whole:
        events = events.filter(person__group_id__in=access.groups)
    permission = "care.edit" if whole else "care.report"
    for event in events.exclude(answered(access.union)).select_related("person").order_by("due_on", "pk"):
        due = event.due_on or today
        late = "，已超过期限" if due < today else ""
        text = f"走访{event}，{due.month}月{due.day}日以前{late}"
        start = visit_of(event)
        yield Reminder(f"care.visit.{event.uid}", text, due, "", permission, "care.Visit", start=start)
