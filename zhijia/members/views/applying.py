"""The form of somebody with a login and without a membership, made for a phone: apply, and see how far it is."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from zhijia.core.access import Access
from zhijia.core.guards import requires
from zhijia.core.outcomes import Refused, Violation
from zhijia.core.pages.parts import Field
from zhijia.members import joining, membership_papers, rules
from zhijia.members.models import Admission, Person
from zhijia.members.views.admissions import steps


@requires("members.apply")
@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: Any) -> HttpResponse:
    """The own application: begin one, or see whose turn it is."""
    access: Access = request.access
    person = Person.objects.in_union(access.union).filter(pk=access.person).first()
    if person is None:
        raise Http404("没有这个人")
    wish = request.POST.get("wish", "")
    problems: tuple[Violation, ...] = ()
    if request.method == "POST":
        try:
            how = Admission.How.ONLINE
            joining.apply(person, on=access.on, wish=wish, how=how, by=access, today=access.on)
        except Refused as refused:
            problems = refused.violations
        else:
            messages.success(request, "申请已交给工会小组长，签了意见就转给委员会。")
            return HttpResponseRedirect(reverse("members:apply"), status=303)
    last = Admission.objects.in_union(access.union).filter(person=person).order_by("-applied_on", "-pk").first()
    context = {
        "admission": last,
        "steps": steps(last) if last else (),
        "may_apply": last is None or last.state not in rules.WAITING,
        "promise": membership_papers.PROMISE,
        "field": Field("wish", "想对工会说的话", "textarea", wish, help="可以不写", rows=3),
        "problems": problems,
    }
    return render(request, "members/apply.html", context, status=422 if problems else 200)
