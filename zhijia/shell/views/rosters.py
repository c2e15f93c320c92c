"""The personnel office's list: send it, match its columns, review what differs, save it in one go."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from zhijia.core import batches
from zhijia.core.dates import DateError, parse_date
from zhijia.core.guards import requires
from zhijia.core.outcomes import Refused, Violation
from zhijia.core.pages.parts import Choice, Field
from zhijia.core.sheets.importing import silent
from zhijia.core.sheets.source import FILE_LIMIT
from zhijia.shell import mappings
from zhijia.shell.ledgers import matching, uploads
from zhijia.shell.rosters import keeping, reviewing, showing
from zhijia.shell.rosters.keeping import Roster
from zhijia.shell.rosters.reviewing import SYNC, WORDS
from zhijia.shell.work import jobs


def _begin_again(request: Any) -> HttpResponse:
    messages.info(request, reviewing.gone().message)
    return redirect("shell:rosters")


@requires("shell.roster")
@require_http_methods(["GET", "HEAD", "POST"])
def rosters(request: Any) -> HttpResponse:
    """The beginning: send a list, or go on with one. A list that can not be read is refused at once."""
    problems: tuple[Violation, ...] = ()
    if request.method == "POST":
        try:
            return _sent(request)
        except Refused as refused:
            problems = refused.violations
    context = {
        "steps": showing.steps(0),
        "problems": problems,
        "field": Field(
            "file", "人事名册", "file", accept=",".join(uploads.SUFFIXES), required=True,
            help=f"xlsx、xls、ods 或 csv，不超过{FILE_LIMIT // 1024**2}MB。表头不用改，这一步不会保存任何记录。",
        ),
        "mine": keeping.mine(request.access),
        "keep_days": keeping.KEEP_DAYS,
        "undo_days": batches.KEEP.days,
        "columns": [column.header for column in SYNC.sheet.columns],
    }  # fmt: skip
    return render(request, "shell/rosters.html", context, status=422 if problems else 200)


def _sent(request: Any) -> HttpResponse:
    sent = request.FILES.get("file")
    if sent is None:
        raise Refused([Violation("file.none", "还没有选文件", mend="请先选择人事名册")])
    roster = keeping.keep(sent.name, sent.chunks(), by=request.access)
    try:
        with roster.source() as file:
            tops = matching.tops(file)
            roster.mapping = mappings.remembered(roster.union, file, reviewing.PURPOSE)
        if not tops:
            raise Refused([Violation("file.blank", "文件里没有填数据的工作表", mend="请检查是不是选错了文件")])
        roster.put("tops", tops)
        roster.save()
    except Refused:
        keeping.discard(roster)
        raise
    if roster.mapping is not None:
        messages.info(request, "表头与上次的名册相同，已按上次的列对应读取；要改请点“改列对应”。")
    elif not matching.certain(matching.read_tops(tops, None, roster.name, (SYNC.sheet,))):
        return redirect("shell:roster_columns", uid=roster.uid)
    return redirect("shell:roster", uid=roster.uid)


@requires("shell.roster")
@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: Any, uid: UUID) -> HttpResponse:
    """Which of our columns the list's are. `do=look` shows other guesses, `do=keep` goes on."""
    roster = keeping.find(uid, request.access)
    if roster is None:
        return _begin_again(request)
    ours = (SYNC.sheet,)
    tops = roster.get("tops")
    found, wanting = matching.read_tops(tops, roster.mapping or _guess(tops), roster.name, ours), []
    if request.method == "POST":
        mapping = matching.chosen(found, request.POST, ours)
        found = matching.read_tops(tops, mapping, roster.name, ours)
        if request.POST.get("do") == "keep":
            wanting = matching.problems(found)
            if not wanting and any(sheet.ours == SYNC.sheet.name for sheet in found):
                roster.mapping, roster.chosen, roster.compared_on = mapping, True, ""
                roster.save()
                return redirect("shell:roster", uid=roster.uid)
    told = [f"“{found[place].title}”还缺“{header}”：选一列" for place, header in wanting]
    if request.POST.get("do") == "keep" and not told:
        told = ["还没有说哪张表是人事名册"]
    context = {
        "steps": showing.steps(1),
        "roster": roster,
        "sheets": [_asked(place, sheet) for place, sheet in enumerate(found)],
        "wanting": told,
    }
    return render(request, "shell/roster_columns.html", context, status=422 if told else 200)


def _guess(tops: list[dict[str, Any]]) -> dict[str, Any] | None:
    """Where no sheet says by itself that it is the list, the longest is taken for it; its columns are guessed."""
    if any(sheet.ours == SYNC.sheet.name for sheet in matching.read_tops(tops, None, "", (SYNC.sheet,))):
        return None
    longest = max(tops, key=lambda top: int(top["rows"]))["title"]
    sheets = {top["title"]: {"sheet": SYNC.sheet.name} if top["title"] == longest else None for top in tops}
    return {"sheets": sheets}


def _asked(place: int, sheet: matching.FileSheet) -> dict[str, Any]:
    left = sheet.ours == matching.LEAVE
    headers = [column.header for column in SYNC.sheet.columns]
    return {
        "place": place,
        "sheet": sheet,
        "left": left,
        "which": Field(f"s{place}", f"“{sheet.title}”是人事名册吗", "select", choices=(
            Choice(SYNC.sheet.name, "是人事名册", not left), Choice(matching.LEAVE, "不是，不读", left),
        )),
        "columns": [
            {
                "column": column,
                "name": f"s{place}c{index}",
                "choices": [Choice(matching.LEAVE, "不读", column.ours == matching.LEAVE)]
                + [Choice(one, one, one == column.ours) for one in headers],
            }
            for index, column in enumerate(sheet.columns)
        ],
    }  # fmt: skip


@requires("shell.roster")
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: Any, uid: UUID) -> HttpResponse:
    """What differs; a post keeps what is wanted of the lines of the page, or of all of the kind."""
    access = request.access
    roster = keeping.find(uid, access)
    if roster is None:
        return _begin_again(request)
    if not roster.compared_on:
        try:
            job = _compared(request, roster)
        except Refused as refused:
            return _unreadable(request, roster, refused)
        if job is not None:
            return job
    values = request.POST if request.method == "POST" else request.GET
    asked = showing.Asked(request.path, values.dict(), roster, access.on)
    if request.method == "POST":
        said = _whole(request, roster, asked) if request.POST.get("do") == "whole" else _each(request, roster, asked)
        roster.save()
        messages.info(request, said)
        return HttpResponseRedirect(asked.url(page=asked.page if asked.page > 1 else ""), status=303)
    return render(request, "shell/roster_review.html", showing.context(roster, asked))


def _compared(request: Any, roster: Roster) -> HttpResponse | None:
    """Compare at once where the list is small, else as long work."""
    if roster.size <= reviewing.AT_ONCE:
        reviewing.make(roster, today=request.access.on, progress=silent)
        return None
    job = jobs.start("roster", f"核对《{roster.name}》", {"roster": roster.uid}, by=request.access)
    return redirect("shell:job", uid=job.uid)


def _unreadable(request: Any, roster: Roster, refused: Refused) -> HttpResponse:
    """The columns again, with what is wrong: the file itself is readable, or it would not have been kept."""
    for violation in refused.violations:
        messages.error(request, str(violation))
    return redirect("shell:roster_columns", uid=roster.uid)


def _day(text: str, today: date) -> str:
    try:
        return parse_date(text, today).isoformat() if text else ""
    except DateError:
        return ""


def _whole(request: Any, roster: Roster, asked: showing.Asked) -> str:
    """One answer for all lines of the kind; lines that were answered one by one keep their own."""
    action = request.POST.get("action", "")
    label = WORDS.KINDS[asked.kind]
    if action not in WORDS.ACTIONS[asked.kind]:
        roster.decisions.pop(asked.kind, None)
        return f"“{label}”按每行的建议办。"
    note = request.POST.get("note", "").strip()[:100]
    roster.decisions[asked.kind] = [action, _day(request.POST.get("on", "").strip(), request.access.on), note]
    return f"“{label}”全部：{WORDS.ACTIONS[asked.kind][action]}。单独改过的行不变。"


def _each(request: Any, roster: Roster, asked: showing.Asked) -> str:
    """What was answered otherwise than it stood, line by line."""
    changed = 0
    for line in asked.lines:
        place = next((n for n in range(showing.PAGE) if request.POST.get(f"k-{n}") == line.key), None)
        if place is None:
            continue
        now = WORDS.decided(line, asked.said)
        action = request.POST.get(f"a-{place}", now.action)
        on = (
            _day(request.POST.get(f"d-{place}", "").strip(), request.access.on) or (now.on and now.on.isoformat()) or ""
        )
        note = request.POST.get(f"n-{place}", now.note).strip()[:100]
        if action in line.actions and (action, on, note) != (now.action, now.on and now.on.isoformat(), now.note):
            roster.decisions[line.key] = [action, on, note]
            changed += 1
        if line.key in roster.moved:
            roster.moved.remove(line.key)
    return f"改了{changed}行，还没有保存到台账。" if changed else "没有改动。"


@requires("shell.roster")
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: Any, uid: UUID) -> HttpResponse:
    """The one confirmation: how many of what; then it is done as long work."""
    access = request.access
    roster = keeping.find(uid, access)
    if roster is None:
        return _begin_again(request)
    if not roster.compared_on:
        return redirect("shell:roster", uid=roster.uid)
    total = reviewing.total(roster, access.on)
    back = reverse("shell:roster", args=[roster.uid])
    doing = len(total.seen)
    if request.method == "POST" and doing and not total.wrong:
        job = jobs.start("roster_apply", f"按《{roster.name}》更新台账", {"roster": roster.uid}, by=access)
        return HttpResponseRedirect(reverse("shell:job", args=[job.uid]), status=303)
    problems = []
    if total.wrong:
        problems.append(Violation("wrong", f"有{total.wrong}行还不能这样办", mend="返回核对，选“还不能办的”看是哪几行"))
    if not doing:
        problems.append(Violation("nothing", "没有选要办的行", mend="返回核对，选好每一行怎么办"))
    lines = [
        f"{WORDS.KINDS[kind]}：{WORDS.ACTIONS[kind][action]}，{total.counts[kind, action]}人"
        for kind in WORDS.KINDS
        for action in WORDS.ACTIONS[kind]
        if total.counts[kind, action]
    ]
    context = {
        "steps": showing.steps(3),
        "problems": problems,
        "title": f"按《{roster.name}》更新会员台账",
        "text": f"一次办完{doing}行：要么全办，要么都不办。办完{batches.KEEP.days}天内可以整批撤销；名册文件随即删除。",
        "lines": lines,
        "action": request.path,
        "back": back,
    }
    return render(request, "shell/roster_confirm.html", context, status=422 if request.method == "POST" else 200)


@requires("shell.roster")
@require_POST
def discard(request: Any, uid: UUID) -> HttpResponse:
    """Give up: the list goes, nothing was saved."""
    roster = keeping.find(uid, request.access)
    if roster is not None:
        keeping.discard(roster)
        messages.info(request, "没有保存，上传的名册已经删除。")
    return HttpResponseRedirect(reverse("shell:rosters"))
