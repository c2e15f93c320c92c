"""One fact: its value, how it is made up, and the records behind it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from zhijia.core import evidence
from zhijia.core.facts import FactValue
from zhijia.core.feature_types import FactSpec, Scope, SingleSpec
from zhijia.core.guards import fresh, requires
from zhijia.core.money import yuan
from zhijia.core.pages.charts import Drawing
from zhijia.core.pages.parts import Action, Cell, FilterBar, Head, Pager, Row, Table
from zhijia.core.pages.workbook import workbook
from zhijia.shell import catalogue, figures, periods, usage
from zhijia.shell.kept import Kept, mark
from zhijia.shell.links import seen_urls, with_query
from zhijia.shell.overview import value
from zhijia.shell.periods import Asked

PAGE = 50
EXPORTED = 100_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Spec = FactSpec | SingleSpec
_drawn: Kept[tuple[Drawing | None, list[Drawing]]] = Kept(256)


@requires("shell.facts")
@require_safe
def fact_page(request: Any, key: str) -> HttpResponse:
    """Value, years, categories, last term, claims and sentences; for those who may see names, the records, paged."""
    spec, asked, part = _asked(request, key)
    state = mark(request.access.union)
    fact = value(spec, asked.scope, state)
    chart, parts = _drawn.get((key, asked.scope, asked.query, state), lambda: _draw(fact, asked))
    context = {
        "asked": asked, "fact": fact, "value": catalogue.shown(fact.value, fact.unit), "help": spec.help,
        "bar": FilterBar(request.path, asked.fields), "chart": chart, "parts": parts,
        "part": _part_words(spec, fact, part),
        "before": _before(spec, asked, state), "sentences": usage.sentences(key),
        "claims": [(claim.key, usage.words_of(claim)) for claim in usage.claims(key)],
        "whole": with_query(request.path, asked.query), "may_see": request.access.may("shell.records"),
    }  # fmt: skip
    if context["may_see"]:
        context |= _records(request, spec, asked, part)
    return render(request, "shell/fact.html", context, status=422 if asked.wrong else 200)


@requires("shell.records")
@fresh(file=True)
@require_safe
def fact_export(request: Any, key: str) -> HttpResponse:
    """The records behind a fact, or behind the part asked for, as an Excel file."""
    spec, asked, part = _asked(request, key)
    if asked.wrong:
        return HttpResponseRedirect(f"{reverse('shell:fact', args=[key])}?{request.GET.urlencode()}")
    heads = ("日期", "记录", _amount_head(spec), "做到")
    found = evidence.rows(spec, asked.scope, by=part, limit=EXPORTED)
    answer = HttpResponse(workbook(spec.label, heads, _lines(spec, found)), content_type=XLSX)
    answer.headers["Content-Disposition"] = f'attachment; filename="{key}.xlsx"'
    return answer


def _draw(fact: FactValue, asked: Asked) -> tuple[Drawing | None, list[Drawing]]:
    trend = figures.trend(fact, asked.scope, asked.query)
    return trend, figures.breakdowns(fact, asked.scope, asked.query)


def _asked(request: Any, key: str) -> tuple[Spec, Asked, dict[str, str]]:
    """The fact, the period and the part of it that the address asks for; 404 for what does not exist."""
    spec = catalogue.fact_spec(key)
    if spec is None:
        raise Http404("没有这个数据")
    asked = periods.asked(request.access, request.GET)
    return spec, asked, _part(request, spec, asked.scope)


def _part(request: Any, spec: Spec, scope: Scope) -> dict[str, str]:
    year, axis = request.GET.get("year", ""), request.GET.get("by", "")
    found: dict[str, str] = {}
    if year and isinstance(spec, FactSpec):
        if not year.isascii() or not year.isdigit() or int(year[:6]) not in scope.years:
            raise Http404("没有这一年")
        found["year"] = year
    if axis:
        if not isinstance(spec, FactSpec) or axis not in spec.rows.dims:
            raise Http404("没有这个分类")
        found[axis] = request.GET.get("code", "")
    return found


def _part_words(spec: Spec, fact: FactValue, part: dict[str, str]) -> str:
    """The part's name; with its own value where it is one year or one category, which the page's big figure is not."""
    words = [catalogue.code_label(spec, axis, code) for axis, code in part.items()]
    for axis, code in part.items() if len(part) == 1 else ():
        own = fact.by.get(axis, {}).get(code)
        words += [catalogue.shown(own, fact.unit)] if own is not None else []
    return "，".join(words)


def _before(spec: Spec, asked: Asked, state: bytes) -> tuple[str, str] | None:
    """The same fact of the term before: (its name, the value); None where nothing is on record of it."""
    if asked.before is None:
        return None
    fact = value(spec, asked.before, state)
    return (asked.before.label, catalogue.shown(fact.value, fact.unit)) if fact.evidence_count else None


def _records(request: Any, spec: Spec, asked: Asked, part: dict[str, str]) -> dict[str, Any]:
    found = evidence.queryset(spec, asked.scope, by=part)
    page = Paginator(range(found.order_by().count()), PAGE).get_page(request.GET.get("page"))
    listed = list(evidence.rows(spec, asked.scope, by=part, skip=(page.number - 1) * PAGE, limit=PAGE))
    urls = seen_urls(request.access, found.model, [row.uid for row in listed])
    rows = [
        Row(
            (
                Cell(
                    " · ".join(catalogue.record_words(spec, row)) or "（未命名）",
                    urls.get(row.uid, ""),
                ),
                Cell(row.on.isoformat() if row.on else "—"),
                Cell(_amount(spec, row) or "—", number=True),
                Cell({True: "是", False: "否"}.get(row.met, "—") if row.met is not None else "—"),
            )
        )
        for row in listed
    ]
    keep = [0, *(at for at in (1, 2, 3) if any(row.cells[at].text != "—" for row in rows))]
    heads = (Head("记录"), Head("日期"), Head(_amount_head(spec), number=True), Head("做到"))
    table = Table(tuple(heads[at] for at in keep), [Row(tuple(row.cells[at] for at in keep)) for row in rows])
    kept = [(name, value) for name, value in request.GET.items() if name != "page"]

    def turn(number: int) -> str:
        return f"{with_query(request.path, [*kept, ('page', str(number))])}#records"

    pager = Pager(
        turn(page.number - 1) if page.has_previous() else "",
        turn(page.number + 1) if page.has_next() else "",
        f"第{page.number}页，共{page.paginator.num_pages}页" if page.paginator.num_pages > 1 else "",
    )
    export = with_query(reverse("shell:fact_export", args=[spec.key]), kept)
    return {
        "table": table, "pager": pager, "count": page.paginator.count,
        "export": Action("导出这些记录（Excel）", export, "download") if rows else None,
    }  # fmt: skip


def _amount_head(spec: Spec) -> str:
    return "金额（元）" if catalogue.is_money(spec) else "数量"


def _amount(spec: Spec, row: evidence.Evidence) -> str:
    if row.fen is None:
        return ""
    return yuan(row.fen) if catalogue.is_money(spec) else str(row.fen)


def _lines(spec: Spec, found: Iterator[evidence.Evidence]) -> Iterator[tuple[str | int | float, ...]]:
    is_money = catalogue.is_money(spec)
    for row in found:
        amount: str | int | float = "" if row.fen is None else row.fen / 100 if is_money else row.fen
        met = "" if row.met is None else "是" if row.met else "否"
        yield row.on.isoformat() if row.on else "", " · ".join(catalogue.record_words(spec, row)), amount, met
