"""A person who is not on record comes from another union: one form; who looks alike is shown while it is typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from zhijia.core.access import Access
from zhijia.core.guards import requires
from zhijia.core.outcomes import Refused, Violation
from zhijia.core.pages.parts import Field, FieldGroup
from zhijia.members import arriving, rules, standing
from zhijia.members.asking import Typed, group_choices, group_of, marked, sex_field
from zhijia.members.models import Person
from zhijia.members.standing import Words


def found(union: int, values: dict[str, str], *, offer: Callable[[Person], str], go: str) -> list[dict[str, Any]]:
    """Who looks alike, each with the standing and the page to go on with somebody on record: `offer`, in words `go`."""
    row, _broken = arriving.read(values)
    lines = []
    for one in arriving.alike(union, row):
        state = one.person.dates.state
        where = "、".join(part for part in (one.person.department, one.person.group and one.person.group.name) if part)
        may = state in rules.MOVES["transfer_in"].before
        lines.append(
            {
                "name": one.person.name, "why": one.why, "state": rules.STATES[state], "where": where,
                "url": offer(one.person) if may else reverse("members:timeline", args=[one.person.uid]),
                "go": go if may else "看会籍",
            }
        )  # fmt: skip
    return lines


def meant(text: str, model: Any, union: int) -> Any:
    """The row that the address names by its 编号; None where it names none."""
    if not text:
        return None
    try:
        uid = UUID(text)
    except ValueError:
        raise Http404("没有这个人") from None
    row = model.objects.in_union(union).filter(uid=uid).first()
    if row is None:
        raise Http404("没有这个人")
    return row


def _found(union: int, values: dict[str, str]) -> list[dict[str, Any]]:
    def offer(person: Person) -> str:
        return f"{reverse('members:change', args=[person.uid])}?kind=transfer_in"

    return found(union, values, offer=offer, go="给他（她）办调入")


def _groups(typed: Typed, access: Access) -> tuple[FieldGroup, ...]:
    who = (
        Field("name", "姓名", value=typed.text("name"), required=True, focus=not typed.values),
        Field("id_number", "身份证号", "secret", typed.text("id_number"),
              help="加密保存，平时只显示后四位；性别、出生日期从这里读"),
        sex_field(typed.text("sex"), help_="填了身份证号可以不选"),
        Field("birth_on", "出生日期", "date", typed.text("birth_on"), help="填了身份证号可以不填"),
        Field("phone", "手机", "secret", typed.text("phone"), keys="tel"),
        Field("staff_no", "工号", value=typed.text("staff_no"), help="登录用"),
    )  # fmt: skip
    place = (
        Field("group", "工会小组", "select",
              choices=group_choices(access.union, typed.text("group"), none="以后再定")),
        Field("department", "处室", value=typed.text("department")),
        Field("job", "职务", value=typed.text("job")),
    )  # fmt: skip
    transfer = (
        Field("on", "调入日期", "date", typed.text("on") or access.on.isoformat(), required=True,
              help="会籍从这一天转到我会"),
        Field("other_union", "从哪个工会来", value=typed.text("other_union"), required=True),
        Field("paper_no", "介绍信编号", value=typed.text("paper_no")),
    )  # fmt: skip
    return (FieldGroup("本人", who), FieldGroup("在我会", place), FieldGroup("会籍接转", transfer))


@requires("members.edit")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def arrive(request: Any) -> HttpResponse:
    """The form; POST registers the person as a member from the day of the transfer."""
    access: Access = request.access
    typed = Typed(request.POST.dict(), access.on)
    problems: tuple[Violation, ...] = ()
    if request.method == "POST":
        try:
            person = _arrived(typed, access)
        except Refused as refused:
            problems = refused.violations
        else:
            said = f"{person.name}从{person.admitted_on:%Y-%m-%d}起是我会会员。接着可以打印回执、邀请登录。"
            messages.success(request, said)
            return HttpResponseRedirect(reverse("members:timeline", args=[person.uid]), status=303)
    groups = [FieldGroup(one.title, marked(one.fields, problems)) for one in _groups(typed, access)]
    context = {
        "who": groups[:1],
        "rest": groups[1:],
        "problems": problems,
        "alike": _found(access.union, typed.values) if typed.values else (),
        "anew": bool(typed.text("anew")),
    }
    return render(request, "members/arrive.html", context, status=422 if problems else 200)


def person_typed(typed: Typed) -> dict[str, Any]:
    """The row of a person not on record; what can not be read, or is needed and missing, is noted."""
    row, broken = arriving.read(typed.values)
    if not typed.text("name"):
        broken.append(standing.refusal("name", "还没有写姓名", "请补上"))
    if not row.get("sex") and not typed.text("sex") and not typed.text("id_number"):
        broken.append(standing.refusal("sex", "还没有选性别", "选一个，或填写身份证号"))
    typed.problems = [*broken, *typed.problems]
    return row


def _arrived(typed: Typed, access: Access) -> Person:
    on, row = typed.day("on"), person_typed(typed)
    typed.stop(other_union=standing.LABELS["other_union"])
    assert on is not None
    group = group_of(access.union, typed.text("group"))
    words = Words(typed.text("other_union"), paper_no=typed.text("paper_no"))
    return arriving.arrive(
        row, group=group, on=on, words=words, anew=bool(typed.text("anew")), by=access, today=access.on
    )


@requires("members.edit")
@never_cache
@require_POST
def alike(request: Any) -> HttpResponse:
    """Who in the register looks like what is typed so far; asked for by the form while it is filled in."""
    context = {"alike": _found(request.access.union, request.POST.dict()), "anew": False}
    return render(request, "members/_alike.html", context)
