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
from zhijia.core.pages.parts import Field
from zhijia.shell import demo
from zhijia.shell.hallway import is_demo


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
    context = {
        "fields": _fields(form),
        "problems": problems,
        "next": target,
        "accounts": demo.LOGINS if is_demo() else (),
        "password": demo.PASSWORD if is_demo() else "",
    }
    return render(request, "shell/login.html", context, status=422 if request.method == "POST" else 200)


@public
@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    """End the session."""
    auth.logout(request)
    return redirect("shell:login")


def _fields(form: LoginForm) -> list[Field]:
    """The two questions; the name as it was typed, the password always empty."""
    wrong = {name: tuple(map(str, errors)) for name, errors in form.errors.items()}
    name = str(form["username"].value() or "")
    return [
        Field(
            "username", "登录名", value=name, help="工号或手机号", errors=wrong.get("username", ()), required=True,
            autocomplete="username", focus=not name,
        ),
        Field(
            "password", "口令", "password", errors=wrong.get("password", ()), required=True,
            autocomplete="current-password", focus=bool(name),
        ),
    ]  # fmt: skip


def _target(request: HttpRequest) -> str:
    """Where to go after the login: a page of this site only."""
    target = request.POST.get("next") or request.GET.get("next") or "/"
    good = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if good else "/"
