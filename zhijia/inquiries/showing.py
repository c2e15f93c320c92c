"""What several pages of a form show: the form of an address, its badge, its tabs, what it says to those who answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404
from django.urls import reverse

from zhijia.core.access import Access
from zhijia.core.dates import chinese_date
from zhijia.core.pages.parts import DONE, DUE, INFO, LATE, QUIET, Badge, Tab
from zhijia.inquiries import people, rules
from zhijia.inquiries.models import Inquiry, Question

SOON = 2  # days before the last one from which an open form is due soon


def inquiry_of(access: Access, uid: UUID) -> Inquiry:
    """The form with that 编号 in the own union; 404 where there is none."""
    found: Inquiry | None = Inquiry.objects.in_union(access.union).select_related("asker").filter(uid=uid).first()
    if found is None:
        raise Http404("没有这张收集表")
    return found


def badge(inquiry: Inquiry, today: date) -> Badge:
    """How the form stands, in words."""
    standing = inquiry.standing(today)
    if standing == rules.OPEN and inquiry.last:
        left = (inquiry.last - today).days
        words = "今天截止" if left == 0 else f"收集中，还有{left}天"
        return Badge(words, DUE if left <= SOON else INFO)
    return {
        rules.DRAFT: Badge("草稿", QUIET),
        rules.WAITING: Badge(f"{inquiry.first:%m-%d}开始", QUIET),
        rules.OVER: Badge("已过截止日期", LATE),
        rules.CLOSED: Badge("已结束", DONE),
    }.get(standing, Badge("收集中", INFO))


@dataclass(frozen=True, slots=True)
class Line:
    """One form in the list."""

    inquiry: Inquiry
    badge: Badge
    asked: int
    answered: int
    url: str
    until: str


def lines(inquiries: Iterable[Inquiry], access: Access) -> list[Line]:
    """The forms as lines of the list, each leading to the page that the access needs first. Five queries.

    Of open forms those count who are asked today; of closed ones everybody, as it was when they closed.
    """
    every = list(inquiries)
    over = [one for one in every if one.state != rules.OPEN]
    answered = people.counts(over)
    told = {one.pk: (max(one.asked or 0, answered.get(one.pk, 0)), answered.get(one.pk, 0)) for one in over}
    told |= people.standing_now([one for one in every if one.state == rules.OPEN], access.on)
    return [
        Line(
            one,
            badge(one, access.on),
            *told[one.pk],
            reverse(f"inquiries:{_page(access, one)}", args=[one.uid]),
            until(one),
        )
        for one in every
    ]


def _page(access: Access, one: Inquiry) -> str:
    if one.state == rules.DRAFT:
        return "edit" if access.may("inquiries.edit") else "preview"
    return "progress" if access.may("inquiries.collect") else "results"


def tabs(inquiry: Inquiry, access: Access, here: str) -> tuple[Tab, ...]:
    """The views of one form that the access may open."""
    pages = (
        ("progress", "进度", "inquiries.collect"),
        ("results", "结果", "inquiries.view"),
        ("preview", "题目", "inquiries.view"),
    )
    return tuple(
        Tab(label, reverse(f"inquiries:{name}", args=[inquiry.uid]), name == here)
        for name, label, permission in pages
        if access.may(permission)
    )


def until(inquiry: Inquiry) -> str:
    """Until when it may be answered, in words."""
    return f"{chinese_date(inquiry.last)}截止" if inquiry.last else "没有写截止日期"


def who_sees(questions: list[Question]) -> str:
    """Who will see the answers, said to those who answer."""
    seen = "填的内容，工会委员、会计和您的小组长看得到。"
    if any(one.personal for one in questions):
        seen += "保密的内容加密保存，页面上只显示后四位；只有主席和会计因发放需要才能导出完整内容，每次导出都有记录。"
    return seen


def groups_of(access: Access) -> list[int] | None:
    """The groups whose people the access may collect from; None for all (officers)."""
    groups = access.reach("inquiries.edit")
    return None if groups is None else sorted(groups)


def frame(inquiry: Inquiry, access: Access, here: str) -> dict[str, Any]:
    """The head of every page of one form."""
    return {
        "inquiry": inquiry,
        "badges": [badge(inquiry, access.on)],
        "tabs": tabs(inquiry, access, here),
        "standing": inquiry.standing(access.on),
        "until": until(inquiry),
    }
