"""The congress package: its versions, the documents of one, what changed since, and the name that vouches for it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhijia.core.guards import fresh, requires
from zhijia.core.outcomes import Refused, Violation
from zhijia.core.pages.parts import DONE, DUE, Action, Badge, Cell, Field, FileLink, Head, Row, Table, size_words
from zhijia.core.templatetags.ui import day, moment
from zhijia.reports.models import PackageVersion
from zhijia.shell import catalogue, congress
from zhijia.shell.downloads import DOCX, JSON, ZIP, attachment
from zhijia.shell.scopes import term_scope
from zhijia.shell.work import jobs

CONFIRM = "reports.confirm"


@requires("shell.package")
@require_safe
def package(request: Any) -> HttpResponse:
    """All versions, newest first, and the button that builds the next."""
    access = request.access
    problems: tuple[Violation, ...] = ()
    label = ""
    try:
        label = term_scope(access.union, access.on).label
    except Refused as refused:
        problems = refused.violations
    rows = [
        Row((
            Cell(f"第{version.number}稿", reverse("shell:package_version", args=[version.number])),
            Cell(version.label),
            Cell(day(version.today)),
            Cell(str(len(congress.documents(version))), number=True),
            Cell(badge=_badge(version)),
            Cell(version.created_by),
        ))
        for version in congress.listed(access.union)
    ]  # fmt: skip
    heads = (Head("稿"), Head("届次"), Head("统计到"), Head("文件", number=True), Head("状态"), Head("生成人"))
    main = None
    if label and access.may("shell.build"):
        main = Action("生成新的一稿" if rows else "生成材料", reverse("shell:package_build"), "report", post=True)
    lead = f"{label}的全部换届材料，由台账里的记录写成。每生成一次存为一稿，旧稿不变。" if label else ""
    actions = [Action("后台任务", reverse("shell:jobs"), "clock")]
    context = {"lead": lead, "main": main, "actions": actions, "problems": problems, "table": Table(heads, rows)}
    return render(request, "shell/package.html", context)


def _badge(version: PackageVersion) -> Badge:
    return Badge("已确认", DONE) if version.confirmed_by else Badge("待确认", DUE)


@requires("shell.build")
@require_POST
def build(request: Any) -> HttpResponse:
    """Build the package of the current term as long work."""
    access = request.access
    try:
        scope = term_scope(access.union, access.on)
    except Refused as refused:
        context = {"problems": refused.violations, "table": Table((), ())}
        return render(request, "shell/package.html", context, status=422)
    job = jobs.start("package", f"生成{scope.label}换届材料", {"term": scope.term}, by=access)
    return HttpResponseRedirect(reverse("shell:job", args=[job.uid]), status=303)


@requires("shell.package")
@require_safe
def version_page(request: Any, number: int) -> HttpResponse:
    """One version: its documents, what it left out and why, what changed since, and its confirmation."""
    return _page(request, _version(request, number))


def _page(request: Any, version: PackageVersion, problems: tuple[Violation, ...] = (), name: str = "") -> HttpResponse:
    noted = congress.notes(version)
    may_confirm = request.access.may(CONFIRM) and not version.confirmed_by
    state = f"{version.confirmed_by}于{day(version.confirmed_on)}确认" if version.confirmed_by else "还没有人确认"
    field = Field(
        "name", "确认人姓名", value=name or request.access.name, required=True,
        help="由他对官方表述和领导机关名称负责；确认以后这一稿不能再改",
    )  # fmt: skip
    context = {
        "version": version,
        "title": f"{version.label}换届材料第{version.number}稿",
        "lead": f"统计到{day(version.today)}，{moment(version.created_at)}由{version.created_by}生成；{state}。",
        "badges": [_badge(version)],
        "main": Action("下载全部（zip）", reverse("shell:package_zip", args=[version.number]), "download"),
        "folders": _folders(version),
        "notes": noted,
        "withheld": _withheld(noted),
        "spared": noted.spared if noted is not None else (),
        "lines": congress.lines_since(version),
        "confirm": field if may_confirm else None,
        "problems": problems,
    }
    return render(request, "shell/package_version.html", context, status=422 if problems else 200)


def _folders(version: PackageVersion) -> list[tuple[str, list[FileLink]]]:
    """The documents under their folders, in order."""
    found: dict[str, list[FileLink]] = {}
    for one in congress.documents(version):
        url = reverse("shell:package_file", args=[version.number, one.place])
        found.setdefault(one.folder, []).append(FileLink(one.name, url, size_words(one.size)))
    return list(found.items())


def _withheld(noted: congress.Notes | None) -> Table | None:
    if noted is None or not noted.withheld:
        return None
    rows = [Row((Cell(wording), Cell(kind), Cell("；".join(reasons)))) for wording, kind, reasons in noted.withheld]
    return Table((Head("没有写进材料的话"), Head("为什么"), Head("依据")), rows)


@requires("shell.package")
@require_POST
def compare(request: Any, number: int) -> HttpResponse:
    """Compare the version with today's records: long work, done once for each state of the records."""
    version = _version(request, number)
    arguments = {"version": number, "lines": congress.lines_since(version)}
    job = jobs.done_already("drift", arguments, by=request.access)
    if job is None:
        job = jobs.start("drift", f"比较第{number}稿与现在的记录", arguments, by=request.access)
    return HttpResponseRedirect(reverse("shell:job", args=[job.uid]), status=303)


@requires("shell.package")
@require_safe
def drift(request: Any, number: int, uid: UUID) -> HttpResponse:
    """Which figures of the version are not what the records say now, as the comparison found."""
    version, job = _version(request, number), jobs.find(uid, request.access)
    if job is None or job.kind != "drift" or job.result.get("version") != number:
        raise Http404("没有这次比较")
    context = {
        "title": f"第{number}稿之后的变化",
        "lead": f"{moment(job.finished_at)}比较。",
        "back": reverse("shell:package_version", args=[number]),
        "stale": congress.lines_since(version) != job.arguments["lines"],
        "table": _drift(job.result["changed"]),
    }
    return render(request, "shell/package_drift.html", context)


def _drift(changed: list[list[Any]]) -> Table:
    rows = []
    for key, label, old, new, added, removed in changed:
        spec = catalogue.fact_spec(key)
        unit = str(spec.unit) if spec is not None else ""
        within = "（分项有变）" if old == new and not added and not removed else ""
        numbers = (_value(old, unit), _value(new, unit) + within, str(added), str(removed))
        cells = [Cell(text, number=True) for text in numbers]
        rows.append(Row((Cell(label, reverse("shell:fact", args=[key])), *cells)))
    heads = ("数据", "这一稿", "现在", "新增记录", "少了记录")
    return Table(tuple(Head(head, number=place > 0) for place, head in enumerate(heads)), rows)


def _value(value: Any, unit: str) -> str:
    """A frozen value as people read it: a rate is kept as its two numbers."""
    if isinstance(value, dict):
        return f"{value['num']}/{value['den']}"
    return catalogue.shown(value, unit)


@requires("shell.package")
@fresh(file=True)
@require_safe
def whole(request: Any, number: int) -> HttpResponse:
    """The version as one zip."""
    version = _version(request, number)
    try:
        data = congress.whole(version)
    except Refused as refused:
        return _page(request, version, refused.violations)
    return attachment(data, f"{version.label}换届材料（第{version.number}稿）.zip", ZIP)


@requires("shell.package")
@fresh(file=True)
@require_safe
def document(request: Any, number: int, place: int) -> HttpResponse:
    """One document of the version."""
    found = congress.content(_version(request, number), place)
    if found is None:
        raise Http404("没有这份文件")
    name, data = found
    return attachment(data, name, DOCX if name.endswith(".docx") else JSON)


@requires("shell.package")
@require_http_methods(["POST"])
def confirm(request: Any, number: int) -> HttpResponse:
    """A named person vouches for the version; refused where phrases in use are not confirmed yet."""
    access = request.access
    if not access.may(CONFIRM):
        raise PermissionDenied(CONFIRM)
    version, name = _version(request, number), request.POST.get("name", "")
    try:
        congress.confirm(version, name=name, by=access, today=access.on)
    except Refused as refused:
        return _page(request, _version(request, number), refused.violations, name)
    messages.success(request, f"第{number}稿已由{name.strip()}确认，可以印发。")
    return HttpResponseRedirect(reverse("shell:package_version", args=[number]), status=303)


def _version(request: Any, number: int) -> PackageVersion:
    version = congress.find(request.access.union, number)
    if version is None:
        raise Http404("没有这一稿")
    return version
