"""Reorganisation as pages: choose what happens, say which groups, look at what changes, do it; or take it back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from zhijia.core import batches
from zhijia.core.access import Access
from zhijia.core.guards import requires
from zhijia.core.outcomes import Refused, Violation
from zhijia.core.pages.parts import Cell, Head, Row, Step, Table, shown
from zhijia.members import reorganisation_form as form
from zhijia.members import reorganisations
from zhijia.members.asking import Typed, marked
from zhijia.members.reorganisation import Plan, planned
from zhijia.members.reorganising import reorganise

BEHIND = 50  # people of ended groups that the page names
STEPS = ("选方式", "写小组", "核对", "办好")
FIRST = frozenset(("groups", "targets", "on"))  # fields of the first step: what is wrong with them leads back to it

_BUTTONS = frozenset(("csrfmiddlewaretoken", "do", "again", "seen", "back"))


def _steps(now: int) -> list[Step]:
    return [
        Step(label, "done" if place < now else "now" if place == now else "todo") for place, label in enumerate(STEPS)
    ]


@requires("members.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def reorganisation(request: Any) -> HttpResponse:
    """All steps at one address: nothing is kept in between, the forms carry what was said."""
    access: Access = request.access
    kind = request.POST.get("kind", "") or request.GET.get("kind", "")
    if kind not in form.KINDS:
        return _chooser(request, access)
    groups, into = ([text for text in request.POST.getlist(name) if text] for name in ("groups", "into"))
    sent = form.Sent(kind, Typed(request.POST.dict(), access.on), groups, into)
    if request.method != "POST" or request.POST.get("back"):
        return _first(request, sent, ())
    asked = form.read(sent, access.on)
    if sent.typed.problems:  # everything of this step is told at once
        plan = planned(asked, union=access.union, today=access.on)
        sent.typed.note(one for one in plan.problems if one.place.column in FIRST)
        return _first(request, sent, sent.typed.problems)
    if not request.POST.get("do"):
        plan = planned(asked, union=access.union, today=access.on)
        wrong = [one for one in plan.problems if one.place.column in FIRST]
        if wrong:
            return _first(request, sent, wrong)
        return _preview(request, plan, plan.problems if request.POST.get("again") else ())
    try:
        batch, plan = reorganise(
            asked, seen=request.POST.get("seen", ""), union=access.union, by=access, today=access.on
        )
    except Refused as refused:
        wrong = [one for one in refused.violations if one.place.column in FIRST]
        if wrong:
            return _first(request, sent, refused.violations)
        return _preview(request, planned(asked, union=access.union, today=access.on), refused.violations)
    messages.success(request, f"{plan.title}：{len(plan.people)}人从{asked.on}起在新的小组，以前的名册不变。")
    for name in plan.leaderless:
        messages.info(request, f"{name}还没有组长，请在“任职”里登记。")
    return HttpResponseRedirect(f"{reverse('members:reorganisation')}#batch-{batch.pk}", status=303)


def _chooser(request: Any, access: Access) -> HttpResponse:
    done = reorganisations.done(access.union)
    context = {
        "kinds": [{"label": one.label, "help": one.help, "url": f"?kind={code}"} for code, one in form.KINDS.items()],
        "recent": reorganisations.recent(access.union),
        "behind": _behind(reorganisations.left_behind(access.union, access.on)),
        "done": _done(done) if done else None,
    }
    return render(request, "members/reorganisation.html", context)


def _behind(people: Any) -> Table | None:
    fields = ("uid", "name", "group__name", "department")
    rows = [
        Row((Cell(name, f"{reverse('members:change', args=[uid])}?kind=move"), Cell(group), Cell(shown(department))))
        for uid, name, group, department in people.order_by("pinyin", "pk").values_list(*fields)[:BEHIND]
    ]
    return Table(tuple(Head(label) for label in ("姓名", "已撤销的小组", "处室")), rows) if rows else None


def _done(found: list[reorganisations.Done]) -> Table:
    heads = tuple(Head(label) for label in ("日期", "经过", "文号", "原因"))
    rows = [
        Row((Cell(one.on.isoformat()), Cell(one.title), Cell(shown(one.paper)), Cell(shown(one.reason))))
        for one in found
    ]
    return Table(heads, rows)


def _first(request: Any, sent: form.Sent, problems: Any) -> HttpResponse:
    access: Access = request.access
    fields = form.first(sent, form.living(access.union), access.on)
    problems = form.placed(sent.kind, problems)
    context = {
        "kind": sent.kind, "offer": form.KINDS[sent.kind], "steps": _steps(1), "problems": problems,
        "fields": marked(fields, problems),
    }  # fmt: skip
    return render(request, "members/reorganisation_groups.html", context, status=422 if problems else 200)


def _preview(request: Any, plan: Plan, problems: Any) -> HttpResponse:
    whole, each = form.places(plan)
    kept = [
        (name, value)
        for name, values in request.POST.lists()
        if not name.startswith(form.SECOND) and name not in _BUTTONS
        for value in values
    ]
    heads = (Head("改革以后"), Head("人数", number=True), Head("沿革"))
    rows = [
        Row((Cell(one.name), Cell(str(count), number=True), Cell(shown(plan.formerly(one)))))
        for one, count in zip(plan.targets, plan.counts, strict=True)
    ]
    context = {
        "plan": plan, "offer": form.KINDS[plan.asked.kind], "steps": _steps(2), "problems": problems, "kept": kept,
        "whole": whole, "each": each, "leaders": form.leaders(plan),
        "table": Table(heads, rows),
        "open": reorganisations.open_matters(plan, request.access.union),
        "people": len(plan.people), "names": form.names(plan),
    }  # fmt: skip
    return render(request, "members/reorganisation_people.html", context, status=422 if problems else 200)


@requires("members.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: Any, number: int) -> HttpResponse:
    """Take a reorganisation or a move of many back, as a whole or not at all."""
    access: Access = request.access
    batch = reorganisations.batch(access.union, number)
    if batch is None:
        raise Http404("没有这次办理")
    problems: tuple[Violation, ...] = ()
    if request.method == "POST":
        try:
            batches.undo(number, union=access.union, by=access)
        except Refused as refused:
            problems = refused.violations
        else:
            messages.success(request, f"已撤销“{batch.source}”：小组、人员和任职都恢复原样。")
            return HttpResponseRedirect(reverse("members:reorganisation"), status=303)
    context = {
        "problems": problems, "batch": batch, "back": reverse("members:reorganisation"), "action": request.path,
        "title": "撤销这次办理？", "lines": [batch.source, "小组、人员的岗位、组长的任职都回到办理之前"],
    }  # fmt: skip
    return render(request, "members/reorganisation_undo.html", context, status=422 if problems else 200)
