"""Checks R-VOI-01 to R-VOI-03: suggestions answered in time and with reasons, matters of rights settled."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import F, Q

from zhijia.core.feature_types import CheckSpec, Finding, Scope
from zhijia.core.outcomes import UNCONFIRMED
from zhijia.voice import rules
from zhijia.voice.models import RightsMatter, Suggestion

RIGHTS_RULE = "《工会法》第六条（维护职工合法权益）"


def _overdue(rows: Any, scope: Scope, done: str, within: timedelta) -> Iterable[tuple[Any, date, bool]]:
    """Rows of the scope that were done after their time, or are not done though it is over: (row, due, done late)."""
    found = rows.filter(on__gte=scope.first, on__lt=scope.until)
    late = Q(**{f"{done}__gt": F("on") + within})
    never = Q(**{f"{done}__isnull": True}, on__lte=scope.last - within)
    for row in found.filter(late | never):
        yield row, row.on + within, getattr(row, done) is not None


def answers(scope: Scope) -> Iterable[Finding]:
    """R-VOI-01: a suggestion is answered within three months [recall: unsure, so 待确认]."""
    rows = Suggestion.objects.in_union(scope.union)
    for row, due, done in _overdue(rows, scope, "answered_on", rules.ANSWER_WITHIN):
        late = f"{(row.answered_on - row.on).days}天后才答复，超过三个月" if done else ""
        message = late or f"应于{due:%Y-%m-%d}前答复，至今没有答复"
        yield Finding("R-VOI-01", UNCONFIRMED, True, True, str(row), message, rules.ANSWER_RULE, str(row.uid), row.on)


def settlements(scope: Scope) -> Iterable[Finding]:
    """R-VOI-02: a matter of rights does not stay open for more than three months without being settled [custom]."""
    rows = RightsMatter.objects.in_union(scope.union).filter(settled_on=None)
    for row, due, _done in _overdue(rows, scope, "settled_on", rules.SETTLE_WITHIN):
        message = f"登记后超过三个月（{due:%Y-%m-%d}）仍没有办结"
        yield Finding("R-VOI-02", UNCONFIRMED, True, True, row.matter, message, RIGHTS_RULE, str(row.uid), row.on)


def reasons(scope: Scope) -> Iterable[Finding]:
    """R-VOI-03: a suggestion that is not taken up is answered with the reason, as 提案 rules ask."""
    rows = Suggestion.objects.in_union(scope.union).filter(
        adopted=False, answered_on__isnull=False, answer="", on__gte=scope.first, on__lt=scope.until
    )
    for row in rows:
        message = "没有采纳，也没有写明答复理由"
        yield Finding("R-VOI-03", UNCONFIRMED, True, True, str(row), message, rules.ANSWER_RULE, str(row.uid), row.on)


CHECKS = (
    CheckSpec("R-VOI-01", "意见建议三个月内答复", answers, "voice.Suggestion", "尽快答复，并登记答复日期"),
    CheckSpec("R-VOI-02", "权益事项三个月内办结", settlements, "voice.RightsMatter", "尽快办结，或登记进展和原因"),
    CheckSpec("R-VOI-03", "未采纳的意见建议说明理由", reasons, "voice.Suggestion", "补写不采纳的理由，告知本人"),
)
