"""Conditions: a day and a period whose end is excluded; and conditions as columns of an evidence set: yes or no, or
yes, no and not to be judged yet.
"""

from __future__ import annotations

from typing import Any

from django.db.models import BooleanField, Case, Q, Value, When


def lasts(day: Any, end: str = "end") -> Q:
    """Periods that are not over on the day: the first day after them is not known, or still to come."""
    return Q(**{end: None}) | Q(**{f"{end}__gt": day})


def holds(day: Any, first: str = "first", end: str = "end") -> Q:
    """Periods in which the day lies."""
    return Q(**{f"{first}__lte": day}) & lasts(day, end)


def flag(condition: Q) -> Case:
    """True where the condition holds, else False."""
    return Case(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())


def met(done: Q, pending: Q) -> Case:
    """True where done, empty where there still is time (it counts neither way), else False."""
    return Case(
        When(done, then=Value(True)),
        When(pending, then=None),
        default=Value(False),
        output_field=BooleanField(null=True),
    )
