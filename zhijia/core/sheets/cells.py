"""Raw cells as the file readers give them: text of a cell, and reading a column one distinct value at a time."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from typing import Any

from zhijia.core.sheets.declare import Problem

_SPACES = re.compile(r"[ \t\u00a0\u3000]+")
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u200e\u200f\u2060\ufeff]|_x000[0-9A-Fa-f]_")
_SURROGATES = re.compile(r"[\ud800-\udfff]")
ERROR_CELL = re.compile(r"#(?:REF!|VALUE!|DIV/0!|NAME\?|N/A|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA)")
NO_RESULT = "#公式没有结果"  # put by the reader where a formula's result was never saved
EXACT_LIMIT = 10**15  # a spreadsheet keeps fifteen digits; longer numbers have lost their last digits in the file


class Unreadable(ValueError):
    """One cell that can not be read: a stable code, why, and how to mend it."""

    def __init__(self, code: str, message: str, mend: str = ""):
        self.code, self.message, self.mend = code, message, mend
        super().__init__(message)


def text_of(value: Any) -> str:
    """The text a person sees in a cell: 2472.0 is "2472", a date is 2021-03-05; outer spaces and control signs go."""
    if type(value) is not str:
        if isinstance(value, bool):
            return "TRUE" if value else "FALSE"
        if isinstance(value, float):
            if math.isfinite(value) and value.is_integer() and abs(value) < EXACT_LIMIT * 1000:
                return str(int(value))
            return format(value, ".15g")
        if isinstance(value, datetime):
            return value.strftime("%Y-%m-%d %H:%M").removesuffix(" 00:00")
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, time):
            return value.strftime("%H:%M")
        return str(value)
    if value.isalnum():
        return value
    text = _UNSEEN.sub("", value.replace("\r\n", "\n").replace("_x000D_", "").replace("\r", "\n"))
    return _SURROGATES.sub("", text).strip()


def line_of(value: Any) -> str:
    """The text of a cell on one line, runs of spaces and line breaks being one space."""
    text = text_of(value)
    return text if text.isalnum() else " ".join(_SPACES.sub(" ", text).split())


def plain_of(value: Any) -> str:
    """The text of a cell with full-width letters and digits made narrow and all spaces gone, for codes and numbers."""
    text = text_of(value)
    if text.isascii() and text.isalnum():
        return text
    return "".join(unicodedata.normalize("NFKC", text).split())


def read_each(values: Sequence[Any], read: Callable[[Any], Any]) -> tuple[list[Any], list[Problem]]:
    """Read a column, each distinct raw value once; what `read` refuses as `Unreadable` is a `Problem` and None."""
    if any(value is True or value is False for value in values):  # True == 1 would share one entry below
        values = [("TRUE" if value else "FALSE") if isinstance(value, bool) else value for value in values]
    results: dict[Any, Any] = {}
    refused: dict[Any, Unreadable] = {}
    for raw in set(values):
        try:
            if type(raw) is str and raw[:1] == "#" and error_cell(raw):
                raise _formula_error(raw)
            results[raw] = read(raw)
        except Unreadable as error:
            results[raw] = None
            refused[raw] = error
    parsed = [results[raw] for raw in values]
    if not refused:
        return parsed, []
    problems = []
    for index, raw in enumerate(values):
        if raw in refused:
            why = refused[raw]
            problems.append(Problem(index, why.code, why.message, why.mend))
    return parsed, problems


def error_cell(value: str) -> bool:
    """True for a formula's error such as #REF!, or for one whose result was never saved."""
    return value == NO_RESULT or ERROR_CELL.fullmatch(value) is not None


def _formula_error(value: str) -> Unreadable:
    if value == NO_RESULT:
        mend = "请用 Excel 或 WPS 打开、保存一次再导入，或把公式换成数值"
        return Unreadable("formula.unsaved", "这个单元格是公式，文件里没有存下它的结果", mend)
    return Unreadable("formula.error", f"这个单元格的公式出错了（{value}）", "请改好公式，或直接填上数值")
