"""The membership card: one's own, with a code to scan, and the page that whoever scans it sees."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import segno
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from zhijia.core import clock
from zhijia.core.guards import public, requires
from zhijia.shell.access import cards


@requires("shell.home")
@never_cache
@require_safe
def card(request: Any) -> HttpResponse:
    """My card; its code holds the address of the check and my 编号, nothing else."""
    found = cards.card_of(request.access.person, request.access.on) if request.access.person else None
    if found is None:
        raise Http404("这个登录名没有对应的人")
    url = request.build_absolute_uri(reverse("shell:verify_card", args=[found.uid]))
    image = segno.make(url, error="m", micro=False).svg_inline(border=2, omitsize=True)
    context = {"card": found, "url": url, "qr": mark_safe(image), "today": request.access.on}  # noqa: S308 - of squares
    return render(request, "shell/card.html", context)


@public
@never_cache
@require_safe
def verify(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Whether the card holds today. Unknown, left and never a member all look the same; nobody is asked who scans."""
    today = clock.today()
    answer = render(request, "shell/card_verified.html", {"found": cards.verify(uid, today), "today": today})
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    return answer
