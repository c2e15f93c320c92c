"""What members puts on the first page: a group leader's own groups."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Count
from django.urls import reverse

from zhijia.core.access import Access
from zhijia.core.feature_types import HomeCard, HomeLine
from zhijia.members import led
from zhijia.members.models import Admission, Person

PERSON = "members.Person"


def home(access: Access, today: date) -> Iterable[HomeCard]:
    """For who is no member yet, the own application; for leaders, the groups led with how many members each has."""
    if access.may("members.apply"):
        yield _application(access)
    if not access.groups:
        return
    rows = Person.objects.in_union(access.union).members_on(today).filter(group_id__in=access.groups)
    rows = rows.order_by().values("group__name", "group__uid").annotate(number=Count("pk"))
    counted = list(rows.order_by("group__name"))
    only = access.reach(led.WHOLE) is not None and len(counted) == 1  # the list has no other rows: nothing to filter
    lines = tuple(
        HomeLine(
            row["group__name"],
            f"会员{row['number']}人",
            label=PERSON,
            asks=() if only else (("group", str(row["group__uid"])),),
        )
        for row in counted
    )
    yield HomeCard("我的小组", lines, empty="您的小组里还没有会员。")


def _application(access: Access) -> HomeCard:
    """How far the own application is, or that one can apply."""
    rows = Admission.objects.in_union(access.union).filter(person=access.person)
    last = rows.order_by("-applied_on", "-pk").first()
    url = reverse("members:apply")
    if last is None:
        line = HomeLine("申请入会", "现在就可以申请", "小组长签意见，委员会批准", url=url)
    else:
        day = f"{last.applied_on.isoformat()}申请"
        line = HomeLine("我的入会申请", str(last.get_state_display()), day, url=url)
    return HomeCard("入会", (line,), own=True)
