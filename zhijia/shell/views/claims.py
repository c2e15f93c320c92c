"""Claims as the records judge them."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from zhijia.core.guards import requires
from zhijia.core.pages.parts import Field, FilterBar, Tab
from zhijia.shell.catalogue import STATES
from zhijia.shell.claim_lines import ORDER, line
from zhijia.shell.links import with_query
from zhijia.shell.overview import overview
from zhijia.shell.scopes import scope_or_404


@requires("shell.facts")
@require_safe
def claims_page(request: Any) -> HttpResponse:
    """All claims of the term, or those of one state: what does not hold comes first, with what is missing."""
    access, scope = request.access, scope_or_404(request.access)
    state, wanted = request.GET.get("state", ""), request.GET.get("q", "").strip()
    state = state if state in STATES else ""
    claims = sorted(overview(scope).claims, key=lambda claim: ORDER.index(claim.state))
    found = [claim for claim in claims if wanted in claim.text]
    lines = [line(access, scope, claim) for claim in found if state in ("", claim.state)]
    kept = [("q", wanted)] if wanted else []
    tabs = [Tab("全部", with_query(request.path, kept), not state, str(len(found)))]
    for code in ORDER:
        number = sum(claim.state == code for claim in found)
        tabs.append(Tab(STATES[code], with_query(request.path, [("state", code), *kept]), state == code, str(number)))
    bar = FilterBar(
        request.path, (Field("q", "查找", "search", wanted, hint="说法里的词，如 体检"),), kept=(("state", state),)
    )
    return render(request, "shell/claims.html", {"scope": scope, "lines": lines, "tabs": tabs, "bar": bar})
