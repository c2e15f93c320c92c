"""What benefits puts on the first page: the lists of the entitled on which one stands."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from zhijia.benefits.models import Entitlement
from zhijia.core.access import Access
from zhijia.core.feature_types import HomeCard, HomeLine

_SHOWN = 8


def home(access: Access, today: date) -> Iterable[HomeCard]:
    """What one is entitled to by the lists on record, with the basis."""
    if access.person is None:
        return
    rows = Entitlement.objects.in_union(access.union).filter(person_id=access.person, listed_on__lte=today)
    lines = tuple(
        HomeLine(
            row.get_matter_display(), f"{row.listed_on.isoformat()}列入名单",
            f"依据：{row.basis}" if row.basis else f"{row.listed_by}提供" if row.listed_by else "",
        )
        for row in rows.order_by("-listed_on", "pk")[:_SHOWN]
    )  # fmt: skip
    yield HomeCard("我在享受名单上", lines, own=True)
