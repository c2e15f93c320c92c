"""Rules about relatives' data. Pure. Source: 个人信息保护法 art. 31."""

from __future__ import annotations

from datetime import date

CHILD_UNTIL = 14
SOURCE = "个人信息保护法第三十一条"


def under_14(birth_on: date | None, day: date) -> bool:
    """Whether somebody is a child whose data needs the guardian's consent on the day.

    >>> under_14(date(2012, 11, 20), date(2026, 11, 19)), under_14(date(2012, 11, 20), date(2026, 11, 20))
    (True, False)
    >>> under_14(date(2012, 2, 29), date(2026, 2, 28)), under_14(date(2012, 2, 29), date(2026, 3, 1))
    (True, False)
    """
    if birth_on is None or birth_on > day:
        return False
    return (day.year, day.month, day.day) < (birth_on.year + CHILD_UNTIL, birth_on.month, birth_on.day)
