"""What members puts on the first page: a group leader's own groups."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Count

from zhijia.core.access import Access
from zhijia.core.feature_types import HomeCard, HomeLine
from zhijia.members.models import Person

PERSON = "members.Person"


def home(access: Access, today: date) -> Iterable[HomeCard]:
    """The groups led, with how many members each has today."""
    if not access.groups:
        return
    rows = Person.objects.in_union(access.union).members_on(today).filter(group_id__in=access.groups)
    counted = rows.order_by().values("group__name", "group__uid").annotate(number=Count("pk")).order_by("group__name")
    lines = tuple(
        HomeLine(row["group__name"], f"会员{row['number']}人", label=PERSON, asks=(("group", str(row["group__uid"])),))
        for row in counted
    )
    yield HomeCard("我的小组", lines, empty="您的小组里还没有会员。")
