"""Who might be deemed withdrawn: the list with its evidence, and the talk and decision about one person."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from zhijia.core.access import Access
from zhijia.core.dates import DateError, chinese_date, parse_date
from zhijia.core.guards import requires
from zhijia.core.money import yuan
from zhijia.core.outcomes import Place, Refused, Violation
from zhijia.core.pages.parts import DUE, INFO, Action, Badge, Cell, Choice, Field, Head, Notice, Pager, Row, Step, Table
from zhijia.core.pages.reading import message, whole_number
from zhijia.core.person_types import DUES, TAKING_PART
from zhijia.core.traces import Trace
from zhijia.documents.docx.engine import render as docx
from zhijia.shell import deemed, downloads
from zhijia.shell.access import deeming
from zhijia.shell.deemed import Proposal
from zhijia.shell.links import seen_url
from zhijia.unions.models import Union

RULE = "没有正当理由连续六个月不交纳会费、不参加工会组织生活，经教育拒不改正，应当视为自愿退会。"
_HEADS = ("姓名", "工会小组", "最后一次会费", "最后一次参加", "从哪天起都没有", "办到哪一步")
HEADS = tuple(Head(text) for text in _HEADS)
_EVIDENCE = (Head("记录"), Head("日期"), Head("内容"), Head("算什么"))
_KIND = {DUES: "交会费", TAKING_PART: "参加组织生活", "": "不算在内，供参考"}


@requires("shell.deem")
@require_safe
def deemed_page(request: Any) -> HttpResponse:
    """Everybody whom the records propose, what the records can not tell, and whom the committee kept."""
    access: Access = request.access
    typed = request.GET.get("after", "")
    start = whole_number(typed) or 0
    seen = deemed.outlook(access, access.on, after=start)
    resting = deeming.resting(access.union, access.on)
    onward = f"?after={seen.next}" if seen.next else ""
    context = {
        "count": seen.count,
        "rule": RULE,
        "source": deeming.SOURCE,
        "notice": Notice("", INFO, "记录里看不出来的", seen.notes) if seen.notes else None,
        "table": Table(HEADS, [_row(one) for one in seen.proposals]) if seen.proposals else None,
        "pager": Pager("?" if start else "", onward, f"共{seen.count}人") if onward or start else None,
        "resting": _resting(resting) if resting else None,
    }
    return render(request, "shell/deemed.html", context)


def _row(one: Proposal) -> Row:
    dues, part = (next((t for t in one.traces if t.of.ground == ground), None) for ground in (DUES, TAKING_PART))
    return Row(
        (
            Cell(one.person.name, reverse("shell:deemed_one", args=[one.person.uid])),
            Cell(one.person.group.name if one.person.group else "—"),
            Cell(f"{dues.on:%Y-%m}" if dues else str(one.unpaid) if one.unpaid else "没有记录"),
            Cell(f"{part.on.isoformat()} {part.of.name}" if part else "没有记录"),
            Cell(one.since.isoformat()),
            Cell(badge=_stage(one)),
        )
    )


def _stage(one: Proposal) -> Badge:
    return Badge("已谈话，等决定", DUE) if one.lapse else Badge("还没有谈话", INFO)


def _barred(one: Proposal, today: date) -> str:
    """Why nothing can be begun: somebody paid or came on record within the six months."""
    if one.lapse or one.due <= today:
        return ""
    return f"记录里到{chinese_date(one.due)}才满六个月，现在不能提出。记录有误的，请先改正会费或参加的记录。"


def _resting(rows: list[Any]) -> Table:
    lines = [
        Row((Cell(row.person.name), Cell(row.decided_on.isoformat()), Cell(row.reason), Cell(row.again_on.isoformat())))
        for row in rows
    ]
    return Table((Head("姓名"), Head("决定日期"), Head("为什么不算"), Head("这天以前不再提出")), lines)


def _one(access: Access, uid: UUID) -> Proposal:
    found = deemed.proposal(access, uid, access.on) or deemed.by_hand(access, uid, access.on)
    if found is None:
        raise Http404("现在不能提出这个人：会员不满六个月、已经离会，或委员会刚认为不算")
    return found


@requires("shell.deem")
@require_http_methods(["GET", "HEAD", "POST"])
def deemed_one(request: Any, uid: UUID) -> HttpResponse:
    """The evidence about one person; POST notes the talk or writes down the decision."""
    access: Access = request.access
    one = _one(access, uid)
    doing = request.POST.get("do", "")
    problems: tuple[Violation, ...] = ()
    if request.method == "POST":
        try:
            if barred := _barred(one, access.on):
                raise Refused([Violation("early", barred, deeming.SOURCE)])
            said, back = _done(one, doing, request.POST.dict(), access)
        except Refused as refused:
            problems = refused.violations
        else:
            messages.success(request, said)
            return HttpResponseRedirect(back, status=303)
    values, barred = request.POST.dict(), _barred(one, access.on)
    paper = Action("提醒书（Word）", reverse("shell:deemed_paper", args=[uid]), "print")
    context = {
        "one": one,
        "person": one.person,
        "badges": [Badge("现在不能提出") if barred else _stage(one)],
        "notice": Notice("", INFO, "记录里看不出来的", one.notes) if one.notes and not barred else None,
        "barred": barred,
        "actions": [
            *(() if barred else (paper,)),
            Action("看会籍经过", reverse("members:timeline", args=[uid]), "clock"),
        ],
        "rule": RULE,
        "source": deeming.SOURCE,
        "steps": _steps(one),
        "evidence": _evidence(one, access),
        "problems": tuple(p for p in problems if not p.place.column),
        "talk": _fields(_talk(values if doing == "talk" else {}, access), problems if doing == "talk" else ()),
        "verdict": _fields(
            _verdict(values if doing == "decide" else {}, access, one), problems if doing == "decide" else ()
        ),
        "talked": _talked(one.lapse) if one.lapse else "",
        "open": doing == "talk",
    }
    return render(request, "shell/deemed_one.html", context, status=422 if problems else 200)


def _talked(lapse: Any) -> str:
    return f"{chinese_date(lapse.talked_on)}由{lapse.talked_by}谈话：{lapse.talk}"


def _steps(one: Proposal) -> tuple[Step, ...]:
    return (
        Step("由委员会提出" if one.notes else "记录里都没有", "done"),
        Step("核实、谈话", "done" if one.lapse else "now"),
        Step("委员会决定", "now" if one.lapse else "todo"),
    )


def _evidence(one: Proposal, access: Access) -> Table:
    lines = [_trace(trace, seen_url(access, trace.label, trace.uid)) for trace in one.traces]
    for ground, name in ((DUES, "会费"), (TAKING_PART, "活动、学习、填表")):
        if not any(trace.of.ground == ground for trace in one.traces):
            words = str(one.unpaid) if ground == DUES and one.unpaid else "没有记录"
            lines.insert(0, Row((Cell(name), Cell("—"), Cell(words), Cell(_KIND[ground]))))
    return Table(_EVIDENCE, lines)


def _trace(trace: Trace, url: str) -> Row:
    """Whoever may not open the record is told of its kind and day only."""
    words = "，".join(part for part in (trace.words, _amount(trace.fen)) if part) if url else ""
    day = f"{trace.on:%Y-%m}" if trace.of.ground == DUES else trace.on.isoformat()
    return Row((Cell(trace.of.name, url), Cell(day), Cell(words or "—"), Cell(_KIND[trace.of.ground])))


def _amount(fen: int | None) -> str:
    return f"{yuan(fen)}元" if fen else ""


def _talk(values: dict[str, str], access: Access) -> list[Field]:
    return [
        Field("on", "谈话日期", "date", values.get("on", access.on.isoformat()), required=True),
        Field("who", "谁谈的", value=values.get("who", access.name), required=True),
        Field("told", "谈的情况", "textarea", values.get("told", ""), required=True, rows=2,
              help="为什么没有交、没有参加；本人怎么说。不要写病情"),
    ]  # fmt: skip


def _verdict(values: dict[str, str], access: Access, one: Proposal) -> list[Field]:
    verdict = values.get("verdict", "keep")
    choices = [Choice("keep", "不算（有正当理由、记录不全、已经改正）", verdict != "deem")]
    if one.lapse:
        choices.append(Choice("deem", "按自动退会办理", verdict == "deem"))
    return [
        Field("verdict", "决定", "radios", choices=tuple(choices),
              help="" if one.lapse else "章程要求先教育：记下谈话以后，才能按自动退会办理"),
        Field("decided_on", "决定日期", "date", values.get("decided_on", access.on.isoformat()), required=True),
        Field("reason", "原因", value=values.get("reason", ""), required=True, hint="长期病假，已请小组长联系"),
        *([Field("meeting", "委员会会议", value=values.get("meeting", ""), hint="2026年第8次委员会会议",
                 help="按自动退会办理的要写")] if one.lapse else []),
    ]  # fmt: skip


def _fields(fields: list[Field], problems: tuple[Violation, ...]) -> tuple[Field, ...]:
    return tuple(
        replace(field, errors=tuple(message(one) for one in problems if one.place.column == field.name))
        for field in fields
    )


def _day(values: dict[str, str], name: str, today: date) -> date:
    try:
        return parse_date(values.get(name, "").strip(), today)
    except DateError as error:
        raise Refused([Violation(name, str(error), place=Place(column=name), mend="如 2026-11-20")]) from None


def _done(one: Proposal, doing: str, values: dict[str, str], access: Access) -> tuple[str, str]:
    """Note the talk or the decision; what to say, and where to go next."""
    person, today = one.person, access.on
    here = reverse("shell:deemed_one", args=[person.uid])
    if doing == "talk":
        on = _day(values, "on", today)
        deeming.talked(
            person, on=on, who=values.get("who", ""), told=values.get("told", ""), evidence=one.evidence, by=access,
            today=today,
        )  # fmt: skip
        return f"已记下和{person.name}的谈话，接着由委员会决定。", here
    meant = deeming.Verdict(
        values.get("verdict") == "deem", _day(values, "decided_on", today), values.get("reason", ""),
        values.get("meeting", ""),
    )  # fmt: skip
    try:
        row = deeming.decide(person, meant, evidence=one.evidence, by=access, today=today)
    except Refused as refused:
        raise Refused(_named(refused.violations)) from None
    if meant.deemed:
        return f"{person.name}从{meant.on.isoformat()}起不再是会员。请收回会员证。", reverse(
            "members:timeline", args=[person.uid]
        )
    until = f"，{row.again_on.isoformat()}以前不再提出" if row.again_on else ""
    return f"已记下：{person.name}不算自动退会{until}。", reverse("shell:deemed")


def _named(problems: tuple[Violation, ...]) -> list[Violation]:
    """The rules speak of the day as `on`; this form calls it otherwise, because the talk has a day too."""
    return [replace(one, place=Place(column="decided_on")) if one.place.column == "on" else one for one in problems]


@requires("shell.deem")
@require_safe
def deemed_paper(request: Any, uid: UUID) -> HttpResponse:
    """The paper to hand over at the talk."""
    access: Access = request.access
    one = _one(access, uid)
    union = Union.objects.get(pk=access.union).name
    evidence = one.lapse.evidence if one.lapse and one.lapse.evidence else one.evidence
    document = deeming.paper(one.person, evidence=evidence, union=union, on=access.on, created_at=timezone.localtime())
    return downloads.attachment(docx(document), f"{document.title}（{one.person.name}）.docx", downloads.DOCX)
