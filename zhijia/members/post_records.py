"""Saving posts as whole ledgers: holders are members, deputies have an end, nobody holds what the rules keep apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from django.conf import settings

from zhijia.core import records
from zhijia.core.access import Access
from zhijia.core.frame import Frame
from zhijia.core.lookup import Lookup
from zhijia.core.outcomes import REFUSE, WARN, Violation
from zhijia.core.records import Records
from zhijia.core.row_checks import period_problems
from zhijia.members import appointing, past_records, post_rules, rules
from zhijia.members.models import Post

LEADERS = {Post.Office.GROUP_LEADER}
_NAMES = ("person", "office", "first", "end", "group", "uid")


def _problems(frame: Frame, lookup: Lookup, level: str = WARN, lasting: str = WARN) -> Iterable[Violation]:
    yield from period_problems(frame, label="离任日期早于任职日期")
    yield from _open_ended(frame)
    yield from _too_long(frame, lookup.today)
    yield from _together(frame, lookup, level, lasting)
    yield from appointing.frame_problems(frame, lookup.union, lookup.today)
    for index, (office, group) in enumerate(frame.zip("office", "group")):
        if office in LEADERS and group is None:
            yield Violation("group", "小组长要写明是哪个小组", place=frame.place(index, "group"), mend="填写工会小组")
    yield from _no_members(frame, lookup)


def _no_members(frame: Frame, lookup: Lookup) -> Iterable[Violation]:
    """Posts taken up by who was no member on the day, neither in the membership of today nor in one of before."""
    states = past_records.states(lookup, frame.get("person"), frame.get("first"))
    for index, (office, first) in enumerate(frame.zip("office", "first")):
        if office in post_rules.FREE or first is None or states[index] in (rules.MEMBER, rules.RETAINED):
            continue
        message, mend = "任职时还不是（或已不是）会员", "请核对会员表、以前会籍表里的入会、离会日期"
        yield Violation("not_member", message, "中国工会章程", frame.place(index, "person"), mend=mend)


def _open_ended(frame: Frame) -> Iterable[Violation]:
    """Deputies and visitors have an end from the beginning."""
    for index, (office, acting, end) in enumerate(frame.zip("office", "acting", "end")):
        if end is None and (acting or office == Post.Office.VISITOR):
            who = "代理" if acting else "来访查阅"
            place = frame.place(index, "end")
            yield Violation("end", f"{who}要写到哪天为止", place=place, mend="填写离任日期（最后一天）")


def _too_long(frame: Frame, today: date) -> Iterable[Violation]:
    """Nobody visits for longer than a visit may be, whichever way it is entered; what is over is told as it was."""
    for index, (office, first, end) in enumerate(frame.zip("office", "first", "end")):
        if office != Post.Office.VISITOR or first is None or end is None or end <= max(first, today):
            continue
        problem = post_rules.visit_problem(first, post_rules.last_day(end), today, most=settings.VISIT_DAYS)
        if problem:
            _field, message, mend = problem
            yield Violation("visit", f"来访查阅{message}", place=frame.place(index, "end"), mend=mend)


def _together(frame: Frame, lookup: Lookup, level: str, lasting: str) -> Iterable[Violation]:
    """Posts that one person may not hold at one time, those on record included; `lasting` for what goes on today."""
    rows = list(frame.zip(*_NAMES))
    persons = {person for person, office, *_rest in rows if person is not None and office in post_rules.WATCHED}
    mine: dict[int, list[tuple[Any, ...]]] = {person: [] for person in persons}
    uids = {row[5] for row in rows} - {None}
    keys = {(row[0], row[1], row[2], row[4]) for row in rows}
    there = set()  # held so already: putting its other columns right takes up nothing
    for _token, *stored in _on_record(lookup, persons):
        if stored[5] in uids and _lasts(tuple(stored), lookup.today):
            there.add((stored[5], stored[0], stored[1]))
        # A row that the frame writes again counts as the frame has it.
        if stored[0] in mine and stored[5] not in uids and (*stored[:3], stored[4]) not in keys:
            mine[stored[0]].append(tuple(stored))
    for row in rows:
        mine.get(row[0], []).append(row)
    for index, row in enumerate(rows):
        beside = mine.get(row[0], [])
        now = [one for one in beside if _lasts(one, lookup.today)] if _lasts(row, lookup.today) else []
        held = set(_new_conflicts(row, now))
        for conflict in _new_conflicts(row, beside):
            mend = "请核对任职和离任日期；以前确实兼任过的，照实补录，检查清单会列出"
            place = frame.place(index, "office")
            new = conflict in held and (row[5], row[0], row[1]) not in there
            hard = lasting if new else level
            yield Violation("together", conflict.message, conflict.source, place, mend=mend, level=hard)


def _lasts(row: tuple[Any, ...], today: date) -> bool:
    """Whether the post is held today or to come."""
    return row[3] is None or row[3] > today


def _new_conflicts(row: tuple[Any, ...], mine: list[tuple[Any, ...]]) -> list[post_rules.Conflict]:
    """What the row adds to what already stands against the posts that its holder holds beside it."""
    _person, office, first, end, *_rest = row
    if first is None:
        return []
    beside = {
        other[1]
        for other in mine
        if other is not row and other[2] and (end is None or other[2] < end) and (other[3] is None or other[3] > first)
    }
    before = post_rules.conflicts(beside)
    return [one for one in post_rules.conflicts(beside | {office}) if one not in before]


def _on_record(lookup: Lookup, persons: set[int]) -> list[tuple[Any, ...]]:
    """The posts on record; a form asks only for those of its persons."""
    if not persons or not lookup.few:
        return lookup.every("members.Post", *_NAMES) if persons else []
    return [row for person in persons for row in lookup.every("members.Post", *_NAMES, where={"person": person})]


POSTS = Records(Post, key=("person", "office", "group", "first"), check=_problems)
# What is done now is refused where the rules forbid it; what was so long ago is recorded, and `check` lists it.
_LIVED = replace(POSTS, check=partial(_problems, level=REFUSE, lasting=REFUSE))
# A form of the ledger records both: what was over long ago, and what holds from now on.
TYPED = replace(POSTS, check=partial(_problems, lasting=REFUSE))


def save_posts(
    rows: Sequence[Mapping[str, Any]],
    *,
    union: int,
    by: Access,
    today: date,
    origin: str = "lived",
    noted: list[Violation] | None = None,
) -> list[int]:
    """Save posts as `records.save` does; lived ones only where their holders may hold them together."""
    kept = _LIVED if origin == "lived" else POSTS
    return records.save(kept, rows, union=union, by=by, today=today, origin=origin, noted=noted)
