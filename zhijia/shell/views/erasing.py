"""Whose data is past its time, and the erasure of a person by decision."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from zhijia.core.erasing import GONE
from zhijia.core.guards import fresh, requires
from zhijia.core.outcomes import Refused
from zhijia.core.pages.parts import Cell, Field, Head, Pager, Row, Table
from zhijia.core.pages.reading import message, whole_number
from zhijia.shell import erasing, retention, settling
from zhijia.shell.access import own
from zhijia.shell.registers import BY_LABEL

REQUESTS = "members.CorrectionRequest"


@requires("shell.erase")
@never_cache
@require_safe
def retention_page(request: Any) -> HttpResponse:
    """Those who left longer ago than their data is kept, and how long each kind is kept."""
    typed, today = request.GET.get("after", ""), request.access.on
    start = whole_number(typed) or 0
    found = retention.candidates(request.access, today, after_pk=start)
    onward = f"?after={found[-1].pk}" if len(found) == retention.PAGE else ""
    context = {
        "table": _people(found, today) if found else None,
        "waiting": sum(not one.confirmed for one in settling.every(request.access.union)),
        "pager": Pager(previous="?" if start else "", next=onward, text=f"本页{len(found)}人"),
    }
    return render(request, "shell/retention.html", context)


def _people(found: list[retention.Candidate], today: date) -> Table:
    rows = []
    for one in found:
        over = sum(kind.count for kind in one.kept if kind.over(today))
        later = [
            f"{kind.source.title}到{kind.until.year}年" for kind in one.kept if not kind.over(today) and kind.until
        ]
        cells = (
            Cell(one.name, reverse("shell:erase", args=[one.uid])),
            Cell(one.left_on.isoformat() if one.left_on else ""),
            Cell(str(over), number=True),
            Cell("、".join(later) or "全部到期"),
        )
        rows.append(Row(cells))
    heads = (Head("姓名"), Head("离会日期"), Head("到期的记录", number=True), Head("还在保存期内"))
    return Table(heads, rows)


@requires("shell.erase")
@never_cache
@fresh()
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: Any, uid: UUID) -> HttpResponse:
    """The one confirmation: what goes, what stays, what stands against it; then the deed."""
    access = request.access
    row = erasing.person_of(access, uid)
    if row is None or row.name == GONE:
        raise Http404("没有这个人，或已经删除")
    texts = {name: request.POST.get(name, "").strip() for name in erasing.FIELDS}
    seen = erasing.outlook(row.pk, access.on, union=access.union)
    wish = own.erasure_asked(row.pk) if any(one.source.label == REQUESTS for one in seen.kept) else None
    wish_url = BY_LABEL[REQUESTS].url("record", wish.uid) if wish else ""
    problems: tuple[Any, ...] = ()
    if request.method == "POST":
        decision = erasing.Decision(texts["reason"], texts["minutes"], _day(texts["decided_on"]))
        try:
            counts = erasing.erase(row, decision, by=access, today=access.on)
        except Refused as refused:
            problems = refused.violations
        else:
            said = f"已删除：{sum(counts.values())}条记录不再有本人的信息，统计数字不变。"
            messages.success(request, said + ("本人的请求已答复“已删除”。" if wish else ""))
            return HttpResponseRedirect(reverse("shell:retention"), status=303)
    wrong = {name: tuple(message(one) for one in problems if one.place.column == name) for name in erasing.FIELDS}
    fields = (
        Field("reason", "为什么删除", value=texts["reason"], required=True, errors=wrong["reason"],
              help="例如：离会满五年，本人申请。不要写姓名、工号、证件号"),
        Field("minutes", "哪次会议或哪份文件决定的", value=texts["minutes"], required=True, errors=wrong["minutes"]),
        Field("decided_on", "决定日期", "date", texts["decided_on"], required=True, errors=wrong["decided_on"]),
    )  # fmt: skip
    context = {
        "name": row.name,
        "wish": wish,
        "wish_url": wish_url,
        "seen": seen,
        "fields": fields,
        "problems": tuple(one for one in problems if one.place.column not in wrong and one.code != "tied"),
        "back": BY_LABEL["members.Person"].url("record", uid),
    }
    return render(request, "shell/erase.html", context, status=422 if problems else 200)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
