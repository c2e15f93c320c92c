"""Kinds of days: dates, months, years; and dates that leave the year to the sheet's title."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from zhijia.core.dates import DateError, parse_date, parse_month
from zhijia.core.sheets.cells import Unreadable, plain_of, read_each
from zhijia.core.sheets.declare import Kind, Problem

FIRST_YEAR, LAST_YEAR = 1900, 2100
_YEAR = re.compile(r"((?:19|20|21)\d\d)(?:年度?)?(?:\.0)?")
_DAY_ONLY = re.compile(r"(\d{1,2})(?:月|[./-])(\d{1,2})[日号]?")
_MONTH_ONLY = re.compile(r"(\d{1,2})月份?")


def _in_range(day: date) -> date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Unreadable("date.range", f"日期要在{FIRST_YEAR}年至{LAST_YEAR}年之间", "请检查年份")
    return day


def date_() -> Kind:
    """A day from 1900 to 2100, as core.dates.parse_date reads it; values are `date`."""

    def read(raw: Any) -> date:
        try:
            return _in_range(parse_date(raw))
        except DateError as error:
            raise Unreadable("date", str(error), "请写成 2021-03-05 或 2021年3月5日 的样子") from None

    return Kind(
        "date",
        lambda values: read_each(values, read),
        help="日期，例如 2021-03-05",
        number_format="yyyy-mm-dd",
        width=13,
    )


def month() -> Kind:
    """A month from 1900 to 2100, as core.dates.parse_month reads it; values are the month's first day."""

    def read(raw: Any) -> date:
        try:
            return _in_range(parse_month(raw))
        except DateError as error:
            raise Unreadable("month", str(error), "请写成 2021年3月 的样子") from None

    return Kind(
        "month",
        lambda values: read_each(values, read),
        help="月份，例如 2021年3月",
        number_format='yyyy"年"m"月"',
        width=12,
    )


def year() -> Kind:
    """A year from 1900 to 2100 (int); 2021年度 and a date's year are read too."""

    def read(raw: Any) -> int:
        if isinstance(raw, date):
            return _in_range(raw).year
        found = _YEAR.fullmatch(plain_of(raw))
        if not found or int(found[1]) > LAST_YEAR:
            raise Unreadable("year", "这里要填四位数的年份", "例如 2021")
        return int(found[1])

    return Kind("year", lambda values: read_each(values, read), help="年份，例如 2021", number_format="0", width=8)


def with_year(kind: Kind, year: int, values: Sequence[Any]) -> tuple[list[Any], list[Problem]]:
    """Parse a column of days or months where cells such as 3月5日 or 3.5 (for months: 3月, 3) lie in the given year.

    A number such as 3.1, which a spreadsheet also makes of 3.10, is reported instead of guessed.
    """
    of_months = kind.name == "month"
    completed: list[Any] = []
    kept: list[int] = []
    problems: list[Problem] = []
    for index, raw in enumerate(values):
        try:
            completed.append(_month_in(year, raw) if of_months else _day_in(year, raw))
        except Unreadable as error:
            problems.append(Problem(index, error.code, error.message, error.mend))
        else:
            kept.append(index)
    found, more = kind.parse(completed)
    problems += [Problem(kept[one.index], one.code, one.message, one.mend) for one in more]
    parsed: list[Any] = [None] * len(values)
    for index, value in zip(kept, found, strict=True):
        parsed[index] = value
    return parsed, problems


def _month_in(year: int, raw: Any) -> Any:
    if isinstance(raw, float) and 1 <= raw < 13 and raw.is_integer():
        return f"{year}年{int(raw)}月"
    found = _MONTH_ONLY.fullmatch(plain_of(raw)) if isinstance(raw, str) else None
    return f"{year}年{int(found[1])}月" if found else raw


def _day_in(year: int, raw: Any) -> Any:
    if isinstance(raw, float) and 1 <= raw < 13 and not raw.is_integer():
        month, _, day = format(raw, ".15g").partition(".")
        if day in ("1", "2", "3"):
            message = f"“{month}.{day}”分不清是{month}月{day}日还是{month}月{day}0日"
            raise Unreadable("date.unclear", message, f"请写成 {month}月{day}日 的样子")
        return f"{year}年{month}月{int(day)}日" if len(day) <= 2 else raw
    found = _DAY_ONLY.fullmatch(plain_of(raw)) if isinstance(raw, str) and len(raw) <= 12 else None
    return f"{year}年{int(found[1])}月{int(found[2])}日" if found else raw
