"""The register of a day: choose the day and what for, read, take along as Excel or on paper.

Of a whole union it begins with its groups; one of them, a name, or everybody is asked for.
"""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from zhijia.core.access import Access
from zhijia.core.dates import DateError, chinese_date, parse_date
from zhijia.core.guards import fresh, requires
from zhijia.core.pages import searching
from zhijia.core.pages.parts import Action, Cell, Choice, Field, Figure, FilterBar, Head, Pager, Row, Table, shown
from zhijia.members import asof, downloads, led, roster
from zhijia.unions import services as unions
from zhijia.unions.models import Union

PAGE = 50
SOUGHT = searching.Sought(("name", "department"), ("person",), persons=False)
LEAD = "哪一天都可以看：那天谁是会员、在哪个小组、担任什么工会职务。后来的变动不影响以前的名册。"
LED = "您带的小组（{}）哪一天的名册：那天谁在组里。后来调走的，那天的名册里还有。"
HEADS = tuple(Head(label) for label in roster.HEADS[1:])
GROUP_HEADS = (
    Head("工会小组"), Head("会员", number=True), Head("男", number=True), Head("女", number=True),
    Head("保留会籍", number=True),
)  # fmt: skip


def _asked(request: Any) -> tuple[date, str, str]:
    """The day and purpose of the address, and what is wrong with the day; today where none is given."""
    access: Access = request.access
    purpose = request.GET.get("purpose", asof.ELECTORS)
    text, problem, day = request.GET.get("on", "").strip()[:20], "", access.on
    if text:
        try:
            day = parse_date(text, access.on)
        except DateError as error:
            problem = str(error)
    return day, purpose if purpose in asof.PURPOSES else asof.ELECTORS, problem


def _address(name: str, day: date, purpose: str, **more: str) -> str:
    asked = {"on": day.isoformat(), "purpose": purpose} | {key: value for key, value in more.items() if value}
    return f"{reverse(name)}?{urlencode(asked)}"


def _of_group(rows: Any, group: str) -> Any:
    """Those of a group; on one day a name means one group."""
    if not group:
        return rows
    return rows.filter(group=None) if group == asof.NO_GROUP else rows.filter(group__name=group)


@requires("members.led")
@require_safe
def register(request: Any) -> HttpResponse:
    """The register of a day, as it was: counts by group, and who was in it."""
    access: Access = request.access
    day, purpose, problem = _asked(request)
    groups = access.reach(led.WHOLE)
    found = asof.counts(access.union, day, groups)
    group, text = request.GET.get("group", "")[:60], request.GET.get("q", "").strip()[:40]
    names = [one.name for one in found.groups]
    group = group if group in names else ""
    few = groups is not None and len(names) < 2
    rows = _of_group(asof.members_on(access.union, day, purpose, groups), group)
    rows = rows.filter(searching.condition(SOUGHT, text)) if text else rows
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    narrowed = bool(group or text or request.GET.get("all"))
    by_group = len(names) > 1 and not narrowed and page.paginator.count > PAGE
    lines = [] if by_group else asof.lines(page.object_list, asof.posts_on(access.union, day))
    opened = led.pages(access, [one.uid for one in lines])
    fields = (
        Field(
            "on", "哪一天", "date", request.GET.get("on", "") or day.isoformat(), errors=(problem,) if problem else ()
        ),
        Field("purpose", "用来做什么", "select", choices=tuple(
            Choice(code, label, code == purpose) for code, (label, _help) in asof.PURPOSES.items()
        )),
        *(() if few else (Field("group", "工会小组", "select", choices=(
            Choice("", "全部", not group), *(Choice(name, name, name == group) for name in names)
        )),)),
        Field("q", "姓名", "search", text, hint="姓名、拼音、首字母"),
    )  # fmt: skip
    context = {
        "day": day,
        "problem": problem,
        "purpose": asof.PURPOSES[purpose],
        "ahead": day > access.on,
        "bar": FilterBar(request.path, fields, target="#register"),
        "figures": [
            Figure("会员", f"{found.members}人", note=f"男{found.men}人，女{found.women}人"),
            Figure("保留会籍", f"{found.retained}人", note="没有选举权，不计入会员人数"),
        ],
        "lead": LEAD if groups is None else LED.format("、".join(unions.going_on(access.union, groups))),
        "groups": _groups(found, day, purpose) if found.groups and not few and not (group or text) else None,
        "by_group": by_group,
        "group_count": sum(name != asof.NO_GROUP for name in names),
        "whole": _address("members:asof", day, purpose, all="1"),
        "back": _address("members:asof", day, purpose) if narrowed and len(names) > 1 else "",
        "group": group,
        "text": text,
        "table": _table(lines, opened, of_group=bool(group) or few, purpose=purpose) if lines else None,
        "pager": _pager(page, {"group": group, "q": text, "all": request.GET.get("all", "")[:1]}, day, purpose),
        "total": page.paginator.count,
        "actions": [
            Action("导出 Excel", _address("members:asof_excel", day, purpose, group=group), "download"),
            Action("花名册（Word）", _address("members:asof_paper", day, purpose, group=group), "print"),
            *(
                (Action("人数证明（Word）", _address("members:asof_certificate", day, purpose), "print"),)
                if groups is None
                else ()
            ),
        ],
    }
    return render(request, "members/asof.html", context)


def _groups(found: asof.Counts, day: date, purpose: str) -> Table:
    rows = [
        Row(
            (
                Cell(one.title, _address("members:asof", day, purpose, group=one.name)),
                *(Cell(str(number), number=True) for number in (one.members, one.men, one.women, one.retained)),
            )
        )
        for one in found.groups
    ]
    return Table(GROUP_HEADS, rows)


def _table(lines: list[asof.Line], opened: set[UUID], *, of_group: bool, purpose: str) -> Table:
    """What is the same in every row of the list is not said again: its group, and that all are members."""
    left_out = {"工会小组"} if of_group else set()
    left_out |= {"会籍"} if purpose != asof.ALL else set()
    kept = [place for place, label in enumerate(roster.HEADS[1:]) if label not in left_out]
    rows = []
    for one in lines:
        cells = (
            Cell(one.name, reverse("members:timeline", args=[one.uid]) if one.uid in opened else ""),
            *(Cell(shown(text)) for text in (one.sex, one.group, one.department, one.job, one.post)),
            Cell(one.admitted_on.isoformat()),
            Cell(one.standing),
        )
        rows.append(Row(tuple(cells[place] for place in kept)))
    return Table(tuple(HEADS[place] for place in kept), rows)


def _pager(page: Any, asked: dict[str, str], day: date, purpose: str) -> Pager:
    def address(number: int) -> str:
        return _address("members:asof", day, purpose, **asked, page=str(number))

    return Pager(
        address(page.previous_page_number()) if page.has_previous() else "",
        address(page.next_page_number()) if page.has_next() else "",
        f"第{page.number}页，共{page.paginator.num_pages}页" if page.paginator.num_pages > 1 else "",
    )


def _all(request: Any) -> tuple[list[asof.Line], str, date, str]:
    """Everybody of the register or of the group asked for, with the name of the union, and of the group or groups."""
    access: Access = request.access
    day, purpose, _problem = _asked(request)
    groups = access.reach(led.WHOLE)
    group = request.GET.get("group", "")[:60]
    rows = _of_group(asof.members_on(access.union, day, purpose, groups), group)
    lines = asof.lines(rows, asof.posts_on(access.union, day))
    whose = group or ("、".join(unions.going_on(access.union, groups)) if groups is not None else "")
    return lines, Union.objects.get(pk=access.union).name + whose, day, purpose


@requires("members.led")
@fresh(file=True)
@require_safe
def excel(request: Any) -> HttpResponse:
    """The register of the day as an Excel file."""
    lines, union, day, purpose = _all(request)
    title = roster.title(union, day, purpose)
    return downloads.attachment(roster.workbook(lines, title), f"{title}.xlsx", downloads.XLSX)


@requires("members.led")
@fresh(file=True)
@require_safe
def paper(request: Any) -> HttpResponse:
    """The 花名册 of the day."""
    lines, union, day, purpose = _all(request)
    document = roster.paper(lines, union=union, day=day, purpose=purpose, created_at=timezone.localtime())
    return downloads.word(document, roster.title(union, day, purpose))


@requires("members.view")
@require_safe
def certificate(request: Any) -> HttpResponse:
    """The 人数证明 of the day."""
    access: Access = request.access
    day, _purpose, _problem = _asked(request)
    union = Union.objects.get(pk=access.union).name
    found = asof.counts(access.union, day)
    document = roster.certificate(found, union=union, day=day, on=access.on, created_at=timezone.localtime())
    return downloads.word(document, f"{union}会员人数证明（{chinese_date(day)}）")
