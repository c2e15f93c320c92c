"""To-dos of the register: requests for correction that wait for an answer, applications, posts, people of groups that
ended, and rows that look like one person.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.urls import reverse

from zhijia.core.access import Access
from zhijia.core.feature_types import Reminder
from zhijia.members import admission_reminders, post_reminders, reorganisations
from zhijia.members.correction_records import ANSWER
from zhijia.members.corrections import ERASE, WAITING, CorrectionRequest
from zhijia.members.merging import finding
from zhijia.standards import numbers


def reminders(access: Access, today: date) -> Iterable[Reminder]:
    """One for each request that waits; what is asked for stands on its own page only. Then the rest."""
    rows = CorrectionRequest.objects.in_union(access.union).filter(state=WAITING).select_related("person")
    found = list(rows.defer("person__id_number", "person__phone").order_by("asked_on", "pk"))
    within = timedelta(days=numbers.value(access.union, ANSWER)) if found else timedelta()
    for row in found:
        text = f"核对{row.person}提出的{'删除' if row.about == ERASE else '更正'}请求"
        due = row.asked_on + within
        key, label = f"members.correction.{row.uid}", "members.CorrectionRequest"
        yield Reminder(key, text, due, "", "members.edit", label, str(row.uid))
    yield from admission_reminders.reminders(access, today)
    yield from post_reminders.reminders(access, today)
    if not access.may("members.edit"):
        return
    behind = reorganisations.left_behind(access.union, today).count()
    if behind:
        text = f"{behind}人还在已撤销的小组，给他们编入新的小组"
        yield Reminder("members.left_behind", text, today, reverse("members:reorganisation"), "members.edit")
    alike, latest = finding.waiting(access.union)
    if alike:  # whoever said "done" is asked again when somebody else is registered twice
        text = f"有{alike}对登记像是同一个人，请核对：合并，或记下不是同一个人"
        url = reverse("members:duplicates")
        yield Reminder(f"members.duplicates.{latest}", text, today, url, "members.edit")
