"""Where one can go: everything on one page for the phone, and each section with what it is for."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from zhijia.core.guards import requires
from zhijia.shell import hallway


@requires("shell.home")
@require_safe
def menu(request: Any) -> HttpResponse:
    """All sections with their entries."""
    return render(request, "shell/menu.html", {"sections": hallway.sections(request.access)})


@requires("shell.home")
@require_safe
def section(request: Any, word: str) -> HttpResponse:
    """One section: its registers and pages, each with what it is for."""
    label = hallway.label_of(word)
    found = next((one for one in hallway.sections(request.access) if one.label == label), None)
    if found is None:
        raise Http404("没有这个栏目")
    return render(request, "shell/section.html", {"section": found})
