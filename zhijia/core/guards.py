"""Guards on views: which permission opens a page."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied

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
