"""New records and changes of records: one form for every register."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from zhijia.core import naming
from zhijia.core.guards import requires
from zhijia.core.outcomes import Refused, Violation
from zhijia.core.pages.parts import Action, Notice
from zhijia.documents import attaching
from zhijia.shell import entries, history, reporting
from zhijia.shell.registers import BY_LABEL, Register, opened
from zhijia.shell.stored import find, headline, stored


@requires("shell.home")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Any, room: str, kind: str) -> HttpResponse:
    """An empty form; the record is made under the 编号 that the form was drawn with, so twice pressed is once saved."""
    register = opened(request.access, room, kind, edit=True)
    if not register.sheet.records.tenant:
        raise Http404("工会只有一个，不能新增")
    draft = entries.fresh(register, request.access, request.GET)
    if request.method != "POST":
        return _page(request, draft)
    draft.uid = _uid(request.POST.get("uid", ""))
    draft.take(request.POST)
    there = register.rows(request.access).filter(uid=draft.uid).first()
    if there is not None:
        messages.info(request, "这条记录刚才已经保存，没有再登记一次。")
        return HttpResponseRedirect(register.url("record", draft.uid), status=303)
    return _save(request, draft, f"已登记{register.sheet.name}")


@requires("shell.home")
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Any, room: str, kind: str, uid: UUID) -> HttpResponse:
    """The form of a record; where somebody else changed it meanwhile, both changes are brought together first."""
    access = request.access
    register = opened(access, room, kind, edit=True)
    row = find(register, access, uid, withdrawn=request.method == "POST")
    draft = entries.changing(register, access, stored(register, row))
    if request.method != "POST":
        entries.step(draft, request.GET)
        return _page(request, draft)
    draft.take(request.POST)
    if getattr(row, "withdrawn_on", None):
        message = "这条记录在您打开以后被撤回了，没有保存"
        draft.refuse([Violation("gone", message, mend="请先在记录页恢复，再修改")])
        return _page(request, draft, status=422)
    if entries.compare(draft, request.POST, history.since(register, row, str(request.POST.get("version", "")))):
        return _page(request, draft, status=422)
    return _save(request, draft, "已保存修改")


@requires("shell.home")
@require_safe
def pick(request: Any, room: str, kind: str) -> JsonResponse:
    """What a picker of the form offers for what was typed: texts that mean one row each."""
    access = request.access
    register = opened(access, room, kind, edit=True)
    name = request.GET.get("field", "")
    asked = reporting.fields(register, access)
    column = next((one for one in register.sheet.columns if one.field == name and one.kind.target), None)
    if column is None or (asked and name not in asked):
        raise Http404("没有这一栏")
    sheet = BY_LABEL[column.kind.target].sheet
    limit = reporting.picked(register, access, name)
    pks = naming.matching(sheet.records, access.union, request.GET.get("q", "")[:60], limit)
    texts = naming.texts(sheet, access.union, pks)
    fullest = naming.describe(sheet.records, access.union, pks)
    options = [{"value": texts[pk], "label": fullest.get(pk, texts[pk])} for pk in pks]
    return JsonResponse({"options": options})


def _uid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404("表单不完整，请重新打开") from None


def _save(request: Any, draft: entries.Draft, done: str) -> HttpResponse:
    """Save the draft and its files; 422 with everything typed where it is refused."""
    register: Register = draft.register
    try:
        uploads = attaching.read(request.FILES.getlist(attaching.FIELD))
        pk = entries.save(draft)
    except Refused as refused:
        draft.refuse(refused.violations)
        existing = entries.same(draft) if any(one.code == "twice" for one in refused.violations) else None
        if request.FILES and attaching.FIELD not in draft.errors:
            draft.errors[attaching.FIELD] = ("文件没有保存，请重新选择",)
        if any(one.code == "stale" for one in refused.violations):
            row = find(register, draft.access, draft.uid)
            texts = draft.texts
            draft = entries.changing(register, draft.access, stored(register, row))
            draft.texts.update(texts)
            entries.compare(draft, request.POST, history.since(register, row, str(request.POST.get("version", ""))))
        return _page(request, draft, status=422, existing=existing)
    row = register.rows(draft.access).get(pk=pk)
    attaching.add(row, uploads, by=draft.access)
    messages.success(request, f"{done}：{headline(register, row)}。")
    for warning in entries.warnings(draft.noted):
        messages.warning(request, f"请核对：{warning}")
    return HttpResponseRedirect(register.url("record", row.uid), status=303)


def _page(request: Any, draft: entries.Draft, *, status: int = 200, existing: Any = None) -> HttpResponse:
    register = draft.register
    is_new = draft.stored is None
    back = register.url() if is_new else register.url("record", draft.uid)
    here = register.url("new") if is_new else register.url("edit", draft.uid)
    notices = [draft.notice] if draft.notice else []
    if existing is not None:
        link = Action("打开已登记的那一条", register.url("record", existing.uid))
        notices.append(Notice(f"{headline(register, existing)} 已经登记过。", "due", actions=(link,)))
    title = f"新增{register.sheet.name}" if is_new else f"修改{register.sheet.name}"
    lead = headline(register, draft.stored.row) if draft.stored else "" if draft.only else register.sheet.help
    context = {
        "register": register, "draft": draft, "title": title, "back": back, "here": here, "is_new": is_new,
        "lead": lead,
        "notices": notices, "draft_key": f"{register.room}.{register.kind}.{'new' if is_new else draft.uid}",
    }  # fmt: skip
    return render(request, "shell/entry.html", context, status=status)
