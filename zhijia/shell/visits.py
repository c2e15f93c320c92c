"""Visitors read and write nothing: one gate before every view, whatever permission the view asks for."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied

from zhijia.core.access import Access
from zhijia.core.dates import chinese_date

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
# Looking after the own login, and leaving, are no writing in the union.
OWN = frozenset({"shell:logout", "shell:password", "shell:confirm", "shell:passkey_ask_own", "shell:theme"})
OWN_BEGINS = "shell:security"


def stop_writing(request: Any) -> None:
    """Refuse (403) whatever a visitor sends, but for the own login."""
    access: Access | None = request.access
    if access is None or access.visiting is None or request.method in SAFE:
        return
    name = request.resolver_match.view_name if request.resolver_match else ""
    if name not in OWN and not name.startswith(OWN_BEGINS):
        raise PermissionDenied("visiting")


def banner(access: Access) -> str:
    """What every page says to a visitor; empty for everybody else."""
    if access.visiting is None:
        return ""
    return f"来访查阅，到{chinese_date(access.visiting)}为止：只能看，不能登记或修改。"


def over(access: Access) -> bool:
    """Whether somebody comes whose visit has ended, or not begun: known to the union, and allowed nothing."""
    return bool(access.union) and not access.posts
