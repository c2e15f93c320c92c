"""Names that several rows of a table bore, one after the other (a group founded anew, two that swapped). Pure.

On any day a name means one row: the one that bears it then. Where no day tells, a spelling with the last or the first
day does: 第二组（2021年止）, 第二组（2025年起）.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from zhijia.core.dates import chinese_date

Period = tuple[date | None, date | None]  # first day and end, excluded; None is not known, or still open
Bearer = tuple[str, date | None, date | None]  # a name with the period in which it is borne
_DAY = timedelta(days=1)


def bears(period: Period, day: date) -> bool:
    """Whether the day lies in the period."""
    first, end = period
    return (first is None or first <= day) and (end is None or day < end)


def overlap(one: Period, other: Period) -> bool:
    """Whether two periods have a day in common.

    >>> overlap((None, date(2021, 3, 1)), (date(2021, 3, 1), None))
    False
    """
    (first, end), (other_first, other_end) = one, other
    return (first is None or other_end is None or first < other_end) and (
        other_first is None or end is None or other_first < end
    )


def meant(tokens: Sequence[int], bearers: Mapping[int, Bearer], day: date) -> list[int]:
    """The one of several rows of a name that bears it on the day; all of them where that does not tell one."""
    then = [token for token in tokens if bears(bearers[token][1:], day)]
    return then if len(then) == 1 else list(tokens)


def spellings(bearer: Bearer) -> list[str]:
    """The name with its last day, or with its first one, the shortest first; one is as good as another in a cell.

    >>> spellings(("第二组", None, date(2021, 3, 1)))
    ['第二组（2021年止）', '第二组（2021年2月止）', '第二组（2021年2月28日止）']
    """
    name, first, end = bearer
    days = [(end - _DAY, "止")] if end else []
    days += [(first, "起")] if first else []
    return [
        f"{name}（{when}{word}）"
        for day, word in days
        for when in (f"{day.year}年", f"{day.year}年{day.month}月", chinese_date(day))
    ]


def apart(bearers: Mapping[Any, Bearer]) -> dict[Any, str]:
    """What each row is called among the others: its name, with a day where others bear or bore that name.

    >>> apart({1: ("甲", None, date(2021, 3, 1)), 2: ("甲", date(2025, 1, 1), None), 3: ("乙", None, None)})
    {1: '甲（2021年止）', 2: '甲（2025年起）', 3: '乙'}
    """
    named: dict[str, list[Any]] = {}
    for token, (name, _first, _end) in bearers.items():
        named.setdefault(name, []).append(token)
    found: dict[Any, str] = {}
    for token, bearer in bearers.items():
        rivals = [other for other in named[bearer[0]] if other != token]
        taken = {text for other in rivals for text in spellings(bearers[other])}
        clear = (text for text in spellings(bearer) if text not in taken)
        found[token] = next(clear, bearer[0]) if rivals else bearer[0]
    return found


def clashes(bearers: Mapping[int, Bearer]) -> Iterator[tuple[int, int]]:
    """Every two rows that bear one name on one day, the earlier given first."""
    named: dict[str, list[int]] = {}
    for token, (name, first, end) in bearers.items():
        for other in named.setdefault(name, []):
            if overlap((first, end), bearers[other][1:]):
                yield other, token
        named[name].append(token)


def span(period: Period) -> str:
    """A period in words, its last day included.

    >>> span((date(2015, 1, 1), None))
    '2015年1月1日起'
    """
    first, end = period
    last = chinese_date(end - _DAY) if end else ""
    if first and last:
        return f"{chinese_date(first)}至{last}"
    return f"{chinese_date(first)}起" if first else f"到{last}为止" if last else "没有起止日期"
