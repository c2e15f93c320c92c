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
        "date", lambda values: read_each(values, read), help="日期，例如 2021-03-05", number_format="yyyy-mm-dd", width=13
    )


def month() -> Kind:
    """A month from 1900 to 2100, as core.dates.parse_month reads it; values are the month's first day."""

    def read(raw: Any) -> date:
        try:
            return _in_range(parse_month(raw))
        except DateError as error:
            raise Unreadable("month", str(error), "请写成 2021年3月 的样子") from None

    return Kind(
        "month", lambda values: read_each(values, read), help="月份，例如 2021年3月", number_format='yyyy"年"m"月"', width=12
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


def with_year(values: Sequence[Any], year: int, kind: str) -> tuple[list[Any], list[Problem]]:
    """Complete cells such as 3月5日 or 3.5 (for months: 3月, 3) with the sheet's year.

    A number such as 3.1, which a spreadsheet also makes of 3.10, is reported instead of guessed.
    """
    completed: list[Any] = list(values)
    problems = []
    for index, raw in enumerate(values):
        if isinstance(raw, float) and 1 <= raw < 13:
            shown = format(raw, ".15g")
            whole, _, rest = shown.partition(".")
            if kind == "month" and not rest:
                completed[index] = f"{year}年{whole}月"
            elif kind == "date" and rest in ("1", "2", "3"):
                completed[index] = None
                message = f"“{shown}”分不清是{whole}月{rest}日还是{whole}月{rest}0日"
                problems.append(Problem(index, "date.unclear", message, f"请写成 {whole}月{rest}日 的样子"))
            elif kind == "date" and rest and len(rest) <= 2:
                completed[index] = f"{year}年{whole}月{int(rest)}日"
        elif isinstance(raw, str) and len(raw) <= 12:
            plain = plain_of(raw)
            if kind == "date" and (found := _DAY_ONLY.fullmatch(plain)):
                completed[index] = f"{year}年{int(found[1])}月{int(found[2])}日"
            elif kind == "month" and (found := _MONTH_ONLY.fullmatch(plain)):
                completed[index] = f"{year}年{int(found[1])}月"
    return completed, problems
