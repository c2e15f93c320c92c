"""Who did what: the union's audit lines, filtered, taken away as a file or on paper, and the chain checked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from zhijia.core import audit
from zhijia.core.guards import fresh, requires
from zhijia.core.models import AuditLine
from zhijia.core.pages.parts import DONE, LATE, Action, Cell, Head, Notice, Pager, Row, Table
from zhijia.core.pages.reading import whole_number
from zhijia.core.pages.workbook import workbook
from zhijia.core.templatetags.ui import moment
from zhijia.shell import history
from zhijia.shell.deeds import asking, lines, telling, verifying
from zhijia.shell.deeds.telling import Deed
from zhijia.shell.work import jobs
from zhijia.unions.models import Union

PRINTED, EXPORTED = 2_000, 50_000
HEADS = ("时间", "谁", "做了什么", "台账", "记录", "内容")
_PLACE = ("before", "after")


@requires("shell.audit")
@require_safe
def audit_page(request: Any) -> HttpResponse:
    """One page of deeds, newest first."""
    there = lines.verbs_there(request.access.union)
    query = asking.asked(request.GET, there)
    wanted = asking.wanted(query, request.access, there)
    page = lines.page(wanted, before=_number(request, "before"), after=_number(request, "after"))
    bare = request.GET.copy()
    for name in _PLACE:
        bare.pop(name, None)
    url = reverse("shell:audit")
    checked = verifying.last(request.access.union) if verifying.VERB in there else None
    context = {
        "bar": asking.bar(query, bare, url, there),
        "table": _table(telling.told(page.lines, request.access), may_import=request.access.may("shell.import")),
        "pager": _pager(page, bare),
        "filtered": query.filtered,
        "notice": _notice(checked),
        "main": None
        if request.access.visiting
        else Action("核对审计链", reverse("shell:audit_verify"), "done", post=True),
        "more": [
            Action("导出Excel（按所见）", f"{reverse('shell:audit_export')}?{bare.urlencode()}", "download"),
            Action("打印", f"{reverse('shell:audit_print')}?{bare.urlencode()}", "print"),
        ],
        "anonymous": query.what == asking.ANONYMOUS,
    }
    return render(request, "shell/audit.html", context)


def _number(request: Any, name: str) -> int:
    text = request.GET.get(name, "")
    return whole_number(text) or 0


def _table(deeds: list[Deed], *, may_import: bool) -> Table:
    rows = []
    for deed in deeds:
        batch = reverse("shell:import_batch", args=[deed.batch]) if deed.batch and may_import else ""
        record = Cell(deed.record or "—", deed.url)
        if deed.batch and not deed.url:
            record = Cell(f"第{deed.batch}批", batch)
        cells = (
            Cell(_at(deed)), Cell(deed.who), Cell(deed.what), Cell(deed.place or "—"), record, Cell(deed.details or "—")
        )  # fmt: skip
        rows.append(Row(cells))
    return Table(tuple(Head(label) for label in HEADS), rows)


def _at(deed: Deed) -> str:
    return moment(deed.at) if deed.at else "不记时间"


def _pager(page: lines.Page, bare: Any) -> Pager:
    def at(name: str, number: int) -> str:
        if not number:
            return ""
        values = bare.copy()
        values[name] = str(number)
        return f"?{values.urlencode()}"

    text = f"每页{lines.PAGE}条，新的在前" if page.newer or page.older else ""
    return Pager(at("after", page.newer), at("before", page.older), text)


def _notice(line: AuditLine | None) -> Notice | None:
    if line is None:
        return None
    who = history.people([line.user_id]).get(line.user_id, "终端")
    title = f"上次核对：{moment(line.at)}，{who}，{telling.result_words(line)}"
    if not line.changes.get("breaks"):
        return Notice(
            "每一行都和前一行相扣：有人绕过程序改一个字、删一行、换次序，核对时都会查出是哪一行。", DONE, title
        )
    text = "有人绕过程序改过数据库。请管电脑的同事不要再动它，从最近的备份核对这几行。"
    return Notice(text, LATE, title, verifying.places(line))


def _chunks(request: Any, most: int) -> Iterator[list[Deed]]:
    there = lines.verbs_there(request.access.union)
    wanted = asking.wanted(asking.asked(request.GET, there), request.access, there)
    for chunk in lines.everything(wanted, most):
        yield telling.told(chunk, request.access)


@requires("shell.audit")
@fresh(file=True)
@require_safe
def audit_export(request: Any) -> HttpResponse:
    """The deeds as an Excel file, in the words of the page; the export is a deed itself."""

    def rows() -> Iterator[list[str]]:
        for chunk in _chunks(request, EXPORTED):
            for deed in chunk:
                yield [_at(deed), deed.who, deed.what, deed.place, deed.record, deed.details]

    data = workbook("操作记录", HEADS, rows())
    with transaction.atomic():
        changes = {"register": AuditLine._meta.label}
        audit.record(union=request.access.union, by=request.access, verb="shell.exported", changes=changes)
    answer = HttpResponse(data, content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    name = f"操作记录-{request.access.on.isoformat()}.xlsx"
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return answer


@requires("shell.audit")
@require_safe
def audit_print(request: Any) -> HttpResponse:
    """The deeds for paper."""
    rows = [
        [_at(deed), deed.who, deed.what, deed.place, deed.record, deed.details]
        for chunk in _chunks(request, PRINTED + 1)
        for deed in chunk
    ]
    context = {
        "heads": HEADS, "rows": rows[:PRINTED], "cut": len(rows) > PRINTED, "on": request.access.on,
        "union": Union.objects.get(pk=request.access.union).name,
        "back": f"{reverse('shell:audit')}?{request.GET.urlencode()}",
    }  # fmt: skip
    return render(request, "shell/audit_print.html", context)


@requires("shell.audit")
@require_POST
def audit_verify(request: Any) -> HttpResponse:
    """Start checking the chain; the answer is kept with its day."""
    job = jobs.start("audit", "核对审计链", {}, by=request.access)
    return redirect("shell:job", uid=job.uid)
