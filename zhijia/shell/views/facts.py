"""Facts, and the records behind each."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from zhijia.core import evidence, facts
from zhijia.core.feature_types import FactSpec, Scope
from zhijia.core.guards import requires
from zhijia.core.money import yuan
from zhijia.shell import catalogue
from zhijia.shell.scopes import scope_or_404

PAGE = 50


@requires("shell.facts")
@require_safe
def catalogue_page(request: Any) -> HttpResponse:
    """All facts of the current term."""
    scope = scope_or_404(request.access)
    rows = [
        {
            "key": fact.key,
            "label": fact.label,
            "value": catalogue.shown(fact.value, fact.unit),
            "count": fact.evidence_count,
        }
        for fact in catalogue.measured(scope).values()
    ]
    return render(request, "shell/facts.html", {"scope": scope, "rows": rows})


@requires("shell.facts")
@require_safe
def fact_page(request: Any, key: str) -> HttpResponse:
    """One fact: its value, by year and category, and (for those who may see names) its records, 50 a page."""
    spec = catalogue.fact_spec(key)
    if spec is None:
        raise Http404("没有这个数据")
    scope = scope_or_404(request.access)
    fact = facts.compute([spec], scope)[key]
    year = _year(request, scope) if isinstance(spec, FactSpec) else None
    parts = [
        (
            "按年份" if axis == "year" else "按分类",
            axis == "year",
            [
                (catalogue.code_label(spec, axis, code), code, catalogue.shown(value, fact.unit))
                for code, value in codes.items()
            ],
        )
        for axis, codes in fact.by.items()
    ]
    context = {
        "scope": scope, "fact": fact, "value": catalogue.shown(fact.value, fact.unit), "parts": parts, "year": year,
        "help": spec.help,
    }  # fmt: skip
    if request.access.may("shell.records"):
        context |= _records(request, spec, scope, year)
    return render(request, "shell/fact.html", context)


def _year(request: Any, scope: Scope) -> int | None:
    """The year asked for, if it lies in the scope; anything else is a page that does not exist."""
    text = request.GET.get("year", "")
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or int(text[:6]) not in scope.years:
        raise Http404("没有这一年")
    return int(text)


def _records(request: Any, spec: Any, scope: Scope, year: int | None) -> dict[str, Any]:
    found = evidence.queryset(spec, scope, year=year)
    pages = Paginator(range(found.count()), PAGE)
    page = pages.get_page(request.GET.get("page"))
    first = (page.number - 1) * PAGE
    is_money = catalogue.is_money(spec)
    listed = list(evidence.rows(spec, scope, year=year, limit=first + PAGE))[first:]
    rows = [
        {
            "on": row.on,
            "words": catalogue.record_words(spec, row),
            "amount": "" if row.fen is None else yuan(row.fen) if is_money else str(row.fen),
            "met": "" if row.met is None else "是" if row.met else "否",
        }
        for row in listed
    ]
    return {"records": rows, "page": page, "is_money": is_money, "may_see": True}
