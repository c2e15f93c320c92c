"""Which values stay when two rows of one person become one, and what becomes of two memberships. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from zhijia.members.rules import Dates, Span, overlapping

KEPT, OTHER = "kept", "other"
# What is chosen as one: its name in the form, what it is called, and the columns that go with it.
CHOICES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "name": ("姓名", ("name", "pinyin")),
    "sex": ("性别", ("sex",)),
    "birth_on": ("出生日期", ("birth_on",)),
    "id_number": ("身份证号", ("id_number", "id_index", "id_tail")),
    "phone": ("手机", ("phone", "phone_index", "phone_tail")),
    "staff_no": ("工号", ("staff_no",)),
    "ethnicity": ("民族", ("ethnicity",)),
    "politics": ("政治面貌", ("politics",)),
    "education": ("学历", ("education",)),
    "department": ("处室", ("department",)),
    "job": ("职务", ("job",)),
    "leader": ("处级以上领导", ("leader",)),
    "group": ("工会小组", ("group",)),
    "hired_on": ("到单位日期", ("hired_on",)),
    "applied_on": ("申请入会日期", ("applied_on",)),
    "standing": ("会籍", ("admitted_on", "retained_on", "left_on", "leaving")),
    "user": ("登录", ("user",)),
}


class Membership(NamedTuple):
    """The membership that a row holds."""

    dates: Dates
    leaving: str = ""


def proposed(kept: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, str]:
    """For each choice in which the rows differ the one that is proposed: what is known, else what the kept row says.

    The values are those that tell the choice (for secrets whatever tells them apart, for a standing its dates).
    """
    found = {}
    for name in CHOICES:
        mine, theirs = kept.get(name), other.get(name)
        if mine != theirs:
            found[name] = OTHER if (blank(mine) or mine is False) and not blank(theirs) else KEPT
    return found


def blank(value: Any) -> bool:
    """Whether nothing is known."""
    return value in (None, "") or (isinstance(value, tuple) and not any(value))


def later_first(kept: Dates, other: Dates) -> str:
    """The choice that two memberships which follow one another leave: the later one is that of today. "" where both
    share days, so that somebody has to choose.

    >>> from datetime import date
    >>> later_first(Dates(date(2018, 1, 1)), Dates(date(2010, 1, 1), None, date(2015, 1, 1)))
    'kept'
    """
    for choice, now, before in ((KEPT, kept, other), (OTHER, other, kept)):
        if now.admitted_on and (not before.admitted_on or (before.left_on and before.left_on <= now.admitted_on)):
            return choice
    return ""


def earlier(now: Dates, before: Dates, spans: Iterable[Span]) -> bool:
    """Whether the membership that is not chosen stays on record as an earlier one: it ended before that of today began
    and shares no day with those already there.
    """
    if not (now.admitted_on and before.admitted_on and before.left_on and before.left_on <= now.admitted_on):
        return False
    return apart(Span(before.admitted_on, before.left_on), spans)


def apart(span: Span, spans: Iterable[Span]) -> bool:
    """Whether a stretch shares no day with any of the others."""
    return all(not overlapping([span, one]) for one in spans)


def twins(rows: Sequence[tuple[int, tuple[Any, ...]]], others: Sequence[tuple[Any, ...]]) -> list[int]:
    """The rows (pk, marks) that say what one of the others says already."""
    there = set(others)
    return [pk for pk, marks in rows if marks in there]
