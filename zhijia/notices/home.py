"""What notices puts on the first page: notices that take objections."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.urls import reverse

from zhijia.core.access import Access
from zhijia.core.feature_types import HomeCard, HomeLine
from zhijia.notices.models import Notice

_SHOWN = 5


def home(access: Access, today: date) -> Iterable[HomeCard]:
    """Open notices, the one that ends first on top; nothing where none is open."""
    if not access.may("notices.read"):
        return
    rows = Notice.objects.in_union(access.union).filter(posted_on__lte=today, end__gt=today).order_by("end", "pk")
    lines = []
    for notice in rows[:_SHOWN]:
        assert notice.end is not None
        last = notice.end - timedelta(days=1)
        url = reverse("notices:notice", args=[notice.uid])
        lines.append(HomeLine(notice.title, f"到{last.isoformat()}", "有不同意见可以提出", url=url))
    yield HomeCard("正在公示", tuple(lines), own=True)
