"""What is still open with a person: who is being helped can not be erased."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from zhijia.care.models import AidCase, UpwardApplication


def ties(person: int, today: date) -> Iterable[str]:
    """Aid cases that are not closed or whose notice runs, and applications upward without an answer."""
    cases = AidCase.objects.filter(person=person, withdrawn_on=None)
    days = cases.values_list("notice_first", "notice_end", "closed_on")
    shown = [first is not None and first <= today and (end is None or end > today) for first, end, _closed in days]
    if any(shown):
        yield f"有{sum(shown)}件困难补助正在公示"
    waiting = [closed is None and not now for (_first, _end, closed), now in zip(days, shown, strict=True)]
    if any(waiting):
        yield f"有{sum(waiting)}件困难补助没有办结"
    upward = UpwardApplication.objects.filter(person=person, withdrawn_on=None, state="applied")
    if count := upward.count():
        yield f"有{count}件向上级的申请还没有批复"
