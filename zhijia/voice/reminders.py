"""What is due in voice: answers to suggestions, and matters of rights that are still open."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from zhijia.core.access import Access
from zhijia.core.feature_types import Reminder
from zhijia.voice import rules
from zhijia.voice.models import RightsMatter, Suggestion

EDIT = "voice.edit"


def reminders(access: Access, today: date) -> Iterable[Reminder]:
    """Suggestions without an answer and matters of rights that are not settled, with the day on which they are due."""
    for row in Suggestion.objects.in_union(access.union).filter(answered_on=None, on__lte=today).order_by("on", "pk"):
        due = row.on + rules.ANSWER_WITHIN
        yield Reminder(
            f"voice.answer.{row.pk}", f"答复意见建议“{row}”", due, "", EDIT, "voice.Suggestion", str(row.uid)
        )
    for matter in (
        RightsMatter.objects.in_union(access.union).filter(settled_on=None, on__lte=today).order_by("on", "pk")
    ):
        due = matter.on + rules.SETTLE_WITHIN
        yield Reminder(
            f"voice.rights.{matter.pk}", f"办结权益事项“{matter}”", due, "", EDIT, "voice.RightsMatter", str(matter.uid)
        )
