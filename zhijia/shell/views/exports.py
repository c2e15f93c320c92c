"""All records as one workbook: asked for with a warning, written as long work, taken home within a day."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from zhijia.core.guards import fresh, requires
from zhijia.core.pages.parts import size_words
from zhijia.shell.downloads import KEPT_BY_NOBODY, XLSX
from zhijia.shell.ledgers import uploads
from zhijia.shell.ledgers.showing import begin_again
from zhijia.shell.work import jobs


@requires("shell.workbook")
@fresh()
@require_http_methods(["GET", "HEAD", "POST"])
def export_all(request: Any) -> HttpResponse:
    """Say what is in it; then write it as long work."""
    if request.method == "POST":
        job = jobs.start("export", "导出全部台账", {}, by=request.access)
        return HttpResponseRedirect(reverse("shell:job", args=[job.uid]), status=303)
    context = {
        "title": "导出全部台账",
        "text": "一份工作簿，每本台账一张表，改好可以再导入。",
        "lines": [
            "里面有身份证号、电话、银行卡号等完整内容，请存在只有您能打开的地方，用完删除。",
            "谁在什么时候导出过，会记进审计记录。",
            "文件在这里只留24小时。",
        ],
        "action": request.path,
        "back": reverse("shell:import"),
    }
    return render(request, "shell/export_all.html", context)


@requires("shell.workbook")
@require_safe
def exported(request: Any, uid: UUID) -> HttpResponse:
    """The written workbook; `?take=1` is the file itself."""
    kept = uploads.find(uid, request.access)
    if kept is None:
        return begin_again(request)
    if request.GET.get("take"):
        return _taken(request, kept)
    return render(request, "shell/exported.html", {"kept": kept, "size": size_words(kept.size)})


@fresh(file=True)
def _taken(_request: Any, kept: uploads.Upload) -> HttpResponse:
    file = kept.source.open("rb")
    return FileResponse(file, as_attachment=True, filename=kept.name, content_type=XLSX, headers=KEPT_BY_NOBODY)  # type: ignore[return-value]  # it is one at run time
