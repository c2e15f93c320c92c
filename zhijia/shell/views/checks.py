"""The inspector's list: everything that an inspection would find, with the way out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from zhijia.core.guards import fresh, requires
from zhijia.core.pages.parts import Action, Badge, Chip, Choice, Field, FilterBar, Pager
from zhijia.core.pages.workbook import workbook
from zhijia.shell import inspection
from zhijia.shell.inspection import Found
from zhijia.shell.links import with_query
from zhijia.shell.scopes import scope_or_404
from zhijia.shell.views.fact import PAGE, XLSX

NAMES = ("when", "level", "rule", "section", "q")
HEADS = ("日期", "类别", "规则", "记录", "问题", "当时和现在", "依据", "怎么改", "板块")
PRINTED = 2_000


@requires("shell.records")
@require_safe
def check_page(request: Any) -> HttpResponse:
    """The list, narrowed by what is asked for, 50 a page; with `all=1` on one page for the printer."""
    scope = scope_or_404(request.access)
    every = inspection.found(request.access, scope)
    asked = _asked(request)
    lines = _fitting(every, asked)
    whole = request.GET.get("all") == "1"
    page = Paginator(lines, PRINTED if whole else PAGE).get_page(request.GET.get("page"))
    kept = [(name, value) for name, value in asked.items() if value]

    def turn(number: int) -> str:
        return with_query(request.path, [*kept, ("page", str(number))])

    pager = Pager(
        turn(page.previous_page_number()) if page.has_previous() else "",
        turn(page.next_page_number()) if page.has_next() else "",
        f"第{page.number}页，共{page.paginator.num_pages}页" if page.paginator.num_pages > 1 else "",
    )
    badges = {code: Badge(word, tone) for code, word, tone in inspection.LEVELS}
    actions = (
        Action("导出Excel", with_query(reverse("shell:check_export"), kept), "download"),
        Action("全部列出（打印用）", with_query(request.path, [*kept, ("all", "1")]), "print"),
    )
    context = {
        "scope": scope, "bar": _bar(request, every, asked), "pager": pager, "count": len(lines), "actions": actions,
        "lines": [(line, badges[line.level]) for line in page], "whole": whole, "any": bool(every),
    }  # fmt: skip
    return render(request, "shell/check.html", context)


@requires("shell.records")
@fresh(file=True)
@require_safe
def check_export(request: Any) -> HttpResponse:
    """Exactly what is shown, as an Excel file."""
    scope = scope_or_404(request.access)
    words = {code: word for code, word, _tone in inspection.LEVELS}
    rows = [
        (
            line.on.isoformat() if line.on else "", words[line.level], line.ground, line.record,
            line.message, line.when, line.source, line.mend, line.section,
        )
        for line in _fitting(inspection.found(request.access, scope), _asked(request))
    ]  # fmt: skip
    answer = HttpResponse(workbook("检查清单", HEADS, rows), content_type=XLSX)
    answer.headers["Content-Disposition"] = 'attachment; filename="check.xlsx"'
    return answer


def _asked(request: Any) -> dict[str, str]:
    return {name: request.GET.get(name, "").strip() for name in NAMES}


def _fitting(every: Sequence[Found], asked: dict[str, str]) -> list[Found]:
    return [
        line
        for line in every
        if line.fits(
            when=asked["when"], level=asked["level"], rule=asked["rule"], section=asked["section"], wanted=asked["q"]
        )
    ]


def _bar(request: Any, every: Sequence[Found], asked: dict[str, str]) -> FilterBar:
    """The filters offer what is there, with how many of each."""
    levels = [(code, word) for code, word, _tone in inspection.LEVELS]
    rules = sorted({(line.rule, line.ground) for line in every if line.by_rule})
    sections = sorted({line.section for line in every})
    choices = {
        "when": [(code, word) for code, word in inspection.WHENS],
        "level": [
            (code, f"{word}（{sum(line.level == code for line in every)}）")
            for code, word in levels
            if any(line.level == code for line in every)
        ],
        "rule": rules,
        "section": [(section, section) for section in sections],
    }
    labels = {"when": "按哪时的规定", "level": "类别", "rule": "规则", "section": "板块"}
    fields = [
        Field(
            name, labels[name], "select", asked[name],
            choices=(Choice("", "全部", not asked[name]), *(Choice(*pair, pair[0] == asked[name]) for pair in pairs)),
        )
        for name, pairs in choices.items()
    ]  # fmt: skip
    chips = []
    for name, value in asked.items():
        if value:
            word = dict(choices.get(name, [])).get(value, value)
            others = [(other, one) for other, one in asked.items() if one and other != name]
            chips.append(Chip(word, with_query(request.path, others)))
    search = Field("q", "查找", "search", asked["q"], hint="人名、记录、规则")
    when, level, *more = fields
    return FilterBar(request.path, (search, when, level), tuple(more), tuple(chips))
