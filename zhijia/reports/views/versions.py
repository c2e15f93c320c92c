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
from zhijia.core.pages.reading import whole_number
from zhijia.reports import rules
from zhijia.reports.drafts import comparing, stages, writing
from zhijia.reports.drafts.body import Body, from_json
from zhijia.reports.models import Draft, DraftVersion
from zhijia.reports.navigation import tabs
from zhijia.reports.opening import FINE, day_of, draft_of, marked, must, now


@requires("reports.view")
@require_http_methods(["GET", "HEAD", "POST"])
def stage_page(request: Any, pk: int) -> HttpResponse:
    """Where the draft is on its way, what the next step asks for, what holds up the final text; POST takes a step."""
    access, draft = request.access, draft_of(request.access, pk)
    post, refused = request.POST, Refused(())
    if request.method == "POST":
        final = post.get("do", "").startswith("phrase") or post.get("to") == rules.FINAL
        must(access, "reports.confirm" if final else "reports.edit")
        try:
            return HttpResponseRedirect(_step(request, draft, post.get("do", "")))
        except Refused as reasons:
            refused = reasons
    state = stages.glance(draft, access.on)
    moves = [(move, marked(_fields(request, move), refused)) for move in rules.moves_from(draft.stage)]
    reason = Field("reason", "为什么要改定稿", "textarea", post.get("reason", ""), rows=2, required=True)
    phrases = stages.open_phrases(state)
    context = {
        "draft": draft,
        "tabs": tabs(draft, access, "stage"),
        "steps": _steps(draft),
        "forward": [one for one in moves if not one[0].back],
        "back": [one for one in moves if one[0].back],
        "reopen": marked([reason], refused),
        "matters": stages.open_matters(state, phrases),
        "phrases": [(n, phrase, _who(n, access.name)) for n, phrase in enumerate(phrases)],
        "may_edit": access.may("reports.edit"),
        "may_confirm": access.may("reports.confirm"),
        "newer": _newer(draft),
        "problems": refused.violations,
    }  # fmt: skip
    return render(request, "reports/stage.html", context, status=422 if refused.violations else 200)


def _who(number: int, name: str) -> Field:
    return Field(f"who-{number}", "谁核对了原文", value=name, required=True)


def _steps(draft: Draft) -> list[Step]:
    codes = list(rules.STAGES)
    at = codes.index(draft.stage)
    states = ["done" if place < at or draft.final else "now" if place == at else "todo" for place in range(len(codes))]
    return [Step(rules.STAGES[code], state) for code, state in zip(codes, states, strict=True)]


def _newer(draft: Draft) -> Draft | None:
    """The round after a final text, if one was begun."""
    later = Draft.objects.filter(union_id=draft.union_id, term=draft.term, number__gt=draft.number)
    return later.order_by("-number").first() if draft.final else None


def _fields(request: Any, move: rules.Move) -> list[Field]:
    """What a step asks for; the names bear the step, because several steps stand on one page."""
    post, word = request.POST, move.target
    label = "退回的原因" if move.back else move.asked or "备注"
    needed, today = bool(move.asks or move.back), request.access.on.isoformat()
    return [
        Field(f"note-{word}", label, value=post.get(f"note-{word}", ""), required=needed),
        Field(f"on-{word}", "日期", "date", post.get(f"on-{word}", today), required=True),
    ]


def _step(request: Any, draft: Draft, word: str) -> str:
    """Do what was asked and return where to go."""
    access, post = request.access, request.POST
    here = reverse("reports:stage", args=[draft.pk])
    what, _, place = word.partition(":")
    if what == "phrase":
        who = post.get(f"who-{place}", "")
        writing.confirm_phrase(draft, post.get("text", ""), who=who, by=access, today=access.on)
        messages.success(request, f"已由{who.strip()}确认这句表述。")
        return here
    if word == "reopen":
        new = stages.reopen(draft, reason=post.get("reason", ""), by=access, at=now())
        messages.success(request, f"已另起第{new.number}轮，原来的定稿原样保留。")
        return reverse("reports:draft", args=[new.pk])
    to = post.get("to", "")
    version = stages.move(
        stages.state(draft, access.on), to, note=post.get(f"note-{to}", ""), on=day_of(post.get(f"on-{to}", "")),
        by=access, today=access.on, at=now(),
    )  # fmt: skip
    messages.success(request, f"现在是“{rules.STAGES[version.stage]}”，文字已存为第{version.number}版。")
    return here


@requires("reports.view")
@require_http_methods(["GET", "HEAD", "POST"])
def versions_page(request: Any, pk: int) -> HttpResponse:
    """Every frozen version; POST keeps the text as it stands as one more."""
    access, draft = request.access, draft_of(request.access, pk)
    field, problems = Field("name", "给这一版起名", value=request.POST.get("name", ""), hint="如：主席改后"), FINE
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
    problems = FINE
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
    other = whole_number(request.GET.get("with", ""))
    against = DraftVersion.objects.filter(draft=draft, number=other).first() if other is not None else None
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
    state = stages.glance(draft, on)
    return {number: state.reading.fresh(body) for number, body in state.bodies.items()}
