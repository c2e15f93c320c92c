"""The first page."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from zhijia.core.guards import requires
from zhijia.core.outcomes import Refused
from zhijia.shell import hallway, packages, todos
from zhijia.shell.frontpage import front_page
from zhijia.shell.kept import mark
from zhijia.shell.scopes import term_scope

SHOWN = 6  # to-dos on the first page; the others are one step away


@requires("shell.home")
@require_safe
def home(request: Any) -> HttpResponse:
    """What waits, what is due and how things stand, for whoever comes: see `frontpage`."""
    access = request.access
    problems: tuple[Any, ...] = ()
    try:
        scope = term_scope(access.union, access.on)
    except Refused as refused:
        scope, problems = None, tuple(refused.violations)
    state = mark(access.union)
    waiting = todos.still_open(todos.listed(access, state))
    context = {
        "scope": scope, "today": access.on, "problems": problems, "page": front_page(access, scope, state),
        "waiting": waiting[:SHOWN], "number": len(waiting), "overdue": sum(todo.overdue for todo in waiting),
        "waits": todos.WAITS, "person": access.name,
    }  # fmt: skip
    if access.may("shell.facts"):
        context["package"] = packages.latest(access.union)
        context["papers"] = [entry for entry in hallway.entries(access, "报告") if entry.register is None]
    return render(request, "shell/home.html", context)
