"""Registers as lists: filter, sort, choose columns, export and print exactly what is shown, act on many rows."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhijia.core.guards import fresh, requires
from zhijia.core.outcomes import Refused
from zhijia.core.pages import asking, listing
from zhijia.core.pages.parts import Action
from zhijia.core.pages.words import NUMBERS, is_secret
from zhijia.core.pages.workbook import workbook
from zhijia.shell import many, register_list
from zhijia.shell.registers import Register, opened
from zhijia.unions.models import Union

PRINTED = 5_000  # rows that one may print: a hundred pages and more


@requires("shell.home")
@require_safe
def register_page(request: Any, room: str, kind: str) -> HttpResponse:
    """One page of a register."""
    register = opened(request.access, room, kind)
    page = register_list.build(register, request.access, request.GET)
    more = [Action("导出Excel（按所见）", f"{register.url('export')}?{page.query}", "download")]
    more.append(Action("打印", f"{register.url('print')}?{page.query}", "print"))
    more.append(Action("打印签收表", f"{register.url('print')}?{page.query}&sign=1", "edit"))
    # The union's own row is one: it is changed, never added to.
    may_add = register.may_edit(request.access) and bool(register.sheet.records.tenant)
    new = Action(f"新增{register.sheet.name}", register.url("new"), "plus") if may_add else None
    context = {"page": page, "register": register, "more": more, "new": new, "may_edit": may_add}
    context |= {
        "changeable": register.may_edit_all(request.access), "register_url": register.url(),
        "bulk_url": register.url("bulk"), "keep_url": register.url("keep"),
    }  # fmt: skip
    return render(request, "shell/list.html", context)


@requires("shell.home")
@fresh(file=True)
@require_safe
def export(request: Any, room: str, kind: str) -> HttpResponse:
    """The list as an Excel file: the chosen columns and rows as the page shows them, secrets no further than there."""
    register = opened(request.access, room, kind)
    columns = asking.asked(register.sheet, request.GET).columns

    def lines() -> Any:
        every = listing.everything(register.sheet, _base(register, request), request.GET, today=request.access.on)
        for words in every:
            for row in words.rows:
                yield [_number(words, row, column) for column in columns]

    data = workbook(register.sheet.name, [column.header for column in columns], lines())
    many.note_export(register, columns=[column.field for column in columns], by=request.access)
    answer = HttpResponse(data, content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    name = f"{register.sheet.name}-{request.access.on.isoformat()}.xlsx"
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return answer


def _number(words: Any, row: dict[str, Any], column: Any) -> str | int | float:
    if column.kind.name in NUMBERS and not column.kind.target:
        value = words.value(row, column)
        shown = column.kind.show(value) if value is not None else ""
        return shown if isinstance(shown, int | float) else str(shown or "")
    return str(words.text(row, column))


def _base(register: Register, request: Any) -> Any:
    """The rows of the list; only the picked ones where rows were picked."""
    base = register.rows(request.access)
    picked = many.uids(request.GET.getlist("pick"))
    return base.filter(uid__in=picked) if picked else base


@requires("shell.home")
@require_safe
def printed(request: Any, room: str, kind: str) -> HttpResponse:
    """The list for paper, head on every page; with `sign=1` with empty columns to sign in."""
    register = opened(request.access, room, kind)
    wanted = asking.asked(register.sheet, request.GET)
    sign = request.GET.get("sign") == "1"
    columns = [column for column in wanted.columns if not (sign and is_secret(register.sheet, column))]
    rows: list[list[str]] = []
    every = listing.everything(register.sheet, _base(register, request), request.GET, today=request.access.on)
    for words in every:
        rows += [[words.text(row, column) for column in columns] for row in words.rows]
        if len(rows) >= PRINTED:
            break
    context = {
        "register": register, "columns": columns, "rows": rows[:PRINTED], "cut": len(rows) > PRINTED, "sign": sign,
        "union": Union.objects.get(pk=request.access.union).name, "on": request.access.on,
        "title": request.GET.get("title", "").strip()[:60] or register.sheet.name + ("签收表" if sign else ""),
        "back": f"{register.url()}?{_without(request.GET, 'sign', 'title', 'pick').urlencode()}",
    }  # fmt: skip
    return render(request, "shell/print.html", context)


def _without(query: QueryDict, *names: str) -> QueryDict:
    rest = query.copy()
    for name in names:
        rest.pop(name, None)
    return rest


@requires("shell.home")
@require_http_methods(["GET", "HEAD", "POST"])
def bulk(request: Any, room: str, kind: str) -> HttpResponse:
    """Act on the picked rows: export or print them, or set one answer for all after one confirmation."""
    register = opened(request.access, room, kind)
    given = request.POST if request.method == "POST" else request.GET
    picked = many.uids(given.getlist("pick"))
    back = f"{register.url()}?{given.get('query', '')}"
    if not picked:
        messages.info(request, "还没有选中记录：请先在列表左边打勾。")
        return HttpResponseRedirect(back, status=303)
    doing = given.get("do", "")
    if doing in ("export", "print", "sign"):
        query = QueryDict(given.get("query", "")).copy()
        query.setlist("pick", [str(uid) for uid in picked])
        if doing == "sign":
            query["sign"] = "1"
        target = register.url("export" if doing == "export" else "print")
        return HttpResponseRedirect(f"{target}?{query.urlencode()}", status=303)
    register = opened(request.access, room, kind, edit=True)
    if not register.may_edit_all(request.access):  # a leader reports one at a time, and few fields
        raise PermissionDenied(register.edit)
    if doing.startswith("page="):
        return _own_page(request, register, doing.removeprefix("page="), back)
    try:
        change = many.planned(register, doing, picked, by=request.access)
        if given.get("sure") != "1":
            return render(
                request, "shell/bulk.html", {"register": register, "change": change, "given": given, "back": back}
            )
        done = many.set_answer(register, change, by=request.access, today=request.access.on)
    except Refused as refused:
        context = {"register": register, "problems": refused.violations, "back": back}
        return render(request, "shell/bulk.html", context, status=422)
    messages.success(request, f"已保存：{done}条记录的“{change.header}”改为“{change.label}”。")
    return HttpResponseRedirect(back, status=303)


def _own_page(request: Any, register: Register, place: str, back: str) -> HttpResponse:
    """Hand the picked rows on to the page of the room that does it: the browser sends the form there again."""
    pages = dict(enumerate(register.sheet.pages))
    page = pages.get(int(place)) if place.isdecimal() and len(place) < 4 else None
    if page is None or not request.access.may(page[2]):
        messages.info(request, "不认识这个批量操作：请重新选择。")
        return HttpResponseRedirect(back, status=303)
    return HttpResponseRedirect(reverse(page[1]), status=307)


@requires("shell.home")
@require_POST
def keep_list(request: Any, room: str, kind: str) -> HttpResponse:
    """Keep the list as it is under a name, or forget a kept one."""
    register = opened(request.access, room, kind)
    query = request.POST.get("query", "")[:1000]
    name = request.POST.get("name", "").strip()[:30]
    if request.POST.get("forget"):
        many.forget_list(register, request.POST["forget"], by=request.access)
        messages.info(request, f"已去掉常用列表“{request.POST['forget']}”。")
    elif name:
        many.keep_list(register, name, query, by=request.access)
        messages.success(request, f"已存为常用列表“{name}”，下次在筛选条下面一点就到。")
    else:
        messages.info(request, "请给常用列表起个名字。")
    return HttpResponseRedirect(f"{register.url()}?{query}", status=303)
