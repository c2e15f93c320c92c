"""A stored value as a form's box holds it: its column's kind reads it back. For reading there is `words`."""

from __future__ import annotations

from datetime import date
from typing import Any

from zhijia.core.money import yuan_plain
from zhijia.core.pages.words import is_secret, word
from zhijia.core.sheets.declare import Column, Sheet


def typed(column: Column, value: Any) -> str:
    """The value as somebody would type it; "" for nothing. References are named by `core.naming.texts` instead."""
    if value is None or value == "":
        return ""
    if column.kind.name == "money":
        return yuan_plain(value)
    if column.kind.name == "month" and isinstance(value, date):
        return f"{value.year}年{value.month}月"
    return word(column, value)


def secrets_of(sheet: Sheet) -> tuple[str, ...]:
    """The fields of a sheet whose content is never shown."""
    return tuple(column.field for column in sheet.columns if is_secret(sheet, column))


def registered(column: Column, tail: str) -> str:
    """What may be said of a secret that is on record: that it is, and how it ends where a tail is kept."""
    return f"已登记，尾号{tail}" if tail else f"{column.header}已登记（加密保存，不显示）"
