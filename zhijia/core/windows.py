"""When something that is due every year has to be done: builders for `YearlyClaim.window`.

Each builder returns a function year -> (first, end), end excluded; the window always holds days of that year. Pure.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

Window = Callable[[int], tuple[date, date]]

# First day of the lunar year (春节) as (month, day), 2000 to 2045.
_SPRING_FESTIVALS = (
    (2, 5), (1, 24), (2, 12), (2, 1), (1, 22), (2, 9), (1, 29), (2, 18), (2, 7), (1, 26),
    (2, 14), (2, 3), (1, 23), (2, 10), (1, 31), (2, 19), (2, 8), (1, 28), (2, 16), (2, 5),
    (1, 25), (2, 12), (2, 1), (1, 22), (2, 10), (1, 29), (2, 17), (2, 6), (1, 26), (2, 13),
    (2, 3), (1, 23), (2, 11), (1, 31), (2, 19), (2, 8), (1, 28), (2, 15), (2, 4), (1, 24),
    (2, 12), (2, 1), (1, 22), (2, 10), (1, 30), (2, 17),
)  # fmt: skip


def spring_festival(year: int) -> date:
    """The first day of the lunar year that begins in `year`; refuses (LookupError) years outside 2000 to 2045."""
    if not 2000 <= year < 2000 + len(_SPRING_FESTIVALS):
        raise LookupError(f"春节日期表只有2000年至2045年，没有{year}年。")
    return date(year, *_SPRING_FESTIVALS[year - 2000])


def _month_after(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1)


def whole_year(year: int) -> tuple[date, date]:
    """1 January to 31 December."""
    return date(year, 1, 1), date(year + 1, 1, 1)


def months(first: int, last: int) -> Window:
    """The months `first` to `last` of the year, both included."""
    return lambda year: (date(year, first, 1), _month_after(year, last))


def around_year_end(first: int, last: int) -> Window:
    """From the 1st of month `first` of the year to the end of month `last` of the next (年终)."""
    return lambda year: (date(year, first, 1), _month_after(year + 1, last))


def around_year_start(first: int, last: int) -> Window:
    """From the 1st of month `first` of the year before to the end of month `last` of the year (年初)."""
    return lambda year: (date(year - 1, first, 1), _month_after(year, last))


def before_spring_festival(year: int) -> tuple[date, date]:
    """1 January to the day before the lunar new year, included (春节前夕); refuses years outside 2000 to 2045."""
    return date(year, 1, 1), spring_festival(year)


def on_day(month: int, day: int, *, before: int = 0, after: int = 0) -> Window:
    """The day itself, `before` days ahead of it and `after` days behind it, all included (三八节前后)."""
    return lambda year: (
        date(year, month, day) - timedelta(days=before),
        date(year, month, day) + timedelta(days=after + 1),
    )
