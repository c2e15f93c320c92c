"""What care tells of one person: visits, hardship aid paid, mutual aid; and the applications for aid."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from zhijia.care.models import AidCase, MutualAid, UpwardApplication, Visit
from zhijia.core.money import yuan
from zhijia.core.person_types import ANSWERED, TURNED_DOWN, WAITING, Application, TraceSet


def _visits(union: int) -> Any:
    return Visit.objects.in_union(union).filter(person__isnull=False)


def _aid(union: int) -> Any:
    return AidCase.objects.in_union(union).filter(person__isnull=False, paid_on__isnull=False)


def _mutual(union: int) -> Any:
    return MutualAid.objects.in_union(union)


TRACES = (
    TraceSet("走访慰问", _visits, "on", ("category", "goods"), "amount_fen"),
    TraceSet("困难补助", _aid, "paid_on", fen="amount_fen"),
    TraceSet("互助保障", _mutual, "enrolled_on", ("scheme",), "paid_fen"),
)


def applications(person: int, today: date) -> Iterable[Application]:
    """Aid cases and applications to the superior union; what the illness is stays where it is."""
    for case in AidCase.objects.filter(person=person, withdrawn_on=None).order_by("-applied_on", "-pk"):
        yield _case(case, today)
    for row in UpwardApplication.objects.filter(person=person, withdrawn_on=None).order_by("-applied_on", "-pk"):
        stands = {"applied": WAITING, "granted": ANSWERED}.get(row.state, TURNED_DOWN)
        after = f"等{row.superior or '上级工会'}批复" if stands == WAITING else ""
        granted = f"，批准{yuan(row.granted_fen)}元" if row.granted_fen else ""
        state = row.get_state_display() + granted
        yield Application(
            "向上级工会申请补助", row.applied_on, stands, state, after, "care.UpwardApplication", str(row.uid)
        )


def _case(case: AidCase, today: date) -> Application:
    stands, state, after = WAITING, "已申请", "等工会委员会研究"
    if case.paid_on:
        paid = f"，{yuan(case.amount_fen)}元" if case.amount_fen else ""
        stands, state, after = ANSWERED, f"{case.paid_on.isoformat()}已发放{paid}", ""
    elif case.closed_on:
        stands, state, after = TURNED_DOWN, "已办结，没有发放", "有疑问请问工会主席"
    elif case.notice_first and case.notice_first <= today and (case.notice_end is None or case.notice_end > today):
        state, after = "正在公示", "公示期满没有异议就发放"
    elif case.decided_on:
        state, after = "已研究", "接着公示、发放"
    return Application("困难补助", case.applied_on, stands, state, after, "care.AidCase", str(case.uid))
