"""A forgotten password: asked for at the login page, vouched for in person, redeemed with a code."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from zhijia.accounts import resets
from zhijia.accounts import services as accounts
from zhijia.accounts.models import ResetRequest, User
from zhijia.core import clock
from zhijia.core.access import Access
from zhijia.core.guards import fresh, public, requires
from zhijia.core.outcomes import Place, Refused, Violation
from zhijia.core.pages.parts import Field
from zhijia.core.pages.reading import marked
from zhijia.shell import access, entrance, inviting, new_password


def _who(request: HttpRequest) -> list[Field]:
    """Name, what one logs in with, and where several unions live here the union's code."""
    given = request.POST
    fields = [
        Field("name", "姓名", value=given.get("name", "")[:60], required=True, autocomplete="name"),
        Field(
            "staff_no",
            "工号或手机号",
            value=given.get("staff_no", "")[:40],
            required=True,
            help="和登录时填的一样",
            autocomplete="username",
        ),
    ]
    if access.known.several_unions():
        fields.append(Field("code", "工会代码", value=given.get("code", "")[:40], help="不清楚就空着"))
    return fields


def _missing(request: HttpRequest) -> tuple[Violation, ...]:
    """What was left empty: nobody could find a request without it."""
    wanted = (("name", "姓名"), ("staff_no", "工号或手机号"))
    return tuple(
        Violation("empty", f"还没有填{label}", place=Place(column=name), mend="请补上")
        for name, label in wanted
        if not request.POST.get(name, "").strip()
    )


def _asking(request: HttpRequest) -> tuple[int, int, int] | None:
    given = request.POST
    return access.known.asking(
        given.get("name", "")[:60], given.get("staff_no", "")[:40], code=given.get("code", "")[:40]
    )


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def forgot(request: HttpRequest) -> HttpResponse:
    """Ask; the answer is the same whether or not there is such a person."""
    problems: tuple[Violation, ...] = ()
    if request.method == "POST":
        problems = _missing(request) or _asked(request)
        if not problems:
            return render(request, "shell/forgot_asked.html")
    box = Field(
        "lost", "手机也丢了或换了：请把通行密钥和验证码应用一并去掉", "check", value=request.POST.get("lost", "")
    )
    context = {
        "fields": marked([*_who(request), box], problems),
        "problems": [one for one in problems if not one.place.column],
    }
    return render(request, "shell/forgot.html", context, status=422 if problems else 200)


def _asked(request: HttpRequest) -> tuple[Violation, ...]:
    """Keep the wish of whoever is meant, if there is such a person; only too many from one place are refused."""
    now = timezone.now()
    try:
        resets.limit(entrance.address(request), now)
    except Refused:
        return (Violation("many", "这里申请的次数太多", mend="请过一会儿再试"),)
    found = _asking(request)
    if found is not None:
        person, union, user = found
        by = Access(union=union, on=clock.today(), person=None, name="登录页")
        lost = request.POST.get("lost") == "1"
        resets.ask(User.objects.get(pk=user), person, union=union, lost_device=lost, by=by, now=now)
    return ()


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reset(request: HttpRequest) -> HttpResponse:
    """Set a new password with the code that was handed over."""
    problems: tuple[Violation, ...] = ()
    if request.method == "POST":
        now, given = timezone.now(), request.POST
        meant = f"{access.known.typed(given.get('staff_no', '')[:40])}\n{entrance.address(request)}"
        try:
            wanted = {"name": "姓名", "staff_no": "工号或手机号", "token": "一次性代码"}
            wrong = new_password.problems(given, wanted, names=(given.get("staff_no", "").strip(),))
            if wrong:
                raise Refused(wrong)
            accounts.count_attempt("redeem", meant, now)
            found = _asking(request)
            person, union = (found[0], found[1]) if found else (None, 0)
            by = Access(union=union, on=clock.today(), person=person, name="登录页")
            token, new = given.get("token", "")[:40], given.get("new", "")
            resets.redeem(person, token, new, stands=lambda row: inviting.vouched(row, by.on), by=by, now=now)
        except Refused as refused:
            problems = new_password.placed(refused.violations)
        else:
            accounts.forget_attempts("redeem", meant, now)
            messages.success(request, "新口令已经设好，别处的登录都已退出。请用新口令登录。")
            return redirect("shell:login")
    fields = [
        *_who(request),
        Field(
            "token", "一次性代码", value=request.POST.get("token", "")[:40], help="当面拿到的8位代码", required=True,
            autocomplete="one-time-code",
        ),
        *new_password.boxes(),
    ]  # fmt: skip
    context = {"fields": marked(fields, problems), "problems": new_password.elsewhere(problems)}
    return render(request, "shell/reset.html", context, status=422 if problems else 200)


@requires("shell.vouch")
@require_safe
def vouching(request: Any) -> HttpResponse:
    """Who waits for somebody to vouch, and for whom it was done lately."""
    now, by = timezone.now(), request.access
    waiting, done = list(resets.waiting(by.union, now)), list(resets.handed(by.union, now)[:50])
    mine = inviting.vouchable([row.person_id for row in (*waiting, *done)], by)
    people = access.known.of(by.union, mine | {row.vouched_by for row in done if row.vouched_by})
    context = {
        "waiting": [(people[row.person_id], row) for row in waiting if row.person_id in mine],
        "done": [
            (people[row.person_id], row, people[row.vouched_by].name if row.vouched_by in people else "")
            for row in done
            if row.person_id in mine
        ],
    }
    return render(request, "shell/vouching.html", context)


@requires("shell.vouch")
@fresh()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def vouch(request: Any, uid: UUID) -> HttpResponse:
    """Say that one has seen the person; the code is shown once. Or: it was not the person."""
    now, by = timezone.now(), request.access
    row: ResetRequest | None = resets.waiting(by.union, now).filter(uid=uid).first()
    mine = inviting.vouchable([row.person_id], by) if row is not None else set()
    if row is None or not mine:
        return _handed_already(request, uid)
    person = access.known.of(by.union, mine)[row.person_id]
    problems: tuple[Violation, ...] = ()
    if request.method == "POST":
        if request.POST.get("do") == "refuse":
            resets.refuse(uid, mine, by=by, now=now)
            messages.success(request, f"{person.name}的申请已经驳回。")
            return HttpResponseRedirect(reverse("shell:vouching"), status=303)
        try:
            if request.POST.get("seen") != "1":
                raise Refused([Violation("seen", "还没有确认见到本人", mend="见到本人、听本人说要重设，再打勾")])
            lost = request.POST.get("lost") == "1"
            code = resets.vouch(uid, mine, lost_device=lost, by=by, now=now)
        except Refused as refused:
            problems = refused.violations
        else:
            return render(request, "shell/vouched.html", {"person": person, "code": code})
    seen = Field("seen", f"我当面见到了{person.name}本人，是本人要重设口令", "check")
    said = request.POST.get("lost", "") if request.method == "POST" else "1" if row.lost_device else ""
    lost = Field("lost", "本人说手机也丢了或换了：把通行密钥和验证码应用一并去掉", "check", value=said)
    context = {"person": person, "row": row, "fields": (seen, lost), "problems": problems}
    return render(request, "shell/vouch.html", context, status=422 if problems else 200)


def _handed_already(request: Any, uid: UUID) -> HttpResponse:
    """After a second press: the code was on the page before, and is shown once."""
    row = resets.handed(request.access.union, timezone.now()).filter(uid=uid).first()
    if row is None or not inviting.vouchable([row.person_id], request.access):
        raise Http404
    messages.info(request, "这个申请的代码已经给过，只显示一次。没看到或丢了的，请本人重新申请。")
    return HttpResponseRedirect(reverse("shell:vouching"), status=303)
