"""A secret of a record in full: asked for with the reason, answered once, on the page that answers and nowhere else."""

from __future__ import annotations

import secrets as random
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from zhijia.core import revealing
from zhijia.core.guards import fresh, requires
from zhijia.core.outcomes import Refused
from zhijia.core.pages.parts import Field
from zhijia.core.pages.words import is_secret
from zhijia.shell.registers import Register, opened
from zhijia.shell.stored import find, headline

_USED, _KEPT = "revealed_forms", 20  # forms of this session that were answered: reloading the answer shows nothing


@requires("shell.home")
@never_cache
@fresh()
@require_http_methods(["GET", "HEAD", "POST"])
def reveal(request: Any, room: str, kind: str, uid: UUID, field: str) -> HttpResponse:
    """Ask what for; then show the content once. The address never holds it, and no message repeats it."""
    register = opened(request.access, room, kind)
    column = next((one for one in register.sheet.columns if one.field == field), None)
    if column is None or not is_secret(register.sheet, column):
        raise Http404("没有这一栏")
    if not revealing.may_reveal(register.sheet, field, request.access):
        raise PermissionDenied(register.sheet.reveal)
    row = find(register, request.access, uid, withdrawn=True, joined=True)
    context = {"title": headline(register, row), "label": column.header, "back": register.url("record", uid)}
    problems: tuple[Any, ...] = ()
    reason, form = request.POST.get("reason", ""), request.POST.get("form", "")[:32]
    used = request.session.get(_USED, [])
    if form and form in used:
        messages.info(request, "已经显示过一次。还要看的，请重新写用途。")
        return HttpResponseRedirect(request.path, status=303)
    if request.method == "POST":
        about = persons(register, row)
        try:
            text = revealing.reveal(register.sheet, row, field, reason=reason, by=request.access, about=about)
        except Refused as refused:
            problems = refused.violations
        else:
            request.session[_USED] = [*used, form][-_KEPT:] if form else used
            return render(request, "shell/revealed.html", context | {"text": text, "reason": reason, "told": about})
    help_text = "写明要办的事，例如：办理住院慰问，核对病情。不要写证件号、手机号、卡号"
    errors = tuple(f"{one.message}——{one.mend}" for one in problems if one.place.column == "reason")
    asked = Field("reason", "用途", value=reason, help=help_text, required=True, focus=True, errors=errors)
    shown = {
        "fields": (asked,),
        "form": random.token_hex(8),
        "problems": tuple(one for one in problems if one.place.column != "reason"),
    }
    return render(request, "shell/reveal.html", context | shown, status=422 if problems else 200)


def persons(register: Register, row: Any) -> list[int]:
    """The persons that a record is about: itself, or those whom its columns name."""
    if register.label == "members.Person":
        return [row.pk]
    named = [column.field for column in register.sheet.columns if column.kind.target == "members.Person"]
    return [pk for name in named if (pk := getattr(row, f"{name}_id")) is not None]
