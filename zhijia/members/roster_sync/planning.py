"""What the decisions about the lines come to: which rows are written, as sets. Pure; `applying` writes them.

The rules are those of a single change (`members.rules`, `members.standing`): a membership gets its new date, a place
held until the day stays on record, and each change has its line in the log.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from zhijia.members import rules
from zhijia.members.roster_sync import lines as parts
from zhijia.members.roster_sync.comparing import had_a_seat
from zhijia.members.roster_sync.lines import Decision, Known, Line, Row

REASON = "人事名册核对"


@dataclass(slots=True)
class Outcome:
    """The rows to write, each a mapping of fields. `updates` are by person; a newcomer's `person` is a pk or None, and
    `made` says for which newcomers a person is entered too, as its place in `persons`.
    """

    updates: dict[int, dict[str, Any]] = field(default_factory=dict)
    placements: list[dict[str, Any]] = field(default_factory=list)
    changes: list[dict[str, Any]] = field(default_factory=list)
    newcomers: list[dict[str, Any]] = field(default_factory=list)
    persons: list[dict[str, Any]] = field(default_factory=list)
    made: dict[int, int] = field(default_factory=dict)
    problems: list[tuple[Line, str]] = field(default_factory=list)
    done: int = 0

    def __bool__(self) -> bool:
        return bool(self.updates or self.newcomers)


def plan(
    done: Sequence[tuple[Line, Decision]],
    *,
    rows: Sequence[Row],
    register: Sequence[Known],
    today: date,
) -> Outcome:
    """What has to be written where these lines are done as decided; what can not be done is among the problems."""
    outcome = Outcome()
    known = {one.pk: one for one in register}
    for line, decision in done:
        wrong = parts.problem(line, decision, today)
        if not wrong and line.kind == parts.LEFT:
            wrong = _not_allowed(known[line.person], decision, today)
        if wrong:
            outcome.problems.append((line, wrong))
            continue
        outcome.done += 1
        row = rows[line.at] if line.at >= 0 else None
        _do(outcome, line, decision, row, known.get(line.person))
    return outcome


def _not_allowed(one: Known, decision: Decision, today: date) -> str:
    assert decision.on is not None
    problem = rules.move_problem(decision.action, one.dates, decision.on, today)
    return problem[1] if problem else ""


def _do(outcome: Outcome, line: Line, decision: Decision, row: Row | None, one: Known | None) -> None:
    on = decision.on
    assert on is not None
    if decision.action in (parts.NEWCOMER, parts.OTHER, parts.PERSON):
        assert row is not None
        _arrive(outcome, row, on, one if line.kind == parts.JOINED else None, enter=decision.action == parts.PERSON)
    elif line.kind == parts.LEFT:
        assert one is not None
        _leave(outcome, one, decision, on)
    else:
        assert row is not None
        assert one is not None
        _change(outcome, line, row, one, on)


def _arrive(outcome: Outcome, row: Row, on: date, one: Known | None, *, enter: bool) -> None:
    if enter:
        outcome.made[len(outcome.newcomers)] = len(outcome.persons)
        told = {name: getattr(row, name) for name in Row._fields if name != "number"}
        outcome.persons.append({**told, "hired_on": row.hired_on or on})
    outcome.newcomers.append({
        "name": row.name, "staff_no": row.staff_no, "department": row.department, "arrived_on": on,
        "person": one.pk if one else None,
    })  # fmt: skip


def _leave(outcome: Outcome, one: Known, decision: Decision, on: date) -> None:
    move = decision.action
    after, _before = rules.moved(move, one.dates, on)
    outcome.updates.setdefault(one.pk, {}).update(
        retained_on=after.retained_on, left_on=after.left_on, leaving=rules.MOVES[move].leaving
    )
    note = decision.note.strip()[:100]
    _log(
        outcome, one.pk, move, on,
        other_union=note if move == parts.TRANSFER_OUT else "", meeting=note if move == parts.WITHDRAW else "",
    )  # fmt: skip


def _change(outcome: Outcome, line: Line, row: Row, one: Known, on: date) -> None:
    fields = outcome.updates.setdefault(one.pk, {})
    for name, (_before, after) in line.changes.items():
        if name in parts.SECRETS:
            index = parts.SECRETS[name]
            fields |= {name: getattr(row, name), index: getattr(row, index)}
        else:
            fields[name] = after
    if "name" in fields:
        fields["pinyin"] = row.pinyin
    if had_a_seat(line.changes):
        outcome.placements.append({
            "person": one.pk, "group": one.group, "department": one.department, "job": one.job, "first": one.since,
            "end": on, "reason": REASON,
        })  # fmt: skip
        _log(outcome, one.pk, parts.MOVE, on)


def _log(outcome: Outcome, person: int, kind: str, on: date, *, other_union: str = "", meeting: str = "") -> None:
    outcome.changes.append({
        "person": person, "kind": kind, "on": on, "other_union": other_union, "meeting": meeting, "reason": REASON,
    })  # fmt: skip
