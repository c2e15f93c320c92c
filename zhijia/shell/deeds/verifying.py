"""The union's audit chain checked from the page, as long work; each check leaves a line: who, when, what was found."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from zhijia.core import audit
from zhijia.core.access import Access
from zhijia.core.models import AuditLine

VERB = "core.audit.verified"
_PLACES = 20  # so many breaks are named


def work(_arguments: dict[str, Any], *, by: Access, today: date, progress: Any) -> dict[str, Any]:
    """The job: walk the chain, then say in it what was found."""
    del today
    lines = audit.head_seq(by.union)
    breaks = audit.verify(by.union, progress)
    places = [[one.seq, one.what] for one in breaks[:_PLACES]]
    with transaction.atomic():
        changes = {"lines": lines, "breaks": len(breaks), "places": places}
        audit.record(union=by.union, by=by, verb=VERB, changes=changes)
    return {"breaks": len(breaks)}


def last(union: int) -> AuditLine | None:
    """The line of the latest check."""
    lines = AuditLine.objects.filter(union_id=union, verb=VERB, at__isnull=False).order_by("-seq")
    return lines.defer("previous", "hash").first()


def places(line: AuditLine) -> tuple[str, ...]:
    """Where the chain did not hold, in words."""
    found = line.changes.get("places") or []
    rest = int(line.changes.get("breaks", 0)) - len(found)
    told = [f"第{seq}行：{what}" if seq else str(what) for seq, what in found]
    return (*told, f"另有{rest}处") if rest > 0 else tuple(told)
