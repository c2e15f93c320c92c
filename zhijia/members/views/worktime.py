"""Working time, optional: the officer notes the own hours on a phone; those who register posts see everybody's year."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from zhijia.core.access import Access
from zhijia.core.guards import requires
from zhijia.core.outcomes import Refused, Violation
from zhijia.core.pages.parts import Cell, Field, FilterBar, Head, Row, Table
from zhijia.core.pages.reading import whole_number
from zhijia.core.sheets.amounts import hours as hours_kind
from zhijia.members import post_rules, posts, time_records
from zhijia.members.asking import Typed, marked
from zhijia.members.standing import refusal

OWN_HEADS = (Head("日期"), Head("小时", number=True), Head("做什么"))
YEAR_HEADS = (Head("姓名"), Head("各月"), Head("全年", number=True))
_HOURS = hours_kind(24)


def _tenths(typed: Typed) -> int:
    """The hours that were typed, in tenths; a problem is noted where there are none."""
    text = typed.text("hours")
    values, problems = _HOURS.parse([text]) if text else ([None], [])
    if problems or not values[0]:
        mend = problems[0].mend if problems else "如 3 或 1.5"
        typed.problems.append(refusal("hours", "还没有写小时数" if not text else "小时数看不懂", mend))
        return 0
    return int(values[0])


def _year(request: Any) -> int:
    text = request.GET.get("year", "")
    this: int = request.access.on.year
    year = whole_number(text, 4)
    return year if year is not None and 2000 <= year <= this else this


def _row(one: time_records.Year) -> Row:
    months = [
        f"{month}月{time_records.hours(tenths)}小时" + ("（超）" if post_rules.over_limit(tenths) else "")
        for month, tenths in enumerate(one.months, start=1)
        if tenths
    ]
    return Row((Cell(one.name), Cell("，".join(months)), Cell(f"{time_records.hours(one.total)}小时", number=True)))


@requires("members.handover")
@require_http_methods(["GET", "HEAD", "POST"])
def time(request: Any) -> HttpResponse:
    """Note the own hours; the year by month against three working days."""
    access: Access = request.access
    typed, sent = Typed(request.POST.dict(), access.on), request.method == "POST"
    problems: tuple[Violation, ...] = ()
    if sent:
        try:
            on, tenths = typed.day("on"), _tenths(typed)
            typed.stop(what="做了什么")
            assert on is not None
            time_records.add(on=on, tenths=tenths, what=typed.text("what"), by=access, today=access.on)
        except Refused as refused:
            problems = tuple(refused.violations)
        else:
            messages.success(request, f"记下了：{on.isoformat()}，{time_records.hours(tenths)}小时。")
            return HttpResponseRedirect(reverse("members:time"), status=303)
    year, everybody = _year(request), access.may(posts.APPOINT)
    rows = time_records.year(access.union, year, person=None if everybody else access.person)
    own = time_records.own(access)
    fields = (
        Field("on", "日期", "date", typed.text("on") or access.on.isoformat(), required=True),
        Field("hours", "小时", "number", typed.text("hours"), required=True, hint="3"),
        Field("what", "做什么", value=typed.text("what"), required=True, hint="筹备职工运动会"),
    )
    context = {
        "fields": marked(fields, problems),
        "problems": problems,
        "source": post_rules.TIME_SOURCE,
        "limit": time_records.hours(post_rules.MONTH_TENTHS),
        "own": Table(
            OWN_HEADS,
            [
                Row((Cell(one.on.isoformat()), Cell(time_records.hours(one.tenths), number=True), Cell(one.what)))
                for one in own
            ],
        )
        if own
        else None,
        "year": year,
        "everybody": everybody,
        "bar": FilterBar(request.path, (Field("year", "年度", "number", str(year)),), target="#year"),
        "table": Table(YEAR_HEADS, [_row(one) for one in rows]) if rows else None,
        "over": sum(one.over for one in rows),
    }
    return render(request, "members/time.html", context, status=422 if problems else 200)
