"""What activities puts on the first page: the activities that one took part in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from zhijia.activities.models import Participation
from zhijia.core.access import Access
from zhijia.core.feature_types import HomeCard, HomeLine

_SHOWN = 5


def home(access: Access, today: date) -> Iterable[HomeCard]:
    """The latest activities on whose lists one stands as present."""
    if access.person is None:
        return
    rows = Participation.objects.in_union(access.union).filter(
        person_id=access.person, present=True, activity__withdrawn_on=None, activity__on__lte=today
    )
    rows = rows.select_related("activity").order_by("-activity__on", "-pk")
    lines = tuple(
        HomeLine(
            row.activity.title, row.activity.on.isoformat(), row.activity.get_kind_display(),
            "activities.Activity" if access.may("activities.view") else "", str(row.activity.uid),
        )
        for row in rows[:_SHOWN]
    )  # fmt: skip
    yield HomeCard("我参加过的活动", lines, own=True)
