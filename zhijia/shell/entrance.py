"""The way in: who is meant by what was typed, the second step where a login has one, and what comes first inside."""

from __future__ import annotations

import time
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import auth, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from zhijia.accounts import factors, sessions
from zhijia.accounts import services as accounts
from zhijia.accounts.models import LoginSession, User
from zhijia.accounts.policy import policy
from zhijia.core import clock
from zhijia.core.access import Access
from zhijia.shell import access, addresses
from zhijia.shell.grants import APPLICANT, MEMBER

PENDING = "login_pending"
WAITS = 5 * 60  # seconds between the password and the second step
BACKEND = "django.contrib.auth.backends.ModelBackend"
# What one may open before a password that is due was changed, or a second factor that is asked for was added.
_FIRST = frozenset({"shell:password", "shell:logout", "shell:confirm", "shell:passkey_ask_own"})


def target(request: HttpRequest, name: str = "next") -> str:
    """Where to go afterwards: a page of this site only."""
    wanted = request.POST.get(name) or request.GET.get(name) or "/"
    good = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if good else "/"


def address(request: HttpRequest) -> str:
    """Where the request comes from; only digested, never kept."""
    remote = str(request.META.get("REMOTE_ADDR", ""))
    return addresses.nearest(remote, request.headers.get("X-Forwarded-For", ""), settings.PROXIES)


def candidates(typed: str, code: str = "") -> list[User]:
    """The logins that a typed name may mean: the login name itself, else staff numbers and phones of persons."""
    word = access.known.typed(typed)
    named = User.objects.filter(username=word).first() if word else None
    persons = access.known.users_named(word, code=code)
    if named is not None and not (code and access.known.union_of_user(named.pk) != access.known.typed(code)):
        return [named]
    return list(User.objects.filter(pk__in=persons)[:3])


def access_of(user: User) -> Access:
    """The access that a login has today, for the audit line of its coming in."""
    return access.for_user(user, clock.today())


def admit(request: Any, user: User, *, how: str, next_page: str) -> HttpResponse:
    """After the first factor: in, or on to the second step. The session gets a new key either way."""
    if how != LoginSession.How.PASSKEY and factors.has_second(user):
        _leave(request)
        request.session.cycle_key()
        request.session[PENDING] = {"user": user.pk, "how": how, "next": next_page, "at": int(time.time())}
        return redirect("shell:second")
    return let_in(request, user, how=how, next_page=next_page, second=how == LoginSession.How.PASSKEY)


def pending(request: HttpRequest) -> tuple[User, dict[str, Any]] | None:
    """The login that waits for its second step in this browser, while the step may still be taken."""
    kept = request.session.get(PENDING)
    if not kept or time.time() - kept["at"] > WAITS:
        return None
    user = User.objects.filter(pk=kept["user"], is_active=True).first()
    return (user, kept) if user is not None else None


def let_in(request: Any, user: User, *, how: str, next_page: str, second: bool = False) -> HttpResponse:
    """Open the session, with a new key, and tell the audit chain."""
    _leave(request)
    request.session.pop(PENDING, None)
    request.session[sessions.HOW] = how
    auth.login(request, user, backend=BACKEND)
    request.session[sessions.SECOND] = second
    accounts.note("accounts.login.entered", user, by=access_of(user), how=how, second=str(int(second)))
    return redirect(next_page)


def _leave(request: Any) -> None:
    if request.user.is_authenticated:
        leave(request)


def leave(request: Any) -> None:
    """End the session of whoever is here."""
    if request.user.is_authenticated:
        sessions.end_own(request.session, request.user, now=timezone.now())
    auth.logout(request)


def goes_on(request: Any) -> bool:
    """Whether the browser's session may go on: not revoked, not idle too long, not too old."""
    return sessions.still_open(request.session, request.user, now=timezone.now())


def comes_first(request: Any) -> str:
    """The page that has to be dealt with before any other; empty where none has."""
    name = request.resolver_match.view_name if request.resolver_match else ""
    asks = _asks_second(request)
    if asks and factors.has_second(request.user):
        leave(request)
        messages.info(request, "这个登录名有两步验证，请重新登录，走完第二步。")
        back = request.get_full_path() if request.method in ("GET", "HEAD") else "/"
        return f"{reverse('shell:login')}?{urlencode({'next': back})}"
    if name in _FIRST or name.startswith("shell:security"):
        return ""
    store = request.session
    if store.get(sessions.HOW) == LoginSession.How.PASSWORD and accounts.password_expired(request.user, timezone.now()):
        return reverse("shell:password") + "?due=1"
    return f"{reverse('shell:security')}?due=1" if asks else ""


def _asks_second(request: Any) -> bool:
    """Whether a second factor is asked of whoever holds a post, and this session has shown none."""
    if not policy().second_for_officers or request.session.get(sessions.SECOND):
        return False
    return bool(request.access.posts - {MEMBER, APPLICANT})
