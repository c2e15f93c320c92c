"""Kinds of amounts: money in fen, whole numbers, hours in tenths."""

from __future__ import annotations

import math
import re
from decimal import Decimal
from typing import Any

from zhijia.core.money import MoneyError, parse_yuan
from zhijia.core.sheets.cells import Unreadable, plain_of, read_each
from zhijia.core.sheets.declare import Kind

MONEY_LIMIT_FEN = 10**13  # one hundred billion yuan: more than any union's account holds
_COUNTERS = "人次|人|次|名|位|份|件|个|天|日|户|场|期|篇|条|项|届|年|岁|ml|毫升|本|套|间"
_WHOLE = re.compile(rf"([+-]?\d{{1,3}}(?:,\d{{3}})+|[+-]?\d+)(?:\.0*)?(?:{_COUNTERS})?")
_HOURS = re.compile(r"(\d+(?:\.\d+)?)(?:个)?(?:小时|学时|课时|h)?", re.IGNORECASE)


def money(signed: bool = False, low: int = 0, high: int = MONEY_LIMIT_FEN) -> Kind:
    """Cells in yuan, values in fen (int) from `low` to `high`; below zero only where `signed`. Summed."""

    def read(raw: Any) -> int:
        try:
            fen = round(raw * 100) if type(raw) is float and abs(raw) < 10**9 else None
            if fen is None or abs(raw * 100 - fen) > 1e-5:
                fen = parse_yuan(raw)
        except MoneyError as error:
            raise Unreadable("money", str(error), "只填数字，单位是元，例如 1234.50") from None
        if fen < 0 and not signed:
            raise Unreadable("money.negative", "金额不能是负数", "请填正数；冲减请按冲减的方式另记一行")
        if fen > high or fen < (-high if signed else low):
            limits = f"{low / 100:g}至{high / 100:,.0f}元"
            raise Unreadable("money.range", f"金额超出范围（{limits}）", "请检查是否多打了数字")
        return fen

    def show(fen: Any) -> Any:
        return None if fen is None else fen / 100

    return Kind(
        "money",
        lambda values: read_each(values, read),
        show,
        "金额，单位是元，最多两位小数",
        number_format="#,##0.00",
        summed=True,
    )


def whole(min: int = 0, max: int = 2_000_000_000, summed: bool = False) -> Kind:  # noqa: A002 - a declaration's words
    """A whole number from `min` to `max`; 12人, 1,200 and full-width digits are read too."""

    def read(raw: Any) -> int:
        if isinstance(raw, float | int):
            if not math.isfinite(raw) or raw != int(raw):
                raise Unreadable("whole", "这里要填整数", "请去掉小数")
            number = int(raw)
        else:
            found = _WHOLE.fullmatch(plain_of(raw))
            if not found or len(found[1]) > 15:
                raise Unreadable("whole", "这里要填整数", f"只填数字，例如 {min if min > 0 else 12}")
            number = int(found[1].replace(",", ""))
        if not min <= number <= max:
            raise Unreadable("whole.range", f"数字超出范围（{min}至{max}）", "请检查是否填错")
        return number

    return Kind(
        "whole",
        lambda values: read_each(values, read),
        help=f"整数（{min}至{max}）" if max < 1_000_000_000 else "整数",
        number_format="0",
        width=10,
        summed=summed,
    )


def hours(max: int = 10_000, summed: bool = True) -> Kind:  # noqa: A002 - a declaration's words
    """Hours with at most one decimal, values in tenths of an hour (int): 3.5 is read as 35; at most `max` hours."""

    def read(raw: Any) -> int:
        if isinstance(raw, float | int):
            number = float(raw)
        else:
            found = _HOURS.fullmatch(plain_of(raw))
            if not found:
                raise Unreadable("hours", "这里要填小时数", "只填数字，例如 3.5")
            number = float(found[1])
        tenths = round(number * 10) if math.isfinite(number) else -1
        if not 0 <= tenths <= max * 10 or abs(number * 10 - tenths) > 1e-6:
            raise Unreadable("hours", f"小时数要在0至{max}之间，最多一位小数", "请检查是否填错")
        return tenths

    def show(tenths: Any) -> Any:
        return None if tenths is None else tenths / 10

    return Kind(
        "hours",
        lambda values: read_each(values, read),
        show,
        "小时数，最多一位小数",
        number_format="0.0",
        width=10,
        summed=summed,
    )


_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_DIGITS, _PLACES = 12, 4


def number() -> Kind:
    """A number with at most four decimals, of any unit: values are Decimal without needless zeros."""

    def read(raw: Any) -> Decimal:
        found = _NUMBER.fullmatch(f"{raw:.{_PLACES}f}" if isinstance(raw, float) else plain_of(raw))
        if not found:
            raise Unreadable("number", "这里要填数字", "只填数字，单位写在字段名里，例如 42.5")
        value = Decimal(found[0].replace(",", ""))
        if abs(value) >= 10**_DIGITS or value != round(value, _PLACES):
            raise Unreadable("number.range", f"数字太大，或小数超过{_PLACES}位", "请检查是否填错")
        return value

    def show(value: Any) -> Any:
        return None if value is None else int(value) if value == int(value) else float(value)

    return Kind("number", lambda values: read_each(values, read), show, "数字，可以有小数", number_format="General")
