"""Opinions about a draft."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from zhijia.core.guards import requires
from zhijia.core.outcomes import Refused
from zhijia.core.pages.parts import DONE, DUE, INFO, QUIET, Badge, Cell, Choice, Field, Head, Row, Table
from zhijia.core.pages.reading import whole_number
from zhijia.documents.docx.engine import render as docx
from zhijia.reports.answers import download
from zhijia.reports.drafts import opinions
from zhijia.reports.models import Draft, DraftOpinion, DraftSection
from zhijia.reports.navigation import tabs
from zhijia.reports.opening import FINE, day_of, draft_of, marked, must, now
from zhijia.unions.models import Union

Taken = DraftOpinion.Taken
TONES = {Taken.OPEN: DUE, Taken.YES: DONE, Taken.PARTLY: INFO, Taken.NO: QUIET}
HEADS = (Head("提出人（单位）"), Head("意见"), Head("日期"), Head("部分"), Head("处理"), Head("说明"))


@requires("reports.view")
@require_http_methods(["GET", "HEAD", "POST"])
def opinions_page(request: Any, pk: int) -> HttpResponse:
    """What was said about the draft and what was made of it; POST records one more."""
    access, draft = request.access, draft_of(request.access, pk)
    sections = list(DraftSection.objects.filter(draft=draft).only("number", "name", "draft").order_by("number"))
    fields, problems, post = _fields(request, sections), FINE, request.POST
    if request.method == "POST":
        must(access, "reports.edit")
        section = next((one for one in sections if str(one.number) == post.get("section")), None)
        try:
            said = opinions.add(
                draft, who=post.get("who", ""), on=day_of(post.get("on", "")), text=post.get("text", ""),
                section=section, by=access, today=access.on,
            )  # fmt: skip
        except Refused as refused:
            problems, fields = refused.violations, marked(fields, refused)
        else:
            messages.success(request, f"已记下{said.who}的意见，接着写怎样处理。")
            return HttpResponseRedirect(reverse("reports:opinions", args=[pk]))
    listed = opinions.listed(draft)
    rows = [
        Row(
            (
                Cell(one.who, reverse("reports:opinion", args=[pk, one.pk])),
                Cell(one.text),
                Cell(one.on.isoformat()),
                Cell(one.section.name if one.section else "全文"),
                Cell(badge=Badge(one.get_taken_display(), TONES[Taken(one.taken)])),
                Cell(one.answer or "—"),
            )
        )
        for one in listed
    ]
    context = {
        "draft": draft,
        "tabs": tabs(draft, access, "opinions"),
        "table": Table(HEADS, rows) if rows else None,
        "open": sum(one.taken == Taken.OPEN for one in listed),
        "count": len(listed),
        "fields": fields,
        "may_edit": access.may("reports.edit"),
        "problems": problems,
    }
    return render(request, "reports/opinions.html", context, status=422 if problems else 200)


def _fields(request: Any, sections: list[DraftSection]) -> list[Field]:
    post = request.POST
    chosen = post.get("section", request.GET.get("section", ""))
    places = (
        Choice("", "全文", not chosen),
        *(Choice(str(s.number), s.name, str(s.number) == chosen) for s in sections),
    )
    return [
        Field("who", "谁提的", value=post.get("who", ""), required=True, hint="如：第三工会小组、厅机关党委"),
        Field("on", "日期", "date", post.get("on", request.access.on.isoformat()), required=True),
        Field("section", "针对哪一节", "select", choices=places),
        Field("text", "意见", "textarea", post.get("text", ""), rows=3, required=True),
    ]


@requires("reports.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def opinion_page(request: Any, pk: int, opinion: int) -> HttpResponse:
    """One opinion, to say what was made of it."""
    draft = draft_of(request.access, pk)
    one = DraftOpinion.objects.filter(draft=draft, pk=opinion).select_related("section", "draft").first()
    if one is None:
        raise Http404("没有这条意见")
    post, problems = request.POST, FINE
    taken = post.get("taken", one.taken)
    choices = tuple(Choice(code, label, code == taken) for code, label in Taken.choices if code != Taken.OPEN)
    fields = [
        Field("taken", "怎样处理", "radios", choices=choices, required=True),
        Field(
            "answer", "说明", "textarea", post.get("answer", one.answer), rows=3,
            help="没有全部采纳的，写给提意见的人看。",
        ),
    ]  # fmt: skip
    if request.method == "POST":
        version = post.get("version", "")
        try:
            opinions.answer(
                one, taken=post.get("taken", ""), words=post.get("answer", ""),
                version=whole_number(version) or 0, by=request.access,
            )  # fmt: skip
        except Refused as refused:
            problems, fields = refused.violations, marked(fields, refused)
        else:
            messages.success(request, f"已记下对{one.who}的意见怎样处理，采纳情况表里已更新。")
            return HttpResponseRedirect(reverse("reports:opinions", args=[pk]))
    context = {"draft": draft, "opinion": one, "fields": fields, "problems": problems}
    return render(request, "reports/opinion.html", context, status=422 if problems else 200)


@requires("reports.view")
@require_safe
def table(request: Any, pk: int) -> HttpResponse:
    """The opinions and what was made of them, to print."""
    draft: Draft = draft_of(request.access, pk)
    union = Union.objects.get(pk=draft.union_id)
    return download(docx(opinions.table(draft, union=union.name, created_at=now())), "工作报告意见采纳情况表.docx")
