"""Rules about membership and posts. Pure. Sources: 中国工会章程 ch. 1; 工会会员会籍管理办法 (2016); 会计法."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

ADMIT_WITHIN = timedelta(days=90)  # what this house counts as 及时; the law names no number of days
VACANCY = timedelta(days=183)  # 机关工会工作暂行条例: a vacant chair is filled within half a year
WOMEN_COMMITTEE_FROM = 10  # 中国工会章程 (2023) ch. 5


def is_member(admitted_on: date | None, retained_on: date | None, left_on: date | None, *, on: date) -> bool:
    """Whether somebody with these dates has full rights on the day: `models.member_on`, said for one row at hand."""
    return bool(
        admitted_on
        and admitted_on <= on
        and (left_on is None or left_on > on)
        and (retained_on is None or retained_on > on)
    )


def standing_problem(
    *, hired_on: date | None, admitted_on: date | None, retained_on: date | None, left_on: date | None
) -> tuple[str, str] | None:
    """The first impossible order of a person's dates as (field, message), or None."""
    if admitted_on and left_on and left_on <= admitted_on:
        return "left_on", "离会日期早于入会日期"
    if admitted_on and retained_on and retained_on < admitted_on:
        return "retained_on", "保留会籍日期早于入会日期"
    if left_on and not admitted_on:
        return "left_on", "有离会日期却没有入会日期"
    if retained_on and not admitted_on:
        return "retained_on", "有保留会籍日期却没有入会日期"
    return None


class Span(NamedTuple):
    """Days from `first` until `end` (excluded), with the row that tells of them where that is one being saved."""

    first: date
    end: date
    index: int | None = None


def overlapping(spans: Iterable[Span]) -> list[Span]:
    """The spans that share a day with another one.

    >>> a, b = Span(date(2020, 1, 1), date(2021, 1, 1)), Span(date(2021, 1, 1), date(2022, 1, 1))
    >>> overlapping([b, a]), overlapping([a, Span(date(2020, 12, 31), date(2021, 6, 1))])[0] == a
    ([], True)
    """
    found: dict[int, Span] = {}
    reaching: Span | None = None
    for span in sorted(spans, key=lambda one: (one.first, one.end)):
        if reaching and span.first < reaching.end:
            found |= {id(reaching): reaching, id(span): span}
        if reaching is None or span.end > reaching.end:
            reaching = span
    return list(found.values())
