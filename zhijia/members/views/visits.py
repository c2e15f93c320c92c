"""Visitors: who may read until when; let somebody in, take it back at once."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from zhijia.core.access import Access
from zhijia.core.dates import chinese_date
from zhijia.core.guards import fresh, requires
from zhijia.core.outcomes import Refused, Violation
from zhijia.core.pages.addresses import invite_url
from zhijia.core.pages.parts import DONE, INFO, QUIET, Action, Badge, Cell, Field, Head, Row, Table, shown
from zhijia.members import arriving, post_rules, visiting
from zhijia.members.asking import Typed, marked, sex_field
from zhijia.members.models import Post
from zhijia.members.standing import refusal

HEADS = (
    Head("姓名"),
    Head("单位"),
    Head("事由"),
    Head("从哪天"),
    Head("到哪天"),
    Head("现在"),
    Head("登录名"),
    Head("办理"),
)


def _row(post: Post, access: Access) -> Row:
    assert post.end is not None
    over, ahead = post.end <= access.on, post.first > access.on
    badge = Badge("已结束", QUIET) if over else Badge("还没开始", INFO) if ahead else Badge("可以查阅", DONE)
    user = post.person.user
    login = Cell(user.get_username()) if user else Cell("—") if over else Cell("打邀请条", invite_url(post.person_id))
    return Row(
        (
            Cell(post.person.name),
            Cell(shown(post.person.department)),
            Cell(shown(post.purpose)),
            Cell(post.first.isoformat()),
            Cell(post_rules.last_day(post.end).isoformat()),
            Cell(badge=badge),
            login,
            Cell("—") if over else Cell("收回", reverse("members:stop_visit", args=[post.uid])),
        )
    )


@requires("members.appoint")
@require_safe
def visits(request: Any) -> HttpResponse:
    """All visits, the newest first."""
    access: Access = request.access
    rows = [_row(post, access) for post in visiting.visits(access.union)]
    context = {
        "table": Table(HEADS, rows) if rows else None,
        "main": Action("开通来访查阅", reverse("members:visit"), "plus"),
        "most": settings.VISIT_DAYS,
    }
    return render(request, "members/visits.html", context)


def _fields(typed: Typed, access: Access) -> tuple[Field, ...]:
    return (
        Field("name", "姓名", value=typed.text("name"), required=True),
        sex_field(typed.text("sex"), required=True),
        Field("organisation", "单位", value=typed.text("organisation"), required=True, hint="某市总工会经审办"),
        Field("purpose", "来查阅什么", value=typed.text("purpose"), required=True, hint="2026年度经费审查"),
        Field("first", "从哪天起", "date", typed.text("first") or access.on.isoformat(), required=True),
        Field("last", "到哪天为止", "date", typed.text("last"), required=True,
              help=f"最后一天，最长{settings.VISIT_DAYS}天；到期自动不能进"),
        Field(
            "phone", "手机", value=typed.text("phone"), help="可以不填；填了，用邀请条时要核对后四位", keys="tel"
        ),
    )  # fmt: skip


@requires("members.appoint")
@fresh()
@require_http_methods(["GET", "HEAD", "POST"])
def visit(request: Any) -> HttpResponse:
    """Let a visitor read from one day to another."""
    access: Access = request.access
    typed = Typed(request.POST.dict(), access.on)
    problems: tuple[Violation, ...] = ()
    if request.method == "POST":
        try:
            post = _begun(typed, access)
        except Refused as refused:
            problems = tuple(refused.violations)
        else:
            assert post.end is not None
            until = chinese_date(post_rules.last_day(post.end))
            messages.success(
                request,
                f"已开通：{post.person.name}可以查阅到{until}，只能看。接着点“打邀请条”，他（她）扫码定口令就能进来。",
            )
            return HttpResponseRedirect(reverse("members:visits"), status=303)
    context = {"fields": marked(_fields(typed, access), problems), "problems": problems}
    return render(request, "members/visit.html", context, status=422 if problems else 200)


def _begun(typed: Typed, access: Access) -> Post:
    first, last = typed.day("first"), typed.day("last")
    row, broken = arriving.read(typed.values)
    typed.problems += broken
    if not typed.text("sex"):
        typed.problems.append(refusal("sex", "还没有选性别", "选一个"))
    typed.stop(**visiting.LABELS)
    assert first is not None
    assert last is not None
    guest = visiting.Guest(
        typed.text("name"), typed.text("organisation"), row["sex"], typed.text("purpose"), first, last,
        row.get("phone", ""),
    )  # fmt: skip
    return visiting.begin(guest, union=access.union, by=access, today=access.on)


@requires("members.appoint")
@require_http_methods(["GET", "HEAD", "POST"])
def stop_visit(request: Any, uid: UUID) -> HttpResponse:
    """Take the access of a visitor back at once."""
    access: Access = request.access
    rows = Post.objects.in_union(access.union).select_related("person").filter(office=Post.Office.VISITOR)
    post = rows.filter(uid=uid).first()
    if post is None:
        raise Http404("没有这次来访查阅")
    if request.method == "POST":
        try:
            visiting.stop(post, by=access, today=access.on)
        except Refused as refused:
            messages.info(request, f"{refused.violations[0].message}。")
        else:
            messages.success(request, f"{post.person.name}现在已经不能查阅了。看过什么，在“操作记录”里查。")
        return HttpResponseRedirect(reverse("members:visits"), status=303)
    context = {
        "title": f"收回{post.person.name}的查阅？",
        "text": "收回以后，他（她）打开的下一页就进不去了。",
        "lines": ["要再来查阅的，重新开通。"],
        "button": "马上收回",
        "action": request.path,
        "back": reverse("members:visits"),
        "danger": True,
    }
    return render(request, "members/confirm.html", context)
