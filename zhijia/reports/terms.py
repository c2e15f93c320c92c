"""Which term is reported on."""

from __future__ import annotations

from datetime import date

from zhijia.core.dates import chinese_number
from zhijia.core.feature_types import Scope
from zhijia.core.outcomes import Refused, Violation
from zhijia.reports.models import Draft
from zhijia.unions.models import Term


def current(union: int, today: date) -> Scope:
    """The term that runs, or the last one that began. Refused where none is recorded."""
    term = _term(union, today)
    if term is None:
        raise Refused([Violation("no_term", "还没有登记已经开始的届次", mend="请先在“届次”台账里登记")])
    return Scope(union, term.first, term.end, today, f"第{chinese_number(term.number)}届", term.number)


def drafted(union: int, today: date) -> bool:
    """Whether the report of that term is being drafted already; also where there is no term to report on."""
    term = _term(union, today)
    return term is None or Draft.objects.filter(union_id=union, term=term.number).exists()


def _term(union: int, today: date) -> Term | None:
    return Term.objects.in_union(union).filter(first__lte=today).order_by("-first").first()
