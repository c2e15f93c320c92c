"""Who holds which post on a day, the empty posts, and the paper of a hand-over."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from zhijia.core.access import Access
from zhijia.core.dates import DateError, parse_date
from zhijia.core.guards import requires
from zhijia.core.pages.parts import (
    DUE,
    LATE,
    Action,
    Badge,
    Cell,
    Field,
    FilterBar,
    Head,
    Notice,
    Row,
    Table,
)
from zhijia.members import downloads, handover_papers, post_board, post_rules, posts
from zhijia.members.models import Post
from zhijia.unions.models import Union

HANDED_LATELY = timedelta(days=90)  # so long the page offers the list of a hand-over
HEADS = (Head("姓名"), Head("职务"), Head("从哪天起"), Head("怎么产生"), Head("办理"))
EMPTY_HEADS = (Head("职务"), Head("空缺"), Head("办理"))


def _day(request: Any) -> tuple[date, str]:
    """The day of the address, today where none is given, and what is wrong with it."""
    access: Access = request.access
    text = request.GET.get("on", "").strip()[:20]
    try:
        return (parse_date(text, access.on) if text else access.on), ""
    except DateError as error:
        return access.on, str(error)


def _held(one: post_board.Held, access: Access, *, now: bool) -> Row:
    post = one.post
    until = f"，到{post_rules.last_day(post.end)}" if post.end else ""
    if now and posts.may_hand_over(post, access) and (post.end is None or post.acting):
        deed = Cell("交接或卸任", reverse("members:hand_over", args=[post.uid]))
    elif one.paper:
        deed = Cell("交接清单（Word）", reverse("members:handover_paper", args=[one.paper]))
    else:
        deed = Cell("—")
    words = posts.title(post)
    if post.portfolio or post.purpose:
        words += f"：{post.portfolio or post.purpose}"
    how = [] if post.office == Post.Office.VISITOR else [str(post.get_chosen_display())]
    if post.office not in post_rules.OUTSIDE:
        how.append("专职" if post.full_time else "兼职")
    return Row(
        (
            Cell(post.person.name + ("（已不是会员）" if one.gone else "")),
            Cell(words),
            Cell(f"{post.first.isoformat()}{until}"),
            Cell("，".join(how) or "—"),
            deed,
        )
    )


def _vacancy(one: post_board.Vacancy, access: Access, *, now: bool) -> Row:
    words = "还没有登记过" if one.since is None else f"{one.since.isoformat()}起，{one.days}天"
    if one.deputy:
        words += f"；{one.deputy}代理"
    start = {"office": one.office} | ({"group": str(one.group)} if one.group else {})
    url = f"{reverse('members:take_up')}?{urlencode(start)}" if now and access.may(posts.APPOINT) else ""
    badge = Badge(f"{words}，超过半年", LATE) if one.late else None
    return Row((Cell(one.label), Cell(words, badge=badge), Cell("登记上任" if url else "—", url)))


def _notices(found: post_board.Board) -> list[Notice]:
    notices = [
        Notice(f"{post_rules.CHAIR_SOURCE}。请尽快补选，再在这里登记上任。", LATE, f"主席空缺{one.days}天，已超过半年")
        for one in found.vacancies
        if one.late
    ]
    for post, conflict in found.conflicts:
        text = f"{post.person.name}：{conflict.message}（{conflict.source}）。请交接其中一个职务。"
        notices.append(Notice(text, DUE, "职务要分开"))
    if any(one.gone for _title, held in found.bodies for one in held):
        notices.append(Notice("有人已不是会员（退休、调出），职务还没有交接，请办交接。", DUE, "有职务要交接"))
    return notices


def _papers(found: post_board.Board, day: date) -> list[tuple[str, str]]:
    """The lists of what was handed over lately, the newest first: whoever took over prints them here."""
    fresh = [
        one for _title, held in found.bodies for one in held if one.paper and day - one.post.first <= HANDED_LATELY
    ]
    fresh.sort(key=lambda one: one.post.first, reverse=True)
    return [
        (
            f"{posts.title(one.post)}：{one.post.person.name}，{one.post.first.isoformat()}接任",
            reverse("members:handover_paper", args=[one.paper]),
        )
        for one in fresh
    ]


@requires("members.posts")
@require_safe
def posts_page(request: Any) -> HttpResponse:
    """The posts of a day by body; first what is empty."""
    access: Access = request.access
    day, problem = _day(request)
    found = post_board.board(access.union, day)
    now = day == access.on
    appoints = access.may(posts.APPOINT)
    actions = [
        Action("记工时", reverse("members:time"), "clock") if access.may("members.handover") else None,
        Action("来访查阅", reverse("members:visits"), "search") if appoints else None,
    ]
    context = {
        "day": day,
        "now": now,
        "problem": problem,
        "bar": FilterBar(
            request.path,
            (
                Field(
                    "on", "哪一天", "date", request.GET.get("on", "") or day.isoformat(),
                    errors=(problem,) if problem else (),
                ),
            ),
            target="#posts",
        ),
        "main": Action("登记上任", reverse("members:take_up"), "plus") if appoints else None,
        "actions": [action for action in actions if action],
        "notices": _notices(found),
        "empty": Table(EMPTY_HEADS, [_vacancy(one, access, now=now) for one in found.vacancies])
        if found.vacancies
        else None,
        "papers": _papers(found, day),
        "vacant": len(found.vacancies),
        "bodies": [
            (title, len(held), Table(HEADS, [_held(one, access, now=now) for one in held]))
            for title, held in found.bodies
        ],
    }  # fmt: skip
    return render(request, "members/posts.html", context)


@requires("members.posts")
@require_safe
def handover_paper(request: Any, uid: UUID) -> HttpResponse:
    """The 交接清单 of a post that has ended, or that has an end."""
    access: Access = request.access
    rows = Post.objects.in_union(access.union).select_related("person", "group")
    post = rows.exclude(office=Post.Office.VISITOR).filter(uid=uid, end__isnull=False).first()
    if post is None or post.end is None:
        raise Http404("没有这次交接")
    union = Union.objects.get(pk=access.union).name
    document = handover_papers.paper(post, posts.successor(post), union=union, created_at=timezone.localtime())
    return downloads.word(document, f"{document.title}（{posts.title(post)}）")
