"""A change that was a mistake is taken back: what becomes of it is said first, and why is asked."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from zhijia.core.access import Access
from zhijia.core.dates import chinese_date
from zhijia.core.guards import requires
from zhijia.core.outcomes import Refused, Violation
from zhijia.core.pages.parts import LATE, Field, Notice
from zhijia.members import undoing
from zhijia.members.asking import marked
from zhijia.members.models import Change, Person


def _lines(change: Change) -> list[str]:
    what = "小组、处室、职务" if change.kind == Change.Kind.MOVED else "会籍"
    lines = [
        f"{change.person.name}的{what}回到办这次变动以前。",
        "“会籍变动”里的这一条撤回，还查得到；谁撤销的、为什么，记入操作记录。",
    ]
    if change.kind == Change.Kind.ADMITTED:
        lines.append("委员会批准的申请回到“等委员会批准”。")
    if change.kind == Change.Kind.TRANSFERRED_OUT:
        lines.append("介绍信已经给了本人的，请收回。")
    return lines


@requires("members.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def undo_change(request: Any, uid: UUID) -> HttpResponse:
    """Ask; POST takes the person's last change back."""
    access: Access = request.access
    person: Person | None = Person.objects.in_union(access.union).filter(uid=uid).first()
    change = undoing.last(person) if person else None
    if person is None or change is None:
        raise Http404("没有可以撤销的变动")
    back = reverse("members:timeline", args=[uid])
    wrong = undoing.problem(change, person)
    problems: tuple[Violation, ...] = (wrong,) if wrong else ()
    if request.method == "POST":
        try:
            if request.POST.get("change") != str(change.uid):  # somebody made or took back another meanwhile
                raise Refused([Violation("stale", "刚有人办过别的变动", mend="请看过现在的情况再办")])
            undoing.undo(change, reason=request.POST.get("reason", ""), by=access, today=access.on)
        except Refused as refused:
            problems = refused.violations
        else:
            messages.success(request, f"“{change.get_kind_display()}”已撤销，{person.name}回到以前的情况。")
            return HttpResponseRedirect(back, status=303)
    fields = [
        Field("change", "", "hidden", str(change.uid)),
        Field("reason", "为什么撤销", value=request.POST.get("reason", ""), required=True, hint="办错了人"),
    ]
    loose = [one for one in problems if not one.place.column]
    context = {
        "title": f"撤销{person.name}的“{change.get_kind_display()}”？",
        "text": f"{chinese_date(change.on)}办的这次变动",
        "notice": Notice("；".join(f"{one.message}。{one.mend}" for one in loose), LATE, "没有撤销") if loose else None,
        "lines": _lines(change),
        "fields": marked(fields, problems),
        "button": "撤销这次变动",
        "action": request.path,
        "back": back,
        "danger": True,
    }
    return render(
        request, "members/confirm.html", context, status=422 if problems and request.method == "POST" else 200
    )
