"""Files that came back edited in a word processor."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from zhijia.core.guards import requires
from zhijia.core.outcomes import Refused, Violation
from zhijia.core.pages.parts import Field
from zhijia.reports.drafts import comparing, returning, stages
from zhijia.reports.models import DraftReturn, DraftSection
from zhijia.reports.navigation import tabs
from zhijia.reports.opening import FINE, draft_of, now

KINDS = {"changed": "改写", "new": "新增", "gone": "删去", "heading": "标题"}


@requires("reports.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def returned_page(request: Any, pk: int) -> HttpResponse:
    """Upload a docx that was edited elsewhere, and the files that came back before."""
    access, draft, problems = request.access, draft_of(request.access, pk), FINE
    if request.method == "POST":
        file = request.FILES.get("file")
        try:
            if file is None:
                raise Refused([Violation("file", "还没有选文件", mend="选一个从这里下载后修改的 .docx 文件")])
            if file.size > returning.MOST_BYTES:
                raise Refused([Violation("size", "文件超过20 MB", mend="请只交工作报告这一个文件")])
            state = stages.state(draft, access.on)
            made = returning.take_in(state, file.name, file.read(), by=access, now=now())
        except Refused as refused:
            problems = refused.violations
        else:
            return HttpResponseRedirect(reverse("reports:review", args=[pk, made.pk]))
    context = {
        "draft": draft,
        "tabs": tabs(draft, access, "returned"),
        "files": list(DraftReturn.objects.filter(draft=draft).order_by("-pk")),
        "field": Field("file", "改好的 Word 文件", "file", accept=".docx", required=True),
        "problems": problems,
    }
    return render(request, "reports/returned.html", context, status=422 if problems else 200)


@requires("reports.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: Any, pk: int, file: int) -> HttpResponse:
    """Every difference of one file, to be accepted or refused; nothing happens until the one confirmation."""
    draft = draft_of(request.access, pk)
    returned = DraftReturn.objects.filter(draft=draft, pk=file).select_related("draft").first()
    if returned is None:
        raise Http404("没有这个文件")
    problems = FINE
    if request.method == "POST":
        accepted = [place for place in range(len(returned.differences)) if request.POST.get(f"take-{place}") == "1"]
        try:
            left = returning.settle(returned, accepted, by=request.access, now=now())
        except Refused as refused:
            problems = refused.violations
        else:
            messages.success(request, _told(len(accepted), len(returned.differences), left))
            return HttpResponseRedirect(reverse("reports:draft", args=[pk]))
    names = dict(DraftSection.objects.filter(draft=draft).values_list("number", "name"))
    rows = [
        {
            "place": place,
            "kind": KINDS[one["kind"]],
            "section": names.get(one["section"], ""),
            "stretches": comparing.stretches(one["was"], one["now"]),
            "figures": one.get("figures", []),
            "typed": one.get("typed", []),
            "unmarked": [] if one.get("figures") else one.get("unmarked", []),
            # A figure overwritten by hand is the one thing that is not taken over unasked.
            "take": not one.get("figures"),
        }
        for place, one in enumerate(returned.differences)
    ]
    context = {"draft": draft, "returned": returned, "rows": rows, "problems": problems}
    return render(request, "reports/review.html", context, status=422 if problems else 200)


def _told(accepted: int, of: int, left: list[str]) -> str:
    words = f"已采用{accepted}处改动，另外{of - accepted}处没有采用。"
    if left:
        words += f"其中{len(left)}处因为稿子里又改过，没有套用：" + "；".join(text[:20] for text in left[:3])
    return words
