"""Possible duplicates of the register: listed in pairs, seen side by side, merged, or remembered as two people."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhijia.core import batches
from zhijia.core.access import Access
from zhijia.core.guards import requires
from zhijia.core.outcomes import Refused, Violation
from zhijia.core.pages.parts import DONE, QUIET, Badge, Cell, Head, Pager, Row, Table
from zhijia.core.pages.reading import whole_number
from zhijia.members.merging import finding, services, showing
from zhijia.members.merging.choosing import CHOICES
from zhijia.members.models import Pair, Person


def _after(text: str) -> tuple[int, int]:
    one, _dash, other = text.partition("-")
    pair = whole_number(one), whole_number(other)
    return (0, 0) if pair[0] is None or pair[1] is None else (pair[0], pair[1])


@requires("members.edit")
@require_safe
def duplicates(request: Any) -> HttpResponse:
    """Pairs that look like one person, and those judged already."""
    access: Access = request.access
    found = finding.pairs(access.union, _after(request.GET.get("after", "")), finding.PAGE + 1)
    more, found = found[finding.PAGE :], found[: finding.PAGE]
    last = found[-1] if found else None
    following = f"?after={last.one.pk}-{last.other.pk}" if more and last else ""
    rows = [
        Row((
            Cell(pair.one.name, reverse("members:duplicate", args=[pair.one.uid, pair.other.uid])),
            Cell(_told(pair.one)), Cell(f"{pair.other.name}，{_told(pair.other)}"), Cell(pair.why),
        ))
        for pair in found
    ]  # fmt: skip
    heads = (Head("姓名"), Head("这一条"), Head("另一条"), Head("为什么疑似"))
    context = {
        "table": Table(heads, rows),
        "pager": Pager("", following) if following else Pager(),
        "judged": _judged(access.union),
        "days": batches.KEEP.days,
    }
    return render(request, "members/duplicates.html", context)


def _told(person: Person) -> str:
    return "，".join(filter(None, (person.staff_no and f"工号{person.staff_no}", person.department))) or "—"


def _judged(union: int) -> Table | None:
    badges = {Pair.Verdict.MERGED: DONE, Pair.Verdict.DIFFERENT: QUIET}
    rows = [
        Row((
            Cell(f"{pair.kept.name}、{pair.other.name}", reverse("members:judged", args=[pair.uid])),
            Cell(str(pair.on)), Cell(badge=Badge(str(pair.get_verdict_display()), badges[Pair.Verdict(pair.verdict)])),
        ))
        for pair in finding.judged(union)
    ]  # fmt: skip
    return Table((Head("两条记录"), Head("日期"), Head("结论")), rows) if rows else None


def _both(access: Access, uid: UUID, other: UUID) -> tuple[Person, Person]:
    rows = Person.objects.in_union(access.union).select_related("group").filter(uid__in=[uid, other])
    found = {row.uid: row for row in rows}
    if len(found) != 2:
        raise Http404("没有这两个人，或已经合并")
    return found[uid], found[other]


@requires("members.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def duplicate(request: Any, uid: UUID, other: UUID) -> HttpResponse:
    """Two rows side by side: which stays, which value of each, and what moves; the first of the address is kept."""
    access: Access = request.access
    kept, gone = _both(access, uid, other)
    problems: tuple[Violation, ...] = ()
    answers = {name: request.POST[f"c-{name}"] for name in CHOICES if f"c-{name}" in request.POST}
    if request.method == "POST":
        try:
            return _merged(request, kept, gone, answers)
        except Refused as refused:
            problems = refused.violations
            kept, gone = _both(access, uid, other)
    plan = services.preview(kept, gone)
    context = {
        "kept": kept, "other": gone, "why": finding.why(kept, gone), "rows": showing.table(plan, answers),
        "moving": showing.moving(plan, access), "problems": problems, "days": batches.KEEP.days,
        "kept_url": showing.place(kept), "other_url": showing.place(gone),
        "swap": reverse("members:duplicate", args=[other, uid]),
    }  # fmt: skip
    return render(request, "members/duplicate.html", context, status=422 if problems else 200)


def _merged(request: Any, kept: Person, gone: Person, answers: dict[str, str]) -> HttpResponse:
    if not request.POST.get("sure"):
        raise Refused([Violation("sure", "还没有勾“核对过，是同一个人”", mend="对着证件或本人核对后再勾")])
    versions = tuple(request.POST.get(name, "") for name in ("version", "other_version"))
    known = tuple(whole_number(text) or 0 for text in versions)
    access: Access = request.access
    pair = services.merge(
        kept, gone, choices=answers, versions=(known[0], known[1]), union=access.union, by=access, today=access.on
    )
    messages.success(request, f"{kept.name}的两条记录已合并；合并错了，{batches.KEEP.days}天内可以在这一页撤销。")
    return HttpResponseRedirect(reverse("members:judged", args=[pair.uid]), status=303)


@requires("members.edit")
@require_POST
def dismiss(request: Any, uid: UUID, other: UUID) -> HttpResponse:
    """Remember that they are two people."""
    one, two = _both(request.access, uid, other)
    try:
        services.dismiss(one, two, union=request.access.union, by=request.access, today=request.access.on)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"已记下：{one.name}和{two.name}不是同一个人，以后不再提示。")
    return HttpResponseRedirect(reverse("members:duplicates"), status=303)


@requires("members.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def judged(request: Any, uid: UUID) -> HttpResponse:
    """What was decided about a pair, with the way to both rows; a post takes it back."""
    access: Access = request.access
    rows = Pair.objects.in_union(access.union).select_related("kept", "other")
    pair = rows.filter(uid=uid).first()
    if pair is None:
        raise Http404("没有这一对")
    problems: tuple[Violation, ...] = ()
    merged = pair.verdict == Pair.Verdict.MERGED
    if request.method == "POST":
        names = pair.kept.name, pair.other.name
        try:
            services.take_back(pair, union=access.union, by=access)
        except Refused as refused:
            problems = refused.violations
        else:
            said = "两条记录都恢复到合并以前" if merged else "以后还会提示这一对"
            messages.success(request, f"已撤销：{names[0]}、{names[1]}，{said}。")
            return HttpResponseRedirect(reverse("members:duplicates"), status=303)
    batch = batches.find(pair.batch, access.union) if pair.batch else None
    context = {
        "pair": pair, "merged": merged, "problems": problems, "kept_url": showing.place(pair.kept),
        "other_url": showing.place(pair.other), "days": batches.KEEP.days,
        "may_undo": not merged or (batch is not None and batches.may_be_undone(batch)),
    }  # fmt: skip
    return render(request, "members/judged.html", context, status=422 if problems else 200)
