"""To-dos about the personnel list: one that lies half reviewed, and the next one when the last is long ago."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone

from zhijia.core.access import Access
from zhijia.core.dates import add_months, chinese_date
from zhijia.core.feature_types import Reminder
from zhijia.core.models import AuditLine
from zhijia.shell.rosters import keeping
from zhijia.shell.rosters.reviewing import SYNC
from zhijia.standards import numbers

PERMISSION = "shell.roster"


def due(access: Access, today: date) -> Iterable[Reminder]:
    """The next comparison, for a union that has compared before: months after the last, as it settled. Two queries."""
    if not access.may(PERMISSION):
        return
    lines = AuditLine.objects.filter(union_id=access.union, verb=SYNC.applied).order_by("-seq")
    at = lines.values_list("at", flat=True).first()
    if at is None:
        return
    last = timezone.localdate(at)
    when = add_months(last, numbers.value(access.union, SYNC.every))
    if when <= today:
        text = f"上次核对人事名册是{chinese_date(last)}，请向人事部门要一份新的来核对"
        yield Reminder(f"shell.roster.due.{last.isoformat()}", text, when, reverse("shell:rosters"), PERMISSION)


def unfinished(access: Access) -> Iterable[Reminder]:
    """The person's own lists under review; of nobody else's is anything known. They go on the day that is due."""
    if not access.may(PERMISSION) or access.user is None:
        return
    for roster in keeping.mine(access):
        gone = date.fromisoformat(roster.sent_on) + timedelta(days=keeping.KEEP_DAYS)
        text = f"人事名册“{roster.name}”还没有核对完，{chinese_date(gone)}以后自动删除"
        url = reverse("shell:roster", args=[roster.uid])
        yield Reminder(f"shell.roster.{roster.uid}", text, gone, url, PERMISSION)
