"""My data: what is held, who may see it and who did, correcting it, taking a copy (个人信息保护法 art. 44-47)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from zhijia.core import personal
from zhijia.core.guards import fresh, requires
from zhijia.core.outcomes import Refused
from zhijia.core.pages.parts import Action, Choice, Field
from zhijia.core.pages.reading import message, whole_number
from zhijia.shell import downloads, my_data
from zhijia.shell.access import own

FORMS = {"xlsx": downloads.XLSX, "json": downloads.JSON}


def _person(request: Any) -> Any:
    person = own.person_of(request.access)
    if person is None:
        raise Http404("这个登录名没有对应的人")
    return person


@requires("shell.home")
@never_cache
@require_safe
def my_data_page(request: Any) -> HttpResponse:
    """How much of what is held about me, who may see it, who did, and what I asked to correct."""
    person = _person(request)
    kinds = my_data.held(person.pk)
    context = {
        "kinds": my_data.by_readers(kinds),
        "seen": my_data.seen(request.access, kinds),
        "asked": own.asked(person.pk),
        "actions": (
            Action("更正手机、学历、政治面貌", reverse("shell:my_data_correct"), "edit"),
            Action("别的不对，请工会更正", reverse("shell:my_data_ask"), "edit"),
            Action("请工会删除我的信息", f"{reverse('shell:my_data_ask')}?erase=1", "close"),
        ),
    }
    return render(request, "shell/my_data.html", context)


@requires("shell.home")
@never_cache
@require_safe
def my_data_kind(request: Any, room: str, kind: str) -> HttpResponse:
    """One kind of record about me, secrets by their tail only."""
    person = _person(request)
    source = my_data.source_of(room, kind, person.pk)
    rows = list(personal.told(source, person.pk, full=False, most=my_data.SHOWN + 1))
    context = {"title": source.title, "rows": rows[: my_data.SHOWN], "more": len(rows) > my_data.SHOWN}
    return render(request, "shell/my_data_kind.html", context)


@requires("shell.home")
@never_cache
@fresh()
@require_http_methods(["GET", "HEAD", "POST"])
def my_data_correct(request: Any) -> HttpResponse:
    """My phone, education and political status: changed at once, and told of in the record's history."""
    person = _person(request)
    texts = {own.PHONE: "", own.EDUCATION: person.education, own.POLITICS: person.get_politics_display()}
    version = person.version
    problems: tuple[Any, ...] = ()
    if request.method == "POST":
        texts = {name: request.POST.get(name, "") for name in own.FIELDS}
        typed = request.POST.get("version", "")
        version = whole_number(typed) or 0
        try:
            changed = own.correct(texts, version=version, by=request.access, today=request.access.on)
        except Refused as refused:
            problems = refused.violations
        else:
            said = "已更正，工会台账里也是新的内容。" if changed else "没有改动，原来的内容还在。"
            messages.success(request, said)
            return HttpResponseRedirect(reverse("shell:my_data"), status=303)
    wrong = {name: tuple(message(one) for one in problems if one.place.column == name) for name in own.FIELDS}
    fields = (
        Field(
            own.PHONE, "手机", "secret", texts[own.PHONE], errors=wrong[own.PHONE], autocomplete="tel",
            before=f"已登记，尾号{person.phone_tail}；不改就不用填" if person.phone_tail else "没有登记",
            help="用手机号登录的，改了以后用新号码登录",
        ),
        Field(own.EDUCATION, "学历", "text", texts[own.EDUCATION], errors=wrong[own.EDUCATION]),
        Field(
            own.POLITICS, "政治面貌", "select", texts[own.POLITICS], errors=wrong[own.POLITICS],
            choices=tuple(
                Choice(label, label or "（不填）", label == texts[own.POLITICS])
                for label in ("", *own.POLITICAL)
            ),
        ),
    )  # fmt: skip
    rest = tuple(one for one in problems if one.place.column not in own.FIELDS)
    context = {"fields": fields, "problems": rest, "version": version}
    return render(request, "shell/my_data_correct.html", context, status=422 if problems else 200)


@requires("shell.home")
@require_http_methods(["GET", "HEAD", "POST"])
def my_data_ask(request: Any) -> HttpResponse:
    """Ask the committee to correct anything else that is recorded about me, or to erase it (`?erase=1`)."""
    person = _person(request)
    titles = [*(one.source.title for one in my_data.held(person.pk)), own.ERASURE]
    about = request.POST.get("about", own.ERASURE if "erase" in request.GET else "")
    wish = request.POST.get("wish", "")
    problems: tuple[Any, ...] = ()
    if request.method == "POST":
        try:
            own.ask(about, wish.strip(), kinds=titles, by=request.access, today=request.access.on)
        except Refused as refused:
            problems = refused.violations
        else:
            messages.success(request, "已交给工会委员会核对，答复写在这一页的“我提出的请求”里。")
            return HttpResponseRedirect(reverse("shell:my_data"), status=303)
    wrong = {name: tuple(message(one) for one in problems if one.place.column == name) for name in ("about", "wish")}
    choices = tuple(Choice(title, title, title == about) for title in titles)
    fields = (
        Field("about", "哪一项", "radios", about, choices=choices, required=True, errors=wrong["about"],
              help="“删除我的信息”：离会以后，法律不要求再保存的可以申请删除"),
        Field(
            "wish", "应改成什么，或为什么删除", "textarea", wish, required=True, errors=wrong["wish"], rows=3,
            help="不要写证件号、手机号、卡号；这些请当面告诉小组长",
        ),
    )  # fmt: skip
    rest = tuple(one for one in problems if one.place.column not in wrong)
    context = {"fields": fields, "problems": rest}
    return render(request, "shell/my_data_ask.html", context, status=422 if problems else 200)


@requires("shell.home")
@never_cache
@fresh(file=True)
@require_safe
def my_data_file(request: Any, form: str) -> HttpResponse:
    """My own copy of everything, secrets in full; noted in the audit chain."""
    if form not in FORMS:
        raise Http404("没有这种文件")
    person = _person(request)
    data = my_data.take(request.access, form, kinds=my_data.held(person.pk))
    return downloads.attachment(data, f"我的数据-{request.access.on.isoformat()}.{form}", FORMS[form])
