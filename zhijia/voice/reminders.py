"""What is due in voice: answers to suggestions, and matters of rights that are still open."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from zhijia.core.access import Access
from zhijia.core.feature_types import Reminder
from zhijia.standards import numbers
from zhijia.voice import terms
from zhijia.voice.models import RightsMatter, Suggestion

EDIT = "voice.edit"


def reminders(access: Access, today: date) -> Iterable[Reminder]:
    """Suggestions without an answer and matters of rights that are not settled, with the day on which they are due."""
    union = access.union
    asked = Suggestion.objects.in_union(union).annotate(due_on=numbers.due(union, terms.ANSWER, "on"))
    for row in asked.filter(answered_on=None, on__lte=today).order_by("on", "pk"):
        yield Reminder(
            f"voice.answer.{row.pk}", f"答复意见建议“{row}”", row.due_on, "", EDIT, "voice.Suggestion", str(row.uid)
        )
    matters = RightsMatter.objects.in_union(union).annotate(due_on=numbers.due(union, terms.SETTLE, "on"))
    for matter in matters.filter(settled_on=None, on__lte=today).order_by("on", "pk"):
        text, label = f"办结权益事项“{matter}”", "voice.RightsMatter"
        yield Reminder(f"voice.rights.{matter.pk}", text, matter.due_on, "", EDIT, label, str(matter.uid))
