"""The way of a draft and its frozen versions."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from zhijia.core.guards import requires
from zhijia.core.outcomes import Refused
from zhijia.core.pages.parts import Field, Step
from zhijia.reports import rules
from zhijia.reports.drafts import comparing, stages, writing
from zhijia.reports.drafts.body import Body, from_json
from zhijia.reports.models import Draft, DraftVersion
from zhijia.reports.navigation import tabs
from zhijia.reports.opening import day_of, draft_of, marked, must, now


@requires("reports.view")
@require_http_methods(["GET", "HEAD", "POST"])
def stage_page(request: Any, pk: int) -> HttpResponse:
    """Where the draft is on its way, what the next step asks for, what holds up the final text; POST takes a step."""
    access, draft = request.access, draft_of(request.access, pk)
    problems, fields, post = (), _fields(request, ""), request.POST
    if request.method == "POST":
        word = post.get("do", "")
        must(access, "reports.confirm" if word == "phrase" or post.get("to") == rules.FINAL else "reports.edit")
        try:
            return HttpResponseRedirect(_step(request, draft, word))
        except Refused as refused:
            problems = refused.violations
            fields = marked(_fields(request, post.get("to", "")), refused)
    state = stages.state(draft, access.on)
    codes = list(rules.STAGES)
    at = codes.index(draft.stage)
    moves = rules.moves_from(draft.stage)
    context = {
        "draft": draft,
        "tabs": tabs(draft, access, "stage"),
        "steps": [Step(rules.STAGES[c], "done" if n < at or draft.final else "now" if n == at else "todo") for n, c in enumerate(codes)],  # noqa: E501
        "forward": [(move, _fields(request, move.target) if post.get("to") != move.target else fields) for move in moves if not move.back],  # noqa: E501
        "back": [(move, _fields(request, move.target) if post.get("to") != move.target else fields) for move in moves if move.back],  # noqa: E501
        "reopen": fields if post.get("do") == "reopen" else [Field("reason", "为什么要改定稿", "textarea", rows=2, required=True)],  # noqa: E501
        "matters": stages.open_matters(state),
        "phrases": stages.open_phrases(state),
        "who": Field("who", "谁核对了原文", value=access.name, required=True),
        "may_edit": access.may("reports.edit"),
        "may_confirm": access.may("reports.confirm"),
        "newer": Draft.objects.filter(union_id=draft.union_id, term=draft.term, number__gt=draft.number).first(),
        "problems": problems,
    }  # fmt: skip
    return render(request, "reports/stage.html", context, status=422 if problems else 200)


def _fields(request: Any, target: str) -> list[Field]:
    post, move = request.POST, next((one for one in rules.TRANSITIONS if one.target == target), None)
    mine = post.get("to") == target
    if post.get("do") == "reopen":
        return [Field("reason", "为什么要改定稿", "textarea", post.get("reason", ""), rows=2, required=True)]
    label = "退回的原因" if move and move.back else (move.asked if move else "") or "备注"
    needed = bool(move and (move.asks or move.back))
    return [
        Field("note", label, value=post.get("note", "") if mine else "", required=needed),
        Field("on", "日期", "date", post.get("on", "") if mine else request.access.on.isoformat(), required=True),
    ]


def _step(request: Any, draft: Draft, word: str) -> str:
    """Do what was asked and return where to go."""
    access, post = request.access, request.POST
    here = reverse("reports:stage", args=[draft.pk])
    if word == "phrase":
        writing.confirm_phrase(draft, post.get("text", ""), who=post.get("who", ""), by=access, today=access.on)
        messages.success(request, f"已由{post.get('who', '').strip()}确认这句表述。")
        return here
    if word == "reopen":
        new = stages.reopen(draft, reason=post.get("reason", ""), by=access, at=now())
        messages.success(request, f"已另起第{new.number}轮，原来的定稿原样保留。")
        return reverse("reports:draft", args=[new.pk])
    version = stages.move(
        stages.state(draft, access.on), post.get("to", ""), note=post.get("note", ""), on=day_of(post.get("on", "")),
        by=access, today=access.on, at=now(),
    )  # fmt: skip
    messages.success(request, f"现在是“{rules.STAGES[version.stage]}”，文字已存为第{version.number}版。")
    return here


@requires("reports.view")
@require_http_methods(["GET", "HEAD", "POST"])
def versions_page(request: Any, pk: int) -> HttpResponse:
    """Every frozen version; POST keeps the text as it stands as one more."""
    access, draft = request.access, draft_of(request.access, pk)
    field, problems = Field("name", "给这一版起名", value=request.POST.get("name", ""), hint="如：主席改后"), ()
    if request.method == "POST":
        must(access, "reports.edit")
        try:
            kept = stages.keep(
                stages.state(draft, access.on), name=request.POST.get("name", ""), by=access, today=access.on, at=now()
            )
        except Refused as refused:
            problems, field = refused.violations, marked([field], refused)[0]
        else:
            messages.success(request, f"已存为第{kept.number}版，以后可以比较或恢复。")
            return HttpResponseRedirect(reverse("reports:versions", args=[pk]))
    rows = DraftVersion.objects.filter(draft=draft).defer("sections", "figures").order_by("-number")
    context = {
        "draft": draft,
        "tabs": tabs(draft, access, "versions"),
        "versions": list(rows),
        "field": field,
        "may_edit": access.may("reports.edit"),
        "problems": problems,
    }
    return render(request, "reports/versions.html", context, status=422 if problems else 200)


@requires("reports.view")
@require_http_methods(["GET", "HEAD", "POST"])
def version_page(request: Any, pk: int, version: int) -> HttpResponse:
    """A version compared with the text as it stands (or `?with=` another version); POST brings it back."""
    access, draft = request.access, draft_of(request.access, pk)
    old = DraftVersion.objects.filter(draft=draft, number=version).first()
    if old is None:
        raise Http404("没有这一版")
    problems = ()
    if request.method == "POST":
        must(access, "reports.edit")
        try:
            before = stages.restore(stages.state(draft, access.on), old, by=access, today=access.on, at=now())
        except Refused as refused:
            problems = refused.violations
        else:
            words = f"已恢复第{old.number}版的文字；恢复之前的文字存为第{before.number}版，没有丢失。"
            messages.success(request, words)
            return HttpResponseRedirect(reverse("reports:draft", args=[pk]))
    other = request.GET.get("with", "")
    against = DraftVersion.objects.filter(draft=draft, number=int(other)).first() if other.isdecimal() else None
    before_bodies = _bodies(old)
    after = _bodies(against) if against else _now(draft, access.on)
    names = {row["number"]: row["name"] for row in old.sections}
    differences = [
        one
        for number in names
        for one in comparing.compared(number, before_bodies.get(number, ()), after.get(number, ()))
    ]
    context = {
        "draft": draft,
        "version": old,
        "against": against,
        "tabs": tabs(draft, access, "versions"),
        "versions": list(draft.versions.exclude(pk=old.pk).defer("sections", "figures").order_by("-number")),
        "differences": [(names[one.section], one) for one in differences],
        "figures": comparing.figures_changed(list(before_bodies.values()), list(after.values())),
        "may_edit": access.may("reports.edit") and not draft.final,
        "problems": problems,
        "confirm": "restore" in request.GET,
    }
    return render(request, "reports/version.html", context, status=422 if problems else 200)


def _bodies(version: DraftVersion) -> dict[int, Body]:
    return {row["number"]: from_json(row["body"]) for row in version.sections}


def _now(draft: Draft, on: Any) -> dict[int, Body]:
    state = stages.state(draft, on)
    return {number: state.reading.fresh(body) for number, body in state.bodies.items()}
