"""Short help: what one does here, for the posts that one holds."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from zhijia.core.guards import requires
from zhijia.shell.grants import MEMBER, OPERATOR

# The parts of the page in their order, and the posts that each is for.
PARTS: tuple[tuple[str, frozenset[str]], ...] = (
    ("leading", frozenset({"chair", "vice_chair", "committee", "women_director"})),
    ("group", frozenset({"group_leader"})),
    ("books", frozenset({"accountant", "cashier"})),
    ("review", frozenset({"review_director", "reviewer"})),
    ("operator", frozenset({OPERATOR})),
    ("member", frozenset({MEMBER, "women"})),
)


@requires("shell.home")
@require_safe
def help_page(request: Any) -> HttpResponse:
    """The parts that are for the posts in force; a part for another post is not shown."""
    parts = [name for name, posts in PARTS if posts & request.access.posts]
    return render(request, "shell/help.html", {"parts": parts})
