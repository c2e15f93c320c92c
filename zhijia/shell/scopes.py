"""What is asked about: the current term unless another term or a year is named."""

from __future__ import annotations

from datetime import date

from django.http import Http404

from zhijia.core.access import Access
from zhijia.core.dates import chinese_number, ordinal
from zhijia.core.feature_types import Scope
from zhijia.core.outcomes import Refused, Violation
from zhijia.unions.models import Term


def term_scope(union: int, today: date, number: int | None = None) -> Scope:
    """The term with the number, or the latest one that has begun. Refused where there is none."""
    terms = Term.objects.in_union(union).order_by("-first")
    term = (terms.filter(number=number) if number is not None else terms.filter(first__lte=today)).first()
    if term is None:
        message = f"没有登记第{chinese_number(number)}届" if number is not None else "还没有登记已经开始的届次"
        raise Refused([Violation("no_term", message, mend="请在台账的“届次”表里填写后导入")])
    if term.first > today:
        raise Refused([Violation("future", f"第{chinese_number(term.number)}届还没有开始", mend="请换一届")])
    return Scope(union, term.first, term.end, today, f"第{chinese_number(term.number)}届", term.number)


def year_scope(union: int, today: date, year: int) -> Scope:
    """One calendar year; a year that has not begun, or before 1900, is refused."""
    if not 1900 <= year <= today.year:
        raise Refused([Violation("year", f"{year}年不能统计", mend=f"请填1900至{today.year}之间的年份")])
    return Scope(union, date(year, 1, 1), date(year + 1, 1, 1), today, f"{year}年")


def scope_for(union: int, today: date, *, term: int | None = None, year: int | None = None) -> Scope:
    """The year if one is named, else the term named, else the current term."""
    return year_scope(union, today, year) if year is not None else term_scope(union, today, term)


def scope_or_404(access: Access, known: Term | None = None) -> Scope:
    """The current term of the union of whoever asks for a page; a union without one answers 404 with the reason.

    `known` is that term where it was read already.
    """
    if known is not None:
        return Scope(access.union, known.first, known.end, access.on, ordinal(known.number), known.number)
    try:
        return term_scope(access.union, access.on)
    except Refused as refused:
        raise Http404(str(refused)) from None
