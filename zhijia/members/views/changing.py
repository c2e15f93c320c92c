"""One person's standing over time, and the changes that can be made to it, one short form each."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from zhijia.core.access import Access
from zhijia.core.guards import requires
from zhijia.core.outcomes import Refused, Violation
from zhijia.core.pages.addresses import deemed_url
from zhijia.core.pages.parts import DONE, DUE, QUIET, Action, Badge, Field, Notice
from zhijia.core.pages.reading import whole_number
from zhijia.members import downloads, history, joining, led, membership_papers, rules, standing, undoing
from zhijia.members.asking import Typed, group_choices, group_of, marked
from zhijia.members.models import Admission, Change, Person
from zhijia.members.offers import APPLY, MOVE, OFFERS, SAID, Offer, offered
from zhijia.unions.models import Union

TONES = {rules.MEMBER: DONE, rules.RETAINED: DUE, rules.NEVER: QUIET, rules.GONE: QUIET}


def _person(access: Access, uid: UUID) -> Person:
    rows = led.persons(access).select_related("group")
    found: Person | None = rows.filter(uid=uid).first()
    if found is None:
        raise Http404("没有这个人")
    return found


def _badge(person: Person) -> Badge:
    state = person.dates.state
    return Badge(rules.STATES[state], TONES[state])


@requires("members.led")
@require_safe
def timeline(request: Any, uid: UUID) -> HttpResponse:
    """Memberships, places and posts of a person; what was done about them, with its reasons, is for officers."""
    access: Access = request.access
    person = _person(access, uid)
    may_edit = access.may("members.edit")
    done = history.changes(person) if access.may("members.view") else []
    last = undoing.newest(done) if may_edit else None
    back = reverse("members:undo_change", args=[uid])
    main = Action("办理变动", reverse("members:change", args=[uid]), "edit") if may_edit else None
    under_way = joining.under_way(person)
    if under_way is not None:  # nothing else is to be done about who is no member yet
        main = Action("看入会申请", reverse("members:admission", args=[under_way.uid]), "next")
    context = {
        "person": person,
        "badges": [_badge(person)],
        "main": main,
        "actions": [Action(f"撤销最近一次变动：{last.get_kind_display()}", back, "back")] if last else [],
        **history.tables(person, done),
    }
    return render(request, "members/timeline.html", context)


def _fields(offer: Offer, person: Person, typed: Typed, access: Access, *, sent: bool) -> list[Field]:
    group = typed.text("group") if sent else str(person.group_id or "")
    made = {
        "on": lambda: Field("on", "日期", "date", typed.text("on") or access.on.isoformat(), required=True),
        "discussed_on": lambda: Field(
            "discussed_on", "小组讨论日期", "date", typed.text("discussed_on"), required=True
        ),
        "other_union": lambda: Field("other_union", "对方工会", value=typed.text("other_union"), required=True),
        "meeting": lambda: Field(
            "meeting", "委员会会议", value=typed.text("meeting"), required=True, hint="2026年第8次委员会会议"
        ),
        "filed": lambda: Field(
            "filed", "上级备案", value=typed.text("filed"),
            help="备案的文号或日期；还没有备案的，办好后在“会籍变动”里补",
        ),
        "reason": lambda: Field("reason", "原因", value=typed.text("reason")),
        "group": lambda: Field(
            "group", "工会小组", "select", choices=group_choices(access.union, group, none="不编入小组")
        ),
        "department": lambda: Field(
            "department", "处室", value=typed.text("department") if sent else person.department
        ),
        "job": lambda: Field("job", "职务", value=typed.text("job") if sent else person.job),
    }  # fmt: skip
    return [made[name]() for name in offer.fields]


def _done(kind: str, person: Person, typed: Typed, access: Access) -> str:
    """Make the change and say where to go next."""
    on, discussed = typed.day("on"), typed.day("discussed_on", required=False)
    needed = rules.MOVES[kind].needs if kind in rules.MOVES else ()
    typed.stop(**{name: standing.LABELS[name] for name in needed})
    assert on is not None
    back = reverse("members:timeline", args=[person.uid])
    if kind == APPLY:
        how = Admission.How.PAPER
        one = joining.apply(person, on=on, wish=typed.text("reason"), how=how, by=access, today=access.on)
        return reverse("members:admission", args=[one.uid])
    if kind == MOVE:
        group = group_of(access.union, typed.text("group"))
        seat = standing.Seat(group.pk if group else None, typed.text("department"), typed.text("job"))
        standing.move(person, on=on, to=seat, reason=typed.text("reason"), by=access, today=access.on)
        return back
    words = standing.Words(
        typed.text("other_union"), typed.text("reason"), discussed, typed.text("meeting"), typed.text("filed")
    )
    version = typed.text("version")
    standing.change(
        kind, person, on=on, words=words, version=whole_number(version), by=access,
        today=access.on,
    )  # fmt: skip
    return back


@requires("members.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: Any, uid: UUID) -> HttpResponse:
    """Choose what happens, then say when and why; what happens next is said before it is done."""
    access: Access = request.access
    person = _person(access, uid)
    possible = offered(person.dates)
    kind = request.GET.get("kind", "")
    if kind in rules.PROPOSED and kind in possible:
        return HttpResponseRedirect(deemed_url(str(person.uid)), status=303)
    if kind not in possible:
        kind = ""
    context: dict[str, Any] = {"person": person, "badges": [_badge(person)], "kind": kind}
    if not kind:
        context["offered"] = [
            {"label": OFFERS[one].label, "help": OFFERS[one].help, "url": _where(one, person)} for one in possible
        ]
        return render(request, "members/change.html", context)
    offer, typed = OFFERS[kind], Typed(request.POST.dict(), access.on)
    problems: tuple[Violation, ...] = ()
    if request.method == "POST":
        try:
            there = _done(kind, person, typed, access)
        except Refused as refused:
            problems = refused.violations
        else:
            messages.success(request, f"{person.name}：{SAID.get(kind, offer.next)}")
            return HttpResponseRedirect(there, status=303)
    context |= {
        "title": offer.label,
        "next": offer.next,
        "danger": offer.danger,
        "button": f"登记：{offer.label}",
        "fields": marked(_fields(offer, person, typed, access, sent=request.method == "POST"), problems),
        "problems": problems,
        "posts": _posts(person, access.on) if kind in rules.MOVES and rules.MOVES[kind].leaving else None,
    }
    return render(request, "members/change.html", context, status=422 if problems else 200)


def _where(kind: str, person: Person) -> str:
    """Where the change is made: on its short form, or where it is proposed, talked about and decided."""
    return deemed_url(str(person.uid)) if kind in rules.PROPOSED else f"?kind={kind}"


def _posts(person: Person, on: date) -> Notice | None:
    held = [str(post.get_office_display()) for post in standing.posts_held(person, on)]
    if not held:
        return None
    return Notice(f"还担任{'、'.join(held)}。离会以后，请在“任职”里交接。", DUE, "有职务要交接")


@requires("members.view")
@require_safe
def transfer_paper(request: Any, uid: UUID) -> HttpResponse:
    """The 会籍接转介绍信 of a transfer out, or the 回执 of a transfer in."""
    access: Access = request.access
    rows = Change.objects.in_union(access.union).select_related("person")
    one = rows.filter(uid=uid, kind__in=membership_papers.TRANSFERS).first()
    if one is None:
        raise Http404("没有这次调出或调入")
    union = Union.objects.get(pk=access.union).name
    document = membership_papers.TRANSFERS[one.kind](one, union=union, created_at=timezone.localtime())
    return downloads.word(document, f"{document.title}（{one.person.name}）")
