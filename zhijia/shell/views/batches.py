"""Earlier imports: what one wrote, and the way to take it back."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from zhijia.core import batches
from zhijia.core.guards import requires
from zhijia.core.outcomes import Refused, Violation
from zhijia.core.pages.parts import DONE, QUIET, Action, Badge, Cell, Head, Row, Table
from zhijia.core.templatetags.ui import moment
from zhijia.shell.deeds import verbs
from zhijia.shell.registers import BY_LABEL

# Where a deed on many rows that is no import was done: (label, page, permission).
FROM = {
    "members.groups.reorganised": ("机构改革", "members:reorganisation", "members.edit"),
    "members.person.merged": ("疑似重复", "members:duplicates", "members.edit"),
    "members.roster.applied": ("人事名册核对", "shell:rosters", "shell.roster"),
}


@requires("shell.import")
@require_safe
def batch_page(request: Any, number: int) -> HttpResponse:
    """One import: what it wrote, where the records are now, and the way to take it back."""
    batch = batches.find(number, request.access.union)
    if batch is None:
        raise Http404("没有这次导入")
    written, deed = batches.written(batch), batches.verb(batch)
    imported = deed == batches.IMPORTED
    rows = []
    for label, (new, changed) in written.items():
        register = BY_LABEL.get(label)
        url = register.url("list") if register is not None and register.may_open(request.access) else ""
        name = register.sheet.name if register is not None else str(apps.get_model(label)._meta.verbose_name)
        rows.append(Row((Cell(name, url), Cell(str(new), number=True), Cell(str(changed), number=True))))
    undo = None
    if batches.may_be_undone(batch) and _may_undo(request, written):
        undo = Action("撤销这次导入" if imported else "整批撤销", reverse("shell:import_undo", args=[batch.pk]))
    did = "导入" if imported else "保存"
    where = FROM.get(deed)
    context = {
        "batch": batch,
        "back": (reverse(where[1]), where[0])
        if where and request.access.may(where[2])
        else (reverse("shell:import"), "导入台账"),
        "title": f"第{batch.pk}号导入" if imported else verbs.words(deed),
        "lead": f"{batch.source}，{moment(batch.at)}{did}，新增{batch.new_count}条，修改{batch.changed_count}条。",
        "badges": [Badge("已撤销", QUIET) if batch.undone_at else Badge("已保存", DONE)],
        "table": Table((Head("台账"), Head("新增", number=True), Head("修改", number=True)), rows),
        "undo": [undo] if undo else [],
        "main": _next(request, deed, imported=imported),
    }
    return render(request, "shell/import_batch.html", context)


def _next(request: Any, deed: str, *, imported: bool) -> Action | None:
    """What comes after: newcomers of a personnel list are to be asked to apply; there may be more to import."""
    if deed == "members.roster.applied" and request.access.may("members.view"):
        return Action("去办理入会", reverse("members:admissions"), "next")
    return Action("再导入一份", reverse("shell:import"), "upload") if imported else None


def _may_undo(request: Any, written: dict[str, tuple[int, int]]) -> bool:
    """Whether the person may change every table that the import wrote."""
    rights = {BY_LABEL[label].edit if label in BY_LABEL else f"{label.partition('.')[0]}.edit" for label in written}
    return all(request.access.may(right) for right in rights)


@requires("shell.import")
@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: Any, number: int) -> HttpResponse:
    """Take an import back after one confirmation that says how many rows of what; refused as a whole or done."""
    access = request.access
    batch = batches.find(number, access.union)
    if batch is None:
        raise Http404("没有这次导入")
    written, deed = batches.written(batch), batches.verb(batch)
    called = f"第{number}号导入" if deed == batches.IMPORTED else f"“{verbs.words(deed)}”"
    problems: tuple[Violation, ...] = ()
    if request.method == "POST":
        try:
            if not _may_undo(request, written):
                raise Refused([Violation("forbidden", "这次导入里有您无权修改的台账", mend="请管那本台账的人来撤销")])
            batches.undo(number, union=access.union, by=access)
        except Refused as refused:
            problems = refused.violations
        else:
            messages.success(
                request,
                f"已撤销{called}：新增的{batch.new_count}条已去掉，修改的{batch.changed_count}条已恢复原值。",
            )
            return HttpResponseRedirect(reverse("shell:import_batch", args=[number]), status=303)
    lines = []
    for label, (new, changed) in written.items():
        register = BY_LABEL.get(label)
        lines.append(f"{register.sheet.name if register else label}：去掉新增的{new}条，{changed}条恢复原值")
    context = {
        "problems": problems,
        "title": f"撤销{called}",
        "button": "撤销这次导入" if deed == batches.IMPORTED else "整批撤销",
        "text": "保存之后又改过的记录、已被别的记录引用的记录不能这样撤销；有一条不能，就整批不动。",
        "lines": lines,
        "action": request.path,
        "back": reverse("shell:import_batch", args=[number]),
    }
    return render(request, "shell/import_undo.html", context, status=422 if problems else 200)
