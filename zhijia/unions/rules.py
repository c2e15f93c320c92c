"""Rules about the union's form, terms and groups. Pure. Sources: 工会法 (2021) art. 11, 16; 会员代表大会条例 (2019)."""

from __future__ import annotations

from datetime import date

LEGAL_YEARS = (3, 5)  # 工会法 art. 16
COMMITTEE_FROM = 25  # 工会法 art. 11: members from which a committee must be set up
DELEGATES_FROM = 100  # 会员代表大会条例: below this only a meeting of all members
EXTENSION_DAYS = 183  # an extension of a term usually lasts at most half a year [recall]


def legal_end(first: date, years: int) -> date:
    """The day on which a term of `years` that began on `first` is due to end (the next one's first day)."""
    try:
        return first.replace(year=first.year + years)
    except ValueError:
        return first.replace(year=first.year + years, day=28)


def overdue_days(first: date, end: date, years: int) -> int:
    """By how many days a term from `first` to `end` (excluded) outlasts its legal years; 0 when it does not."""
    return max((end - legal_end(first, years)).days, 0)


def quorum(due: int) -> int:
    """How many of `due` must be present at a congress or an election: two thirds, rounded up.

    >>> quorum(86)
    58
    """
    return -(-due * 2 // 3)
