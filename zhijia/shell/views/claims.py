"""Claims as the records judge them."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from zhijia.core.guards import requires
from zhijia.shell.catalogue import STATES
from zhijia.shell.overview import overview
from zhijia.shell.scopes import scope_or_404


@requires("shell.facts")
@require_safe
def claims_page(request: Any) -> HttpResponse:
    """All claims of the term: what does not hold comes first, with what is missing (names only for those who may)."""
    scope = scope_or_404(request.access)
    order = ("refuted", "unknown", "holds")
    claims = sorted(overview(scope).claims, key=lambda claim: order.index(claim.state))
    rows = [{"claim": claim, "text": claim.text_final or claim.text, "state": STATES[claim.state]} for claim in claims]
    context = {"scope": scope, "rows": rows, "may_see": request.access.may("shell.records")}
    return render(request, "shell/claims.html", context)
