"""Cells that hold a place in a contest: 第三名, 季军 or 3, stored as the number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from zhijia.core.dates import chinese_number
from zhijia.core.sheets.amounts import whole
from zhijia.core.sheets.declare import Kind, Problem

LAST = 99
PLACES = {f"{start}{chinese_number(number)}名": number for number in range(1, LAST + 1) for start in ("第", "团体第")}
PLACES.update({f"{start}{number}名": number for number in range(1, LAST + 1) for start in ("第", "团体第")})
PLACES.update({"冠军": 1, "亚军": 2, "季军": 3})


def placing() -> Kind:
    """第三名, 团体第三名, 季军 or 3 (at most 99); stored as the number."""
    plain = whole(1, LAST)

    def parse(values: Sequence[Any]) -> tuple[list[Any], list[Problem]]:
        return plain.parse([PLACES.get(str(value).strip(), value) for value in values])

    def show(value: int | None) -> str | None:
        return None if value is None else f"第{chinese_number(value)}名"

    return Kind("placing", parse, show, help="如：第三名", width=10)
