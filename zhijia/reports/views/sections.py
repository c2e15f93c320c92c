"""A section of the draft: its text with the outline and the evidence beside it, and its form."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from zhijia.core.guards import requires
from zhijia.core.outcomes import Refused
from zhijia.core.pages.reading import whole_number
from zhijia.reports import editing, forms, rules
from zhijia.reports.drafts import live, screen, writing
from zhijia.reports.drafts.backing import backing
from zhijia.reports.drafts.body import Body
from zhijia.reports.drafts.live import Reading
from zhijia.reports.drafts.merging import merge
from zhijia.reports.models import DraftSection
from zhijia.reports.navigation import tabs
from zhijia.reports.opening import FINE, last_version, must, now, section_in, sections_of


@requires("reports.view")
@require_http_methods(["GET", "HEAD", "POST"])
def section_page(request: Any, pk: int, number: int) -> HttpResponse:
    """Outline, text and evidence; POST takes the section to work in it, leaves it, or explains a withheld sentence."""
    access = request.access
    sections = sections_of(access, pk)
    section, problems, ask_to_take = section_in(sections, number), FINE, False
    here = reverse("reports:section", args=[pk, number])
    if request.method == "POST":
        must(access, "reports.edit")
        word = request.POST.get("do", "")
        try:
            if word in ("hold", "take"):
                writing.hold(section, by=access, now=now(), take=word == "take")
                return HttpResponseRedirect(reverse("reports:edit", args=[pk, number]))
            if word == "release":
                writing.release(section, by=access)
            elif word.startswith("explain:") and (number_of := whole_number(word[8:])) is not None:
                reason = request.POST.get("reason", "")
                writing.explain(section, number_of, reason=reason, by=access, now=now())
                messages.success(request, "已记下理由，它会随稿子一起留存。")
            return HttpResponseRedirect(here)
        except Refused as refused:
            problems = refused.violations
            ask_to_take = any(one.code == "held" for one in problems)
    context = _page(request, sections, section)
    context |= {"problems": () if ask_to_take else problems, "ask_to_take": ask_to_take}
    return render(request, "reports/section.html", context, status=422 if problems else 200)


def _page(request: Any, sections: list[DraftSection], section: DraftSection) -> dict[str, Any]:
    access, draft, moment = request.access, section.draft, now()
    bodies, version = live.bodies(sections), last_version(draft.pk)
    chosen = request.GET.get("figure", "")
    reading = _reading(section, bodies, access.on, version, alone=bool(chosen))
    wanted = whole_number(chosen, 8) or 0
    body = bodies[section.number]
    figure = next((one for sentence in body for one in sentence.lives if one.id == wanted), None)
    if wanted and figure is None:
        raise Http404("这里没有这个数字")
    places = [one.number for one in sections]
    at = places.index(section.number)
    titles = screen.headings(sections, bodies)
    return {
        "draft": draft,
        "section": section,
        "title": titles[section.number],
        "stage": rules.STAGES[draft.stage],
        "tabs": tabs(draft, access, "text"),
        "outline": screen.outline(
            draft, sections, bodies, reading, version, active=section.number, by=access, now=moment
        ),
        "paragraphs": screen.text(section, body, reading, chosen=wanted),
        "hidden": screen.hidden(section, body, reading),
        "unexplained": [sentence for sentence in body if sentence.unexplained],
        "reasoned": [sentence for sentence in body if sentence.reason and not sentence.hidden],
        "moved": live.moved(version, reading, body),
        "version": version,
        "backing": backing(figure, reading, version=version, last=request.GET.get("beside") == "last")
        if figure
        else None,
        "work": screen.work(section, access, moment, changeable=not draft.final),
        "previous": places[at - 1] if at else None,
        "next": places[at + 1] if at + 1 < len(places) else None,
        "withheld": len(editing.shown_withheld(draft)),
    }


def _reading(section: DraftSection, bodies: dict[int, Body], on: Any, version: Any, *, alone: bool) -> Reading:
    # Rules that keep records out of lists are asked where this section has such a list, not again for each figure.
    careful = not alone and any(one.clean for sentence in bodies[section.number] for one in sentence.lives)
    reading = live.read(live.scope_of(section.draft, on), bodies.values(), names=False, careful=careful)
    return live.as_frozen(reading, version) if section.draft.final and version else reading


@requires("reports.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Any, pk: int, number: int) -> HttpResponse:
    """The section's form. Every button saves what was typed; a clash shows both versions to choose from."""
    sections = sections_of(request.access, pk)
    section = section_in(sections, number)
    bodies = live.bodies(sections)
    reading = live.read(live.scope_of(section.draft, request.access.on), [bodies[number]], names=False)
    if request.method == "POST":
        return _save(request, section, bodies, reading)
    base, lines = forms.opened(section, bodies[number], reading.shown(bodies[number]))
    return _form(request, section, base, editing.with_empty(lines, request.GET.get("after", "")))


def _save(request: Any, section: DraftSection, bodies: dict[int, Body], reading: Reading) -> HttpResponse:
    post, access = request.POST, request.access
    quiet = post.get("do", "") == "auto"
    try:
        typed = forms.read(post, section, editing.elsewhere(bodies, section.number))
    except Refused as refused:
        base, lines = forms.opened(section, bodies[section.number], reading.shown(bodies[section.number]))
        return _form(request, section, base, lines, problems=refused.violations, lost=editing.raw(post))
    body = editing.done(post.get("do", ""), typed)
    try:
        fresh = writing.save(
            section, reading.fresh(body), version=typed.base.version, by=access, now=now(), heading=typed.heading
        )
    except writing.Clash as clash:
        if quiet:
            return render(request, "reports/saved.html", {"clash": clash.violations[0], "base": typed.base.signed()})
        return _merge(request, clash.section, typed, reading)
    except Refused as refused:
        if quiet:
            return render(request, "reports/saved.html", {"clash": refused.violations[0], "base": typed.base.signed()})
        lines = forms.again(typed, body)
        return _form(request, section, typed.base, lines, problems=refused.violations)
    stored = live.bodies([fresh])[section.number]
    if quiet:
        base = forms.saved(typed, fresh, stored)
        return render(request, "reports/saved.html", {"at": fresh.saved_at, "base": base.signed()})
    if post.get("do") == "done":
        writing.release(fresh, by=access)
        messages.success(request, f"已保存“{fresh.name}”，正文和下载的文件都已是新的文字。")
        return HttpResponseRedirect(reverse("reports:section", args=[section.draft_id, section.number]))
    anchor = editing.anchor(post.get("do", ""), typed, stored)
    return HttpResponseRedirect(reverse("reports:edit", args=[section.draft_id, section.number]) + anchor)


def _merge(request: Any, section: DraftSection, typed: forms.Typed, reading: Reading) -> HttpResponse:
    theirs = live.bodies([section])[section.number]
    merged = merge(typed.base.body, typed.body, theirs)
    base, lines = forms.put_together(merged, section, theirs, reading.shown(theirs))
    return _form(request, section, base, lines, merged=merged, heading=typed.heading)


def _form(request: Any, section: DraftSection, base: forms.Base, lines: list[forms.Line], **more: Any) -> HttpResponse:
    other = writing.held_by_other(section, request.access, now())
    context = {
        "draft": section.draft,
        "section": section,
        "base": base.signed(),
        "lines": lines,
        "groups": editing.grouped(lines),
        "held": section.locked_name if other else "",
        "heading": section.heading,
        "draft_key": f"report-{section.pk}-{base.version}",
    } | more
    status = 422 if more.get("problems") or more.get("merged") else 200
    return render(request, "reports/merge.html" if more.get("merged") else "reports/edit.html", context, status=status)
