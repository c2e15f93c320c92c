"""One's own login: passkeys, app for codes, recovery codes, sessions, outside logins, what happened to it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import segno
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhijia.accounts import factors, outside, passkeys, rules, sessions
from zhijia.accounts.models import CodeApp, Passkey
from zhijia.accounts.policy import policy
from zhijia.core.guards import fresh, requires
from zhijia.core.outcomes import UNCONFIRMED, Refused
from zhijia.core.pages.parts import Field
from zhijia.shell import login_history

_SECRET = "new_app_secret"  # noqa: S105 - a word in the session, not a secret


@requires("shell.home")
@never_cache
@require_safe
def security(request: Any) -> HttpResponse:
    """Everything about one's login on one page."""
    user, now = request.user, timezone.now()
    here = request.session.get(sessions.ROW)
    context = {
        "due": request.GET.get("due") == "1",
        "first": request.GET.get("first") == "1",
        "passkeys": list(Passkey.objects.filter(user=user).order_by("added_at")),
        "app": CodeApp.objects.filter(user=user).only("added_at", "used_at").first(),
        "codes_left": factors.codes_left(user),
        "sessions": [(row, str(row.uid) == here) for row in sessions.open_of(user, now)],
        "outside": outside.listed(user, {name: one["label"] for name, one in settings.OUTSIDE.items()}),
        "moments": login_history.moments(user, request.access),
        "rules": _rules(),
    }
    return render(request, "shell/security.html", context)


def _rules() -> list[str]:
    """The rules in force, those with a figure of custom marked as to be confirmed."""
    limits = policy()
    lines = [
        ("length", f"口令：{rules.password_words(limits)}。"),
        ("days", f"口令每{limits.days}天换一次。" if limits.days else "口令不要求定期更换。"),
        ("locked_minutes", f"连续输错{limits.failures}次，暂停{limits.locked_minutes}分钟。"),
        ("idle_minutes", f"{limits.idle_minutes}分钟没有操作，自动退出。" if limits.idle_minutes else ""),
        ("session_hours", f"一次登录最多{limits.session_hours}小时。" if limits.session_hours else ""),
        ("single", "同一时间只能在一处登录。" if limits.single else ""),
        ("second", "有职务的人登录要两步验证。" if limits.second_for_officers else ""),
    ]
    return [f"{line}（{UNCONFIRMED}）" if name in rules.UNSURE else line for name, line in lines if line]


@requires("shell.home")
@fresh()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def security_app(request: Any) -> HttpResponse:
    """Show the key as a QR code and take the first code of the app; then the recovery codes, once."""
    if request.method == "POST" and _SECRET not in request.session:
        return _sent_twice(request)
    secret = request.session.get(_SECRET) or factors.new_secret()
    request.session[_SECRET] = secret
    problems: tuple[Any, ...] = ()
    if request.method == "POST":
        try:
            code, now = request.POST.get("code", ""), timezone.now()
            first = not factors.has_second(request.user)
            codes = factors.add_app(request.user, secret, code, by=request.access, now=now)
        except Refused as refused:
            problems = refused.violations
        else:
            del request.session[_SECRET]
            _with_second(request, first=first)
            if codes:
                return render(request, "shell/codes.html", {"codes": codes, "title": "验证码应用已经加上"})
            return _back(request, "验证码应用已经加上：下次登录输入口令后，再输入应用里的6位数字。")
    address = factors.app_address(secret, request.user)
    image = segno.make(address, micro=False)
    context = {
        "address": address,
        "qr": mark_safe(image.svg_inline(border=2, omitsize=True)),  # noqa: S308 - made by segno, of squares only
        "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        "fields": [
            Field(
                "code",
                "应用里的6位数字",
                required=True,
                autocomplete="one-time-code",
                keys="numeric",
                errors=tuple(f"{one.message}。{one.mend}。" for one in problems),
            )
        ],
    }
    return render(request, "shell/security_app.html", context, status=422 if problems else 200)


def _sent_twice(request: Any) -> HttpResponse:
    """The key of this form was taken or is gone with another login: a new one would not be the one on the phone."""
    if CodeApp.objects.filter(user=request.user).exists():
        return _back(request, "验证码应用已经加上。没看到备用码的，点“换一批新的”。")
    return HttpResponseRedirect(reverse("shell:security_app"), status=303)


def _with_second(request: Any, *, first: bool) -> None:
    """This session has shown a second factor; where it is the first one, those that came in without it are over."""
    request.session[sessions.SECOND] = True
    if first:
        sessions.end_others(request.session, request.user, now=timezone.now())


@requires("shell.home")
@fresh()
@require_POST
def security_app_remove(request: Any) -> HttpResponse:
    """Take the app away."""
    gone = factors.remove_app(request.user, by=request.access)
    return _back(request, "验证码应用已经去掉，手机上的那一条可以删了。" if gone else "没有验证码应用。")


@requires("shell.home")
@fresh()
@never_cache
@require_POST
def security_codes(request: Any) -> HttpResponse:
    """Fresh recovery codes, shown once."""
    try:
        codes = factors.new_codes(request.user, by=request.access)
    except Refused as refused:
        return _back(request, str(refused.violations[0].message))
    return render(request, "shell/codes.html", {"codes": codes, "title": "新的备用码"})


@requires("shell.home")
@fresh()
@never_cache
@require_POST
def security_passkey_ask(request: Any) -> JsonResponse:
    """What the browser is asked to make a passkey of."""
    made = passkeys.begin_adding(request.session, request.user, host=request.get_host(), name=request.access.name)
    return JsonResponse(made)


@requires("shell.home")
@fresh()
@never_cache
@require_POST
def security_passkey_add(request: Any) -> HttpResponse:
    """Keep the passkey that was made; with the first factor come recovery codes, shown once."""
    now, host = timezone.now(), request.get_host()
    name = request.POST.get("name", "").strip() or rules.device_words(request.headers.get("User-Agent", ""))
    first = not factors.has_second(request.user)
    try:
        passkeys.add(
            request.session, request.user, request.POST.get("credential", ""), host=host, name=name, by=request.access,
            now=now,
        )  # fmt: skip
    except Refused as refused:
        problem = refused.violations[0]
        messages.info(request, f"{problem.message}——{problem.mend}")
        return HttpResponseRedirect(reverse("shell:security"), status=303)
    _with_second(request, first=first)
    if not factors.codes_left(request.user):
        codes = factors.new_codes(request.user, by=request.access)
        return render(request, "shell/codes.html", {"codes": codes, "title": "通行密钥已经加上"})
    return _back(request, f"通行密钥“{name}”已经加上，下次可以直接用它登录。")


@requires("shell.home")
@fresh()
@require_POST
def security_passkey_remove(request: Any, uid: UUID) -> HttpResponse:
    """Take one passkey away."""
    name = passkeys.remove(request.user, uid, by=request.access)
    return _back(request, f"通行密钥“{name}”已经去掉，再也不能用它登录。" if name else "没有这个通行密钥。")


@requires("shell.home")
@require_POST
def security_session_end(request: Any) -> HttpResponse:
    """End one other session, or all of them."""
    now = timezone.now()
    if request.POST.get("all") == "1":
        count = sessions.end_others(request.session, request.user, now=now)
        return _back(request, f"别处的{count}个登录都已退出。" if count else "别处没有登录。")
    try:
        count = sessions.end(request.user, UUID(request.POST.get("uid", "")), now=now)
    except ValueError:
        count = 0
    return _back(request, "那一处已经退出。" if count else "那一处已经不在登录中。")


@requires("shell.home")
@fresh()
@require_POST
def security_outside_remove(request: Any, provider: str) -> HttpResponse:
    """Forget that an outside account may come in as this login."""
    gone = outside.unlink(request.user, provider, by=request.access)
    return _back(request, "已经取消关联，不能再用那个账号登录。" if gone else "没有关联。")


def _back(request: Any, said: str) -> HttpResponse:
    messages.success(request, said)
    return HttpResponseRedirect(reverse("shell:security"), status=303)
