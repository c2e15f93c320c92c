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
from zhijia.members import rules, undoing
from zhijia.members.asking import marked
from zhijia.members.models import Change, Person
from zhijia.members.undoing import Before


def _membership(dates: rules.Dates) -> str:
    """A membership in words: 会员（2015年1月1日入会）."""
    days = (("入会", dates.admitted_on), ("起保留", dates.retained_on), ("离会", dates.left_on))
    told = "，".join(f"{chinese_date(day)}{word}" for word, day in days if day)
    return rules.STATES[dates.state] + (f"（{told}）" if told else "")


def _place(row: Any) -> str:
    parts = (row.group.name if row.group else "", row.department, row.job)
    return "、".join(part for part in parts if part) or "没有编入小组和处室"


def _lines(change: Change, person: Person, was: Before) -> list[str]:
    if was.place is not None:
        lines = [f"撤销以后：{_place(was.place)}。现在：{_place(person)}。"]
    else:
        assert was.dates is not None
        lines = [f"撤销以后：{_membership(was.dates)}。现在：{_membership(person.dates)}。"]
    if change.kind == Change.Kind.ADMITTED:
        lines.append("委员会批准的申请回到“等委员会批准”，可以重新决定。")
    if change.kind == Change.Kind.TRANSFERRED_OUT:
        lines.append("介绍信已经给了本人的，请收回。")
    lines.append("“会籍变动”里的这一条撤回，还查得到；谁撤销的、为什么，记入操作记录。")
    return lines


def _outlook(change: Change, person: Person, access: Access) -> Before:
    """What would be true again. Refused as the deed itself would be, before anybody writes a reason."""
    wrong = undoing.problem(change, person)
    if wrong:
        raise Refused([wrong])
    return undoing.before(change, person, access.on)


@requires("members.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def undo_change(request: Any, uid: UUID) -> HttpResponse:
    """Say what becomes of it and ask why; POST takes the person's last change back."""
    access: Access = request.access
    person: Person | None = Person.objects.in_union(access.union).select_related("group").filter(uid=uid).first()
    if person is None:
        raise Http404("没有这个人")
    back = HttpResponseRedirect(reverse("members:timeline", args=[uid]), status=303)
    change = undoing.last(person)
    if change is None:  # sent twice, or somebody else was quicker
        messages.info(request, f"{person.name}没有可以撤销的变动：已经撤销了，或是从台账补录的。")
        return back
    problems: tuple[Violation, ...] = ()
    lines: list[str] = []
    try:
        lines = _lines(change, person, _outlook(change, person, access))
        if request.method == "POST":
            if request.POST.get("change") != str(change.uid):  # somebody made or took back another meanwhile
                raise Refused([Violation("stale", "刚有人办过别的变动", mend="请看过现在的情况再办")])
            undoing.undo(change, reason=request.POST.get("reason", ""), by=access, today=access.on)
            messages.success(request, _said(change))
            return back
    except Refused as refused:
        problems = refused.violations
    fields = [
        Field("change", "", "hidden", str(change.uid)),
        Field("reason", "为什么撤销", value=request.POST.get("reason", ""), required=True, hint="办错了人"),
    ]
    loose = [one for one in problems if not one.place.column]
    context = {
        "person": person,
        "title": f"撤销{person.name}的“{change.get_kind_display()}”？",
        "text": f"{chinese_date(change.on)}办的这次变动",
        "notice": Notice("；".join(f"{one.message}。{one.mend}" for one in loose), LATE, "不能撤销") if loose else None,
        "lines": lines,
        "fields": marked(fields, problems),
        "action": request.path,
        "back": back.url,
    }
    status = 422 if problems and request.method == "POST" else 200
    return render(request, "members/undo.html", context, status=status)


def _said(change: Change) -> str:
    onward = "，申请又在等委员会批准" if change.kind == Change.Kind.ADMITTED else ""
    return f"“{change.get_kind_display()}”已撤销，{change.person.name}回到以前的情况{onward}。"
