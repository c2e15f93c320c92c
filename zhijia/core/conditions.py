"""Conditions as columns of an evidence set: yes or no, or yes, no and not to be judged yet."""

from __future__ import annotations

from django.db.models import BooleanField, Case, Q, Value, When


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
