"""Applications: who waits for whom, one application, the remark, and the committee's decision on several at once."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhijia.core.access import Access
from zhijia.core.guards import requires
from zhijia.core.outcomes import Refused
from zhijia.core.pages.parts import (
    DONE,
    DUE,
    INFO,
    LATE,
    QUIET,
    Action,
    Badge,
    Cell,
    Field,
    Head,
    Row,
    Step,
    Table,
    shown,
)
from zhijia.core.pages.reading import whole_number
from zhijia.members import arriving, deciding, downloads, joining, led, membership_papers, rules
from zhijia.members.asking import Typed, group_choices, group_of, loose, marked, sex_field
from zhijia.members.models import Admission, Newcomer, Person
from zhijia.members.views.arriving import found, meant
from zhijia.standards import numbers
from zhijia.unions.models import Union

DECIDED_SHOWN = 20
TONES = {"applied": DUE, "remarked": INFO, "approved": DONE, "refused": QUIET}
HEADS = (Head("姓名"), Head("工会小组"), Head("处室"), Head("申请日期"), Head("小组意见"), Head("等了"))
OLD_HEADS = (Head("姓名"), Head("申请日期"), Head("结果"), Head("日期"), Head("会议"))
NEW_HEADS = (Head("姓名"), Head("处室"), Head("到岗日期"), Head("等了"), Head("办理"))


def _mine(access: Access, rows: Any) -> Any:
    """Officers and reviewers see all applications and newcomers; who leads groups those of these groups."""
    return rows.filter(led.within(access.reach("members.applications"), "person__group"))


def _row(one: Admission, access: Access, ticked: Collection[str] = ()) -> Row:
    person = one.person
    days = (access.on - one.applied_on).days
    mine = one.state == "applied" and person.group_id in access.groups
    return Row(
        (
            Cell(person.name, reverse("members:admission", args=[one.uid])),
            Cell(person.group.name if person.group else "—"),
            Cell(shown(person.department)),
            Cell(one.applied_on.isoformat()),
            Cell(badge=Badge("请您签", DUE)) if mine else Cell(shown(one.remark)),
            Cell(f"{days}天"),
        ),
        key=str(one.uid),
        ticked=str(one.uid) in ticked,
    )


def _newcomer(one: joining.Waiting, *, may_edit: bool) -> Row:
    url = reverse("members:start", args=[one.newcomer.uid]) if may_edit and not one.under_way else ""
    begin = "等本人申请" if one.newcomer.person_id else "办理入会"
    words = "申请在办" if one.under_way else begin if may_edit else "—"
    waited = Cell(badge=Badge(f"{one.days}天", LATE)) if one.late else Cell(f"{one.days}天")
    return Row(
        (
            Cell(one.newcomer.name),
            Cell(shown(one.newcomer.department)),
            Cell(one.newcomer.arrived_on.isoformat()),
            waited,
            Cell(words, url),
        )
    )


def _page(request: Any, problems: Any = (), status: int = 200) -> HttpResponse:
    access: Access = request.access
    waiting = list(_mine(access, joining.waiting(access.union)))
    may_edit = access.may("members.edit")
    remarked = [one for one in waiting if one.state == "remarked"]
    applied = [one for one in waiting if one.state == "applied"]
    old = _mine(access, Admission.objects.in_union(access.union).exclude(state__in=rules.WAITING))
    old = list(old.select_related("person").order_by("-decided_on", "-pk")[:DECIDED_SHOWN])
    newcomers = joining.newcomers(access.union, access.on, access.reach("members.applications"))
    ticked = set(request.POST.getlist("uid"))
    context = {
        "may_edit": may_edit,
        "all": access.may("members.applications"),
        "main": Action("录入纸质申请书", reverse("members:write_in"), "plus") if may_edit else None,
        "problems": loose(problems),
        "applied": Table(HEADS, [_row(one, access) for one in applied]) if applied else None,
        "remarked": Table(
            HEADS,
            [_row(one, access, ticked) for one in remarked],
            select="uid" if may_edit else "",
            select_form="decide",
        )
        if remarked
        else None,
        "fields": marked(deciding.fields(request.POST, access.on), problems),
        "newcomers": Table(NEW_HEADS, [_newcomer(one, may_edit=may_edit) for one in newcomers]) if newcomers else None,
        "late": sum(one.late for one in newcomers),
        "within": numbers.value(access.union, joining.ADMIT),
        "old": Table(OLD_HEADS, [_old(one) for one in old]) if old else None,
        "counts": (len(applied), len(remarked), len(newcomers)),
    }
    return render(request, "members/admissions.html", context, status=status)


def _old(one: Admission) -> Row:
    return Row(
        (
            Cell(one.person.name, reverse("members:admission", args=[one.uid])),
            Cell(one.applied_on.isoformat()),
            Cell(badge=Badge(one.get_state_display(), TONES[one.state])),
            Cell(shown(one.decided_on and one.decided_on.isoformat())),
            Cell(shown(one.meeting)),
        )
    )


@requires("members.led")
@require_safe
def listed(request: Any) -> HttpResponse:
    """Applications by whose turn it is, and newcomers who wait."""
    return _page(request)


@requires("members.edit")
@require_POST
def decide(request: Any) -> HttpResponse:
    """Write down what the committee decided on the applications that are ticked."""
    try:
        chosen = deciding.chosen(request.POST.getlist("uid"), request.access.union)
        said = deciding.decided(request.POST.dict(), chosen, by=request.access)
    except Refused as refused:
        return _page(request, refused.violations, 422)
    messages.success(request, said)
    return HttpResponseRedirect(reverse("members:admissions"), status=303)


def _one(access: Access, uid: UUID) -> Admission:
    rows = Admission.objects.in_union(access.union).select_related("person", "person__group")
    found: Admission | None = _mine(access, rows).filter(uid=uid).first()
    if found is None:
        raise Http404("没有这份申请")
    return found


def steps(one: Admission) -> tuple[Step, ...]:
    """Where the application is on its way."""
    reached = {"applied": 1, "remarked": 2}.get(one.state, 3)
    last = "没有批准" if one.state == "refused" else "成为会员"
    words = ("申请", "小组长签意见", "委员会批准", last)
    return tuple(
        Step(word, "done" if number < reached or reached == 3 else "now" if number == reached else "todo")
        for number, word in enumerate(words)
    )


def _remarked(request: Any, one: Admission) -> str:
    typed, access = Typed(request.POST.dict(), request.access.on), request.access
    on, version = typed.day("on", required=False), whole_number(typed.text("version"))
    typed.stop(remark="意见")
    joining.remark(one, text=typed.text("remark"), on=on, version=version, by=access, today=access.on)
    return f"已签意见，{one.person.name}的申请转给委员会批准。"


def _remark_fields(request: Any, typing: bool, problems: Any) -> list[Field]:
    text = request.POST.get("remark", "同意入会")
    fields = [Field("remark", "小组意见", value=text, required=True, focus=bool(problems))]
    if typing:
        on = request.POST.get("on", "").strip() or request.access.on.isoformat()
        help_ = "纸上签的那一天；开过会才补录的，写开会以前签的日子"
        fields.append(Field("on", "签意见的日期", "date", on, help=help_))
    return fields


@requires("members.led")
@require_http_methods(["GET", "HEAD", "POST"])
def admission(request: Any, uid: UUID) -> HttpResponse:
    """One application with its way; POST writes the group's remark, or what the committee decided."""
    access: Access = request.access
    one = _one(access, uid)
    typing = access.may("members.edit")  # who types a paper in tells the days that stand on it
    may_remark = one.state == "applied" and (typing or one.person.group_id in access.groups)
    may_decide = one.state == "remarked" and typing
    problems: Any = ()
    if request.method == "POST":
        deciding_now = "verdict" in request.POST
        if not typing and (deciding_now or (one.state == "applied" and not may_remark)):
            raise PermissionDenied("members.edit")
        try:
            said = deciding.decided(request.POST.dict(), [one], by=access) if deciding_now else _remarked(request, one)
        except Refused as refused:
            problems = refused.violations
        else:
            messages.success(request, said)
            onward = reverse("members:admission", args=[uid]) if typing else reverse("members:admissions")
            return HttpResponseRedirect(onward, status=303)
    fields = deciding.fields(request.POST, access.on) if may_decide else _remark_fields(request, typing, problems)
    context = {
        "admission": one,
        "person": one.person,
        "badges": [Badge(one.get_state_display(), TONES[one.state])],
        "steps": steps(one),
        "button": "签意见，转给委员会" if may_remark else "记下委员会的决定" if may_decide else "",
        "fields": marked(fields, problems),
        "problems": loose(problems),
        "actions": [
            Action("入会申请书（Word）", reverse("members:admission_paper", args=[one.uid, "application"]), "print"),
            Action("会员登记表（Word）", reverse("members:admission_paper", args=[one.uid, "registration"]), "print"),
        ],
    }
    return render(request, "members/admission.html", context, status=422 if problems else 200)


@requires("members.led")
@require_safe
def paper(request: Any, uid: UUID, kind: str) -> HttpResponse:
    """The 入会申请书 or the 会员登记表 of an application, filled in as far as it is known."""
    access: Access = request.access
    one = _one(access, uid)
    build = membership_papers.ADMISSION.get(kind)
    if build is None:
        raise Http404("没有这种表")
    union = Union.objects.get(pk=access.union).name
    document = build(one, union=union, created_at=timezone.localtime())
    return downloads.word(document, f"{document.title}（{one.person.name}）")


def _alike(access: Access, newcomer: Newcomer) -> list[dict[str, Any]]:
    """Who in the register looks like the newcomer, each with the way to begin with that person."""
    here = reverse("members:start", args=[newcomer.uid])
    values, go = {"name": newcomer.name, "staff_no": newcomer.staff_no}, "就是他（她），给他（她）办理"
    return found(access.union, values, offer=lambda person: f"{here}?person={person.uid}", go=go)


def _named(request: Any, newcomer: Newcomer) -> Person | None:
    """The person of the register whom the address says to be the newcomer; None where it names none."""
    who = "" if newcomer.person_id else request.GET.get("person", "")
    person: Person | None = meant(who, Person, request.access.union)
    return person


@requires("members.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: Any, uid: UUID) -> HttpResponse:
    """Begin the application of a newcomer of the HR list."""
    access: Access = request.access
    newcomer = Newcomer.objects.in_union(access.union).select_related("person").filter(uid=uid).first()
    if newcomer is None:
        raise Http404("没有这个新进人员")
    typed = Typed(request.POST.dict(), access.on)
    known = _named(request, newcomer)
    problems: Any = ()
    if request.method == "POST":
        on, group = typed.day("on"), group_of(access.union, typed.text("group"))
        row, broken = arriving.read({name: typed.text(name) for name in ("sex", "birth_on")})
        typed.note(broken)
        entry = joining.Entry(row, group.pk if group else None, known, bool(typed.text("anew")))
        try:
            typed.stop()
            assert on is not None
            if typed.text("how") == "self":
                person = joining.enter(newcomer, entry, by=access, today=access.on)
                messages.success(request, f"{person.name}已登记。接着在“邀请登录”里做邀请条，由本人在手机上申请。")
                return HttpResponseRedirect(reverse("members:admissions"), status=303)
            one = joining.start(newcomer, entry, on=on, by=access, today=access.on)
        except Refused as refused:
            problems = refused.violations
        else:
            messages.success(request, f"{newcomer.name}的申请已开始，接着由小组长签意见。")
            return HttpResponseRedirect(reverse("members:admission", args=[one.uid]), status=303)
    fields = [Field("on", "申请日期", "date", typed.text("on") or access.on.isoformat(), required=True)]
    if newcomer.person_id is None and known is None:
        groups = group_choices(access.union, typed.text("group"), none="以后再定")
        fields += [
            sex_field(typed.text("sex"), required=True),
            Field("birth_on", "出生日期", "date", typed.text("birth_on"), help="名册里有同名的人，写上才分得清"),
            Field("group", "工会小组", "select", choices=groups, help="由这个小组的组长签意见"),
        ]
    context = {
        "newcomer": newcomer, "known": known, "fields": marked(fields, problems), "problems": problems,
        "alike": _alike(access, newcomer) if newcomer.person_id is None and known is None else (),
        "anew": bool(typed.text("anew")),
    }  # fmt: skip
    return render(request, "members/start.html", context, status=422 if problems else 200)
