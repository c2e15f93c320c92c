"""What the checks find."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from zhijia.core.guards import requires
from zhijia.shell.overview import overview
from zhijia.shell.scopes import scope_or_404
from zhijia.shell.views.facts import PAGE


@requires("shell.records")
@require_safe
def check_page(request: Any) -> HttpResponse:
    """Findings of the term, 50 a page, judged by the rules then and now."""
    scope = scope_or_404(request.access)
    page = Paginator(overview(scope).findings, PAGE).get_page(request.GET.get("page"))
    return render(request, "shell/check.html", {"scope": scope, "page": page})
