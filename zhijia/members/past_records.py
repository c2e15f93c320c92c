"""Saving what was true before: earlier memberships and places, as whole ledgers or one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from typing import Any

from zhijia.core import records
from zhijia.core.frame import Frame
from zhijia.core.lookup import Lookup
from zhijia.core.outcomes import Violation
from zhijia.core.records import Records
from zhijia.core.row_checks import period_problems
from zhijia.members import rules
from zhijia.members.models import EarlierMembership, Placement

_SOURCE = "会籍管理办法"


def _spans(frame: Frame, lookup: Lookup, label: str, names: tuple[str, str, str]) -> dict[int, list[rules.Span]]:
    """Each person's spans: those of the frame (with their row) and stored ones that the frame does not change.

    `names` are the fields of the first day and the end, and the one that with the person tells rows apart; a row whose
    编号 the frame names is changed by it.
    """
    first, end, same = names
    found: dict[int, list[rules.Span]] = {}
    given = set(zip(frame.get("person"), frame.get(same), strict=True))
    named = {uid for uid in frame.get("uid") if uid is not None}
    for index, (person, start, stop) in enumerate(frame.zip("person", first, end)):
        if person is not None and stop is not None:
            found.setdefault(person, []).append(rules.Span(start or date.min, stop, index))
    for person, start, stop, own, uid in stored(lookup, label, list(found), names):
        if person in found and (person, own) not in given and uid not in named and stop is not None:
            found[person].append(rules.Span(start or date.min, stop, None))
    return found


def stored(lookup: Lookup, label: str, persons: list[int], names: tuple[str, ...]) -> Iterator[tuple[Any, ...]]:
    """The person, the named fields and the 编号 of rows on record; a form asks only for those of its persons."""
    if lookup.few:
        for person in persons:
            rows = lookup.every(label, "person", *names, "uid", where={"person": person})
            yield from (row[1:] for row in rows)
    else:
        yield from (row[1:] for row in lookup.every(label, "person", *names, "uid"))


def states(lookup: Lookup, persons: Sequence[int | None], days: Sequence[date | None]) -> list[str]:
    """Where each person's membership stood on the day beside it, today's membership and those of before together.

    Rows without a person or a day are told as never a member; the answers are those of `rules.Dates.state`.
    """
    names = ("admitted_on", "retained_on", "left_on")
    columns = (lookup.follow(persons, "members.Person", name) for name in names)
    now = [rules.Dates(*dates) for dates in zip(*columns, strict=True)]
    found = [rules.NEVER if day is None else one.state_on(day) for one, day in zip(now, days, strict=True)]
    doubtful = sorted({who for who, state in zip(persons, found, strict=True) if who and state == rules.NEVER})
    before: dict[int, list[rules.Dates]] = {}
    for who, *dates, _uid in stored(lookup, "members.EarlierMembership", doubtful, names) if doubtful else ():
        before.setdefault(who, []).append(rules.Dates(*dates))
    for index, (who, day) in enumerate(zip(persons, days, strict=True)):
        if who is None or day is None or found[index] != rules.NEVER or who not in before:
            continue
        of_then = [one.state_on(day) for one in before[who]]
        found[index] = next((state for state in of_then if state in (rules.MEMBER, rules.RETAINED)), rules.GONE)
    return found


def _overlaps(frame: Frame, spans: dict[int, list[rules.Span]], message: str, field: str) -> Iterator[Violation]:
    for own in spans.values():
        for span in rules.overlapping(own):
            if span.row is not None:
                place = frame.place(span.row, field)
                yield Violation("overlap", message, _SOURCE, place, mend="请核对这个人的各段日期")


def _membership_problems(frame: Frame, lookup: Lookup) -> Iterable[Violation]:
    yield from period_problems(frame, "admitted_on", "left_on", label="离会日期早于入会日期")
    now = lookup.follow(frame.get("person"), "members.Person", "admitted_on")
    rows = zip(now, frame.get("admitted_on"), frame.get("retained_on"), frame.get("left_on"), strict=True)
    for index, (current, admitted_on, retained_on, left_on) in enumerate(rows):
        if retained_on and admitted_on and left_on and not admitted_on <= retained_on <= left_on:
            place = frame.place(index, "retained_on")
            yield Violation("retained_on", "保留会籍日期不在这段会籍之内", _SOURCE, place, mend="请核对日期")
        if left_on is None:
            continue
        place = frame.place(index, "left_on")
        if current is None:
            message = "会员表里没有这个人现在的会籍，这一段就不是以前的"
            yield Violation("current", message, _SOURCE, place, mend="把这一段写在会员表里")
        elif left_on > current:
            message = "以前的会籍要在现在这段会籍开始之前（或当天）结束"
            yield Violation("current", message, _SOURCE, place, str(left_on), "请核对会员表里的入会日期")
    spans = _spans(frame, lookup, "members.EarlierMembership", ("admitted_on", "left_on", "admitted_on"))
    yield from _overlaps(frame, spans, "与这个人的另一段会籍重叠", "admitted_on")


def _placement_problems(frame: Frame, lookup: Lookup) -> Iterable[Violation]:
    yield from period_problems(frame)
    for index, end in enumerate(frame.get("end")):
        if end and end > lookup.today:
            place = frame.place(index, "end")
            yield Violation("ahead", "以前的岗位还没有结束", place=place, mend="现在的岗位写在会员表里")
    spans = _spans(frame, lookup, "members.Placement", ("first", "end", "end"))
    known = {person: [span for span in own if span.first != date.min] for person, own in spans.items()}
    yield from _overlaps(frame, known, "与这个人的另一段岗位重叠", "first")


EARLIER = Records(EarlierMembership, key=("person", "admitted_on"), check=_membership_problems)
PLACEMENTS = Records(Placement, key=("person", "end"), check=_placement_problems)

save_earlier = partial(records.save, EARLIER)
save_placements = partial(records.save, PLACEMENTS)
