"""Writing forms: the list of forms, one page to write a form on, its preview, and its moves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from zhijia.core.access import Access
from zhijia.core.guards import requires
from zhijia.core.outcomes import Refused, Violation
from zhijia.core.pages.parts import Action
from zhijia.inquiries import forms, people, rules, services, showing
from zhijia.inquiries.models import Inquiry
from zhijia.inquiries.replies import Reply
from zhijia.unions import services as unions
from zhijia.unions.models import Group

WEEK = timedelta(days=7)
CLOSED_SHOWN = 50
NOTHING = Reply(0, {}, {}, None, "")
SAID = {
    "open": "已开始收集“{title}”：应填的人首页上都会看到。",
    "redraft": "“{title}”已退回草稿，改好后再开始收集。",
    "close": "“{title}”已结束收集，不能再填；结果可以导出。",
    "reopen": "“{title}”重新开始收集。",
    "discard": "草稿“{title}”已作废。",
}


# What each move means, said before it is made: its button, and what follows.
ASKED = {
    "open": ("开始收集", "应填的人首页上会出现这张表；题目不能再改"),
    "redraft": ("退回草稿", "大家暂时看不到这张表；已经有人填的退不回"),
    "close": ("结束收集", "没填的人不能再填，填了的人不能再改；结果可以导出，需要时还能重新收集"),
    "reopen": ("重新收集", "没填的人可以填，填了的人可以改；截止日期已过的，先改截止日期"),
    "discard": ("作废草稿", "这张草稿不再出现在列表里"),
}


@requires("inquiries.view")
@require_safe
def forms_page(request: Any) -> HttpResponse:
    """Forms that are open with how many answered, drafts, and those that are closed."""
    access: Access = request.access
    stored = Inquiry.objects.in_union(access.union).order_by("-first", "-pk")
    closed = stored.filter(state=rules.CLOSED)[:CLOSED_SHOWN]
    lines = showing.lines([*stored.exclude(state=rules.CLOSED), *closed], access)
    context = {
        "open": [line for line in lines if line.inquiry.state == rules.OPEN],
        "drafts": [line for line in lines if line.inquiry.state == rules.DRAFT],
        "closed": [line for line in lines if line.inquiry.state == rules.CLOSED],
        "may_edit": access.may("inquiries.edit"),
        "templates": _templates() if access.may("inquiries.edit") else (),
    }
    return render(request, "inquiries/list.html", context)


def _templates() -> tuple[Action, ...]:
    url = reverse("inquiries:new")
    blank = Action("空白表", f"{url}?from=blank")
    return (*(Action(label, f"{url}?from={code}") for code, (label, _draft) in rules.TEMPLATES.items()), blank)


def _groups(access: Access, chosen: Sequence[int] = ()) -> list[tuple[int, str]]:
    """Groups in being, and those that the form already asks."""
    living = Q(end=None) | Q(end__gt=access.on)
    rows = Group.objects.in_union(access.union).filter(living | Q(pk__in=chosen))
    names = unions.names(access.union)
    return [(pk, names[pk]) for pk in rows.order_by("rank", "name").values_list("pk", flat=True)]


@requires("inquiries.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Any) -> HttpResponse:
    """Write a new form, from one of four patterns or from nothing."""
    access: Access = request.access
    code = str(request.GET.get("from", ""))
    start = rules.TEMPLATES[code][1] if code in rules.TEMPLATES else rules.Draft().added()
    start = replace(start, first=access.on, last=access.on + WEEK)
    groups = _groups(access)
    if request.method != "POST":
        return _sheet_page(request, None, forms.sheet(start, groups), groups=groups)
    draft, unread = forms.read_draft(request.POST, (pk for pk, _name in groups), start)
    moved = forms.pressed(request.POST, draft)
    if moved:
        page = forms.sheet(moved[0], groups, typed=request.POST, focus=moved[1])
        return _sheet_page(request, None, page, groups=groups)
    try:
        _refuse(unread)
        made = services.create(draft, union=access.union, by=access, today=access.on)
    except Refused as refused:
        page = forms.sheet(draft, groups, refused.violations, typed=request.POST)
        return _sheet_page(request, None, page, refused.violations, groups=groups)
    messages.success(request, f"已保存草稿“{made.title}”。看一看样子，再开始收集。")
    return HttpResponseRedirect(reverse("inquiries:preview", args=[made.uid]), status=303)


@requires("inquiries.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Any, uid: UUID) -> HttpResponse:
    """Change a form: everything of a draft; title, purpose and last day of one that was opened."""
    access: Access = request.access
    inquiry = showing.inquiry_of(access, uid)
    stored = services.draft_of(inquiry)
    groups, whole = _groups(access, stored.groups), inquiry.state == rules.DRAFT
    if request.method != "POST":
        page = forms.sheet(stored, groups, questions=whole)
        return _sheet_page(request, inquiry, page, groups=groups)
    draft, unread = forms.read_draft(request.POST, (pk for pk, _name in groups), stored)
    if not whole:
        draft = replace(stored, title=draft.title, purpose=draft.purpose, last=draft.last)
    moved = forms.pressed(request.POST, draft) if whole else None
    if moved:
        page = forms.sheet(moved[0], groups, typed=request.POST, focus=moved[1])
        return _sheet_page(request, inquiry, page, groups=groups)
    try:
        _refuse(unread)
        version = forms.read_version(request.POST)
        changed = services.change(inquiry, draft, version=version, by=access, today=access.on)
    except Refused as refused:
        page = forms.sheet(draft, groups, refused.violations, typed=request.POST, questions=whole)
        stale = any(one.code == "stale" for one in refused.violations)
        # What the other one wrote stands beside what was typed; sending again then means it.
        theirs = stored if stale else None
        return _sheet_page(request, inquiry, page, refused.violations, groups=groups, theirs=theirs)
    messages.success(request, f"已保存“{changed.title}”。")
    return HttpResponseRedirect(reverse("inquiries:preview", args=[changed.uid]), status=303)


def _refuse(unread: list[Violation]) -> None:
    if unread:
        raise Refused(unread)


def _sheet_page(
    request: Any,
    inquiry: Inquiry | None,
    page: forms.Sheet,
    problems: Sequence[Violation] = (),
    *,
    groups: Sequence[tuple[int, str]],
    theirs: rules.Draft | None = None,
) -> HttpResponse:
    fields = [*page.fields, *(field for row in page.rows for field in row.fields)]
    context = {
        "inquiry": inquiry,
        "sheet": page,
        "problems": forms.general(problems, fields),
        "theirs": theirs,
        "whole": inquiry is None or inquiry.state == rules.DRAFT,
        "most": rules.QUESTIONS_MOST,
    }
    return render(request, "inquiries/edit.html", context, status=422 if problems else 200)


@requires("inquiries.view")
@require_safe
def preview(request: Any, uid: UUID) -> HttpResponse:
    """The form as those asked will see it, and whom it asks."""
    access: Access = request.access
    inquiry = showing.inquiry_of(access, uid)
    return render(request, "inquiries/preview.html", _preview(request, inquiry))


def _preview(request: Any, inquiry: Inquiry) -> dict[str, Any]:
    access: Access = request.access
    questions = services.questions_of(inquiry)
    names = dict(_groups(access, list(people.asked_groups(inquiry)))) if inquiry.audience == rules.GROUPS else {}
    return {
        **showing.frame(inquiry, access, "preview"),
        "fields": forms.answer_fields(questions, NOTHING),
        "who_sees": showing.who_sees(questions),
        "asked": people.asked(inquiry, access.on).count(),
        "group_names": [names[pk] for pk in people.asked_groups(inquiry) if pk in names],
        "draft": inquiry.state == rules.DRAFT,
        "may_edit": access.may("inquiries.edit"),
    }


@requires("inquiries.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: Any, uid: UUID, verb: str) -> HttpResponse:
    """Open, take back, close, open again or discard a form, after saying what that means."""
    access: Access = request.access
    inquiry = showing.inquiry_of(access, uid)
    if verb not in rules.TRANSITIONS:
        raise Http404("没有这样的步骤")
    if request.method != "POST":
        button, means = ASKED[verb]
        here = reverse("inquiries:move", args=[inquiry.uid, verb])
        back = reverse("inquiries:preview", args=[inquiry.uid])
        context = {"inquiry": inquiry, "button": button, "lines": [means], "action": here, "back": back}
        return render(request, "inquiries/move.html", context)
    try:
        moved = services.move(inquiry, verb, by=access, today=access.on)
    except Refused as refused:
        context = {**_preview(request, inquiry), "problems": refused.violations}
        return render(request, "inquiries/preview.html", context, status=422)
    messages.success(request, SAID[verb].format(title=moved.title))
    page = {"discard": "list", "redraft": "edit"}.get(verb, "progress")
    return HttpResponseRedirect(reverse(f"inquiries:{page}", args=[] if page == "list" else [moved.uid]), status=303)
