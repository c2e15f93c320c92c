"""Coming in by an outside account: there and back; a login is never made so, only found or linked."""

from __future__ import annotations

import time
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from zhijia.accounts import outside as links
from zhijia.accounts import providers
from zhijia.accounts.models import LoginSession, User
from zhijia.core.guards import fresh, public, requires
from zhijia.core.outcomes import Refused
from zhijia.shell import access, entrance

_TRIP, _WAITS = "outside_trip", 10 * 60


@public
@never_cache
@require_safe
def outside(request: HttpRequest, provider: str) -> HttpResponse:
    """To the provider, to come in."""
    return _send(request, provider, link=False)


@requires("shell.home")
@fresh()
@never_cache
@require_safe
def security_outside_link(request: HttpRequest, provider: str) -> HttpResponse:
    """To the provider, to link the account there with the own login."""
    return _send(request, provider, link=True)


def _send(request: HttpRequest, provider: str, *, link: bool) -> HttpResponse:
    if provider not in settings.OUTSIDE:
        raise Http404
    try:
        asked = providers.ask(request, provider, _callback(request, provider))
    except providers.Failed:
        return _failed(request, provider)
    request.session[_TRIP] = {
        "provider": provider, "state": asked.state, "verifier": asked.verifier, "link": link,
        "next": entrance.target(request), "at": int(time.time()),
    }  # fmt: skip
    return HttpResponseRedirect(asked.url)


def _callback(request: HttpRequest, provider: str) -> str:
    return request.build_absolute_uri(reverse("shell:outside_back", args=[provider]))


@public
@never_cache
@require_safe
def outside_back(request: Any, provider: str) -> HttpResponse:
    """Back from the provider: in where the account is linked, or is vouched for by its staff number."""
    if provider not in settings.OUTSIDE:
        raise Http404
    trip = request.session.pop(_TRIP, None)
    good = trip and trip["provider"] == provider and time.time() - trip["at"] < _WAITS
    if not good or not constant_time_compare(trip["state"], request.GET.get("state", "")):
        return _failed(request, provider)
    try:
        told = providers.told(request, provider, _callback(request, provider), trip["verifier"])
    except providers.Failed:
        return _failed(request, provider)
    if trip["link"]:
        return _link(request, provider, told)
    now = timezone.now()
    user = links.user_of(provider, told.uid, now=now) or _vouched(provider, told)
    if user is None:
        return render(request, "shell/outside.html", _words(provider) | {"unknown": True}, status=403)
    return entrance.admit(request, user, how=LoginSession.How.OUTSIDE, next_page=trip["next"])


def _link(request: Any, provider: str, told: providers.Told) -> HttpResponse:
    if request.access is None:
        return redirect("shell:login")
    try:
        links.link(request.user, provider, told.uid, by=request.access, now=timezone.now())
    except Refused as refused:
        messages.info(request, f"{refused.violations[0].message}——{refused.violations[0].mend}")
    else:
        messages.success(request, f"已经关联，下次可以用{settings.OUTSIDE[provider]['label']}登录。")
    return redirect("shell:security")


def _vouched(provider: str, told: providers.Told) -> User | None:
    """The login of the person with the staff number that the provider tells; linked, so that it stays the same one."""
    rule = settings.OUTSIDE[provider]
    number = str(told.claims.get(rule["claim"], "")) if rule["claim"] else ""
    found = access.known.users_numbered(number, code=rule["union"]) if number else []
    user = User.objects.filter(pk__in=found, is_active=True).first() if len(found) == 1 else None
    if user is None or links.is_linked(user, provider):
        return None
    links.link(user, provider, told.uid, by=entrance.access_of(user), now=timezone.now())
    return user


def _words(provider: str) -> dict[str, Any]:
    return {"label": settings.OUTSIDE[provider]["label"]}


def _failed(request: HttpRequest, provider: str) -> HttpResponse:
    return render(request, "shell/outside.html", _words(provider), status=403)
