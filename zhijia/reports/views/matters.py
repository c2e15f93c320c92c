"""What is open in a draft: numbers typed by hand, sentences that were withheld."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from zhijia.core.guards import requires
from zhijia.core.outcomes import Refused
from zhijia.core.pages.parts import Choice, Field
from zhijia.core.pages.reading import whole_number
from zhijia.reports import editing
from zhijia.reports.drafts import candidates as facts_for
from zhijia.reports.drafts import writing
from zhijia.reports.drafts.body import Sentence, Words, from_json
from zhijia.reports.drafts.live import scope_of
from zhijia.reports.models import DraftSection
from zhijia.reports.navigation import tabs
from zhijia.reports.opening import FINE, draft_of, marked, must, now, section_in, sections_of


@requires("reports.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def number_page(request: Any, pk: int, number: int, sentence: int, place: int) -> HttpResponse:
    """A number typed by hand: tie it to a fact, or have a named person answer for it."""
    section = section_in(sections_of(request.access, pk), number)
    try:
        typed = writing.typed_at(section, sentence, place, request.POST.get("number", ""))
    except Refused as refused:
        messages.info(request, refused.violations[0].message + "。" + refused.violations[0].mend + "。")
        return HttpResponseRedirect(reverse("reports:section", args=[pk, number]))
    around = next(one for one in from_json(section.body) if one.id == sentence)
    fields = _confirm_fields(request)
    problems = FINE
    if request.method == "POST":
        try:
            _settle(request, section, around, place)
        except Refused as refused:
            problems, fields = refused.violations, marked(fields, refused)
        else:
            return HttpResponseRedirect(reverse("reports:section", args=[pk, number]))
    search = request.GET.get("q", "").strip()[:60]
    context = {
        "draft": section.draft,
        "section": section,
        "typed": typed,
        "before": "".join(span.text for span in around.spans[:place]),
        "after": "".join(span.text for span in around.spans[place + 1 :]),
        "found": facts_for.candidates(scope_of(section.draft, request.access.on), typed.text, search=search),
        "search": Field("q", "按名称查找", "search", search, hint="如：走访、会员、慰问金"),
        "fields": fields,
        "may_confirm": request.access.may("reports.confirm"),
        "problems": problems,
    }
    return render(request, "reports/number.html", context, status=422 if problems else 200)


def _confirm_fields(request: Any) -> list[Field]:
    post = request.POST
    return [
        Field(
            "why", "数字从哪里来", "textarea", post.get("why", ""), rows=2, required=True,
            hint="如：厅人事处2026年11月统计",
        ),
        Field("who", "谁对这个数字负责", value=post.get("who", request.access.name), required=True),
    ]  # fmt: skip


def _settle(request: Any, section: DraftSection, around: Sentence, place: int) -> None:
    access, post = request.access, request.POST
    typed = writing.typed_at(section, around.id, place, post.get("number", ""))
    if post.get("do") == "confirm":
        must(access, "reports.confirm")
        writing.confirm_number(
            section, around.id, place, why=post.get("why", ""), who=post.get("who", ""), by=access, today=access.on,
            now=now(),
        )  # fmt: skip
        messages.success(request, f"“{typed.text}”已由{post.get('who', '').strip()}确认，目录里会列为人工确认。")
        return
    behind = around.spans[place + 1] if place + 1 < len(around.spans) else None
    after = behind.text if isinstance(behind, Words) else ""
    live = facts_for.chosen(scope_of(section.draft, access.on), post.get("fact", ""), typed.text, after)
    writing.tie(section, around.id, place, live, by=access, now=now())
    messages.success(request, f"“{typed.text}”已对应到事实，现在写作“{live.text}”，记录变了它会跟着变。")


@requires("reports.view")
@require_http_methods(["GET", "HEAD", "POST"])
def withheld_page(request: Any, pk: int) -> HttpResponse:
    """Sentences that were not written, with the reason; POST writes one all the same, with a reason of its own."""
    draft, access = draft_of(request.access, pk), request.access
    sections = sections_of(access, pk)
    problems = FINE
    key = request.POST.get("key", request.GET.get("key", ""))
    fields = _withheld_fields(request, sections)
    if request.method == "POST":
        must(access, "reports.edit")
        wanted = request.POST.get("section", "")
        try:
            section = section_in(sections, whole_number(wanted) or 0)
            writing.write_withheld(section, key, reason=request.POST.get("reason", ""), by=access, now=now())
        except Refused as refused:
            problems, fields = refused.violations, marked(fields, refused)
        else:
            messages.success(request, f"已写到“{section.name}”末尾，请补上空着的地方。")
            return HttpResponseRedirect(reverse("reports:edit", args=[pk, section.number]))
    listed = editing.shown_withheld(draft)
    chosen = next((one for one in listed if one["key"] == key), None)
    context = {
        "draft": draft,
        "tabs": tabs(draft, access, "withheld"),
        "barred": [one for one in listed if one["kind"] in editing.BARRED],
        "spared": [one for one in listed if one["kind"] not in editing.BARRED],
        "chosen": chosen,
        "fields": fields if chosen is None or chosen["kind"] in editing.BARRED else fields[:1],
        "may_edit": access.may("reports.edit") and not draft.final,
        "problems": problems,
    }
    return render(request, "reports/withheld.html", context, status=422 if problems else 200)


def _withheld_fields(request: Any, sections: list[DraftSection]) -> list[Field]:
    chosen = request.POST.get("section", "")
    choices = tuple(Choice(str(one.number), one.name, str(one.number) == chosen) for one in sections if one.number > 1)
    reason = request.POST.get("reason", "")
    return [
        Field("section", "写到哪一节", "select", choices=choices),
        Field("reason", "为什么仍要写", "textarea", reason, rows=2, required=True, help="理由会留存，定稿时一并可查。"),
    ]
