"""My family (我的家庭): the person's own page of relatives, kept as far as care and aid need it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from zhijia.core.guards import requires
from zhijia.core.outcomes import Refused, Violation
from zhijia.core.pages import entry, keeping
from zhijia.core.pages.parts import Action, Field
from zhijia.core.pages.reading import message, whole_number
from zhijia.members import family
from zhijia.members.household_rules import under_14
from zhijia.members.household_sheet import HOUSEHOLD
from zhijia.members.models import Relative


def _one(request: Any, uid: UUID) -> Relative:
    found = family.one_of_mine(request.access, uid)
    if found is None:
        raise Http404("没有这名家庭成员")
    return found


@requires("members.family")
@never_cache
@require_safe
def household(request: Any) -> HttpResponse:
    """My relatives as they are recorded, who may see them, and the consent for my children."""
    context = {
        "relatives": family.mine(request.access),
        "consent": family.agreed(request.access),
        "new": Action("加一名家庭成员", reverse("members:relative_new"), "plus"),
    }
    return render(request, "members/household.html", context)


@requires("members.family")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def relative_new(request: Any) -> HttpResponse:
    """Add a relative."""
    return _asked(request, None)


@requires("members.family")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def relative(request: Any, uid: UUID) -> HttpResponse:
    """Change a relative."""
    return _asked(request, _one(request, uid))


def _box(name: str, stored: Relative | None) -> str:
    return f"members.Relative.{name}.{stored.uid if stored else 'new'}"


def _asked(request: Any, stored: Relative | None) -> HttpResponse:
    access, post = request.access, request.POST
    texts = family.texts_of(stored) if stored else {"together": "是", "dependent": "否"}
    version = stored.version if stored else 0
    problems: tuple[Violation, ...] = ()
    guardian = bool(post.get(family.GUARDIAN))
    if request.method == "POST":
        texts = {name: post.get(name, "").replace("\r\n", "\n") for name in family.ASKED}
        for name in family.SECRETS:
            sealed = post.get(f"kept-{name}", "")
            texts[name] = texts[name] or keeping.unseal(sealed, user=access.user, box=_box(name, stored))
        typed = post.get("version", "")
        version = whole_number(typed) or 0
        try:
            family.keep(
                texts, stored=stored, version=version, guardian=guardian, by=access, today=access.on,
                cleared={name for name in family.SECRETS if post.get(f"clear-{name}")},
            )  # fmt: skip
        except Refused as refused:
            problems = refused.violations
        else:
            messages.success(request, "已保存。只有主席、副主席、女工主任在帮扶慰问时看得到，您随时可以改或删除。")
            return HttpResponseRedirect(reverse("members:household"), status=303)
    return _form(request, stored, texts, version, problems, guardian=guardian)


def _form(
    request: Any,
    stored: Relative | None,
    texts: dict[str, str],
    version: int,
    problems: tuple[Violation, ...],
    *,
    guardian: bool,
) -> HttpResponse:
    known = {*family.ASKED, family.GUARDIAN}
    wrong: dict[str, tuple[str, ...]] = {}
    for one in problems:
        wrong[one.place.column] = (*wrong.get(one.place.column, ()), message(one))
    before = family.before(stored) if stored else {}
    hidden = []
    for name in family.SECRETS:
        if problems and texts.get(name):
            before[name] = "刚才填写的内容还在（不显示），直接保存即可；要改就重新填写"
            sealed = keeping.seal(texts[name], user=request.access.user, box=_box(name, stored))
            hidden.append(Field(f"kept-{name}", "", "hidden", sealed))
    groups = entry.groups(
        HOUSEHOLD, texts, pick_url=lambda _name: "", errors=wrong, before=before, only=family.ASKED,
        focus=not problems and stored is None,
    )  # fmt: skip
    agreed = family.agreed(request.access)
    consent = Field(
        family.GUARDIAN, "我是孩子的监护人，同意工会为帮扶、慰问使用这些信息", "check", "1" if guardian else "",
        help="只有未满14周岁的孩子要勾；可以随时在“我的家庭”里撤回，撤回后孩子的信息马上删除",
        errors=wrong.get(family.GUARDIAN, ()),
    )  # fmt: skip
    context = {
        "stored": stored,
        "version": version,
        "fields": [*(field for group in groups for field in group.fields), *hidden],
        "consent": None if agreed else consent,
        "problems": tuple(one for one in problems if one.place.column not in known),
        "child": stored is not None and under_14(stored.birth_on, request.access.on),
    }
    return render(request, "members/relative.html", context, status=422 if problems else 200)


@requires("members.family")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def relative_remove(request: Any, uid: UUID) -> HttpResponse:
    """Take a relative out, after saying what goes."""
    one = _one(request, uid)
    if request.method == "POST":
        family.forget(one, by=request.access, today=request.access.on)
        messages.success(request, "已删除，姓名、证件号、病情都不再保留。")
        return HttpResponseRedirect(reverse("members:household"), status=303)
    context = {"one": one, "action": request.path, "consent": False, "agreed": True}
    return render(request, "members/relative_remove.html", context)


@requires("members.family")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def consent_back(request: Any) -> HttpResponse:
    """Take the consent for the children back, after saying what goes with it."""
    agreed = family.agreed(request.access) is not None
    if request.method == "POST":
        gone = family.take_back(request.access, request.access.on)
        messages.success(request, f"同意已撤回，{gone}名未满14周岁子女的信息已删除。")
        return HttpResponseRedirect(reverse("members:household"), status=303)
    return render(request, "members/relative_remove.html", {"action": request.path, "consent": True, "agreed": agreed})
