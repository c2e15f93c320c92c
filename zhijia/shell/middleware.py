"""What every request gets: who is asking, and headers that let a page load nothing but its own files."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.contrib import messages
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import get_resolver, reverse

from zhijia.accounts import sessions
from zhijia.core import clock
from zhijia.shell import access, entrance, visits

CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
    "manifest-src 'self'; worker-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def _comes_back_to(request: HttpRequest) -> str:
    """Where a login leads: the page asked for; after a button that was pressed too late, the page it stands on."""
    if request.method in visits.SAFE:
        return request.get_full_path()
    came_from = urlsplit(request.headers.get("Referer", ""))
    if came_from.netloc != request.get_host() or not came_from.path:
        return reverse("shell:home")
    return f"{came_from.path}?{came_from.query}" if came_from.query else came_from.path


class AccessMiddleware:
    """Sets `request.access` (None without a login) and `request.fresh`; sends people without a login to the login page.

    A session that was ended elsewhere, left idle or is too old ends here.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        """Build the access once, answer, and close the answer to caches and foreign content."""
        today = clock.today()
        if request.user.is_authenticated and not entrance.goes_on(request):
            entrance.leave(request)
            messages.info(request, "已经退出：太久没有操作，或在别处结束了这次登录。请重新登录。")
        request.access = access.for_user(request.user, today) if request.user.is_authenticated else None
        request.fresh = request.access is not None and sessions.is_fresh(request.session)
        response = self.get_response(request)
        if response.status_code == 405 and request.method == "GET":
            page: Any = get_resolver().resolve_error_handler(405)
            response = page(request, response.headers.get("Allow", ""))
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if request.access is not None:
            response.headers["Cache-Control"] = "no-store"
        return response

    def process_view(self, request: Any, view: Callable[..., Any], _args: Any, _kwargs: Any) -> HttpResponse | None:
        """A page that asks for a permission asks for a login first. No text of a form or an address holds a NUL.

        Nobody types one, and PostgreSQL refuses it in the middle of a query.
        """
        if any("\x00" in text for given in (request.GET, request.POST) for _, texts in given.lists() for text in texts):
            raise SuspiciousOperation("NUL in what was sent")
        if request.access is None and getattr(view, "permission", None):
            target = reverse("shell:login")
            return HttpResponseRedirect(f"{target}?{urlencode({'next': _comes_back_to(request)})}")
        if getattr(view, "permission", None):
            visits.stop_writing(request)
        first = entrance.comes_first(request) if request.access and getattr(view, "permission", None) else ""
        return HttpResponseRedirect(first) if first else None
