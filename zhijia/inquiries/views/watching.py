"""Watching a form fill up: who has not answered, the reminder, the text to copy, and the list on paper."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from zhijia.core.access import Access
from zhijia.core.guards import requires
from zhijia.core.outcomes import Refused
from zhijia.core.pages.reading import whole_number
from zhijia.inquiries import people, rules, services, showing
from zhijia.inquiries.models import Inquiry
from zhijia.inquiries.people import GroupProgress
from zhijia.unions.models import Union

NAMED_AT_ONCE = 80  # up to so many asked, their names are shown without choosing a group


@requires("inquiries.collect")
@require_safe
def progress_page(request: Any, uid: UUID) -> HttpResponse:
    """How far each group is, and by name who has answered and who has not."""
    access: Access = request.access
    inquiry = _opened(access, uid)
    return render(request, "inquiries/progress.html", _progress(request, inquiry))


def _opened(access: Access, uid: UUID) -> Inquiry:
    """A form that was opened; drafts are seen by officers only."""
    inquiry = showing.inquiry_of(access, uid)
    if inquiry.state == rules.DRAFT and not access.may("inquiries.view"):
        raise Http404("没有这张收集表")
    return inquiry


def _progress(request: Any, inquiry: Inquiry) -> dict[str, Any]:
    access: Access = request.access
    lines = people.progress(inquiry, access.on, showing.groups_of(access))
    chosen = _chosen(request.GET.get("group", ""), lines)
    asked, answered = sum(line.asked for line in lines), sum(line.answered for line in lines)
    named: list[people.Standing] = []
    if chosen is not None:
        named = people.standings(inquiry, access.on, [chosen.group])
    elif 0 < asked <= NAMED_AT_ONCE:
        named = people.standings(inquiry, access.on, [line.group for line in lines])
    missing = [one for one in named if not one.answered]
    nudges = people.nudged([inquiry])
    reminded = max(
        (day for (_pk, group), day in nudges.items() if group is None or chosen is None or group == chosen.group),
        default=None,
    )
    return {
        **showing.frame(inquiry, access, "progress"),
        "lines": lines,
        "chosen": chosen,
        "asked": asked,
        "answered": answered,
        "missing": missing,
        "given": [one for one in named if one.answered],
        "named": bool(named),
        "several": len({one.group for one in named}) > 1,
        "copy": rules.missing_text(inquiry.title, [one.name for one in missing], inquiry.last) if named else "",
        "reminded": reminded,
        "may": inquiry.standing(access.on) == rules.OPEN,
        "may_edit": access.may("inquiries.edit"),
        "left": asked - answered,
    }


def _chosen(text: str, lines: list[GroupProgress]) -> GroupProgress | None:
    """The group of the address (0: those in none); the only one where there is but one."""
    if len(lines) == 1:
        return lines[0]
    return next((line for line in lines if str(line.group or 0) == text), None)


@requires("inquiries.collect")
@require_http_methods(["GET", "HEAD", "POST"])
def remind(request: Any, uid: UUID) -> HttpResponse:
    """Remind those of a group (officers: everybody) who have not answered."""
    access: Access = request.access
    inquiry = _opened(access, uid)
    if request.method != "POST":  # somebody came back to the address, perhaps after a login
        return HttpResponseRedirect(reverse("inquiries:progress", args=[inquiry.uid]))
    groups, text = showing.groups_of(access), request.POST.get("group", "")
    group = whole_number(text) or None
    if groups is not None and group not in groups:
        raise PermissionDenied("inquiries.edit")
    back = reverse("inquiries:progress", args=[inquiry.uid]) + (f"?group={group}" if group else "")
    try:
        missing = services.remind(inquiry, group=group, by=access, today=access.on)
    except Refused as refused:
        context = {**_progress(request, inquiry), "problems": refused.violations}
        return render(request, "inquiries/progress.html", context, status=422)
    messages.success(request, f"已提醒{missing}人：他们打开首页先看到这张表。群里再说一声，可以复制下面的话。")
    return HttpResponseRedirect(back, status=303)


@requires("inquiries.collect")
@require_safe
def paper(request: Any, uid: UUID) -> HttpResponse:
    """An empty table per group, to be written on and typed in later."""
    access: Access = request.access
    inquiry = _opened(access, uid)
    everybody = people.standings(inquiry, access.on, showing.groups_of(access))
    wanted = request.GET.get("group", "")
    tables: dict[str, list[people.Standing]] = {}
    for one in everybody:
        if not wanted or str(one.group or 0) == wanted:
            tables.setdefault(one.group_name, []).append(one)
    context = {
        **showing.frame(inquiry, access, ""),
        "questions": services.questions_of(inquiry),
        "tables": tables,
        "union": Union.objects.get(pk=access.union),
    }
    return render(request, "inquiries/paper.html", context)
