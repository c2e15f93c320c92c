"""Files of a record: added, looked at, removed. A file is seen only by those who see its record."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from zhijia.core.guards import requires
from zhijia.core.outcomes import Refused
from zhijia.core.pages.reading import message
from zhijia.documents import attaching
from zhijia.documents.models import Attachment
from zhijia.documents.serving import served
from zhijia.shell.registers import Register, opened
from zhijia.shell.stored import find, headline


@requires("shell.home")
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: Any, room: str, kind: str, uid: UUID) -> HttpResponse:
    """Add files to a record."""
    register = _with_files(request, room, kind, edit=True)
    row = find(register, request.access, uid)
    if request.method != "POST":  # the form stands on the record's page
        return HttpResponseRedirect(register.url("record", uid))
    try:
        sent = attaching.read(request.FILES.getlist(attaching.FIELD))
        added = attaching.add(row, sent, by=request.access)
    except Refused as refused:
        for problem in refused.violations:
            messages.warning(request, f"没有上传：{message(problem)}")
    else:
        nothing = "这些文件刚才已经添加，没有再加一次。" if sent else "没有选择文件，请先选照片或文件再上传。"
        messages.success(request, f"已添加{len(added)}个文件。" if added else nothing)
    return HttpResponseRedirect(register.url("record", uid), status=303)


@requires("shell.home")
@require_safe
def file(request: Any, room: str, kind: str, uid: UUID, file: UUID) -> FileResponse:
    """The bytes of a file: photos are shown, everything else is saved; nothing in it runs."""
    register = _with_files(request, room, kind)
    found = _attachment(find(register, request.access, uid, withdrawn=True), file)
    return served(found)


@requires("shell.home")
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: Any, room: str, kind: str, uid: UUID, file: UUID) -> HttpResponse:
    """Ask, and take a file off its record."""
    register = _with_files(request, room, kind, edit=True)
    row = find(register, request.access, uid)
    found = _attachment(row, file)
    if request.method == "POST":
        try:
            attaching.remove(row, found, by=request.access, today=request.access.on)
        except Refused as refused:  # somebody else was quicker
            messages.info(request, f"{refused.violations[0].message}。")
        else:
            messages.success(request, f"已移除：{found.name}。")
        return HttpResponseRedirect(register.url("record", uid), status=303)
    context = {
        "title": f"移除文件：{found.name}", "text": f"它属于：{headline(register, row)}。移除后这一页不再显示它。",
        "action": request.path, "back": register.url("record", uid), "button": "移除", "fields": (), "problems": (),
    }  # fmt: skip
    return render(request, "shell/record_confirm.html", context)


def _with_files(request: Any, room: str, kind: str, *, edit: bool = False) -> Register:
    register = opened(request.access, room, kind, edit=edit)
    if not register.sheet.records.tenant:
        raise Http404("这里不放文件")
    return register


def _attachment(row: Any, uid: UUID) -> Attachment:
    found = attaching.of_record(row).filter(uid=uid).first()
    if found is None:
        raise Http404("没有这个文件")
    return found
