"""Coming in and going out: name and password, the second step, a passkey instead of both."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from zhijia.accounts import factors, passkeys
from zhijia.accounts import services as accounts
from zhijia.accounts.forms import LoginForm
from zhijia.accounts.models import CodeApp, LoginSession, Passkey
from zhijia.core.guards import public
from zhijia.core.outcomes import Refused, Violation
from zhijia.core.pages.parts import Field
from zhijia.shell import access, demo, entrance
from zhijia.shell.hallway import is_demo

How = LoginSession.How


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def login(request: HttpRequest) -> HttpResponse:
    """Ask for login name and password; what was typed stays, what is wrong is said (422)."""
    form = LoginForm(request.POST or None)
    problems: tuple[Violation, ...] = ()
    if request.method == "POST" and form.is_valid():
        typed, now = form.cleaned_data["username"], timezone.now()
        found = entrance.candidates(typed, form.cleaned_data["code"])
        try:
            user = accounts.check_login(
                found, typed, form.cleaned_data["password"], address=entrance.address(request), now=now
            )
        except accounts.NotLetIn as refused:
            problems = refused.violations
            if refused.locked_now and refused.user is not None:
                by = entrance.access_of(refused.user)
                accounts.note("accounts.login.locked", refused.user, by=by)
        else:
            return entrance.admit(request, user, how=How.PASSWORD, next_page=entrance.target(request))
    return _page(request, form, problems, 422 if request.method == "POST" else 200)


def _page(request: HttpRequest, form: LoginForm, problems: tuple[Violation, ...], status: int) -> HttpResponse:
    context = {
        "fields": _fields(form),
        "problems": problems,
        "next": entrance.target(request),
        "outside": [(name, one["label"]) for name, one in settings.OUTSIDE.items()],
        "accounts": demo.LOGINS if is_demo() else (),
        "password": demo.PASSWORD if is_demo() else "",
    }
    return render(request, "shell/login.html", context, status=status)


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def second(request: HttpRequest) -> HttpResponse:
    """The second step: a code of the app, a recovery code, or a passkey."""
    waiting = entrance.pending(request)
    if waiting is None:
        return redirect("shell:login")
    user, kept = waiting
    problems: tuple[Violation, ...] = ()
    if request.method == "POST":
        now = timezone.now()
        try:
            if request.POST.get("credential"):  # not counted: nobody guesses a signature, and a pause would shut out
                passkeys.use(request.session, request.POST["credential"], host=request.get_host(), now=now, user=user)
                used = "passkey"
            else:
                accounts.count_attempt("second", str(user.pk), now)
                used = factors.use_code(user, request.POST.get("code", ""), now=now)
            if not used:
                mend = "请输入应用里现在的6位数字；一个验证码只能用一次。也可以用备用码"
                raise Refused([Violation("code", "验证码不对", mend=mend)])
        except Refused as refused:
            problems = refused.violations
        else:
            if used != "passkey":
                accounts.forget_attempts("second", str(user.pk), now)
            if used == "recovery":
                accounts.note("accounts.second.code_used", user, by=entrance.access_of(user))
            return entrance.let_in(request, user, how=kept["how"], next_page=kept["next"], second=True)
    has_app = CodeApp.objects.filter(user=user).exists()
    label, help_text = ("验证码", "打开手机上的验证码应用，输入6位数字；手机不在身边，输入一个备用码") if has_app else (
        "备用码", "通行密钥用不了的时候，输入一个备用码")  # fmt: skip
    context = {
        "problems": problems,
        "field": Field("code", label, help=help_text, required=True, autocomplete="one-time-code", focus=has_app),
        "passkey": Passkey.objects.filter(user=user).exists(),
    }
    return render(request, "shell/second.html", context, status=422 if problems else 200)


@public
@never_cache
@require_POST
def passkey_ask(request: HttpRequest) -> JsonResponse:
    """What the browser asks the device for: any passkey, or in the second step one of the login's own."""
    waiting = entrance.pending(request) if request.POST.get("step") == "second" else None
    user = waiting[0] if waiting else None
    return JsonResponse(passkeys.begin_using(request.session, host=request.get_host(), user=user))


@public
@never_cache
@require_POST
def passkey_login(request: HttpRequest) -> HttpResponse:
    """Come in with a passkey, without a name."""
    now = timezone.now()
    try:
        accounts.count_attempt("passkey", entrance.address(request), now, most=accounts.FROM_ONE_ADDRESS)
        user = passkeys.use(request.session, request.POST.get("credential", ""), host=request.get_host(), now=now)
    except Refused as refused:
        return _page(request, LoginForm(), refused.violations, 422)
    accounts.forget_attempts("passkey", entrance.address(request), now)
    return entrance.admit(request, user, how=How.PASSKEY, next_page=entrance.target(request))


@public
@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    """End the session."""
    entrance.leave(request)
    return redirect("shell:login")


def _fields(form: LoginForm) -> list[Field]:
    """The questions; names as they were typed, the password always empty. Several unions: whose staff number it is."""
    wrong = {name: tuple(map(str, errors)) for name, errors in form.errors.items()}
    name = str(form["username"].value() or "")
    fields: list[Any] = [
        Field(
            "username", "登录名", value=name, help="工号或手机号", errors=wrong.get("username", ()), required=True,
            autocomplete="username", focus=not name,
        ),
        Field(
            "password", "口令", "password", errors=wrong.get("password", ()), required=True,
            autocomplete="current-password", focus=bool(name),
        ),
    ]  # fmt: skip
    if access.known.several_unions():
        code = str(form["code"].value() or "")
        fields.append(Field("code", "工会代码", value=code, help="别的单位也有同样工号时才要填，不清楚就空着"))
    return fields
