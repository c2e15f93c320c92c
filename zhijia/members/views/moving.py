"""People picked in the list, moved to another group or department from a day on; where they were stays on record."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from zhijia.core.access import Access
from zhijia.core.guards import requires
from zhijia.core.outcomes import Refused, Violation
from zhijia.core.pages.parts import Choice, Field
from zhijia.core.pages.reading import whole_number
from zhijia.members import placing
from zhijia.members.asking import Typed, group_choices, marked
from zhijia.members.models import Person
from zhijia.members.placing import To

MOST = 1_000
KEEP, NONE = "", "none"
SHOWN = 30  # names that the page lists


def _picked(texts: list[str]) -> list[UUID]:
    found = []
    for text in dict.fromkeys(texts):
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found[:MOST]


def _fields(typed: Typed, access: Access) -> list[Field]:
    chosen = typed.text("group")
    groups = group_choices(access.union, chosen, none="小组不变")
    choices = (*groups, Choice(NONE, "不编入小组", chosen == NONE))
    return [
        Field("group", "新的小组", "select", choices=choices),
        Field("department", "新的处室", value=typed.text("department"), help="不变的不用写"),
        Field("on", "从哪一天起", "date", typed.text("on") or access.on.isoformat(), required=True),
        Field("reason", "原因", value=typed.text("reason"), hint="工作需要"),
    ]


def _done(uids: list[UUID], typed: Typed, access: Access) -> int:
    """Move them and say how many."""
    on = typed.day("on")
    typed.stop()
    assert on is not None
    text = typed.text("group")
    group = whole_number(text)
    to = To(group, typed.text("department")[:60] or None)
    count, _batch = placing.move_many(
        uids, union=access.union, to=to, keep_group=text == KEEP, on=on, reason=typed.text("reason"), by=access,
        today=access.on,
    )  # fmt: skip
    return count


@requires("members.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def move_many(request: Any) -> HttpResponse:
    """Say where the picked people go, then move them all at once."""
    access: Access = request.access
    typed = Typed(request.POST.dict(), access.on)
    uids = _picked(request.POST.getlist("pick"))
    problems: tuple[Violation, ...] = ()
    if uids and request.POST.get("sure"):
        try:
            count = _done(uids, typed, access)
        except Refused as refused:
            problems = refused.violations
        else:
            messages.success(request, f"{count}人从这一天起到新的岗位，以前的岗位留在记录里。三十天内可以整批撤销。")
            return HttpResponseRedirect(reverse("members:reorganisation"), status=303)
    people = Person.objects.in_union(access.union).filter(uid__in=uids).order_by("pinyin", "pk")
    context = {
        "uids": uids, "problems": problems, "fields": marked(_fields(typed, access), problems),
        "names": list(people.values_list("name", flat=True)[:SHOWN]), "more": max(len(uids) - SHOWN, 0),
    }  # fmt: skip
    return render(request, "members/move_many.html", context, status=422 if problems else 200)
