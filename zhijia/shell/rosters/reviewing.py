"""The comparison of a list as it is kept: worked out once, shown a page at a time, decided about, applied."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from zhijia.core.access import Access
from zhijia.core.outcomes import REFUSE, Refused, Violation
from zhijia.core.sheets import reading
from zhijia.core.sheets.importing import without_collector
from zhijia.features import FEATURES
from zhijia.shell import mappings
from zhijia.shell.rosters import keeping
from zhijia.shell.rosters.keeping import Roster

SYNC = next(feature.roster for feature in FEATURES if feature.roster is not None)
WORDS = SYNC.words
PURPOSE = "roster:"
AT_ONCE = 300_000  # bytes: a larger file is worked out by the worker, with progress
CHUNK = 200  # lines in one sealed piece
NOTED = 100


def gone() -> Violation:
    """The list is not there any more."""
    message = f"上传的名册已经不在了（保存后或满{keeping.KEEP_DAYS}天就会删除）"
    return Violation("roster.gone", message, mend="请再上传一次")


@without_collector()
def make(roster: Roster, *, today: date, progress: Any) -> None:
    """Read the list, compare it with the register and keep both; refused where the file can not be read."""
    progress("读名册", 0, 2)
    with roster.source() as file:
        found = reading.read(file, [SYNC.sheet], mapping=roster.mapping)
        if found.problems:
            raise Refused(found.problems)
        if roster.chosen and roster.mapping:
            mappings.remember(roster.union, file, roster.mapping, PURPOSE)
    rows, problems = SYNC.read(found.tables, today)
    if not rows:
        raise Refused([Violation("roster.empty", "名册里没有人", mend="请检查“姓名”对的是不是姓名那一列")])
    every = [*found.notes, *reading.unread(found.tables), *problems]
    told = [problem for problem in every if problem.code not in {"sheet.guessed", "required"}]
    roster.notes = [_noted(problem) for problem in told[:NOTED]]
    if len(told) > NOTED:
        roster.notes.append(f"另有{len(told) - NOTED}处")
    roster.put("rows", rows)
    roster.rows = len(rows)
    compare(roster, rows, today=today, progress=progress)


def _noted(problem: Violation) -> str:
    place = str(problem.place)
    rest = "，这一格没有用" if problem.level == REFUSE else ""
    return f"{place}{'：' if place else ''}{problem.message}{rest}"


def compare(roster: Roster, rows: list[Any], *, today: date, progress: Any) -> None:
    """Compare the rows with the register and keep the lines; what was decided about lines that stand stays."""
    progress("与会员台账比较", 1, 2)
    roster.stamp = dict(SYNC.stamp(roster.union))
    found = SYNC.compare(rows, union=roster.union, today=today)
    for kind in WORDS.KINDS:
        lines = [line for line in found.lines if line.kind == kind]
        roster.counts[kind] = len(lines)
        for place in range(0, len(lines), CHUNK):
            roster.put(_piece(kind, place // CHUNK), lines[place : place + CHUNK])
    keys = {line.key for line in found.lines} | set(WORDS.KINDS)
    roster.decisions = {key: said for key, said in roster.decisions.items() if key in keys}
    roster.equal, roster.waiting, roster.compared_on = found.equal, found.waiting, today.isoformat()
    roster.digest = WORDS.digest(found.lines)
    roster.save()


def _piece(kind: str, number: int) -> str:
    return f"lines-{kind}-{number}"


def rows_of(roster: Roster) -> list[Any]:
    """The rows of the list."""
    return [WORDS.Row(*row) for row in roster.get("rows")]


def lines_of(roster: Roster, kind: str, first: int = 0) -> Iterator[Any]:
    """The lines of a kind from the `first` one on."""
    for number in range(first // CHUNK, -(-roster.counts.get(kind, 0) // CHUNK)):
        for place, line in enumerate(roster.get(_piece(kind, number)), number * CHUNK):
            if place >= first:
                yield WORDS.Line(*line)


def every_line(roster: Roster) -> Iterator[Any]:
    """All lines."""
    for kind in WORDS.KINDS:
        yield from lines_of(roster, kind)


def decisions(roster: Roster) -> dict[str, Any]:
    """What was decided, as the room takes it."""
    return {
        key: WORDS.Decision(action, date.fromisoformat(on) if on else None, note)
        for key, (action, on, note) in roster.decisions.items()
    }


@dataclass(slots=True)
class Total:
    """What applying would do: lines by (kind, action), how many can not be done so, and the marks of those done."""

    counts: Counter[tuple[str, str]]
    wrong: int
    seen: dict[str, str]


def total(roster: Roster, today: date) -> Total:
    """Every line as decided."""
    said = decisions(roster)
    found = Total(Counter(), 0, {})
    for line in every_line(roster):
        decision = WORDS.decided(line, said)
        found.counts[line.kind, decision.action] += 1
        if decision.action != WORDS.SKIP:
            found.seen[line.key] = WORDS.mark(line)
            found.wrong += bool(WORDS.problem(line, decision, today))
    return found


# ---------------------------------------------------------------- long work


def work(arguments: Mapping[str, Any], *, by: Access, today: date, progress: Any) -> dict[str, Any]:
    """The job: compare a list."""
    roster = _there(arguments, by)
    make(roster, today=today, progress=progress)
    return {}


@without_collector()
def work_apply(arguments: Mapping[str, Any], *, by: Access, today: date, progress: Any) -> dict[str, Any]:
    """The job: do what was decided, or refuse as a whole; the list goes when it is done.

    Where the register moved since the review, the comparison is made anew and the lines concerned are marked in it.
    """
    roster = _there(arguments, by)
    if not by.may(f"{SYNC.sheet.room}.edit"):
        raise Refused([Violation("forbidden", "您没有修改会员台账的权限", mend="请管会员台账的人来保存")])
    rows = rows_of(roster)
    try:
        batch = SYNC.apply(
            rows, decisions(roster), seen=lambda: total(roster, today).seen, digest=roster.digest,
            source=f"人事名册：{roster.name}", union=roster.union, by=by, today=today, progress=progress,
        )  # fmt: skip
    except Refused as refused:
        moved = getattr(refused, "lines", None)
        if moved is not None:
            compare(roster, rows, today=today, progress=progress)
            roster.moved = list(moved)
            roster.save()
        raise
    keeping.discard(roster)
    return {"batch": batch.pk}


def _there(arguments: Mapping[str, Any], by: Access) -> Roster:
    roster = keeping.find(arguments["roster"], by)
    if roster is None:
        raise Refused([gone()])
    return roster
