"""Calendar days: reading what people write, periods whose end is excluded, and dates in prose.

No function reads the clock; `today` is an argument wherever it matters.
"""

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Self

from zhijia.core.numerals import PROSE_DIGITS, PROSE_PLACES, read_number

YEARS = range(1900, 2200)
_SERIALS = range(20000, 80001)  # Excel's day numbers from October 1954 to January 2119
_SERIAL_ZERO = date(1899, 12, 30)  # Excel counts a 29 February 1900 that never was
_CLOCK = r"(?:[ T]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
_DAY = re.compile(r"(\d{4}) ?[-./年 ] ?(\d{1,2}) ?[-./月 ] ?(\d{1,2}) ?[日号.]?" + _CLOCK)
_MONTH = re.compile(r"(\d{4}) ?[-./年 ] ?(\d{1,2}) ?月?(?:份)?\.?")
_YEAR_LAST = re.compile(r"\d{1,2} ?[-./ ] ?\d{1,2} ?[-./ ] ?\d{4}")
_SHORT_YEAR = re.compile(r"'?\d{2} ?[-./年] ?\d{1,2} ?[-./月] ?\d{1,2} ?[日号]?")
_NO_YEAR = re.compile(r"\d{1,2} ?[-./月] ?\d{1,2} ?[日号]?")
_DASHES = str.maketrans("−–—﹣。\\", "----./")


class DateError(ValueError):
    """A date that can not be read; the message says in Chinese how to mend it."""


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).translate(_DASHES).split())


def _day(year: int, month: int, day: int, shown: str) -> date:
    if year not in YEARS:
        raise DateError(f"日期“{shown}”的年份 {year} 不对：应在 1900 年到 2199 年之间")
    if not 1 <= month <= 12:
        raise DateError(f"日期“{shown}”不存在：没有 {month} 月，请按 年-月-日 的次序填写")
    last = monthrange(year, month)[1]
    if not 1 <= day <= last:
        raise DateError(f"日期“{shown}”不存在：{year}年{month}月只有 {last} 天，没有 {day} 日")
    return date(year, month, day)


def _from_number(number: float, shown: str) -> date:
    if 19000101 <= number < 22000000 and number == int(number):
        return _day(int(number) // 10000, int(number) // 100 % 100, int(number) % 100, shown)
    if _SERIALS.start <= number < _SERIALS.stop:
        return _SERIAL_ZERO + timedelta(days=int(number))
    raise DateError(f"日期“{shown}”看不懂：请写成 2021-03-05 或 2021年3月5日 的样子")


@lru_cache(maxsize=32768)
def _from_text(text: str) -> date:
    shown, plain = text.strip(), _plain(text)
    if not plain:
        raise DateError("日期没有填：请写成 2021-03-05 或 2021年3月5日 的样子")
    if found := _DAY.fullmatch(plain):
        return _day(int(found[1]), int(found[2]), int(found[3]), shown)
    if plain.isdecimal() and len(plain) == 8:
        return _from_number(int(plain), shown)
    if plain.isdecimal() and len(plain) == 5 and not plain.startswith(("19", "20", "21")):
        return _from_number(int(plain), shown)  # as text, 20213 may well mean March 2021: refused below
    if _YEAR_LAST.fullmatch(plain):
        raise DateError(f"日期“{shown}”分不清月和日：请把年份写在前面，按 年-月-日 的次序填写")
    if _MONTH.fullmatch(plain):
        raise DateError(f"日期“{shown}”缺少几日：请写到日，例如 2021年3月5日")
    raise DateError(f"日期“{shown}”看不懂：请写成 2021-03-05 或 2021年3月5日 的样子")


def parse_date(value: object, today: date | None = None) -> date:
    """Return the day that a person or a spreadsheet wrote.

    Takes dates, date-times (their day), ISO, 2021.3.5, 2021/3/5, 2021年3月5日(号), 20210305, full-width digits and
    Excel's serial numbers from 20000 to 80000. Refused with DateError: years of two digits or outside 1900-2199, the
    year written last (3/5/2021), a missing year or day, days that do not exist. `today` never changes the answer; it
    only puts the likely year into the advice.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _from_number(value, format(value, ".15g"))
    if value is not None and not isinstance(value, str):
        raise DateError(f"日期“{value}”看不懂：请写成 2021-03-05 或 2021年3月5日 的样子")
    text = value or ""
    plain = _plain(text) if len(text) < 12 else ""
    if _SHORT_YEAR.fullmatch(plain):
        raise DateError(f"日期“{text.strip()}”的年份只有两位：请写四位年份，例如 2021-03-05")
    if _NO_YEAR.fullmatch(plain):
        example = f"，例如 {today.year}年3月5日" if today else ""
        raise DateError(f"日期“{text.strip()}”没有写年份：请补上四位年份{example}")
    return _from_text(text)


def parse_month(value: object) -> date:
    """Return the first day of the month that was written: 2021年3月, 2021.3, 2021-03, 202103, or any full date.

    Refused with DateError like parse_date, and the number 2021.1, which a spreadsheet also makes of 2021.10.
    """
    if isinstance(value, float) and YEARS.start <= value < YEARS.stop:
        shown = format(value, ".15g")
        if value.is_integer() or shown.endswith(".1"):
            raise DateError(f"月份“{shown}”分不清是哪个月：请写成 {int(value)}年1月 或 {int(value)}年10月 的样子")
        value = shown
    if isinstance(value, int) and not isinstance(value, bool) and 190001 <= value < 220000:
        value = str(value)
    if isinstance(value, str):
        shown, plain = value.strip(), _plain(value)
        if found := _MONTH.fullmatch(plain) or re.fullmatch(r"(\d{4})(\d{2})", plain):
            return _day(int(found[1]), int(found[2]), 1, shown)
    return parse_date(value).replace(day=1)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The days from `first` up to, not including, `end`; at least one day, otherwise DateError."""

    first: date
    end: date

    def __post_init__(self) -> None:
        if self.end <= self.first:
            raise DateError(f"结束日期要晚于开始日期：{self.first:%Y-%m-%d} 至 {self.end:%Y-%m-%d}（不含）")

    @classmethod
    def inclusive(cls, first: date, last: date) -> Self:
        """The days from `first` to `last`, both included, as people write them."""
        return cls(first, last + timedelta(days=1))

    @classmethod
    def of_year(cls, year: int) -> Self:
        """The calendar year."""
        return cls(date(year, 1, 1), date(year + 1, 1, 1))

    @property
    def last(self) -> date:
        """The last day that still belongs to the period."""
        return self.end - timedelta(days=1)

    @property
    def days(self) -> int:
        return (self.end - self.first).days

    @property
    def years(self) -> list[int]:
        """Every calendar year of which at least one day belongs to the period, in order."""
        return list(range(self.first.year, self.last.year + 1))

    def contains(self, day: date) -> bool:
        return self.first <= day < self.end

    __contains__ = contains

    def overlaps(self, other: "Period") -> bool:
        return self.first < other.end and other.first < self.end


def add_months(day: date, months: int) -> date:
    """The same day `months` later (or earlier), or the month's last day where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def add_years(day: date, years: int) -> date:
    """The same day `years` later (or earlier); 29 February becomes the 28th where there is none."""
    return add_months(day, 12 * years)


def years_between(first: date, end: date) -> int:
    """The length of a term in whole years, to the nearest: 2020-12-10 to 2026-11-22 is 6. An end before is refused."""
    if end < first:
        raise DateError("结束日期早于开始日期")
    full = end.year - first.year
    if add_years(first, full) > end:
        full -= 1
    before, after = add_years(first, full), add_years(first, full + 1)
    return full + (2 * (end - before) >= after - before)


def chinese_date(day: date) -> str:
    """2026年11月22日: Arabic figures without leading zeros, as GB/T 9704 writes the date of a document."""
    return f"{day.year}年{day.month}月{day.day}日"


def chinese_number(number: int) -> str:
    """Write a whole number from 0 to below 10^16 in numerals: 6 is 六, 12 is 十二, 110 is 一百一十."""
    text = read_number(number, digits=PROSE_DIGITS, places=PROSE_PLACES)
    return text.removeprefix("一") if text.startswith("一十") else text


def ordinal(number: int, counter: str = "届") -> str:
    """第五届 for 5; the counter word may be another (次, 号) or empty. Numbers below 1 are refused with ValueError."""
    if number < 1:
        raise ValueError("序数从一开始")
    return f"第{chinese_number(number)}{counter}"
