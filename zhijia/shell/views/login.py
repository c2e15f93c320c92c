"""Coming in and going out."""

from __future__ import annotations

from typing import Any

from django.contrib import auth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from zhijia.accounts import services as accounts
from zhijia.accounts.forms import LoginForm
from zhijia.core.guards import public
from zhijia.core.outcomes import Refused


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def login(request: HttpRequest) -> HttpResponse:
    """Ask for login name and password; what was typed stays, what is wrong is said (422)."""
    target = _target(request)
    form = LoginForm(request.POST or None)
    problems: tuple[Any, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            user = accounts.check_login(
                form.cleaned_data["username"],
                form.cleaned_data["password"],
                address=request.META.get("REMOTE_ADDR", ""),
                now=timezone.now(),
            )
        except Refused as refused:
            problems = refused.violations
        else:
            auth.login(request, user)
            return redirect(target)
    status = 422 if request.method == "POST" else 200
    return render(request, "shell/login.html", {"form": form, "problems": problems, "next": target}, status=status)


@public
@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    """End the session."""
    auth.logout(request)
    return redirect("shell:login")


def _target(request: HttpRequest) -> str:
    """Where to go after the login: a page of this site only."""
    target = request.POST.get("next") or request.GET.get("next") or "/"
    good = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if good else "/"
