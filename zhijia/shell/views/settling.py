"""Numbers that no law fixes: what holds, who stands behind it, and settling each of them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from zhijia.core.guards import requires
from zhijia.core.outcomes import Refused, Violation
from zhijia.core.pages.parts import DONE, DUE, INFO, Badge, Cell, Field, Head, Row, Table
from zhijia.core.pages.reading import message
from zhijia.shell import settling
from zhijia.standards.numbers import Settled

_HEADS = (Head("事项"), Head("数", number=True), Head("状态"), Head("依据"), Head("谁确认的"))


@requires("shell.erase")
@require_safe
def numbers_page(request: Any) -> HttpResponse:
    """All numbers with their sources; those that nobody confirmed are marked."""
    held = {one.about.key: one for one in settling.every(request.access.union)}
    parts = [(title, Table(_HEADS, [_row(held[number.key]) for number in part])) for title, part in settling.PARTS]
    context = {"parts": parts, "waiting": sum(not one.confirmed for one in held.values())}
    return render(request, "shell/numbers.html", context)


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
    texts = {"number": str(now.number), "source": now.source if now.confirmed else ""}
    version = now.version
    if request.method == "POST":
        texts = {name: request.POST.get(name, "").strip() for name in texts}
        typed = request.POST.get("version", "")
        version = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else 0
        count = int(texts["number"]) if texts["number"].isascii() and texts["number"].isdigit() else None
        try:
            settling.settle(about, count, texts["source"], version=version, by=access, today=access.on)
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
    )  # fmt: skip
    context = {
        "about": about, "now": now, "badges": [_state(now)], "fields": fields, "version": version, "by": access.name,
        "problems": tuple(one for one in problems if one.place.column not in wrong),
    }  # fmt: skip
    return render(request, "shell/number.html", context, status=422 if problems else 200)
