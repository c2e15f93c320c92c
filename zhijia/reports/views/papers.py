"""The whole draft: on a page as it will be printed, and as a Word file."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from zhijia.core.guards import requires
from zhijia.documents.docx.engine import render as rendered
from zhijia.reports.answers import download
from zhijia.reports.drafts import paper, screen, stages
from zhijia.reports.navigation import tabs
from zhijia.reports.opening import draft_of, now
from zhijia.reports.paper_text import characters

SPEED = 180


@requires("reports.view")
@require_safe
def preview(request: Any, pk: int) -> HttpResponse:
    """The whole report in print layout."""
    draft = draft_of(request.access, pk)
    state = stages.settled(draft, request.access.on, names=False)
    titles = screen.headings(state.sections, state.bodies)
    spoken = paper.spoken_numbers(state.sections, state.bodies)
    document = paper.document(state.sections, state.bodies, state.reading, None, created_at=now())
    count = characters(document)
    context = {
        "draft": draft,
        "tabs": tabs(draft, request.access, "preview"),
        "sections": [
            (one, titles[one.number], screen.text(one, state.bodies[one.number], state.reading))
            for one in state.sections
            if one.number in spoken
        ],
        "count": count,
        "minutes": max(1, round(count / SPEED)),
    }
    return render(request, "reports/preview.html", context)


@requires("reports.view")
@require_safe
def docx(request: Any, pk: int) -> HttpResponse:
    """The draft as it stands, with a bookmark for each figure; edited in WPS it can be read back."""
    draft = draft_of(request.access, pk)
    state = stages.settled(draft, request.access.on)
    document = paper.document(state.sections, state.bodies, state.reading, None, created_at=now())
    return download(rendered(document), f"工作报告（{draft.get_stage_display()}）.docx")
