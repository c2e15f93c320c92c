"""Inviting people without a login: a link, or slips to hand out; and the page that an invitation opens."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhijia.accounts import invitations as kept
from zhijia.accounts.models import LoginSession
from zhijia.core import clock
from zhijia.core.access import Access
from zhijia.core.guards import fresh, public, requires
from zhijia.core.outcomes import Refused, Violation
from zhijia.core.pages.parts import Field
from zhijia.core.pages.reading import marked, whole_number
from zhijia.shell import access, entrance, inviting, new_password
from zhijia.unions.models import Union

SHOWN, MOST = 60, 500
_INVITED = "invited_by"


@requires("shell.invite")
@require_safe
def invitations(request: Any) -> HttpResponse:
    """Who has no login, and what became of the invitations; `?person=` is ticked, its place open, as an only one is."""
    now, meant = timezone.now(), whole_number(request.GET.get("person", ""))
    people = inviting.without_login(request.access)
    places: dict[str, list[Any]] = {}
    for one in people:
        places.setdefault(_place(one), []).append(one)
    context = {
        "places": [
            (place, there, len(places) == 1 or any(one.pk == meant for one in there)) for place, there in places.items()
        ],
        "meant": meant,
        "listed": inviting.listed(request.access, now, SHOWN),
    }
    return render(request, "shell/invitations.html", context)


def _place(one: Any) -> str:
    return one.group_name or "没有小组"


@requires("shell.invite")
@fresh()
@never_cache
@require_POST
def invite(request: Any) -> HttpResponse:
    """Make invitations for those ticked and show their slips once."""
    persons = [pk for word in request.POST.getlist("person") if (pk := whole_number(word)) is not None]
    if request.POST.get("place"):
        persons = [one.pk for one in inviting.without_login(request.access) if _place(one) == request.POST["place"]]
    try:
        slips = inviting.slips(persons[:MOST], request, by=request.access, now=timezone.now())
    except Refused as refused:
        messages.info(request, f"{refused.violations[0].message}：{refused.violations[0].mend}。")
        return HttpResponseRedirect(reverse("shell:invitations"), status=303)
    name = Union.objects.get(pk=request.access.union).name
    return render(request, "shell/slips.html", {"slips": slips, "union": name})


@requires("shell.invite")
@require_POST
def invitation_revoke(request: Any, uid: UUID) -> HttpResponse:
    """Take an open invitation back."""
    row = kept.listed(request.access.union).filter(uid=uid).first()
    persons = inviting.reached([row.person_id], request.access) if row else set()
    gone = kept.revoke(uid, by=request.access, now=timezone.now(), persons=persons)
    messages.success(request, "邀请已经收回，那张条子用不了了。" if gone else "这个邀请已经用过或过期。")
    return HttpResponseRedirect(reverse("shell:invitations"), status=303)


@public
@never_cache
@require_safe
def join_word(request: HttpRequest, word: str) -> HttpResponse:
    """The address on the slip: its word goes into the session, out of the address bar, history and logs."""
    request.session[_INVITED] = kept.digest_of(word)
    return redirect("shell:join")


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: Any) -> HttpResponse:
    """Answer the question, choose a password, and be in."""
    now = timezone.now()
    digest = request.session.get(_INVITED, "")
    row = kept.find(digest, now)
    found = access.known.person_in(row.person_id) if row is not None else None
    if row is None or found is None or found[0].user is not None or not inviting.opens(row, clock.today()):
        request.session.pop(_INVITED, None)
        return render(request, "shell/join_gone.html")
    person, union, code, union_name = found
    label, help_text, answer = inviting.question(person)
    problems: tuple[Violation, ...] = ()
    if request.method == "POST":
        typed = access.known.typed(request.POST.get("answer", ""))
        password = request.POST.get("new", "")
        by = Access(union=union, on=clock.today(), person=person.pk, name=person.name)
        try:
            wrong = new_password.problems(request.POST, {"answer": label} if label else {}, names=(person.staff_no,))
            if wrong:
                raise Refused(wrong)
            if label and not kept.answer(row, typed, answer, now=now):
                raise Refused([Violation("answer", f"{label}不对", mend="请核对；多次不对，邀请条就作废")])
            user = inviting.join(digest, person, union, code, password, by=by, now=now)
        except Refused as refused:
            problems = new_password.placed(refused.violations)
        else:
            request.session.pop(_INVITED, None)
            onward = f"{reverse('shell:security')}?first=1"
            answered = entrance.let_in(request, user, how=LoginSession.How.PASSWORD, next_page=onward)
            messages.success(
                request, f"欢迎，{person.name}。{inviting.logs_in_with(person, user)}；也可以现在加一个通行密钥。"
            )
            return answered
    fields = [
        *_asked(label, help_text, request, focus=not problems),
        *new_password.boxes("给自己定一个口令", "再输一次"),
    ]
    context = {
        "name": person.name, "union": union_name, "fields": marked(fields, problems),
        "problems": new_password.elsewhere(problems),
    }  # fmt: skip
    return render(request, "shell/join.html", context, status=422 if problems else 200)


def _asked(label: str, help_text: str, request: Any, *, focus: bool) -> list[Field]:
    """What is asked beside the slip. A staff number is the login's name too: the phone keeps it with the password."""
    if not label:
        return []
    number = label == inviting.STAFF_NO
    return [
        Field(
            "answer", label, value=request.POST.get("answer", "")[:40], help=help_text, required=True, focus=focus,
            autocomplete="username" if number else "off", keys="" if number else "numeric",
        )
    ]  # fmt: skip
