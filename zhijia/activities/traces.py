"""What activities tells of one person: activities attended, recuperation leave, honours."""

from __future__ import annotations

from typing import Any

from zhijia.activities.models import Honour, Participation, Recuperation
from zhijia.core.person_types import TAKING_PART, TraceSet


def _present(union: int) -> Any:
    return Participation.objects.in_union(union).filter(present=True, activity__withdrawn_on=None)


def _recuperation(union: int) -> Any:
    return Recuperation.objects.in_union(union).filter(person__isnull=False)


def _honours(union: int) -> Any:
    return Honour.objects.in_union(union).filter(person__isnull=False)


TRACES = (
    TraceSet(
        "参加活动", _present, "activity__on", ("activity__title",), ground=TAKING_PART, label="activities.Activity",
        uid="activity__uid",
    ),
    TraceSet("疗休养", _recuperation, "on", ("place",), "cost_fen", ground=TAKING_PART),
    TraceSet("荣誉", _honours, "on", ("title",)),
)  # fmt: skip
