"""Import pages: send a ledger, match its columns, agree to what it will do; earlier imports."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhijia.core import batches
from zhijia.core.guards import requires
from zhijia.core.outcomes import Refused, Violation
from zhijia.core.pages.parts import DONE, QUIET, Action, Badge, Cell, Choice, Field, Head, Row, Table
from zhijia.core.sheets.declare import Sheet
from zhijia.core.sheets.source import FILE_LIMIT
from zhijia.core.templatetags.ui import moment
from zhijia.shell import mappings
from zhijia.shell.catalogue import SHEETS
from zhijia.shell.downloads import XLSX, attachment
from zhijia.shell.ledgers import matching, planning, uploads
from zhijia.shell.ledgers.showing import begin_again, steps
from zhijia.shell.registers import sheets_for
from zhijia.shell.work import jobs

LISTED = 20
FOLD_FROM = 4  # sheets: a whole workbook has more than a thousand questions, nearly all of them answered


@requires("shell.import")
@require_http_methods(["GET", "HEAD", "POST"])
def imports(request: Any) -> HttpResponse:
    """The beginning: send a file, or take an earlier import back. A file that can not be read is refused at once."""
    problems: tuple[Violation, ...] = ()
    if request.method == "POST":
        try:
            return _sent(request)
        except Refused as refused:
            problems = refused.violations
    context = {
        "steps": steps(0),
        "problems": problems,
        "field": Field(
            "file", "台账文件", "file", accept=",".join(uploads.SUFFIXES), required=True,
            help=f"xlsx、xls、ods 或 csv，不超过{FILE_LIMIT // 1024**2}MB。这一步不会保存任何记录。",
        ),
        "earlier": _earlier(request),
        "actions": [Action("后台任务", reverse("shell:jobs"), "clock")],
        "closed": _closed(request),
        "keep_days": batches.KEEP.days,
        "may_export": request.access.may("shell.workbook"),
    }  # fmt: skip
    return render(request, "shell/imports.html", context, status=422 if problems else 200)


def _sent(request: Any) -> HttpResponse:
    sent = request.FILES.get("file")
    if sent is None:
        raise Refused([Violation("file.none", "还没有选文件", mend="请先选择要导入的台账")])
    upload = uploads.keep(sent.name, sent.chunks(), by=request.access)
    try:
        matching.look(upload)
        found = matching.sheets(upload, None, sheets_for(request.access))
        if not found:
            raise Refused([Violation("file.blank", "文件里没有填数据的工作表", mend="请检查是不是选错了文件")])
    except Refused:
        uploads.discard(upload)
        raise
    upload.mapping = mappings.remembered(upload.union, upload.source)
    upload.save()
    if upload.mapping is not None:
        messages.info(request, "表头与上次导入的相同，已按上次的列对应读取；要改请点“改列对应”。")
    elif not matching.certain(found):
        return redirect("shell:import_columns", uid=upload.uid)
    return redirect("shell:import_preview", uid=upload.uid)


def _closed(request: Any) -> list[str]:
    """Our sheets that this person may not import."""
    allowed = planning.allowed_for(request.access)
    return [sheet.name for sheet in SHEETS if not allowed(sheet)]


def _earlier(request: Any) -> Table:
    rows = []
    for batch in batches.listed(request.access.union, LISTED):
        state = Badge("已撤销", QUIET) if batch.undone_at else Badge("已保存", DONE)
        rows.append(
            Row((
                Cell(f"第{batch.pk}号", reverse("shell:import_batch", args=[batch.pk])),
                Cell(batch.source),
                Cell(moment(batch.at)),
                Cell(str(batch.new_count), number=True),
                Cell(str(batch.changed_count), number=True),
                Cell(badge=state),
            ))
        )  # fmt: skip
    heads = (
        Head("批次"),
        Head("文件或事项"),
        Head("时间"),
        Head("新增", number=True),
        Head("修改", number=True),
        Head("状态"),
    )
    return Table(heads, rows)


@requires("shell.import")
@require_safe
def template(request: Any) -> HttpResponse:
    """The empty ledger workbook."""
    from zhijia.core.sheets.writing import write_template  # xlsxwriter is slow to load and seldom needed

    with tempfile.TemporaryDirectory(prefix="zhijia-") as folder:
        file = Path(folder) / "template.xlsx"
        write_template(file, sheets_for(request.access))
        return attachment(file.read_bytes(), "工会台账模板.xlsx", XLSX)


@requires("shell.import")
@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: Any, uid: UUID) -> HttpResponse:
    """Which of our sheets and columns the file's are. `do=look` shows other guesses, `do=keep` goes on."""
    upload = uploads.find(uid, request.access)
    if upload is None:
        return begin_again(request)
    ours = sheets_for(request.access)
    found, wanting = matching.sheets(upload, upload.mapping, ours), []
    if request.method == "POST":
        mapping = matching.chosen(found, request.POST, ours)
        found = matching.sheets(upload, mapping, ours)
        wanting = matching.problems(found) if request.POST.get("do") == "keep" else []
        if request.POST.get("do") == "keep" and not wanting:
            upload.mapping, upload.chosen = mapping, True
            upload.save()
            return redirect("shell:import_preview", uid=upload.uid)
    context = {
        "steps": steps(1),
        "upload": upload,
        "sheets": [
            _asked(place, sheet, request, wanting, ours, fold=len(found) > FOLD_FROM)
            for place, sheet in enumerate(found)
        ],
        "wanting": [f"“{found[place].title}”还缺“{header}”：选一列，或填上每行都一样的值" for place, header in wanting],
    }
    page = (
        "shell/_import_columns.html"
        if request.htmx and request.POST.get("do") != "keep"
        else "shell/import_columns.html"
    )
    return render(request, page, context, status=422 if wanting else 200)


def _asked(
    place: int,
    sheet: matching.FileSheet,
    request: Any,
    wanting: list[tuple[int, str]],
    ours: Sequence[Sheet],
    *,
    fold: bool,
) -> dict[str, Any]:
    """The questions about one sheet of the file; those that need none are folded where there are many."""
    opened = bool(request.POST.get(f"s{place}open")) or request.POST.get("do") == f"open{place}"
    allowed = planning.allowed_for(request.access)
    names = [Choice(matching.LEAVE, "不导入", sheet.ours == matching.LEAVE)]
    names += [
        Choice(one.name, one.name, one.name == sheet.ours) for one in ours if allowed(one) or one.name == sheet.ours
    ]
    declared = next((one for one in ours if one.name == sheet.ours), None)
    asked: dict[str, Any] = {
        "place": place,
        "sheet": sheet,
        "left": declared is None,
        "opened": opened,
        "folded": fold and sheet.sure and not opened,
        "closed": declared is not None and not allowed(declared),
        "which": Field(f"s{place}", f"“{sheet.title}”是我们的哪张表", "select", choices=tuple(names)),
    }
    if declared is None or asked["folded"]:
        return asked
    needed = matching.required(declared)
    headers = [column.header for column in declared.columns if column.field != "uid"]
    asked["columns"] = [
        {
            "column": column,
            "name": f"s{place}c{index}",
            "choices": [Choice(matching.LEAVE, "不导入", column.ours == matching.LEAVE)]
            + [Choice(one, f"{one}（必填）" if one in needed else one, one == column.ours) for one in headers],
        }
        for index, column in enumerate(sheet.columns)
    ]
    asked["constants"] = [
        Field(
            f"s{place}k{index}", f"{header}（文件里没有这一列）", value=sheet.constants.get(header, ""), required=True,
            help="每一行都一样时，填在这里", errors=("请选一列，或填上",) if (place, header) in wanting else (),
        )
        for index, header in enumerate(needed)
        if header in sheet.missing
    ]  # fmt: skip
    return asked


@requires("shell.import")
@require_POST
def discard(request: Any, uid: UUID) -> HttpResponse:
    """Give up: the file goes, nothing was saved."""
    upload = uploads.find(uid, request.access)
    if upload is not None:
        uploads.discard(upload)
        messages.info(request, "没有导入，上传的文件已经删除。")
    return HttpResponseRedirect(reverse("shell:import"))


@requires("shell.import")
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: Any, uid: UUID) -> HttpResponse:
    """The one confirmation: how many rows of what; then the import runs as long work."""
    upload = uploads.find(uid, request.access)
    if upload is None:
        return begin_again(request)
    summary = planning.current(upload, by=request.access, today=request.access.on)
    if summary is None or summary.refused:
        return redirect("shell:import_preview", uid=upload.uid)
    if request.method == "POST":
        arguments = {"upload": upload.uid, "counts": summary.counts}
        job = jobs.start("import", f"导入《{upload.name}》", arguments, by=request.access)
        return HttpResponseRedirect(reverse("shell:job", args=[job.uid]), status=303)
    lines = [
        f"{count.sheet}：新增{count.new}条，修改{count.changed}条"
        for count in summary.agreed
        if count.new or count.changed
    ]
    context = {
        "steps": steps(3),
        "title": f"导入《{upload.name}》",
        "text": f"导入后{batches.KEEP.days}天内可以整批撤销。",
        "lines": lines or ["与已有记录完全相同，没有要改的"],
        "action": request.path,
        "back": reverse("shell:import_preview", args=[upload.uid]),
    }
    return render(request, "shell/import_confirm.html", context)
