"""The way in: the rounds of the report, and the first page of a draft."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from zhijia.core.guards import requires
from zhijia.core.outcomes import Refused
from zhijia.core.pages.parts import DONE, INFO, Action, Badge, Cell, Head, Row, Table
from zhijia.reports import package, rules, terms
from zhijia.reports.drafts import writing
from zhijia.reports.models import Draft
from zhijia.reports.opening import FINE, draft_of, must, now

HEADS = (Head("工作报告"), Head("轮次"), Head("阶段"), Head("开始"))


@requires("reports.view")
@require_http_methods(["GET", "HEAD", "POST"])
def workbench(request: Any) -> HttpResponse:
    """Every round of every term; POST begins the draft of the term that runs now."""
    access, problems = request.access, FINE
    if request.method == "POST":
        must(access, "reports.edit")
        try:
            workshop = package.prepare(terms.current(access.union, access.on))
            draft = writing.start(workshop, by=access, now=now())
        except Refused as refused:
            problems = refused.violations
        else:
            messages.success(request, "已按今天的记录起草：每个数字都能点开看出处，接下来可以逐节修改。")
            return HttpResponseRedirect(reverse("reports:draft", args=[draft.pk]))
    drafts = list(Draft.objects.filter(union_id=access.union).order_by("-term", "-number"))
    rows = [
        Row(
            (
                Cell(f"{one.label}工作报告", url=reverse("reports:draft", args=[one.pk])),
                Cell(f"第{one.number}轮" + (f"（{one.reason}）" if one.reason else "")),
                Cell(badge=Badge(rules.STAGES[one.stage], DONE if one.final else INFO)),
                Cell(f"{one.started_at:%Y-%m-%d} {one.started_by}"),
            )
        )
        for one in drafts
    ]
    newest = drafts[0] if drafts else None
    may_start = access.may("reports.edit") and not terms.drafted(access.union, access.on)
    start = Action("按记录起草工作报告", reverse("reports:workbench"), "report", post=True) if may_start else None
    go_on = Action("接着改", reverse("reports:draft", args=[newest.pk]), "edit") if newest else None
    context = {"table": Table(HEADS, rows) if rows else None, "main": start or go_on, "problems": problems}
    return render(request, "reports/workbench.html", context, status=422 if problems else 200)


@requires("reports.view")
@require_safe
def draft_page(request: Any, pk: int) -> HttpResponse:
    """A draft opens at its first section."""
    draft = draft_of(request.access, pk)
    first = draft.sections.order_by("number").values_list("number", flat=True).first()
    return HttpResponseRedirect(reverse("reports:section", args=[pk, first or 1]))
