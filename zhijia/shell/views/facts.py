"""The catalogue of facts."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from zhijia.core.guards import requires
from zhijia.core.pages.parts import Choice, Field, FilterBar
from zhijia.shell import fact_lines, periods


@requires("shell.facts")
@require_safe
def catalogue_page(request: Any) -> HttpResponse:
    """All facts of a term, a year or any period, by section; found by name, key or the initials of the name."""
    asked = periods.asked(request.access, request.GET)
    wanted, section = request.GET.get("q", "").strip(), request.GET.get("section", "")
    groups: dict[str, list[fact_lines.FactLine]] = {}
    for line in fact_lines.lines(asked):
        place = fact_lines.section_of(line.key)
        if fact_lines.fits(line, wanted) and section in ("", place):
            groups.setdefault(place, []).append(line)
    sections = tuple(Choice(name, name, name == section) for name in fact_lines.sections())
    bar = FilterBar(
        request.path,
        (
            Field("q", "查找", "search", wanted, hint="名称、拼音首字母，如 zfrc"),
            Field("section", "板块", "select", section, choices=(Choice("", "全部", not section), *sections)),
            *asked.fields,
        ),
    )
    context = {
        "asked": asked, "bar": bar, "groups": groups.items(), "count": sum(map(len, groups.values())), "wanted": wanted,
    }  # fmt: skip
    return render(request, "shell/facts.html", context, status=422 if asked.wrong else 200)
