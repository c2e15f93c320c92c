"""What funds tells of one person: dues paid, and what was received (领取登记)."""

from __future__ import annotations

from typing import Any

from zhijia.core.person_types import DUES, TraceSet
from zhijia.funds.models import Collection, PersonReceipt


def _dues(union: int) -> Any:
    """Dues entered person by person; a month entered for a group or for all says nothing of one of them."""
    rows = Collection.objects.in_union(union).filter(kind=Collection.Kind.DUES, person__isnull=False)
    return rows.filter(paid_fen__gt=0)


def _unpaid(union: int) -> Any:
    """Months for which it is on record that the person paid nothing."""
    rows = Collection.objects.in_union(union).filter(kind=Collection.Kind.DUES, person__isnull=False)
    return rows.filter(paid_fen=0)


def _receipts(union: int) -> Any:
    return PersonReceipt.objects.in_union(union).filter(person__isnull=False)


TRACES = (
    TraceSet("会费", _dues, "month", fen="paid_fen", ground=DUES, missing=_unpaid),
    TraceSet("领取", _receipts, "on", ("kind", "festival", "item"), "value_fen"),
)
