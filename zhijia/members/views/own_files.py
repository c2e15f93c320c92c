"""A file in an own field: looked at, put there, taken off; by officers on a person's record, by the person itself."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from zhijia.core.guards import requires
from zhijia.core.outcomes import Refused
from zhijia.core.pages.parts import Field
from zhijia.core.pages.reading import message
from zhijia.documents import attaching
from zhijia.documents.media import ACCEPT
from zhijia.documents.serving import served
from zhijia.members import led, own, own_files
from zhijia.members.own_files import Held


def _of(request: Any, uid: UUID, key: int) -> Held:
    person = led.persons(request.access).filter(uid=uid).first()
    found = own_files.held(request.access, person, key) if person else None
    if found is None:
        raise Http404("没有这一栏")
    return found


def _mine(request: Any, key: int) -> Held:
    person = own.person_of(request.access)
    found = own_files.mine(request.access, person, key) if person else None
    if found is None:
        raise Http404("没有这一栏")
    return found


@requires("members.led")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own_file(request: Any, uid: UUID, key: int) -> HttpResponse:
    """The file of a person's field, for the posts that see it."""
    held = _of(request, uid, key)
    return _page(request, held, data=reverse("members:own_file_data", args=[uid, key]))


@requires("members.led")
@never_cache
@require_safe
def own_file_data(request: Any, uid: UUID, key: int) -> FileResponse:
    """Its bytes."""
    return _served(_of(request, uid, key))


@requires("members.family")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my_file(request: Any, key: int) -> HttpResponse:
    """The file of one's own field."""
    return _page(request, _mine(request, key), data=reverse("members:my_file_data", args=[key]), own=True)


@requires("members.family")
@never_cache
@require_safe
def my_file_data(request: Any, key: int) -> FileResponse:
    """Its bytes."""
    return _served(_mine(request, key))


def _served(held: Held) -> FileResponse:
    if held.file is None:
        raise Http404("没有文件")
    return served(held.file)


def _page(request: Any, held: Held, *, data: str, own: bool = False) -> HttpResponse:
    """What is there; a form that puts another or takes it off, for whoever may."""
    errors: tuple[str, ...] = ()
    if request.method == "POST":
        try:
            if request.POST.get("do") == "off":
                own_files.take_off(held, by=request.access, today=request.access.on)
                messages.success(request, "文件已移除。")
                return HttpResponseRedirect(request.path, status=303)
            uploads = attaching.read(request.FILES.getlist("file")[:1])
            if uploads:
                own_files.put(held, uploads[0], by=request.access, today=request.access.on)
                messages.success(request, f"已保存：{uploads[0].name}。")
                return HttpResponseRedirect(request.path, status=303)
            errors = ("还没有选文件——请先选照片或文件再上传",)
        except Refused as refused:
            errors = tuple(message(problem) for problem in refused.violations)
    field = Field(
        "file", "换一个文件" if held.file else "选一个文件", "file", accept=ACCEPT, errors=errors,
        help=held.field.help or "可以直接拍照；照片里的位置信息会自动去掉，最大20 MB",
    )  # fmt: skip
    context = {
        "held": held, "field": field, "data": data, "own": own,
        "title": held.field.name if own else f"{held.person.name}：{held.field.name}",
    }  # fmt: skip
    return render(request, "members/own_file.html", context, status=422 if errors else 200)
