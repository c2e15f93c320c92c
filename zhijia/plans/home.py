"""What plans puts on the first page: this year's items by state."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Q

from zhijia.core.access import Access
from zhijia.core.feature_types import HomeCard, HomeLine
from zhijia.plans.models import PlanItem

ITEM = "plans.PlanItem"


def home(access: Access, today: date) -> Iterable[HomeCard]:
    """How many items of the year are in each state, and how many of the open ones are overdue."""
    if not access.may("plans.edit"):
        return
    rows = PlanItem.objects.in_union(access.union).filter(year=today.year).order_by()
    late = Count("pk", filter=Q(due__lt=today, state=PlanItem.State.OPEN))
    found = {row["state"]: row for row in rows.values("state").annotate(number=Count("pk"), late=late)}
    total = sum(row["number"] for row in found.values())
    lines = tuple(
        HomeLine(
            str(state.label), f"{found[state]['number']}项",
            f"其中{found[state]['late']}项过期" if found[state]["late"] else "", ITEM,
            asks=(("year", str(today.year)), ("state", str(state.value))), used=found[state]["number"], full=total,
        )
        for state in PlanItem.State
        if state in found
    )  # fmt: skip
    yield HomeCard(
        f"{today.year}年计划", lines, label=ITEM, empty="今年的计划事项还没有登记。",
        start=((ITEM, "记计划事项", (("year", str(today.year)),)),),
    )  # fmt: skip
