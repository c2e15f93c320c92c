"""A stored value as text: as a form's box holds it (its column's kind reads it back), and as a page tells it."""

from __future__ import annotations

from datetime import date
from typing import Any

from zhijia.core.fields import SecretField
from zhijia.core.money import yuan, yuan_plain
from zhijia.core.sheets.declare import Column, Sheet


def typed(column: Column, value: Any) -> str:
    """The value as somebody would type it; "" for nothing. References are named by `core.naming.texts` instead."""
    if value is None or value == "":
        return ""
    if column.kind.name == "money":
        return yuan_plain(value)
    return _plain(column, value)


def told(column: Column, value: Any) -> str:
    """The value as a page tells it; "" for nothing."""
    if value is None or value == "":
        return ""
    if column.kind.name == "money":
        return f"{yuan(value)} 元"
    return _plain(column, value)


def _plain(column: Column, value: Any) -> str:
    shown = column.kind.show(value)
    if shown is None:
        return ""
    if isinstance(shown, date):
        return f"{shown.year}年{shown.month}月" if column.kind.name == "month" else shown.isoformat()
    if isinstance(shown, float):
        return f"{shown:g}"
    return str(shown)


def is_secret(sheet: Sheet, name: str) -> bool:
    """Whether the field's content is encrypted and never shown."""
    return isinstance(sheet.records.model._meta.get_field(name), SecretField)


def secrets_of(sheet: Sheet) -> tuple[str, ...]:
    """The fields of a sheet whose content is never shown."""
    return tuple(column.field for column in sheet.columns if is_secret(sheet, column.field))


def registered(column: Column, tail: str) -> str:
    """What may be said of a secret that is on record: that it is, and how it ends where a tail is kept."""
    return f"已登记，尾号{tail}" if tail else f"{column.header}已登记（加密保存，不显示）"
