"""The fields that the union added, for the person whom they are about: what is held, who sees it, keeping one's own."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from zhijia.core.guards import requires
from zhijia.core.outcomes import Refused, Violation
from zhijia.core.pages import entry, keeping
from zhijia.core.pages.parts import Field
from zhijia.core.pages.reading import message, whole_number
from zhijia.members import led, mine, own
from zhijia.members.mine import Mine
from zhijia.members.models import OwnField
from zhijia.members.sheets import PERSONS

FILE = OwnField.Sort.FILE
THERE = "已登记（加密保存，不显示）"


def _who(one: Mine) -> str:
    posts = led.readers(one.field.seers)
    return f"您自己和{posts}看得到" if posts else "只有您自己看得到"


def _asks(one: Mine) -> bool:
    return one.field.by_self and one.field.sort != FILE


def _box(name: str) -> str:
    return f"members.mine.{name}"


@requires("members.family")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my_fields(request: Any) -> HttpResponse:
    """What else the union keeps of me; the fields that I may fill in are a form."""
    access, post = request.access, request.POST
    person = own.person_of(access)
    held = mine.values(access)
    texts = {one.column.field: one.text for one in held}
    problems: tuple[Violation, ...] = ()
    version = str(person.version) if person else ""
    if request.method == "POST":
        version = post.get("version", "")
        for one in held:
            name = one.column.field
            sealed = keeping.unseal(post.get(f"kept-{name}", ""), user=access.user, box=_box(name))
            texts[name] = post.get(name, "").strip() or sealed
        try:
            changed = mine.keep(
                texts, version=whole_number(version) or 0, by=access, today=access.on,
                cleared={name for name in texts if post.get(f"clear-{name}")},
            )  # fmt: skip
        except Refused as refused:
            problems = refused.violations
        else:
            messages.success(request, "已保存，工会台账里也是新的内容。" if changed else "没有改动，原来的内容还在。")
            return HttpResponseRedirect(reverse("members:my_fields"), status=303)
    context = {
        "fields": [field for one in held if _asks(one) for field in _fields(one, texts, problems, access)],
        "files": [
            {
                "name": one.field.name,
                "text": one.text,
                "url": reverse("members:my_file", args=[one.field.pk]),
                "who": _who(one),
            }
            for one in held
            if one.field.sort == FILE and (one.text or one.field.by_self)
        ],
        "read": [
            {"name": one.field.name, "text": THERE if one.sealed else one.column.kind.show(one.text), "who": _who(one)}
            for one in held
            if not one.field.by_self and one.field.sort != FILE
        ],
        "version": version,
        "problems": tuple(problem for problem in problems if problem.place.column not in texts),
    }
    return render(request, "members/my_fields.html", context, status=422 if problems else 200)


def _fields(one: Mine, texts: dict[str, str], problems: tuple[Violation, ...], access: Any) -> list[Field]:
    """One question; a secret that was typed into a refused form travels sealed."""
    name, typed = one.column.field, texts[one.column.field]
    before = THERE if one.sealed else ""
    found = []
    if one.field.sensitive and problems and typed:
        before = "刚才填写的内容还在（不显示），直接保存即可；要改就重新填写"
        sealed = keeping.seal(typed, user=access.user, box=_box(name))
        found.append(Field(f"kept-{name}", "", "hidden", sealed))
    errors = tuple(message(problem) for problem in problems if problem.place.column == name)
    text = "" if one.field.sensitive else typed
    asked = entry.field(PERSONS, one.column, text, pick_url=lambda _name: "", errors=errors, before=before)
    found.insert(0, replace(asked, help="；".join(filter(None, (asked.help, _who(one))))))
    if one.sealed:
        found.append(Field(f"clear-{name}", f"清除已登记的{one.field.name}", "check"))
    return found
