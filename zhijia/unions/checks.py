"""Checks R-ORG-03 and R-ORG-04: the legal length of a term, and terms that outlast it."""

from __future__ import annotations

from collections.abc import Iterable

from zhijia.core.dates import years_between
from zhijia.core.feature_types import CheckSpec, Finding, Scope
from zhijia.core.outcomes import REFUSE, UNCONFIRMED, WARN
from zhijia.unions import rules
from zhijia.unions.models import Term

LAW = "《工会法》第十六条"


def _terms(scope: Scope) -> Iterable[Term]:
    return Term.objects.in_union(scope.union).filter(first__lt=scope.until, end__gt=scope.first)


def term_length(scope: Scope) -> Iterable[Finding]:
    """R-ORG-03: a term lasts three or five years."""
    for term in _terms(scope):
        years = years_between(term.first, term.end)
        if years not in rules.LEGAL_YEARS:
            message = f"任期{years}年，法律规定三年或者五年"
            yield Finding("R-ORG-03", REFUSE, True, True, str(term), message, LAW, str(term.uid), term.first)


def overdue(scope: Scope) -> Iterable[Finding]:
    """R-ORG-04: a term that outlasts its years needs an approved extension of at most half a year."""
    for term in _terms(scope):
        days = rules.overdue_days(term.first, min(term.end, scope.until), term.legal_years)
        if days and not term.extension_doc:
            message = f"法定任期{term.legal_years}年满后已延期{days}天，没有上级工会的延期批复"
            yield Finding("R-ORG-04", WARN, True, True, str(term), message, "《中国工会章程》", str(term.uid), term.end)
        elif days > rules.EXTENSION_DAYS:
            message = f"法定任期{term.legal_years}年满后延期{days}天，超过半年"
            source = "换届延期惯例"  # half a year is remembered, not read: it asks to be confirmed
            yield Finding("R-ORG-04", UNCONFIRMED, True, True, str(term), message, source, str(term.uid), term.end)


CHECKS = (
    CheckSpec(
        "R-ORG-03", "任期三年或五年", term_length, "unions.Term", "核对届次的起止日期；任期有特殊批准的，登记批复文号"
    ),
    CheckSpec("R-ORG-04", "按期换届", overdue, "unions.Term", "尽快换届；经上级批准延期的，登记批复"),
)
