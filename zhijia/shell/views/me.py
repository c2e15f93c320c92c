"""One's own corner: who one is here, light or dark, a new password, the way out."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhijia.accounts import services as accounts
from zhijia.accounts import sessions
from zhijia.accounts.policy import policy
from zhijia.core.guards import public, requires
from zhijia.core.outcomes import Refused, Violation
from zhijia.core.pages.parts import Field
from zhijia.core.pages.reading import marked
from zhijia.shell import access, inviting, new_password
from zhijia.shell.hallway import THEMES

YEAR = 365 * 24 * 3600


@requires("shell.home")
@require_safe
def me(request: Any) -> HttpResponse:
    """The person's posts, the look of the pages, password, help, logout."""
    posts = [label for office, label in access.OFFICES.items() if office in request.access.posts]
    by = request.access
    context = {
        "posts": posts,
        "theme": request.COOKIES.get("theme", ""),
        "invites": by.may("shell.invite"),
        "family": by.may("members.family"),
        "own_fields": by.may("members.family") and access.own.has_fields(by),
        "vouches": by.may("shell.vouch"),
        "waiting": inviting.waiting(by, timezone.now()) if by.may("shell.vouch") else 0,
    }
    return render(request, "shell/me.html", context)


@public
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Light, dark or as the device has it; remembered on this device only."""
    wanted = request.POST.get("theme", "")
    back = request.POST.get("next") or "/"
    good = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    answer = redirect(back if good else "/")
    if wanted in THEMES:
        answer.set_cookie("theme", wanted, max_age=YEAR, samesite="Lax", httponly=True, secure=settings.HTTPS)
    else:
        answer.delete_cookie("theme")
    return answer


@requires("shell.home")
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: Any) -> HttpResponse:
    """A new password, given with the old one; other sessions of the login end."""
    problems: tuple[Any, ...] = ()
    if request.method == "POST":
        given = [request.POST.get(name, "") for name in ("old", "new", "again")]
        try:
            _change(request, *given)
        except Refused as refused:
            problems = _wrong(request, refused)
        else:
            sessions.end_others(request.session, request.user, now=timezone.now())
            update_session_auth_hash(request, request.user)
            sessions.refresh(request.session)
            messages.success(request, "口令已经换了；别处登录的已经退出。")
            return HttpResponseRedirect("/me/", status=303)
    fields = [
        Field("old", "现在的口令", "password", required=True, autocomplete="current-password"),
        *new_password.boxes(),
    ]
    status = 422 if problems else 200
    context = {
        "fields": marked(fields, problems), "problems": new_password.elsewhere(problems),
        "due": request.GET.get("due") == "1", "days": policy().days,
    }  # fmt: skip
    return render(request, "shell/password.html", context, status=status)


def _wrong(request: Any, refused: Refused) -> tuple[Violation, ...]:
    """Why nothing was changed, and what else would be refused the next time."""
    found = new_password.placed(refused.violations)
    said = {one.place.column for one in found}
    more = new_password.problems(request.POST, {"old": "现在的口令"}, names=(request.user.get_username(),))
    return (*found, *(one for one in more if one.place.column not in said))


def _change(request: Any, old: str, new: str, again: str) -> None:
    """Change the password; the old one is no easier to guess here than where it is asked for again."""
    user, now = request.user, timezone.now()
    number = accounts.count_attempt("confirm", str(user.pk), now)
    try:
        accounts.change_password(user, old=old, new=new, again=again, by=request.access)
    except Refused as refused:
        if all(one.code != "old" for one in refused.violations):
            accounts.forget_attempts("confirm", str(user.pk), now)
        elif number == policy().failures:
            accounts.note("accounts.confirm.failed", user, by=request.access)
        raise
    accounts.forget_attempts("confirm", str(user.pk), now)
