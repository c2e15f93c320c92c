"""Own fields (自定义字段): which there are and in which order; making and changing one, with a look at the form."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhijia.core.access import Access
from zhijia.core.guards import requires
from zhijia.core.outcomes import Refused, Violation
from zhijia.core.pages import entry
from zhijia.core.pages.parts import QUIET, Action, Badge, Choice, Field
from zhijia.core.pages.reading import whole_number
from zhijia.members import led, own_columns, own_defining
from zhijia.members.asking import marked
from zhijia.members.models import OwnField
from zhijia.members.own_defining import Wish
from zhijia.members.own_records import KEEPERS, SEERS
from zhijia.members.services import OFFICES
from zhijia.members.sheets import PERSONS

EXAMPLES = (
    ("鞋码", "number", "发劳保用品、订队服时用"),
    ("紧急联系人", "text", "外出活动时找得到家里人"),
    ("车牌", "text", "停车、团队出行登记"),
    ("饮食习惯", "choice", "订餐时用：不限、清真、素食"),
)


def _field(access: Access, uid: UUID) -> OwnField:
    found: OwnField | None = OwnField.objects.in_union(access.union).filter(uid=uid).first()
    if found is None:
        raise Http404("没有这个自定义字段")
    return found


def _posts(codes: Any) -> str:
    return "、".join(OFFICES[post] for post in OFFICES if post in codes)


@requires("members.fields")
@require_safe
def fields(request: Any) -> HttpResponse:
    """The union's own fields in their order, and those retired."""
    union = request.access.union
    held = own_defining.counts(union)
    rows: list[dict[str, Any]] = [
        {
            "field": one,
            "badges": _badges(one),
            "seers": led.readers(one.seers),
            "keepers": "、".join(filter(None, (_posts(one.keepers), "本人" if one.by_self else ""))),
            "held": held.get(one.pk, 0),
        }
        for one in own_defining.listed(union)
    ]
    context = {
        "used": [row for row in rows if row["field"].retired_on is None],
        "retired": [row for row in rows if row["field"].retired_on is not None],
        "new": Action("加一个字段", reverse("members:field_new"), "plus"),
        "examples": EXAMPLES,
    }
    return render(request, "members/fields.html", context)


def _badges(one: OwnField) -> list[Badge]:
    found = [Badge(str(one.get_sort_display()), QUIET)]
    if one.required:
        found.append(Badge("必填", QUIET))
    if one.sensitive:
        found.append(Badge("敏感", "due"))
    return found


@requires("members.fields")
@require_http_methods(["GET", "HEAD", "POST"])
def field_new(request: Any) -> HttpResponse:
    """Make a field; an example of the empty page may fill it in."""
    sort = request.GET.get("sort", "text")
    begun = Wish(
        request.GET.get("name", "")[:20],
        sort if sort in OwnField.Sort.values else "text",
        kept_by=tuple(map(str, KEEPERS)),
    )
    return _asked(request, None, begun)


@requires("members.fields")
@require_http_methods(["GET", "HEAD", "POST"])
def field(request: Any, uid: UUID) -> HttpResponse:
    """Change a field."""
    one = _field(request.access, uid)
    begun = Wish(
        one.name, one.sort, one.options, one.help, one.required, one.sensitive, tuple(one.seers), tuple(one.keepers),
        one.by_self,
    )  # fmt: skip
    return _asked(request, one, begun)


def _typed(request: Any) -> Wish:
    post = request.POST
    return Wish(
        post.get("name", ""), post.get("sort", ""), post.get("options", ""), post.get("help", ""),
        bool(post.get("required")), bool(post.get("sensitive")), tuple(post.getlist("seen_by")),
        tuple(post.getlist("kept_by")), bool(post.get("by_self")),
    )  # fmt: skip


def _asked(request: Any, stored: OwnField | None, wish: Wish) -> HttpResponse:
    access: Access = request.access
    problems: tuple[Violation, ...] = ()
    preview: Field | None = None
    if request.method == "POST":
        wish = _typed(request)
        version = request.POST.get("version", "")
        try:
            if request.POST.get("do") != "preview":
                own_defining.define(
                    wish, by=access, today=access.on, stored=stored,
                    version=whole_number(version) or 0,
                )  # fmt: skip
                return _done(request, wish)
        except Refused as refused:
            problems = refused.violations
    if stored is not None or request.method == "POST":
        preview = _preview(wish, access)
    rest = tuple(problem for problem in problems if not problem.place.column)
    context = {
        "stored": stored, "fields": marked(_fields(wish), problems), "problems": rest, "preview": preview,
        "title": f"改“{stored.name}”" if stored else "加一个字段",
    }  # fmt: skip
    return render(request, "members/field.html", context, status=422 if problems else 200)


def _done(request: Any, wish: Wish) -> HttpResponse:
    messages.success(request, f"“{wish.name}”已在会员台账里：表单、列表、台账模板都有这一栏了。")
    return HttpResponseRedirect(reverse("members:fields"), status=303)


def _preview(wish: Wish, access: Access) -> Field | None:
    """How the form will ask it; nothing where the type was not chosen yet."""
    if wish.sort not in own_columns.KINDS or not wish.name.strip():
        return None
    column = own_columns.column(wish.unsaved(access.union))
    if wish.sort == OwnField.Sort.FILE:
        return Field("preview", column.header, "file", help=column.help or "在会员的页面上点这一栏上传")
    return entry.field(PERSONS, column, "", pick_url=lambda _name: "")


def _fields(wish: Wish) -> list[Field]:
    named = dict(OwnField.Sort.choices)
    sorts = tuple(Choice(code, str(named[code]), code == wish.sort) for code in own_columns.KINDS)
    return [
        Field("name", "字段名", value=wish.name, required=True, hint="如 鞋码", focus=not wish.name),
        Field("sort", "类型", "radios", required=True, choices=sorts),
        Field("options", "选项", "textarea", wish.options, help="类型是“选项”时填，一行一个", rows=4),
        Field("help", "填写说明", value=wish.help, help="写在这一栏旁边，告诉填的人怎么填"),
        Field("required", "必填", "check", "1" if wish.required else "", help="只管表单；导入台账时空着也收"),
        Field(
            "sensitive", "敏感内容", "check", "1" if wish.sensitive else "",
            help="加密保存，平时不显示；有权看全文的人要写明用途，每次查看都有记录",
        ),
        Field(
            "kept_by", "谁能填、能改", "checks", help="能改的人也能看",
            choices=tuple(Choice(str(post), OFFICES[post], post in wish.kept_by) for post in KEEPERS),
        ),
        Field(
            "seen_by", "还有谁能看", "checks",
            choices=tuple(
                Choice(str(post), led.READERS[post], post in wish.seen_by and post not in wish.kept_by)
                for post in SEERS
            ),
        ),
        Field(
            "by_self", "本人可以在“我的—补充信息”里填", "check", "1" if wish.by_self else "",
            help="不论选不选，本人都看得到自己的内容",
        ),
    ]  # fmt: skip


@requires("members.fields")
@require_POST
def field_move(request: Any, uid: UUID) -> HttpResponse:
    """Put a field one place up or down, or retire it, or use it again; the button says which."""
    access: Access = request.access
    one, doing = _field(access, uid), request.POST.get("do", "")
    try:
        if doing in ("up", "down"):
            own_defining.shift(one, up=doing == "up", by=access, today=access.on)
        elif doing == "retire":
            own_defining.retire(one, by=access, today=access.on)
            messages.success(request, f"“{one.name}”已停用：不再问、不再显示，已填的内容还在，可以恢复。")
        elif doing == "revive":
            own_defining.revive(one, by=access, today=access.on)
            messages.success(request, f"“{one.name}”已恢复，原来填的内容都在。")
    except Refused as refused:
        for problem in refused.violations:
            messages.warning(request, f"没有办成：{problem.message}——{problem.mend}")
    return HttpResponseRedirect(reverse("members:fields"), status=303)
