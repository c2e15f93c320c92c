"""Guards on views: which permission opens a page, and whether the password is asked for again first."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect

from zhijia.core.access import Access


def requires(permission: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Let a view through only for those who hold `permission`; others get 403 with the reason."""

    def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def guarded(request: Any, *args: Any, **kwargs: Any) -> Any:
            access: Access | None = getattr(request, "access", None)
            if access is None or not access.may(permission):
                raise PermissionDenied(permission)
            return view(request, *args, **kwargs)

        guarded.permission = permission  # type: ignore[attr-defined]  # read by the arrow tests and the access matrix
        return guarded

    return decorate


def public(view: Callable[..., Any]) -> Callable[..., Any]:
    """Mark a view that needs no login (login page, health check)."""
    view.permission = None  # type: ignore[attr-defined]  # read by the arrow tests and the access matrix
    return view


def fresh(*, file: bool = False) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Ask for the password again before a view that gives data away, unless it was given a few minutes ago.

    Stands below `requires`. The page that asks leads back here; for a `file` it says so first, and a form that was
    sent comes back to the page it stood on, to be sent again. `request.fresh` is set by the hallway's middleware.
    """

    def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def guarded(request: Any, *args: Any, **kwargs: Any) -> Any:
            if getattr(request, "fresh", False):
                return view(request, *args, **kwargs)
            asked = {"next": request.get_full_path() if request.method in ("GET", "HEAD") else _form(request)}
            if file and request.method in ("GET", "HEAD"):
                asked |= {"file": "1", "back": _form(request)}
            return HttpResponseRedirect(f"{settings.CONFIRM_URL}?{urlencode(asked)}")

        guarded.fresh = True  # type: ignore[attr-defined]  # read by the tests
        return guarded

    return decorate


def _form(request: Any) -> str:
    """The page of this site on which the link or form stood; the first page where the browser does not say."""
    page = urlsplit(request.headers.get("Referer", ""))
    return f"{page.path}?{page.query}".rstrip("?") if page.path and page.netloc == request.get_host() else "/"
