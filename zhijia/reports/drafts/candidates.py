"""Facts that a number typed by hand may be tied to: those that read the same first, then those searched for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from zhijia.core import facts
from zhijia.core.cube import Rate
from zhijia.core.dates import chinese_number
from zhijia.core.facts import FactValue, Value
from zhijia.core.feature_types import FactSpec, Scope
from zhijia.core.outcomes import Refused, Violation
from zhijia.features import FEATURES
from zhijia.reports.drafts.body import Live
from zhijia.reports.prose import MONEY, NUMBER, NUMERAL, PERSONS, figure_text

MOST = 30
_DIGITS = re.compile(r"[0-9.,]+")
_DIMENSIONS_LEFT_OUT = "+"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A fact or one part of it: how it is called and how it reads today. `value` is what a form sends back."""

    value: str
    label: str
    text: str
    equal: bool = False


def candidates(scope: Scope, number: str, *, search: str = "") -> list[Candidate]:
    """What the number may stand for: parts and wholes that read the same first; with `search` also others so called."""
    found = [
        _candidate(fact, axis, code, value, number)
        for fact in _measured(scope).values()
        for axis, code, value in _parts(fact)
    ]
    equal = [one for one in found if one.equal]
    words = search.split()
    named = [one for one in found if not one.equal and words and all(word in one.label for word in words)]
    return [*equal, *named][:MOST]


def _candidate(fact: FactValue, axis: str, code: str, value: Value, number: str) -> Candidate:
    text, word = figure_text(value, fact.unit), f"{fact.key}|{axis}={code}" if axis else fact.key
    return Candidate(word, _label(fact, axis, code), text, _same(value, fact.unit, number))


def chosen(scope: Scope, value: str, number: str, after: str) -> Live:
    """The live figure for a chosen fact, in the manner of the number typed; `after` are the words behind it.

    Refused where there is no such fact, or nothing to tell.
    """
    key, _, part = value.partition("|")
    axis, _, code = part.partition("=")
    fact = _measured(scope).get(key)
    found = next((v for a, c, v in _parts(fact) if (a, c) == (axis, code)), None) if fact else None
    if fact is None or found is None:
        raise Refused([Violation("fact", "请选一项事实", mend="在下面的列表里选，或先查找")])
    by = ((axis, code),) if axis else ()
    form, unit = _manner(found, fact.unit, number, after)
    return Live(key, by, form, unit, "", figure_text(found, fact.unit, form=form, measure_word=unit))


def _manner(value: Value, unit: str, number: str, after: str) -> tuple[str, str]:
    """Form and measure word: as it was typed where the unit stands behind the number, else the bare number."""
    if unit == MONEY or not isinstance(value, int):
        return "", ""
    word = next((one for one in PERSONS if unit in PERSONS and after.startswith(one)), "")
    if after.startswith(word or unit) and not (unit != "人次" and after.startswith("人次")):
        return ("" if _DIGITS.match(number) else NUMERAL), ("" if word == unit else word)
    return NUMBER, ""


def _measured(scope: Scope) -> dict[str, FactValue]:
    return facts.compute([spec for feature in FEATURES for spec in feature.facts], scope)


def _parts(fact: FactValue) -> Iterator[tuple[str, str, Value]]:
    """The whole and its parts by one dimension that can be told: ("", "", value), ("year", "2025", value) …."""
    if _tellable(fact.value):
        yield "", "", fact.value
    for axis, codes in fact.by.items():
        if _DIMENSIONS_LEFT_OUT in axis or not isinstance(fact.spec, FactSpec):
            continue
        for code, value in codes.items():
            if code and _tellable(value):
                yield axis, code, value


def _tellable(value: Value) -> bool:
    return value.den > 0 if isinstance(value, Rate) else isinstance(value, int)


def _same(value: Value, unit: str, number: str) -> bool:
    text = figure_text(value, unit)
    digits = _DIGITS.match(text)
    same = number.rstrip("%％").replace(",", "") == (digits[0].replace(",", "") if digits else text)
    counted = isinstance(value, int) and 0 <= value < 10_000 and unit != MONEY
    return same or (counted and chinese_number(int(str(value))) == number)


def _label(fact: FactValue, axis: str, code: str) -> str:
    return f"{fact.label}（{part_name(fact, axis, code)}）" if axis else fact.label


def part_name(fact: FactValue, axis: str, code: str) -> str:
    """A part's name for people: 2025年, 因病 …."""
    if axis == "year":
        return f"{code}年"
    labels = fact.spec.rows.dim_labels.get(axis, {}) if isinstance(fact.spec, FactSpec) else {}
    return str(labels.get(code) or {"yes": "是", "no": "否"}.get(code, code))
