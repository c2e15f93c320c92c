"""The password (or a passkey) once more, before what gives data away or changes how one comes in."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from zhijia.accounts import passkeys, sessions
from zhijia.accounts import services as accounts
from zhijia.accounts.models import Passkey
from zhijia.accounts.policy import policy
from zhijia.core.guards import requires
from zhijia.core.outcomes import Refused, Violation
from zhijia.core.pages.parts import Field
from zhijia.shell import entrance


@requires("shell.home")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: Any) -> HttpResponse:
    """Ask, then lead back; for a file to a page that gives it, because a download leaves the page as it was."""
    onward, back = entrance.target(request), entrance.target(request, "back")
    problems: tuple[Violation, ...] = ()
    if request.method == "POST":
        try:
            _check(request)
        except Refused as refused:
            problems = refused.violations
        else:
            sessions.refresh(request.session)
            if request.POST.get("file") != "1":
                return HttpResponseRedirect(onward, status=303)
            return render(request, "shell/confirmed.html", {"onward": onward, "back": back})
    context = {
        "problems": problems,
        "next": onward,
        "back": back,
        "file": request.POST.get("file") or request.GET.get("file", ""),
        "minutes": policy().fresh_minutes,
        "passkey": Passkey.objects.filter(user=request.user).exists(),
        "field": Field("password", "口令", "password", required=True, autocomplete="current-password", focus=True),
        "has_password": request.user.has_usable_password(),
    }
    return render(request, "shell/confirm.html", context, status=422 if problems else 200)


def _check(request: Any) -> None:
    """Refuse unless password or passkey is the own one; attempts are counted as at the login."""
    now, user = timezone.now(), request.user
    number = accounts.count_attempt("confirm", str(user.pk), now)
    if request.POST.get("credential"):
        passkeys.use(request.session, request.POST["credential"], host=request.get_host(), now=now, user=user)
    elif not user.check_password(request.POST.get("password", "")):
        if number == policy().failures:
            accounts.note("accounts.confirm.failed", user, by=request.access)
        raise Refused([Violation("password", "口令不对", mend="请重新输入")])
    accounts.forget_attempts("confirm", str(user.pk), now)


@requires("shell.home")
@never_cache
@require_POST
def passkey_ask_own(request: Any) -> JsonResponse:
    """What the browser asks the device for: one of the own passkeys."""
    return JsonResponse(passkeys.begin_using(request.session, host=request.get_host(), user=request.user))
