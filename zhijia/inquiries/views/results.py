"""What came back: counted on a page, and as Excel, masked for officers, in full for whoever pays."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from zhijia.core.access import Access
from zhijia.core.guards import fresh, requires
from zhijia.core.outcomes import Refused
from zhijia.core.pages import charts
from zhijia.core.pages.parts import Field
from zhijia.inquiries import results, rules, services, showing
from zhijia.inquiries.results import Tally

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@requires("inquiries.view")
@require_safe
def results_page(request: Any, uid: UUID) -> HttpResponse:
    """Every question with its answers counted; sealed answers only as a number."""
    access: Access = request.access
    inquiry = showing.inquiry_of(access, uid)
    questions = services.questions_of(inquiry)
    (line,) = showing.lines([inquiry], access)
    context = {
        **showing.frame(inquiry, access, "results"),
        "tallies": [(one, _chart(one)) for one in results.tallies(inquiry, questions, access.on)],
        "line": line,
        "may_full": access.may("inquiries.export_full") and any(one.personal for one in questions),
        "personal": any(one.personal for one in questions),
    }
    return render(request, "inquiries/results.html", context)


def _chart(one: Tally) -> charts.Drawing | None:
    """Bars of the options, the message in the title."""
    if not one.counts:
        return None
    most = max(count for _option, count in one.counts)
    first = [option for option, count in one.counts if count == most]
    title = f"{'、'.join(first[:3])}最多，{'各' if len(first) > 1 else ''}{most}人" if most else "还没有人填"
    points = [charts.Point(option, count, f"{count}人") for option, count in one.counts]
    return charts.ranks(title, points, heads=("选项", "人数"), full=one.answered or 1)


@requires("inquiries.view")
@require_safe
def export(request: Any, uid: UUID) -> HttpResponse:
    """The answers as Excel, sealed ones masked."""
    access: Access = request.access
    inquiry = showing.inquiry_of(access, uid)
    content = results.masked_file(inquiry, services.questions_of(inquiry), access.on)
    return _file(content, f"{inquiry.title}.xlsx")


@requires("inquiries.export_full")
@fresh()
@require_http_methods(["GET", "HEAD", "POST"])
def export_full(request: Any, uid: UUID) -> HttpResponse:
    """The answers as Excel with card numbers in full, after saying what for."""
    access: Access = request.access
    inquiry = showing.inquiry_of(access, uid)
    questions = services.questions_of(inquiry)
    if not any(one.personal for one in questions) or inquiry.state == rules.DRAFT:
        raise Http404("这张表没有保密的内容")
    reason = str(request.POST.get("reason", ""))
    problems: tuple[str, ...] = ()
    if request.method == "POST":
        try:
            content = results.full_file(inquiry, questions, reason=reason, by=access, today=access.on)
            return _file(content, f"{inquiry.title}（完整）.xlsx")
        except Refused as refused:
            problems = tuple(f"{one.message}。{one.mend}" for one in refused.violations)
    field = Field(
        "reason", "用来做什么", value=reason, required=True, errors=problems, hint="例如：发放春节慰问金", focus=True
    )
    context = {
        **showing.frame(inquiry, access, ""),
        "fields": [field],
        "lines": [
            f"包含：{'、'.join(one.text for one in questions if one.personal)}",
            "谁、什么时候、为什么导出，会记入日志，不能删除",
            "文件里是完整号码：用完即删，不要转发",
        ],
        "action": reverse("inquiries:export_full", args=[inquiry.uid]),
        "back": reverse("inquiries:results", args=[inquiry.uid]),
    }
    return render(request, "inquiries/export_full.html", context, status=422 if problems else 200)


def _file(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=EXCEL)
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
