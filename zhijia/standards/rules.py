"""Caps, prohibitions and working days, judged for a day. Pure.

A cap is the highest amount of whole fen (分) that an item may cost a person in the unit that its shape names. A
standard that nobody has confirmed (待核) warns only. Sources: 总工办发〔2017〕32号 and provincial rules, as packs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache

import holidays

from zhijia.core.outcomes import REFUSE, UNCONFIRMED

DAY = timedelta(days=1)
FORBIDDEN = "forbidden"
ILLNESS = "once_per_illness"
AMOUNTS = ("per_year", "per_festival", "once", ILLNESS, "per_day")  # shapes whose limit is an amount of money
RATIOS = ("percent_of_budget", "percent_of_retained", "ratio", "share_at_least", "multiple_of_dues")


@dataclass(frozen=True, slots=True)
class Cap:
    """One limit in force: `amount_fen`, `ratio` or `count`, as its shape says. `tier` names a special case (手术)."""

    item: str
    shape: str
    amount_fen: int | None
    ratio: Fraction | None
    count: int | None
    tier: str
    rule: str
    text: str
    source: str
    confirmed: bool
    level: str  # national | province | own
    first: date
    end: date | None

    @property
    def severity(self) -> str:
        """How grave a breach is: refuse, or 待确认 while nobody has confirmed the standard."""
        return REFUSE if self.confirmed else UNCONFIRMED


@dataclass(frozen=True, slots=True)
class Forbidden:
    """One prohibition in force."""

    practice: str
    rule: str
    message: str
    source: str
    confirmed: bool
    first: date
    end: date | None

    @property
    def severity(self) -> str:
        """How grave a breach is: refuse, or 待确认 while nobody has confirmed the standard."""
        return REFUSE if self.confirmed else UNCONFIRMED


@dataclass(frozen=True, slots=True)
class Phrase:
    """One official phrase with the days on which it is in use."""

    kind: str
    text: str
    source: str
    confirmed_by: str
    confirmed_on: date | None
    first: date | None
    end: date | None

    @property
    def confirmed(self) -> bool:
        """True when a named person has confirmed it."""
        return bool(self.confirmed_by)


def in_force(first: date | None, end: date | None, on: date) -> bool:
    """True when `on` lies from `first` up to, not including, `end`; open ends always fit."""
    return (first is None or first <= on) and (end is None or on < end)


@dataclass(frozen=True, slots=True)
class Standards:
    """A union's caps, prohibitions and phrases of all dates, as loaded once; every question names its day."""

    all_caps: tuple[Cap, ...] = ()
    all_forbidden: tuple[Forbidden, ...] = ()
    all_phrases: tuple[Phrase, ...] = ()

    def caps(self, item: str, on: date, tier: str = "") -> tuple[Cap, ...]:
        """Every limit of the item on the day: the plain ones or, where `tier` has its own, those of the tier."""
        found = [cap for cap in self.all_caps if cap.item == item and in_force(cap.first, cap.end, on)]
        if tier:
            tiered = {cap.shape for cap in found if cap.tier == tier}
            return tuple(cap for cap in found if cap.tier == tier or (not cap.tier and cap.shape not in tiered))
        return tuple(cap for cap in found if not cap.tier)

    def cap(self, item: str, on: date, *, shape: str = "", tier: str = "") -> Cap | None:
        """The limit in money that binds on the day: the lowest of the confirmed, else of the unconfirmed; or None."""
        found = [
            cap for cap in self.caps(item, on, tier)
            if cap.amount_fen is not None and (cap.shape == shape if shape else cap.shape in AMOUNTS)
        ]  # fmt: skip
        return min(found, key=lambda cap: (not cap.confirmed, cap.amount_fen), default=None)

    def limit(self, item: str, on: date, shape: str) -> Cap | None:
        """The strictest limit of a shape that is no amount (ratio, share, count), confirmed ones first; or None."""
        found = [cap for cap in self.caps(item, on) if cap.shape == shape]
        return min(found, key=lambda cap: (not cap.confirmed, cap.ratio or 0, cap.count or 0), default=None)

    def forbidden(self, practice: str, on: date) -> Forbidden | None:
        """The prohibition of the practice on the day, a confirmed one first; or None where it is allowed."""
        found = [one for one in self.all_forbidden if one.practice == practice and in_force(one.first, one.end, on)]
        return min(found, key=lambda one: (not one.confirmed, one.first), default=None)

    def phrases(self, kind: str, on: date) -> tuple[Phrase, ...]:
        """The phrases of the kind in use on the day, the newest first."""
        found = [one for one in self.all_phrases if one.kind == kind and in_force(one.first, one.end, on)]
        return tuple(sorted(found, key=lambda one: one.first or date.min, reverse=True))


def ratio_of(text: str) -> Fraction | None:
    """`2/3`, `40%` or `3` (times) as a fraction; None for an empty text. Raises ValueError for anything else.

    >>> ratio_of("40%")
    Fraction(2, 5)
    """
    word = text.strip().replace("％", "%")
    if not word:
        return None
    try:
        return Fraction(word[:-1]) / 100 if word.endswith("%") else Fraction(word)
    except (ValueError, ZeroDivisionError) as error:
        raise ValueError(f"“{text}”不是比例") from error


def standard_problem(*, shape: str, amount_fen: int | None, ratio: str, count: int | None) -> tuple[str, str] | None:
    """What a standard of the shape lacks, as (field, message), or None."""
    try:
        share = ratio_of(ratio)
    except ValueError as error:
        return "ratio", f"{error}，请写成 2/3、40% 这样的形式"
    if shape in AMOUNTS and amount_fen is None:
        return "amount_fen", "这种形式的标准要写金额"
    if shape in RATIOS and share is None:
        return "ratio", "这种形式的标准要写比例"
    if shape == "times_per_year" and count is None:
        return "count", "每年次数的标准要写次数"
    return None


@lru_cache(maxsize=1)
def _china() -> holidays.HolidayBase:
    return holidays.country_holidays("CN")


def is_working_day(day: date, exceptions: Mapping[date, bool] | None = None) -> bool:
    """True on a working day: the union's own exception first, else China's holidays and 调休 (through 2026)."""
    own = (exceptions or {}).get(day)
    return _china().is_working_day(day) if own is None else own


def working_days_between(first: date, last: date, exceptions: Mapping[date, bool] | None = None) -> int:
    """How many working days lie from `first` to `last`, both included; 0 when `last` comes before `first`."""
    return sum(is_working_day(first + DAY * step, exceptions) for step in range((last - first).days + 1))


def add_working_days(day: date, count: int, exceptions: Mapping[date, bool] | None = None) -> date:
    """The `count`th working day after `day`, which does not count itself; below 0 is refused (ValueError)."""
    if count < 0:
        raise ValueError("工作日数不能是负数")
    while count:
        day += DAY
        count -= is_working_day(day, exceptions)
    return day


def above(amounts: Iterable[int], cap: Cap | None) -> bool:
    """True when the sum of the amounts in fen is more than the cap allows; never where there is no cap."""
    return cap is not None and cap.amount_fen is not None and sum(amounts) > cap.amount_fen
