"""To-dos of the register: requests for correction that wait for an answer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from zhijia.core.access import Access
from zhijia.core.feature_types import Reminder
from zhijia.members.corrections import WAITING, CorrectionRequest

ANSWER_WITHIN = timedelta(days=15)  # the law says 及时; the number of days is custom [recall: unsure]


def reminders(access: Access, _today: date) -> Iterable[Reminder]:
    """One for each request that waits; what is asked for stands on its own page only."""
    rows = CorrectionRequest.objects.in_union(access.union).filter(state=WAITING).select_related("person")
    for row in rows.defer("person__id_number", "person__phone").order_by("asked_on", "pk"):
        text = f"核对{row.person}提出的更正请求"
        due = row.asked_on + ANSWER_WITHIN
        key, label = f"members.correction.{row.uid}", "members.CorrectionRequest"
        yield Reminder(key, text, due, "", "members.edit", label, str(row.uid))
