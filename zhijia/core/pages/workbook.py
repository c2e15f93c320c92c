"""A list as an Excel file: exactly the words that the page shows. No text ever becomes a formula or a link."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO

import xlsxwriter


def workbook(title: str, heads: Sequence[str], lines: Iterable[Sequence[str | int | float]]) -> bytes:
    """One sheet with a fixed head and filters; numbers stay numbers, everything else is text."""
    out = BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    book = xlsxwriter.Workbook(out, options)
    page = book.add_worksheet(_sheet_name(title))
    head = book.add_format({"bold": True, "bg_color": "#E8EEF7", "border": 1, "border_color": "#BFBFBF"})
    widths = [_width(word) for word in heads]
    for place, word in enumerate(heads):
        page.write_string(0, place, word, head)
    row = 0
    for row, line in enumerate(lines, start=1):
        for place, value in enumerate(line):
            if isinstance(value, int | float):
                page.write_number(row, place, value)
            elif value:
                page.write_string(row, place, value[:32_767])
            if row < 200:
                widths[place] = max(widths[place], min(_width(str(value)), 48))
    for place, width in enumerate(widths):
        page.set_column(place, place, width + 2)
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, row, max(len(heads) - 1, 0))
    page.repeat_rows(0)
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    if len(heads) > 6:
        page.set_landscape()
    book.close()
    return out.getvalue()


def _width(text: str) -> int:
    return sum(2 if ord(sign) > 0x2E7F else 1 for sign in text[:60])


def _sheet_name(title: str) -> str:
    return "".join(sign for sign in title if sign not in "[]:*?/\\'")[:31] or "列表"
