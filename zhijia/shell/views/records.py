"""One record: what it says, what can be done next, what belongs to it, and what happened to it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from zhijia.core import withdrawal
from zhijia.core.guards import requires
from zhijia.core.outcomes import Refused
from zhijia.core.pages.parts import Field
from zhijia.shell import record_page
from zhijia.shell.registers import Register, opened
from zhijia.shell.stored import find, headline


@requires("shell.home")
@require_safe
def record(request: Any, room: str, kind: str, uid: UUID) -> HttpResponse:
    """The page of a record."""
    register = opened(request.access, room, kind)
    row = find(register, request.access, uid, withdrawn=True, joined=True)
    return render(request, "shell/record.html", {"page": record_page.build(register, row, request.access)})


@requires("shell.home")
@require_safe
def findings(request: Any, room: str, kind: str, uid: UUID) -> HttpResponse:
    """What the checks find about a record; asked for after the page, because checks look at everything."""
    register = opened(request.access, room, kind)
    row = find(register, request.access, uid)
    found = record_page.findings(row, request.access)
    context = {"findings": found, "title": headline(register, row), "back": register.url("record", uid)}
    return render(request, "shell/_found.html" if request.htmx else "shell/record_findings.html", context)


@requires("shell.home")
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: Any, room: str, kind: str, uid: UUID) -> HttpResponse:
    """Ask for the reason, and take the record back."""
    register = _changeable(request, room, kind)
    row = find(register, request.access, uid)
    problems: tuple[Any, ...] = ()
    reason = request.POST.get("reason", "")
    if request.method == "POST":
        try:
            withdrawal.withdraw(row, reason=reason, by=request.access, today=request.access.on)
        except Refused as refused:
            problems = refused.violations
        else:
            messages.success(request, "已撤回，不再计入任何数据；需要时可以在这一页恢复。")
            return HttpResponseRedirect(register.url("record", uid), status=303)
    help_text = "撤回的记录不再计入数据，但保留在系统里，可以恢复"
    field = Field("reason", "撤回的原因", value=reason, help=help_text, required=True, focus=True)
    context = {
        "title": f"撤回：{headline(register, row)}", "fields": (field,), "problems": problems,
        "action": register.url("withdraw", uid), "back": register.url("record", uid), "button": "撤回这条记录",
    }  # fmt: skip
    return render(request, "shell/record_confirm.html", context, status=422 if problems else 200)


@requires("shell.home")
@require_http_methods(["GET", "HEAD", "POST"])
def restore(request: Any, room: str, kind: str, uid: UUID) -> HttpResponse:
    """Put a withdrawn record in force again."""
    register = _changeable(request, room, kind)
    row = find(register, request.access, uid, withdrawn=True)
    if request.method != "POST":  # the button stands on the record's page
        return HttpResponseRedirect(register.url("record", uid))
    try:
        withdrawal.restore(row, by=request.access)
    except Refused as refused:
        for problem in refused.violations:
            messages.warning(request, f"没有恢复：{problem.message}{f'——{problem.mend}' if problem.mend else ''}")
    else:
        messages.success(request, "已恢复，重新计入数据。")
    return HttpResponseRedirect(register.url("record", uid), status=303)


def _changeable(request: Any, room: str, kind: str) -> Register:
    """The register, for those who may change all of it; group leaders report only."""
    register = opened(request.access, room, kind, edit=True)
    if not register.sheet.records.tenant:
        raise Http404("工会自己的记录不能撤回")
    if not register.may_edit_all(request.access):
        raise PermissionDenied(register.edit)
    return register
