"""A paper 入会申请书 is typed in: all of its fields on one page, whether or not the personnel list knows the person."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from zhijia.core.access import Access
from zhijia.core.guards import requires
from zhijia.core.outcomes import Refused, Violation
from zhijia.core.pages.parts import Choice, Field, FieldGroup
from zhijia.members import arriving, joining, paper_forms
from zhijia.members.asking import Typed, group_choices, group_of, loose, marked, sex_field
from zhijia.members.models import Admission, Newcomer, Person
from zhijia.members.paper_forms import LISTED, Meant
from zhijia.members.views.arriving import found, meant, person_typed


def _found(union: int, values: dict[str, str]) -> list[dict[str, Any]]:
    def offer(person: Person) -> str:
        return f"{reverse('members:write_in')}?person={person.uid}"

    return found(union, values, offer=offer, go="给他（她）录入申请")


def _application(typed: Typed, access: Access) -> FieldGroup:
    return FieldGroup("申请", (
        Field("on", "申请日期", "date", typed.text("on") or access.on.isoformat(), required=True,
              help="申请书上写的那一天"),
        Field("wish", "申请人的话", "textarea", typed.text("wish"), rows=3, help="申请书上没有就空着"),
    ))  # fmt: skip


def _person_fields(typed: Typed, access: Access) -> tuple[FieldGroup, FieldGroup]:
    politics = typed.text("politics")
    groups = group_choices(access.union, typed.text("group"), none="以后再定")
    who = (
        Field("name", "姓名", value=typed.text("name"), required=True, focus=not typed.text("name")),
        Field("id_number", "身份证号", "secret", typed.text("id_number"),
              help="加密保存，平时只显示后四位；性别、出生日期从这里读"),
        sex_field(typed.text("sex"), help_="填了身份证号可以不选"),
        Field("birth_on", "出生日期", "date", typed.text("birth_on"), help="填了身份证号可以不填"),
        Field("ethnicity", "民族", value=typed.text("ethnicity")),
        Field("politics", "政治面貌", "select", choices=(
            Choice("", "没有写", not politics),
            *(Choice(code, str(label), code == politics) for code, label in Person.Politics.choices),
        )),
        Field("education", "学历", value=typed.text("education")),
        Field("phone", "手机", "secret", typed.text("phone"), keys="tel"),
    )  # fmt: skip
    place = (
        Field("staff_no", "工号", value=typed.text("staff_no"), help="登录用"),
        Field("department", "处室", value=typed.text("department")),
        Field("job", "职务", value=typed.text("job")),
        Field("hired_on", "到单位日期", "date", typed.text("hired_on")),
        Field("group", "工会小组", "select", choices=groups, help="由这个小组的组长签意见"),
    )  # fmt: skip
    return FieldGroup("本人", who), FieldGroup("在我会", place)


def _of_the_list(newcomer: Newcomer | None) -> dict[str, str]:
    """What the personnel list tells already."""
    if newcomer is None:
        return {}
    return {
        "name": newcomer.name, "staff_no": newcomer.staff_no, "department": newcomer.department,
        "hired_on": newcomer.arrived_on.isoformat(),
    }  # fmt: skip


_OTHER = "other"


def _asked(union: int, typed: Typed) -> tuple[Field, ...]:
    """The question whether somebody of the personnel list is meant, where the name alone would say so."""
    row, _broken = arriving.read(typed.values)
    found = [] if paper_forms.sure(union, row) else paper_forms.named(union, row)
    if not found:
        return ()
    said = typed.text(LISTED)
    there = tuple(Choice(str(one.uid), _as_listed(one), str(one.uid) == said) for one in found)
    choices = (*there, Choice(_OTHER, "是另一个人，名单上没有", said == _OTHER))
    return (Field(LISTED, "人事名单上有同名的人，是他（她）吗", "radios", choices=choices, required=True),)


def _as_listed(one: Newcomer) -> str:
    known = (one.staff_no and f"工号{one.staff_no}", one.department, f"{one.arrived_on.isoformat()}到岗")
    return f"是{one.name}（{'，'.join(part for part in known if part)}）"


def _meant(typed: Typed, newcomer: Newcomer | None, access: Access) -> Meant:
    """Who of the list it is: whoever was picked from it, else what was answered."""
    said = typed.text(LISTED)
    if newcomer is not None or said == _OTHER:
        return Meant(newcomer, said == _OTHER)
    row, _broken = arriving.read(typed.values)
    return Meant(next((one for one in paper_forms.named(access.union, row) if str(one.uid) == said), None))


@requires("members.edit")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def write_in(request: Any) -> HttpResponse:
    """The form; POST enters the person, as no member, with the application. `?person=` is for those on record."""
    access: Access = request.access
    person: Person | None = meant(request.GET.get("person", ""), Person, access.union)
    sent = request.method == "POST"
    newcomer: Newcomer | None = meant(request.GET.get("newcomer", ""), Newcomer, access.union)
    typed = Typed(request.POST.dict() if sent else _of_the_list(newcomer), access.on)
    problems: tuple[Violation, ...] = ()
    if sent:
        try:
            one = _applied(typed, person, newcomer, access)
        except Refused as refused:
            problems = refused.violations
        else:
            messages.success(request, f"{one.person.name}的申请已录入，接着由小组长签意见。")
            return HttpResponseRedirect(reverse("members:admission", args=[one.uid]), status=303)
    groups = [] if person else list(_person_fields(typed, access))
    if sent and person is None and newcomer is None:
        groups[:0] = [FieldGroup("", asked)] if (asked := _asked(access.union, typed)) else []
    groups = [FieldGroup(one.title, marked(one.fields, problems)) for one in (*groups, _application(typed, access))]
    context = {
        "person": person,
        "name": next((f"{one.name}的" for one in (person, newcomer) if one), ""),
        "who": [] if person else groups[:1],
        "rest": groups if person else groups[1:],
        "groups": groups,
        "problems": loose(problems),
        "alike": _found(access.union, typed.values) if typed.values and not person else (),
        "anew": bool(typed.text("anew")),
    }
    return render(request, "members/write_in.html", context, status=422 if problems else 200)


def _applied(typed: Typed, person: Person | None, newcomer: Newcomer | None, access: Access) -> Admission:
    on, wish = typed.day("on"), typed.text("wish")
    if person is not None:
        typed.stop()
        assert on is not None
        return joining.apply(person, on=on, wish=wish, by=access, today=access.on)
    row = person_typed(typed)
    typed.stop()
    assert on is not None
    group = group_of(access.union, typed.text("group"))
    return paper_forms.type_in(
        row, group=group.pk if group else None, on=on, wish=wish, anew=bool(typed.text("anew")),
        meant=_meant(typed, newcomer, access), by=access, today=access.on,
    )  # fmt: skip


@requires("members.edit")
@never_cache
@require_POST
def alike(request: Any) -> HttpResponse:
    """Who in the register looks like what is typed so far; asked for by the form while it is filled in."""
    context = {"alike": _found(request.access.union, request.POST.dict()), "anew": False}
    return render(request, "members/_alike.html", context)
