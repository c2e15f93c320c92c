"""Answering: what waits for me, my own answers, and typing in what somebody wrote on paper."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from zhijia.core.access import Access
from zhijia.core.guards import requires
from zhijia.core.outcomes import Refused
from zhijia.inquiries import forms, people, replies, rules, services, showing
from zhijia.inquiries.models import Inquiry
from zhijia.members.models import Person

PAST_SHOWN = 20


@requires("inquiries.answer")
@require_safe
def mine(request: Any) -> HttpResponse:
    """The forms that ask me, those that wait first; for a leader, the forms to collect in the group."""
    access: Access = request.access
    waiting, given = people.forms_of(access.union, access.person, access.on)
    lines = {
        "waiting": [(one, showing.badge(one, access.on)) for one in waiting],
        "given": [(one, showing.badge(one, access.on)) for one in given[:PAST_SHOWN]],
        "collecting": people.collecting(access.union, access.on) if access.may("inquiries.collect") else (),
    }
    return render(request, "inquiries/mine.html", lines)


@requires("inquiries.answer")
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: Any, uid: UUID) -> HttpResponse:
    """Answer a form for oneself; until it closes the answers may be changed."""
    access: Access = request.access
    inquiry = showing.inquiry_of(access, uid)
    person = Person.objects.in_union(access.union).filter(pk=access.person).first()
    if person is None or inquiry.state == rules.DRAFT or not _concerns(inquiry, person.pk, access):
        raise Http404("没有请您填这张表")
    return _answering(request, inquiry, person, own=True)


@requires("inquiries.collect")
@require_http_methods(["GET", "HEAD", "POST"])
def answer_for(request: Any, uid: UUID, person: UUID) -> HttpResponse:
    """Type in what a member of the group answered on paper; officers may for everybody."""
    access: Access = request.access
    inquiry = showing.inquiry_of(access, uid)
    asked = people.asked(inquiry, access.on).filter(uid=person)
    groups = showing.groups_of(access)
    found = (asked if groups is None else asked.filter(group__in=groups)).first()
    if found is None or inquiry.state == rules.DRAFT:
        raise Http404("这张表没有请这个人填，或者不是您的组员")
    return _answering(request, inquiry, found, own=found.pk == access.person)


def _concerns(inquiry: Inquiry, person: int, access: Access) -> bool:
    """Asked now, or has answered before (who left the group still sees what was given)."""
    return replies.is_asked(inquiry, person, access.on) or people.answers(inquiry).filter(person=person).exists()


def _answering(request: Any, inquiry: Inquiry, person: Person, *, own: bool) -> HttpResponse:
    access: Access = request.access
    questions = services.questions_of(inquiry)
    context = {
        **showing.frame(inquiry, access, ""),
        "person": person,
        "own": own,
        "may": inquiry.standing(access.on) == rules.OPEN,
        "who_sees": showing.who_sees(questions),
        "back": reverse("inquiries:mine") if own else _group_url(inquiry, person),
    }
    if request.method != "POST":
        reply = replies.reply(inquiry, person.pk)
        context |= {"reply": reply, "fields": forms.answer_fields(questions, reply)}
        context["told"] = [(one.text, reply.shown.get(one.pk, "")) for one in questions]
        return render(request, "inquiries/answer.html", context)
    given = forms.read_answers(request.POST, questions)
    version = forms.read_version(request.POST)
    try:
        changed = replies.answer(
            inquiry, questions, given, person=person.pk, version=version, by=access, today=access.on
        )
    except Refused as refused:
        reply = replies.reply(inquiry, person.pk)
        fields = forms.answer_fields(questions, reply, given, refused.violations)
        told = [(one.text, reply.shown.get(one.pk, "")) for one in questions]
        problems = forms.general(refused.violations, fields)
        context |= {"reply": reply, "fields": fields, "problems": problems, "told": told}
        return render(request, "inquiries/answer.html", context, status=422)
    messages.success(request, _said(inquiry, person, own=own, changed=changed))
    return HttpResponseRedirect(context["back"], status=303)


def _said(inquiry: Inquiry, person: Person, *, own: bool, changed: bool) -> str:
    who = "" if own else f"{person.name}的"
    if not changed:
        return f"{who}“{inquiry.title}”没有改动。"
    return f"已记下{who}“{inquiry.title}”；{showing.until(inquiry)}，在这之前还可以改。"


def _group_url(inquiry: Inquiry, person: Person) -> str:
    url = reverse("inquiries:progress", args=[inquiry.uid])
    return f"{url}?group={person.group_id or 0}"
