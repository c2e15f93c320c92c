"""The catalogue of facts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from zhijia.core.guards import requires
from zhijia.core.names import pinyin_key
from zhijia.core.pages.parts import Choice, Field, FilterBar
from zhijia.features import FEATURES
from zhijia.shell import catalogue, figures, hallway, overview, periods
from zhijia.shell.kept import Kept, mark
from zhijia.shell.links import fact_url
from zhijia.shell.periods import Asked

GROUND = "基本情况"
PLAIN = ("", "设置")  # rooms whose facts are nobody's field of work


@dataclass(frozen=True, slots=True)
class FactLine:
    """One fact in the catalogue."""

    key: str
    label: str
    value: str
    count: int
    url: str
    spark: SafeString


@requires("shell.facts")
@require_safe
def catalogue_page(request: Any) -> HttpResponse:
    """All facts of a term, a year or any period, by section; found by name, key or the initials of the name."""
    asked = periods.asked(request.access, request.GET)
    wanted, section = request.GET.get("q", "").strip(), request.GET.get("section", "")
    groups: dict[str, list[FactLine]] = {}
    for line in _drawn.get((asked.scope, asked.query, mark(asked.scope.union)), lambda: _lines(asked)):
        place = section_of(line.key)
        if fits(line, wanted) and section in ("", place):
            groups.setdefault(place, []).append(line)
    sections = tuple(Choice(name, name, name == section) for name in dict.fromkeys(_sections().values()))
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


_drawn: Kept[tuple[FactLine, ...]] = Kept(32)


def _lines(asked: Asked) -> tuple[FactLine, ...]:
    """Every fact of the scope with its small bars, in the order of the sections."""
    values = overview.values(asked.scope)
    return tuple(
        FactLine(
            fact.key, fact.label, catalogue.shown(fact.value, fact.unit), fact.evidence_count,
            fact_url(fact.key, period=asked.query), figures.spark(fact),
        )
        for fact in (values[key] for key in _sections())
    )  # fmt: skip


def fits(fact: FactLine, wanted: str) -> bool:
    """Whether the words asked for are in the fact's name or key, or begin the initials of a part of its name."""
    words = wanted.lower()
    return not words or words in fact.label.lower() or words in fact.key or words in _letters(fact.label)


@cache
def _letters(label: str) -> str:
    return pinyin_key(label)


@cache
def _sections() -> dict[str, str]:
    found = {
        spec.key: GROUND if feature.section in PLAIN else feature.section
        for feature in FEATURES
        for spec in feature.facts
    }
    order = [label for label, _word, _icon in hallway.SECTIONS] + [GROUND]
    return dict(sorted(found.items(), key=lambda pair: order.index(pair[1])))


def section_of(key: str) -> str:
    """The section of the navigation under which the fact's room stands."""
    return _sections().get(key, GROUND)
