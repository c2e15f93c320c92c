"""What benefits tells of one person: lists of the entitled, housing; and the applications for housing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from zhijia.benefits.models import Entitlement, HousingCase
from zhijia.core.person_types import ANSWERED, WAITING, Application, TraceSet


def _listed(union: int) -> Any:
    return Entitlement.objects.in_union(union).filter(person__isnull=False)


def _solved(union: int) -> Any:
    return HousingCase.objects.in_union(union).filter(person__isnull=False, solved_on__isnull=False)


TRACES = (
    TraceSet("享受名单", _listed, "listed_on", ("matter", "basis")),
    TraceSet("住房", _solved, "solved_on", ("kind",), "amount_fen"),
)


def applications(person: int, _today: date) -> Iterable[Application]:
    """Housing cases that were applied for."""
    rows = HousingCase.objects.filter(person=person, withdrawn_on=None)
    for row in rows.order_by("-applied_on", "-pk"):
        if row.applied_on is None:
            continue
        state, after = "已申请", "等行政审核"
        if row.solved_on:
            state, after = f"{row.solved_on.isoformat()}已解决", ""
        elif row.checked_on:
            state, after = f"{row.checked_on.isoformat()}已审核", "接着公示、办理"
        yield Application(
            row.get_kind_display(), row.applied_on, ANSWERED if row.solved_on else WAITING, state, after,
            "benefits.HousingCase", str(row.uid),
        )  # fmt: skip
