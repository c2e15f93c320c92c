"""Checks R-ELE-06 and R-NOT-01: a notice stays up long enough and no objection is left open when it is over."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db.models import F

from zhijia.core.feature_types import CheckSpec, Finding, Scope
from zhijia.core.outcomes import REFUSE, WARN
from zhijia.notices import rules
from zhijia.notices.models import Notice
from zhijia.standards import services as standards
from zhijia.standards.rules import working_days_between

DAY = timedelta(days=1)


def _posted(scope: Scope) -> Any:
    rows = Notice.objects.in_union(scope.union).filter(posted_on__gte=scope.first, posted_on__lt=scope.until)
    return rows.order_by("posted_on", "pk")


def _finding(notice: Notice, message: str) -> Finding:
    """Candidates' notices answer to the election regulation of 2016; the others to custom, which only warns."""
    kind, on = notice.kind, notice.posted_on
    if kind == Notice.Kind.CANDIDATES:
        fixed = rules.fixed_by_rule(kind, on)
        return Finding(
            "R-ELE-06", REFUSE, fixed, True, notice.title, message, rules.ELECTION_RULES, str(notice.uid), on
        )
    return Finding("R-NOT-01", WARN, True, True, notice.title, message, rules.CUSTOM, str(notice.uid), on)


def _period(notices: Any, scope: Scope) -> Iterable[Finding]:
    """Notices that were up for fewer working days than their kind needs, by the union's own working-day calendar."""
    exceptions = standards.calendar(scope.union)
    for notice in notices:
        least = rules.least_days(notice.kind)
        if not least:
            continue
        if notice.end is None:
            yield _finding(notice, f"没有登记截止日期，看不出是否公示满{least}个工作日")
            continue
        days = working_days_between(notice.posted_on, notice.end - DAY, exceptions)
        if days < least:
            yield _finding(notice, f"只公示了{days}个工作日，应当不少于{least}个工作日")


def _open_objections(notices: Any, scope: Scope) -> Iterable[Finding]:
    """Notices that are over while an objection has had no answer."""
    for notice in notices.filter(end__lte=scope.until, objections__gt=F("answered")):
        message = f"收到异议{notice.objections}件，已答复{notice.answered}件，公示结束时仍有异议没有答复"
        yield _finding(notice, message)


def candidates(scope: Scope) -> Iterable[Finding]:
    """R-ELE-06: candidates are posted for at least five working days, and no objection stays open."""
    notices = _posted(scope).filter(kind=Notice.Kind.CANDIDATES)
    yield from _period(notices, scope)
    yield from _open_objections(notices, scope)


def customary(scope: Scope) -> Iterable[Finding]:
    """R-NOT-01: the other notices keep the customary period, and no objection stays open."""
    notices = _posted(scope).exclude(kind=Notice.Kind.CANDIDATES)
    yield from _period(notices, scope)
    yield from _open_objections(notices, scope)


CHECKS = (
    CheckSpec(
        "R-ELE-06", "候选人公示满五个工作日、异议已处理", candidates, "notices.Notice", "延长公示，或补登异议的答复"
    ),
    CheckSpec("R-NOT-01", "公示期限和异议处理", customary, "notices.Notice", "核对公示起止日期和异议答复"),
)
