"""To-dos about joining: who waits for the group's remark, who for the committee, and newcomers who have not applied."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from django.urls import reverse

from zhijia.core.access import Access
from zhijia.core.conditions import holds
from zhijia.core.feature_types import Reminder
from zhijia.members import joining
from zhijia.members.models import Admission, Post
from zhijia.standards import numbers

LED, EDIT = "members.led", "members.edit"
State = Admission.State


def reminders(access: Access, today: date) -> Iterable[Reminder]:
    """For leaders the applications of their own groups; for the office those that no leader can remark on, those that
    the committee has to decide, and newcomers who have not applied. Five queries at most, one for a leader.
    """
    office = access.may(EDIT)
    if not office and not access.groups:
        return
    rows = list(joining.waiting(access.union).defer("person__id_number", "person__phone"))
    fresh = [row for row in rows if row.state == State.APPLIED]
    for row in fresh:
        if row.person.group_id in access.groups:
            yield _of_one(row, f"{row.person.name}申请入会，请签小组意见", today, LED)
    if not office:
        return
    led = _led(access.union, today) if fresh else set()
    for row in fresh:
        if row.person.group_id not in led:
            yield _of_one(row, f"{row.person.name}申请入会，没有小组长可签意见，请代签", today, EDIT)
    ripe = [row for row in rows if row.state == State.REMARKED]
    if ripe:  # whoever said "done" is asked again when the next one comes
        text = f"{len(ripe)}份入会申请等委员会批准：{_names([row.person.name for row in ripe])}"
        key = f"members.decide.{max(row.pk for row in ripe)}"
        yield Reminder(key, text, today, reverse("members:admissions"), EDIT)
    yield from _newcomers(access, today)


def _of_one(row: Admission, text: str, today: date, permission: str) -> Reminder:
    return Reminder(
        f"members.remark.{row.uid}", text, today, reverse("members:admission", args=[row.uid]), permission
    )  # fmt: skip


def _newcomers(access: Access, today: date) -> Iterable[Reminder]:
    """By when the first of those who have not applied is to be a member."""
    found = [one for one in joining.newcomers(access.union, today) if not one.under_way]
    if found:
        first = found[0].newcomer.arrived_on + timedelta(days=numbers.value(access.union, joining.ADMIT))
        text = f"{len(found)}名新进人员还没有申请入会：{_names([one.newcomer.name for one in found])}"
        key = f"members.newcomers.{max(one.newcomer.pk for one in found)}"
        yield Reminder(key, text, first, reverse("members:admissions"), EDIT)


def _led(union: int, today: date) -> set[int | None]:
    """The groups that have a leader on the day."""
    leaders = Post.objects.in_union(union).filter(holds(today), office=Post.Office.GROUP_LEADER)
    return set(leaders.values_list("group_id", flat=True))


def _names(names: Sequence[str]) -> str:
    return "、".join(names[:3]) + ("等" if len(names) > 3 else "")
