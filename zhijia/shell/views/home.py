"""The first page."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from zhijia.core.guards import requires
from zhijia.core.outcomes import Refused
from zhijia.shell import packages
from zhijia.shell.overview import overview
from zhijia.shell.scopes import term_scope
from zhijia.unions.models import Union


@requires("shell.home")
@require_safe
def home(request: Any) -> HttpResponse:
    """Union, term and day for everybody; for those who may see facts, how the records stand and what they lack."""
    access = request.access
    context: dict[str, Any] = {"union": Union.objects.get(pk=access.union), "today": access.on}
    try:
        scope = context["scope"] = term_scope(access.union, access.on)
    except Refused as refused:
        return render(request, "shell/home.html", context | {"problems": refused.violations})
    context["days_left"] = (scope.end - access.on).days
    if access.may("shell.facts"):
        context["overview"] = overview(scope)
        context["package"] = packages.latest(access.union)
    return render(request, "shell/home.html", context)
