"""A post changes hands: handed over by its holder or whoever registers posts, taken up, laid down. Password first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from zhijia.core import naming
from zhijia.core.access import Access
from zhijia.core.dates import chinese_date
from zhijia.core.guards import fresh, requires
from zhijia.core.outcomes import Refused, Violation
from zhijia.core.pages.parts import DUE, Choice, Field, Notice
from zhijia.core.pages.reading import whole_number
from zhijia.members import handing_words, post_rules, posts, services
from zhijia.members.asking import Typed, group_choices, marked
from zhijia.members.models import Person, Post
from zhijia.members.sheets import PERSONS
from zhijia.members.standing import refusal
from zhijia.unions.models import Group

HOME = "/"


def _post(access: Access, uid: UUID) -> Post:
    rows = Post.objects.in_union(access.union).select_related("person", "group", "union")
    found: Post | None = rows.defer("person__id_number", "person__phone").filter(uid=uid).first()
    if found is None or found.office == Post.Office.VISITOR:
        raise Http404("没有这个职务")
    if not posts.may_hand_over(found, access):
        raise PermissionDenied(posts.APPOINT)
    return found


def _person(access: Access, typed: Typed) -> Person | None:
    """The one person whom the name or staff number means; a problem is noted where it means none or several."""
    text = typed.text("to")
    found = naming.find(services.PERSONS, access.union, text) if text else []
    if len(found) == 1:
        person: Person = Person.objects.in_union(access.union).select_related("group").get(pk=found[0])
        return person
    if not text:
        problem = refusal("to", "还没有写是谁", "写姓名，从列出的人里选")
    elif not found:
        problem = refusal("to", f"名册里没有“{text}”", "请核对姓名或工号")
    else:
        problem = refusal("to", f"有{len(found)}个人叫“{text}”", "请从列出的人里选一个，或写工号")
    typed.problems.append(problem)
    return None


def _version(typed: Typed) -> int | None:
    return whole_number(typed.text("version"))


def chosen_field(typed: Typed, default: str) -> Field:
    """How somebody came to the post."""
    picked = typed.text("chosen") or default
    choices = tuple(Choice(code, str(label), code == picked) for code, label in Post.Chosen.choices)
    return Field("chosen", "产生方式", "radios", choices=choices)


def _who(typed: Typed, label: str) -> Field:
    return Field("to", label, "picker", typed.text("to"), required=True, hint="姓名、拼音首字母或工号",
                 help="写几个字，从列出的人里选；同名的后面写着处室、工号",
                 pick_url=reverse("members:pick_successor"))  # fmt: skip


@requires("members.handover")
@require_safe
def pick(request: Any) -> JsonResponse:
    """Who may be meant by what was typed, each with a text that means nobody else: those in the register today.

    A leader without another post is offered the own groups only, as in the register; any other name can be typed.
    """
    access: Access = request.access
    limit = Q(left_on=None) | Q(left_on__gt=access.on)
    if access.posts <= {"group_leader", "member"}:
        limit &= Q(group__in=access.groups)
    pks = naming.matching(services.PERSONS, access.union, request.GET.get("q", "")[:60], limit)
    texts = naming.texts(PERSONS, access.union, pks)
    rows = Person.objects.in_union(access.union).filter(pk__in=pks).select_related("group")
    fullest = {row.pk: handing_words.who(row) for row in rows.defer("id_number", "phone")}
    return JsonResponse({"options": [{"value": texts[pk], "label": fullest[pk]} for pk in pks]})


def _terms(typed: Typed, post: Post) -> posts.Terms:
    chosen = typed.text("chosen")
    return posts.Terms(
        portfolio=typed.text("portfolio"), chosen=chosen if chosen in Post.Chosen.values else post.chosen,
        full_time=bool(typed.text("full_time")),
    )  # fmt: skip


def _hand_over_fields(post: Post, typed: Typed, access: Access, *, sent: bool) -> tuple[Field, ...]:
    proposed = typed.text("items") if sent else handing_words.proposal(post.office)
    return (
        _who(typed, "交给谁"),
        Field("on", "从哪天起", "date", typed.text("on") or access.on.isoformat(), required=True,
              help="这一天起归接任的人；填今天，马上生效"),
        chosen_field(typed, post.chosen),
        Field("portfolio", "分工", value=typed.text("portfolio") if sent else post.portfolio),
        Field("full_time", "专职从事工会工作", "check", typed.text("full_time")),
        Field("items", "交接清单", "textarea", proposed, rows=6, help="一行一项，改成实际要交的；可以打印出来签字"),
    )  # fmt: skip


@requires("members.handover")
@fresh()
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: Any, uid: UUID) -> HttpResponse:
    """Ask to whom and from when; say what both will see then; hand over when that was confirmed."""
    access: Access = request.access
    post = _post(access, uid)
    typed, sent = Typed(request.POST.dict(), access.on), request.method == "POST"
    problems: tuple[Violation, ...] = ()
    if sent:
        try:
            on = typed.day("on")
            to = _person(access, typed)
            if to is not None and on is None:
                typed.note(posts.hand_over_problems(post, to, on=access.on, by=access, today=access.on))
            typed.stop()
            assert on is not None
            assert to is not None
            if typed.text("sure") != "yes":
                found = posts.hand_over_problems(post, to, on=on, by=access, today=access.on)
                if found:
                    raise Refused(found)
                return render(request, "members/confirm.html", _asked(post, to, on, typed, access))
            posts.hand_over(
                post, to, on=on, terms=_terms(typed, post), items=typed.text("items"), version=_version(typed),
                by=access, today=access.on,
            )  # fmt: skip
        except Refused as refused:
            problems = tuple(refused.violations)
        else:
            return _handed(request, post, to, on)
    context = {
        "post": post,
        "title": f"交接：{posts.title(post)}",
        "lead": f"现在由{post.person.name}担任，从{chinese_date(post.first)}起。交给接任的人，一步办完。",
        "fields": marked(_hand_over_fields(post, typed, access, sent=sent), problems),
        "problems": problems,
        "button": "下一步：看交接以后各看到什么",
        "other": ("没有接任的人，只办卸任", reverse("members:leave", args=[post.uid])),
        "last": post_rules.last_day(post.end) if post.end else None,
    }
    return render(request, "members/handing.html", context, status=422 if problems else 200)


def _asked(post: Post, to: Person, on: date, typed: Typed, access: Access) -> dict[str, Any]:
    """The page that says in plain words what comes of it, with everything typed kept along."""
    kept = {name: typed.text(name) for name in ("to", "chosen", "portfolio", "full_time", "items")}
    kept |= {"on": on.isoformat(), "version": str(post.version), "sure": "yes"}
    login = to.user_id is not None
    return {
        "title": f"把{posts.title(post)}交接给{to.name}？",
        "text": handing_words.who(to),
        "lines": handing_words.after(post, to, on=on, today=access.on),
        "notice": None
        if login
        else Notice(
            f"{to.name}还没有登录名，交接后进不来。可以先请能邀请的人（主席、副主席、委员、系统管理员）在“邀请登录”里"
            "打一张邀请条给他（她），再回来办交接。",
            DUE,
            "接任的人还不能登录",
        ),
        "fields": [Field(name, "", "hidden", value) for name, value in kept.items() if value],
        "button": f"交接给{to.name}",
        "action": reverse("members:hand_over", args=[post.uid]),
        "back": reverse("members:posts"),
    }


def _handed(request: Any, post: Post, to: Person, on: date) -> HttpResponse:
    access: Access = request.access
    said = f"{posts.title(post)}已交接给{to.name}，从{chinese_date(on)}起。"
    mine = post.person_id == access.person
    if mine and on <= access.on:
        messages.success(request, said + "您从现在起看到的是交接以后的页面；交接清单由接任的人在“任职和交接”里打印。")
        return HttpResponseRedirect(HOME, status=303)
    messages.success(request, said + "交接清单可以在“任职和交接”里打印出来签字。")
    return HttpResponseRedirect(reverse("members:posts"), status=303)


def _take_up_fields(typed: Typed, request: Any) -> tuple[Field, ...]:
    access: Access = request.access
    office = typed.text("office") or request.GET.get("office", "")
    group = typed.text("group") or request.GET.get("group", "")
    groups = group_choices(access.union, group, none="（小组长才选）", key="uid")
    offices = tuple(
        Choice(code, label, code == office) for code, label in posts.OFFICE_NAMES.items() if code != Post.Office.VISITOR
    )
    default = Post.Chosen.RECOMMENDED if office == Post.Office.GROUP_LEADER else Post.Chosen.ELECTED
    return (
        Field("office", "职务", "select", choices=offices, required=True),
        Field("group", "工会小组", "select", choices=groups),
        _who(typed, "谁担任"),
        Field("on", "从哪天起", "date", typed.text("on") or access.on.isoformat(), required=True),
        chosen_field(typed, default),
        Field("portfolio", "分工", value=typed.text("portfolio")),
        Field("full_time", "专职从事工会工作", "check", typed.text("full_time")),
        Field("acting", "代理（替别人，或主席空缺时主持工作）", "check", typed.text("acting")),
        Field("last", "代理到哪天为止", "date", typed.text("last"), help="代理才填，最后一天；到期自动结束，提前提醒"),
        Field("purpose", "代理谁、为什么", value=typed.text("purpose"), help="代理才填，如“张伟外出学习”"),
    )  # fmt: skip


@requires("members.appoint")
@fresh()
@require_http_methods(["GET", "HEAD", "POST"])
def take_up(request: Any) -> HttpResponse:
    """Register that somebody takes up a post: elected, appointed, co-opted, recommended, or as a deputy."""
    access: Access = request.access
    typed = Typed(request.POST.dict(), access.on)
    problems: tuple[Violation, ...] = ()
    if request.method == "POST":
        try:
            new = _taken_up(typed, access)
        except Refused as refused:
            problems = tuple(_as_asked(refused.violations))
        else:
            login = "" if new.person.user_id else "他（她）还没有登录名，请在“邀请登录”里打一张邀请条。"
            said = f"{new.person.name}从{chinese_date(new.first)}起担任{posts.title(new)}，权限随任职生效。{login}"
            messages.success(request, said)
            return HttpResponseRedirect(reverse("members:posts"), status=303)
    context = {
        "title": "登记上任",
        "lead": "新选出、任命、增补、推选的人，或代理。权限从任职那天起自动有，不用另外设。",
        "fields": marked(_take_up_fields(typed, request), problems),
        "problems": problems,
        "button": "登记上任",
    }
    return render(request, "members/handing.html", context, status=422 if problems else 200)


def _as_asked(found: Iterable[Violation]) -> Iterator[Violation]:
    """The problems at the fields of the form, which asks for the last day and not for the end."""
    for one in found:
        yield replace(one, place=one.place._replace(column="last")) if one.place.column == "end" else one


def _taken_up(typed: Typed, access: Access) -> Post:
    acting = bool(typed.text("acting"))
    on, last = typed.day("on"), typed.day("last", required=False)
    person = _person(access, typed)
    chosen = typed.text("chosen")
    terms = posts.Terms(
        typed.text("portfolio"), chosen if chosen in Post.Chosen.values else Post.Chosen.ELECTED,
        bool(typed.text("full_time")), acting, post_rules.day_after(last) if acting and last else None,
        typed.text("purpose") if acting else "",
    )  # fmt: skip
    group = None
    if typed.text("group"):
        groups = Group.objects.in_union(access.union).filter(end=None)
        group = next((one for one in groups if str(one.uid) == typed.text("group")), None)
    office = typed.text("office")
    if typed.problems:
        leads = group.pk if group is not None and office == Post.Office.GROUP_LEADER else None
        day, union = on or access.on, access.union
        found = posts.take_up_problems(
            person, office, group=leads, on=day, terms=terms, union=union, today=access.on
        )  # fmt: skip
        typed.note(_as_asked(found))
    typed.stop()
    assert on is not None
    assert person is not None
    return posts.take_up(person, office, on=on, group=group, terms=terms, by=access, today=access.on)


@requires("members.handover")
@fresh()
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: Any, uid: UUID) -> HttpResponse:
    """End a post without a successor."""
    access: Access = request.access
    post = _post(access, uid)
    typed = Typed(request.POST.dict(), access.on)
    problems: tuple[Violation, ...] = ()
    if request.method == "POST":
        try:
            on = typed.day("on")
            typed.stop(reason="原因")
            assert on is not None
            posts.leave(
                post, on=on, reason=typed.text("reason"), items=typed.text("items"), version=_version(typed), by=access,
                today=access.on,
            )  # fmt: skip
        except Refused as refused:
            problems = tuple(refused.violations)
        else:
            messages.success(request, f"{post.person.name}从{chinese_date(on)}起不再担任{posts.title(post)}。")
            mine = post.person_id == access.person and on <= access.on
            return HttpResponseRedirect(HOME if mine else reverse("members:posts"), status=303)
    fields = (
        Field("on", "从哪天起不再担任", "date", typed.text("on") or access.on.isoformat(), required=True),
        Field("reason", "原因", value=typed.text("reason"), required=True, hint="工作调动"),
        Field("items", "移交了什么", "textarea", typed.text("items"), rows=4, help="一行一项；交给工会保管的东西"),
    )
    context = {
        "post": post,
        "title": f"卸任：{posts.title(post)}",
        "lead": f"{post.person.name}，从{chinese_date(post.first)}起。卸任以后这个职务空缺，请尽快登记新的人。",
        "fields": marked(fields, problems),
        "problems": problems,
        "button": "登记卸任",
        "danger": True,
        "last": None,
    }
    return render(request, "members/handing.html", context, status=422 if problems else 200)
