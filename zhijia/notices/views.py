"""Notices as members read them: what is open for objection now, what was posted before, and one on paper."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from zhijia.core.access import Access
from zhijia.core.guards import requires
from zhijia.core.pages.parts import Cell, Choice, Field, FilterBar, Head, Pager, Row, Table
from zhijia.notices import rules
from zhijia.notices.models import Notice
from zhijia.notices.shown import shown
from zhijia.standards import services as standards
from zhijia.unions.models import Union

DAY = timedelta(days=1)
PAGE = 30
HEADS = (Head("标题"), Head("类别"), Head("公示日期"), Head("结论"))


def _posted(access: Access) -> Any:
    """The notices of the own union that are up or were; a notice prepared for a later day is not there yet."""
    return Notice.objects.in_union(access.union).filter(posted_on__lte=access.on).order_by("-posted_on", "-pk")


@requires("notices.read")
@require_safe
def feed(request: Any) -> HttpResponse:
    """Open notices first; the finished ones of the last year, of the year asked for, or of all where a word is."""
    access: Access = request.access
    posted, exceptions = _posted(access), standards.calendar(access.union)
    opened = [shown(row, access.on, exceptions) for row in posted.filter(end__gt=access.on).order_by("end", "pk")]
    past = posted.filter(Q(end__lte=access.on) | Q(end=None))
    years = [day.year for day in past.order_by().dates("posted_on", "year", order="DESC")]
    asked = request.GET.get("q", "").strip()[:60]
    year = request.GET.get("year", "" if asked or not years else str(years[0]))
    if asked:
        past = past.filter(Q(title__icontains=asked) | Q(text__icontains=asked))
    chosen = int(year) if year in {str(one) for one in years} else None
    if chosen:
        past = past.filter(posted_on__gte=date(chosen, 1, 1), posted_on__lt=date(chosen + 1, 1, 1))
    page = Paginator(past.only("title", "kind", "posted_on", "end", "conclusion", "uid"), PAGE).get_page(
        request.GET.get("page")
    )
    fields = (
        Field("q", "找公示", "search", asked, hint="标题或正文里的字"),
        Field("year", "年份", "select", choices=(
            Choice("", "所有年份", chosen is None),
            *(Choice(str(one), f"{one}年", one == chosen) for one in years),
        )),
    )  # fmt: skip
    context = {
        "opened": opened,
        "bar": FilterBar(request.path, fields, target="#past") if years else None,
        "table": _table(page.object_list) if page.object_list else None,
        "pager": _pager(request, page),
        "asked": asked,
    }
    return render(request, "notices/feed.html", context)


def _table(rows: Any) -> Table:
    return Table(
        HEADS,
        [
            Row(
                (
                    Cell(row.title, reverse("notices:notice", args=[row.uid])),
                    Cell(row.get_kind_display()),
                    Cell(row.posted_on.isoformat()),
                    Cell(row.conclusion or "没有登记结论"),
                )
            )
            for row in rows
        ],
    )


def _pager(request: Any, page: Any) -> Pager:
    def address(number: int) -> str:
        values = request.GET.copy()
        values["page"] = str(number)
        return f"?{values.urlencode()}"

    return Pager(
        address(page.previous_page_number()) if page.has_previous() else "",
        address(page.next_page_number()) if page.has_next() else "",
        f"第{page.number}页，共{page.paginator.num_pages}页" if page.paginator.num_pages > 1 else "",
    )


def _one(request: Any, uid: UUID) -> dict[str, Any]:
    access: Access = request.access
    row = _posted(access).filter(uid=uid).first()
    if row is None:
        raise Http404("没有这条公示")
    one = shown(row, access.on, standards.calendar(access.union))
    return {
        "notice": row,
        "shown": one,
        "badges": [one.badge],
        "open": rules.is_open(row.posted_on, row.end, access.on),
        "paragraphs": [line for line in rules.masked(row.text, row.kind).splitlines() if line.strip()],
    }


@requires("notices.read")
@require_safe
def notice(request: Any, uid: UUID) -> HttpResponse:
    """One notice: what is announced, until when and to whom one may object, and what came of it."""
    return render(request, "notices/notice.html", _one(request, uid))


@requires("notices.read")
@require_safe
def printed(request: Any, uid: UUID) -> HttpResponse:
    """One notice as a sheet for the board, with the union's name below."""
    union = Union.objects.get(pk=request.access.union)
    return render(request, "notices/print.html", _one(request, uid) | {"union": union})
