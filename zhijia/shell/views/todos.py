"""To-dos: what is due, overdue first."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from zhijia.core.guards import requires
from zhijia.core.outcomes import Refused
from zhijia.core.pages.parts import Tab
from zhijia.core.pages.reading import whole_number
from zhijia.shell import todos
from zhijia.shell.links import with_query

OPEN, LATER, DONE = "", "later", "done"


@requires("shell.home")
@require_safe
def todos_page(request: Any) -> HttpResponse:
    """What is open, grouped by how urgent it is; on other tabs what waits and what is done, each with a way back."""
    return _page(request)


@requires("shell.home")
@require_POST
def todo_say(request: Any) -> HttpResponse:
    """Done (`done`), later (`snoozed-7`: in seven days), or neither; back to where the button was."""
    state, _dash, wait = request.POST.get("state", "").partition("-")
    try:
        todo = todos.say(
            request.POST.get("key", ""), state, wait=whole_number(wait, 4) or 0,
            by=request.access,
        )  # fmt: skip
    except Refused as refused:
        return _page(request, refused)
    words = {todos.DONE: "已标为办好，在“已办”里可以撤销", todos.SNOOZED: f"{wait}天后再提醒"}.get(
        state, "已恢复为待办"
    )
    messages.success(request, f"{todo.text}：{words}")
    back = request.POST.get("back", "")
    good = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(back if good else reverse("shell:todos"), status=303)


def _page(request: Any, refused: Refused | None = None) -> HttpResponse:
    found = todos.listed(request.access)
    shown = request.GET.get("show", OPEN)
    split = {
        OPEN: todos.still_open(found),
        LATER: [todo for todo in found if todo.state == todos.SNOOZED],
        DONE: [todo for todo in found if todo.state == todos.DONE],
    }
    shown = shown if shown in split else OPEN
    url = reverse("shell:todos")
    tabs = [
        Tab(label, with_query(url, [("show", code)] if code else []), shown == code, str(len(split[code])))
        for code, label in ((OPEN, "要办"), (LATER, "稍后"), (DONE, "已办"))
    ]
    here = split[shown]
    groups = [
        ("已经过期", "late", [todo for todo in here if todo.overdue]),
        ("七天内", "due", [todo for todo in here if todo.soon]),
        ("以后", "info", [todo for todo in here if not todo.overdue and not todo.soon]),
    ]
    context = {
        "tabs": tabs, "groups": [group for group in groups if group[2]], "shown": shown, "waits": todos.WAITS,
        "problems": refused.violations if refused else (),
    }  # fmt: skip
    return render(request, "shell/todos.html", context, status=422 if refused else 200)
