"""The spans that prose is made of. A literal holds no figure; a figure always knows the fact it came from.

Pure: no database, no clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from zhijia.core.cube import Rate
from zhijia.core.dates import chinese_date, chinese_number, ordinal
from zhijia.core.money import prose_amount
from zhijia.reports.vocabulary import loose_numeral

MONEY, PERCENT = "fen", "%"
PERSONS = frozenset({"人", "名", "位"})
ABOUT, NUMBER, NUMERAL = "about", "number", "numeral"
LISTS = NAMES, DATED, TITLED, WON, WON_AT = "names", "dated", "titled", "won", "won_at"
IN_YEAR, WORD = "in_year", "word"


class LooseNumeral(ValueError):
    """A literal text with a figure that no fact stands behind."""


@dataclass(frozen=True, slots=True)
class Text:
    """Words as written. A digit or a Chinese numeral outside the listed vocabulary is refused (LooseNumeral)."""

    text: str

    def __post_init__(self) -> None:
        if found := loose_numeral(self.text):
            raise LooseNumeral(f"文字“{self.text}”里的“{found}”没有出处：数字只能来自事实")


@dataclass(frozen=True, slots=True)
class Figure:
    """A fact's value as it is printed. `by` names the part: {"year": "2021", "cause": "illness"}.

    `form`, `unit` and `clean` are how it was asked for, so that a draft can print it again from later records.
    """

    key: str
    text: str
    value: Any
    by: Mapping[str, str] = field(default_factory=dict)
    form: str = field(default="", compare=False)
    unit: str = field(default="", compare=False)
    clean: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Ordinal:
    """第五届, 第六次."""

    number: int
    counter: str = "届"

    @property
    def text(self) -> str:
        """The ordinal in Chinese numerals."""
        return ordinal(self.number, self.counter)


@dataclass(frozen=True, slots=True)
class Date:
    """A day from a record."""

    on: date

    @property
    def text(self) -> str:
        """2026年11月22日."""
        return chinese_date(self.on)


@dataclass(frozen=True, slots=True)
class Name:
    """A name from a record, printed as it stands."""

    text: str


@dataclass(frozen=True, slots=True)
class Ref:
    """A sentence, a document number or an official phrase that a record or a judged claim holds."""

    text: str
    source: str = ""


Span = Text | Figure | Ordinal | Date | Name | Ref


def plain(spans: Iterable[Span]) -> str:
    """The characters of a row of spans."""
    return "".join(span.text for span in spans)


def percent(rate: Rate) -> str:
    """100%, 96.4%: half-up to one decimal; below 100 it never rounds up to 100. Refuses (ValueError) an empty rate."""
    if not rate.den:
        raise ValueError("没有分母的比率不能写成百分数")
    tenths = (2000 * rate.num + rate.den) // (2 * rate.den)
    if rate.num < rate.den:
        tenths = min(tenths, 999)
    whole, rest = divmod(tenths, 10)
    return f"{whole}.{rest}%" if rest else f"{whole}%"


def about(value: int) -> str:
    """60多 for 61 to 69; the exact number where it is a multiple of ten or below ten (R-REP)."""
    return str(value) if value < 10 or value % 10 == 0 else f"{value // 10 * 10}多"


def figure_text(value: Any, unit: str, *, form: str = "", measure_word: str = "") -> str:
    """How a value is printed.

    `unit` is the fact's; `measure_word` may replace it inside its own kind (人, 名, 位) and is refused (ValueError)
    where that would make 人次 into 人 or the other way. `form` is about, number or numeral (六 for 6).
    """
    if isinstance(value, Rate):
        return percent(value)
    if unit == MONEY:
        return prose_amount(value)
    if not isinstance(value, int):
        return str(value)
    word = measure_word or unit
    if measure_word and ("人次" in (unit, word) or (word in PERSONS) != (unit in PERSONS)) and word != unit:
        raise ValueError(f"“{unit}”不能写成“{word}”")
    if form == NUMBER:
        return str(value)
    if form == NUMERAL:
        return f"{chinese_number(value)}{word}"
    return f"{about(value) if form == ABOUT else value}{word}"
