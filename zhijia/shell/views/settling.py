"""Numbers that no law fixes: what holds, who stands behind it, and settling each of them."""

from __future__ import annotations

import itertools
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from zhijia.core.dates import DateError, chinese_date, parse_date
from zhijia.core.guards import requires
from zhijia.core.outcomes import Place, Refused, Violation
from zhijia.core.pages.parts import DONE, DUE, INFO, Badge, Cell, Field, Head, Row, Table
from zhijia.core.pages.reading import message, whole_number
from zhijia.shell import settling
from zhijia.standards.numbers import Number, Settled

_HEADS = (Head("事项"), Head("数", number=True), Head("状态"), Head("依据"), Head("谁确认的"))
_OPEN = (Head("事项"), Head("通常的数", number=True), Head("依据"))


@requires("shell.erase")
@require_http_methods(["GET", "HEAD", "POST"])
def numbers_page(request: Any) -> HttpResponse:
    """All numbers with their sources; POST confirms those that are ticked as they are usual, by one meeting."""
    access = request.access
    problems: tuple[Violation, ...] = ()
    ticked, source = set(request.POST.getlist("key")), request.POST.get("source", "").strip()
    if request.method == "POST":
        try:
            chosen = [number for key, number in settling.ALL.items() if key in ticked]
            count = settling.confirm(chosen, source, by=access, today=access.on)
        except Refused as refused:
            problems = refused.violations
        else:
            messages.success(request, f"已确认{count}项，记在{access.name}名下；以后要改，点开那一项。")
            return HttpResponseRedirect(reverse("shell:numbers"), status=303)
    held = {one.about.key: one for one in settling.every(access.union)}
    parts = [(title, [held[number.key] for number in part]) for title, part in settling.PARTS]
    wrong = tuple(message(one) for one in problems if one.place.column == "source")
    context = {
        "open": [
            (title, Table(_OPEN, [_open(one, ticked) for one in part if not one.confirmed], "", "key", "confirm"))
            for title, part in parts if not all(one.confirmed for one in part)
        ],
        "parts": [
            (title, Table(_HEADS, [_row(one) for one in part if one.confirmed]))
            for title, part in parts if any(one.confirmed for one in part)
        ],
        "waiting": sum(not one.confirmed for one in held.values()),
        "by": access.name,
        "field": Field("source", "哪次会议或哪份文件定的", value=source, required=True, errors=wrong,
                       hint="2026年第8次委员会会议"),
        "problems": tuple(one for one in problems if one.place.column != "source"),
    }  # fmt: skip
    return render(request, "shell/numbers.html", context, status=422 if problems else 200)


def _open(one: Settled, ticked: set[str]) -> Row:
    about = one.about
    name = Cell(about.title, reverse("shell:number", args=[about.key]))
    cells = (name, Cell(f"{one.number}{about.unit}", number=True), Cell(one.source))
    return Row(cells, key=about.key, ticked=about.key in ticked)


def _state(one: Settled) -> Badge:
    if one.about.by_law:
        return Badge("法规规定", INFO)
    return Badge("已确认", DONE) if one.confirmed else Badge("待确认", DUE)


def _row(one: Settled) -> Row:
    url = "" if one.about.by_law else reverse("shell:number", args=[one.about.key])
    who = f"{one.confirmed_by}，{one.confirmed_on.isoformat()}" if one.confirmed_on else "—"
    number = f"{one.number}{one.about.unit}"
    return Row(
        (Cell(one.about.title, url), Cell(number, number=True), Cell(badge=_state(one)), Cell(one.source), Cell(who))
    )


def _day(text: str, today: date) -> tuple[date | None, list[Violation]]:
    """The day that was typed, and what is wrong with it."""
    if not text:
        return None, []
    try:
        return parse_date(text, today), []
    except DateError as error:
        return None, [Violation("first", str(error), place=Place(column="first"), mend="如 2026-11-20")]


def _before(union: int, about: Number) -> list[str]:
    """The numbers that held earlier, in words, latest first."""
    every = settling.history(union, about)
    lines = []
    for one, later in itertools.pairwise(every):
        since = f"从{chinese_date(one.first)}起" if one.first else ""
        until = f"到{chinese_date(later.first)}前" if later.first else ""
        lines.append(f"{since}{until}：{one.number}{about.unit}，{one.source}（{one.confirmed_by}）")
    if every and every[0].first:
        lines.insert(0, f"{chinese_date(every[0].first)}以前：{about.usual}{about.unit}（通常的数，没有人确认）")
    return lines[::-1]


@requires("shell.erase")
@require_http_methods(["GET", "HEAD", "POST"])
def number_page(request: Any, key: str) -> HttpResponse:
    """One number: confirm it as it is, or change it; the source and the name stand beside it from then on."""
    access = request.access
    about = settling.ALL.get(key)
    if about is None or about.by_law:
        raise Http404("没有这一项，或是法规规定的")
    now = next(one for one in settling.every(access.union) if one.about is about)
    problems: tuple[Violation, ...] = ()
    texts = {
        "number": str(now.number), "source": now.source if now.confirmed else "",
        "first": now.first.isoformat() if now.first else "",
    }  # fmt: skip
    version = now.version
    if request.method == "POST":
        texts = {name: request.POST.get(name, "").strip() for name in texts}
        typed = request.POST.get("version", "")
        version = whole_number(typed, 8) or 0
        count = whole_number(texts["number"])
        first, wrong_day = _day(texts["first"], access.on)
        try:
            settling.settle(
                about, count, texts["source"], first=first, known=wrong_day, version=version, by=access,
                today=access.on,
            )  # fmt: skip
        except Refused as refused:
            problems = refused.violations
        else:
            messages.success(request, f"已确认：{about.title}，{count}{about.unit}。从现在起按这个数算。")
            return HttpResponseRedirect(reverse("shell:numbers"), status=303)
    wrong = {name: tuple(message(one) for one in problems if one.place.column == name) for name in texts}
    fields = (
        Field("number", f"数（{about.unit}）", "number", texts["number"], required=True, errors=wrong["number"],
              help=f"通常是{about.usual}{about.unit}"),
        Field("source", "依据", value=texts["source"], required=True, errors=wrong["source"],
              hint="2026年第8次委员会会议", help="哪次会议或哪份文件定的"),
        Field("first", "从哪天起", "date", texts["first"], errors=wrong["first"],
              help="这一天以前的事仍按原来的数算；不填，就是以前的事也按这个数算"),
    )  # fmt: skip
    context = {
        "about": about, "part": settling.part_of(about), "now": now, "badges": [_state(now)],
        "before": _before(access.union, about),
        "fields": fields, "version": version, "by": access.name,
        "problems": tuple(one for one in problems if one.place.column not in wrong),
    }  # fmt: skip
    return render(request, "shell/number.html", context, status=422 if problems else 200)
