"""Kinds for what is stored otherwise than people write it: last days (as ends) and ordinals (第五届 as 5)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from zhijia.core.dates import chinese_number
from zhijia.core.sheets.amounts import whole
from zhijia.core.sheets.days import date_
from zhijia.core.sheets.declare import Kind, Problem

ORDINALS = {f"第{chinese_number(number)}届": number for number in range(1, 100)}
ORDINALS.update({f"第{number}届": number for number in range(1, 100)})
ORDINALS.update({word.removeprefix("第"): number for word, number in ORDINALS.items()})
DAY = timedelta(days=1)


def last_day() -> Kind:
    """A last day as people write it; stored as the day after, the excluded end of the period."""
    plain = date_()

    def parse(values: Sequence[Any]) -> tuple[list[Any], list[Problem]]:
        days, problems = plain.parse(values)
        return [day and day + DAY for day in days], problems

    def show(value: date | None) -> date | None:
        return value - DAY if value else None

    return Kind("last_day", parse, show, help="最后一天", number_format=plain.number_format, width=plain.width)


def ordinal() -> Kind:
    """第五届, 五届 or 5; stored as the number."""
    plain = whole(1, 99)

    def parse(values: Sequence[Any]) -> tuple[list[Any], list[Problem]]:
        return plain.parse([ORDINALS.get("".join(str(value).split()), value) for value in values])

    def show(value: int) -> str:
        return f"第{chinese_number(value)}届"

    return Kind("ordinal", parse, show, help="如：第五届", width=10)
