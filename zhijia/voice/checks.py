"""Checks R-VOI-01 to R-VOI-03: suggestions answered in time and with reasons, matters of rights settled."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import F, Q

from zhijia.core.feature_types import CheckSpec, Finding, Scope
from zhijia.core.outcomes import UNCONFIRMED
from zhijia.standards import numbers
from zhijia.standards.numbers import Number
from zhijia.voice import rules, terms
from zhijia.voice.models import RightsMatter, Suggestion

RIGHTS_RULE = "《工会法》第六条（维护职工合法权益）"


def _overdue(model: Any, scope: Scope, done: str, within: Number) -> Any:
    """Rows of the scope that were done after their `due_on`, or are not done though it has come."""
    rows = model.objects.in_union(scope.union).annotate(due_on=numbers.due(scope.union, within, "on"))
    late = Q(**{f"{done}__gt": F("due_on")})
    never = Q(**{f"{done}__isnull": True}, due_on__lte=scope.last)
    return rows.filter(late | never, on__gte=scope.first, on__lt=scope.until)


def answers(scope: Scope) -> Iterable[Finding]:
    """R-VOI-01: a suggestion is answered within the days that the union settled (usually three months)."""
    for row in _overdue(Suggestion, scope, "answered_on", terms.ANSWER):
        days = (row.due_on - row.on).days
        late = f"{(row.answered_on - row.on).days}天后才答复，超过{days}天" if row.answered_on else ""
        message = late or f"应于{row.due_on:%Y-%m-%d}前答复，至今没有答复"
        yield Finding("R-VOI-01", UNCONFIRMED, True, True, str(row), message, rules.ANSWER_RULE, str(row.uid), row.on)


def settlements(scope: Scope) -> Iterable[Finding]:
    """R-VOI-02: a matter of rights does not stay open for longer than the union settled (usually three months)."""
    for row in _overdue(RightsMatter, scope, "settled_on", terms.SETTLE).filter(settled_on=None):
        message = f"登记后超过{(row.due_on - row.on).days}天（{row.due_on:%Y-%m-%d}）仍没有办结"
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
    CheckSpec("R-VOI-01", "意见建议按时答复", answers, "voice.Suggestion", "尽快答复，并登记答复日期"),
    CheckSpec("R-VOI-02", "权益事项按时办结", settlements, "voice.RightsMatter", "尽快办结，或登记进展和原因"),
    CheckSpec("R-VOI-03", "未采纳的意见建议说明理由", reasons, "voice.Suggestion", "补写不采纳的理由，告知本人"),
)
