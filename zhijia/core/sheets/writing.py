"""Writing workbooks: the empty ledger template and exports. No text ever becomes a formula or a link."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from zhijia.core.sheets.declare import Column, Sheet
from zhijia.core.sheets.reference import reference_markdown
from zhijia.core.sheets.rows import EXAMPLE

__all__ = ["example_cells", "reference_markdown", "write_template", "write_workbook"]

GUIDE = "说明"
TEMPLATE_ROWS = 2_000  # rows that carry drop-downs and formats in a template
_LIST_LIMIT = 255  # characters of a drop-down that is written into the cell; longer ones go through a named range
_LISTS = "选项"
_TEXT_LIMIT = 32_767
_CREATED = datetime(2020, 1, 1)  # noqa: DTZ001 - a fixed mark without a zone: the same records give the same bytes

Rows = Iterable[Sequence[Any]]


def _open(file: Path | str | IO[bytes], constant_memory: bool) -> Workbook:
    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "constant_memory": constant_memory,
        "nan_inf_to_errors": False,
    }
    target = str(file) if isinstance(file, Path) else file
    book = xlsxwriter.Workbook(target, options)
    book.set_properties({"created": _CREATED})
    return book


class _Formats:
    """The few cell formats of a workbook, made once."""

    def __init__(self, book: Workbook):
        line = {"border": 1, "border_color": "#BFBFBF", "valign": "vcenter", "text_wrap": True, "align": "center"}
        self.book = book
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.header = book.add_format({**line, "bold": True, "bg_color": "#E8EEF7"})
        self.required = book.add_format({**line, "bold": True, "bg_color": "#FCE4D6"})
        self.wrap = book.add_format({"text_wrap": True, "valign": "top"})
        self.made: dict[tuple[str, bool], Any] = {}

    def of(self, column: Column, example: bool = False) -> Any:
        """The format of a column's cells; grey italics for an example."""
        number_format = column.kind.number_format
        wide = column.kind.name == "long_text"
        key = (number_format + ("wrap" if wide else ""), example)
        if key not in self.made:
            options: dict[str, Any] = {"valign": "top"}
            options["num_format"] = number_format or ("General" if wide else "@")  # long text under @ shows as ####
            if wide:
                options["text_wrap"] = True
            if example:
                options |= {"italic": True, "font_color": "#7F7F7F"}
            self.made[key] = self.book.add_format(options)
        return self.made[key]


def _put(page: Worksheet, row: int, column: int, value: Any, look: Any) -> None:
    if value is None or value == "":
        page.write_blank(row, column, None, look)
    elif isinstance(value, bool):
        page.write_string(row, column, "是" if value else "否", look)
    elif isinstance(value, int | float):
        if abs(value) >= 10**15:  # a spreadsheet would round it
            page.write_string(row, column, str(value), look)
        else:
            page.write_number(row, column, value, look)
    elif isinstance(value, datetime | date):
        page.write_datetime(row, column, value, look)
    else:
        page.write_string(row, column, str(value)[:_TEXT_LIMIT], look)


def _head(page: Worksheet, sheet: Sheet, formats: _Formats, comments: bool) -> None:
    for index, column in enumerate(sheet.columns):
        page.set_column(index, index, column.kind.width)
        title = column.header + ("*" if column.required else "")
        page.write_string(0, index, title, formats.required if column.required else formats.header)
        if comments:
            page.write_comment(0, index, _help(column), {"x_scale": 1.6, "y_scale": 1.2, "author": ""})
    page.set_row(0, 32)
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, 0, max(len(sheet.columns) - 1, 0))
    page.set_landscape()
    page.set_paper(9)
    page.repeat_rows(0)
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.5)
    page.set_footer(f"&L{sheet.name.replace('&', '&&')}&R第 &P 页，共 &N 页")


def _help(column: Column) -> str:
    lines = ["必填" if column.required else "可以不填", column.kind.help, column.help]
    if column.kind.target:
        lines.append("填对方表里的名称或编号" + ("；找不到时按文字保留" if column.kind.loose else ""))
    return "\n".join(line for line in lines if line)


def example_cells(sheet: Sheet, number: int) -> list[Any]:
    """Example row 0 or 1 as cells: the first column starts with 示例, so that an import passes the row over."""
    cells = [column.examples[number] for column in sheet.columns]
    first = cells[0]
    named = sheet.columns[0].kind.name != "uid" and first not in ("", None)
    return [f"{EXAMPLE}：{first}" if named else EXAMPLE, *cells[1:]]


def write_template(file: Path | str | IO[bytes], sheets: Sequence[Sheet]) -> None:
    """Write the empty ledger workbook: 说明 first, then a sheet per declaration with help, drop-downs and examples.

    The two example rows of each sheet are marked 示例 in their first column; an import passes over them.
    """
    book = _open(file, constant_memory=False)
    formats = _Formats(book)
    _guide(book.add_worksheet(GUIDE), sheets, formats)
    pages = {sheet.name: book.add_worksheet(sheet.name) for sheet in sheets}
    lists = _Lists(book)
    sources = _sources(sheets)
    for sheet in sheets:
        page = pages[sheet.name]
        _head(page, sheet, formats, comments=True)
        for index, column in enumerate(sheet.columns):
            page.set_column(index, index, column.kind.width, formats.of(column))
            _validate(page, index, column, lists, sources)
        for number in (0, 1):
            for index, value in enumerate(example_cells(sheet, number)):
                _put(page, 1 + number, index, value, formats.of(sheet.columns[index], example=True))
    lists.close()
    book.close()


def _guide(page: Worksheet, sheets: Sequence[Sheet], formats: _Formats) -> None:
    page.write_string(0, 0, "工会台账填写说明", formats.title)
    lines = (
        "1. 一张工作表记一类事，一行记一件。表头不要改名；列的次序可以换，用不到的表空着就行。",
        "2. 表头带 * 的列必须填。把鼠标放在表头上可以看到怎么填。",
        "3. 第一列写着“示例”的灰色行只是样子，导入时不算，可以删去。",
        "4. 日期写成 2021-03-05 或 2021年3月5日；金额单位是元，只写数字。",
        "5. 身份证号、电话、银行账号的单元格要先设为“文本”，否则 Excel 会把后几位变成 0。",
        "6. 提到别的表里的人或事，写对方的姓名、名称或编号；同名的写编号。",
        "7. 同一份台账可以反复导入：没变的不动，改过的更新，删掉的只提示、不会删除。",
    )
    page.set_column(0, 0, 16)
    page.set_column(1, 1, 110)
    for index, line in enumerate(lines):
        page.write_string(1 + index, 0, line)
    start = len(lines) + 2
    page.write_string(start, 0, "工作表", formats.header)
    page.write_string(start, 1, "记什么", formats.header)
    for index, sheet in enumerate(sheets):
        row = start + 1 + index
        page.write_url(row, 0, f"internal:'{sheet.name}'!A1", string=sheet.name)
        needed = "、".join(column.header for column in sheet.columns if column.required)
        page.write_string(row, 1, sheet.help + (f"（必填：{needed}）" if needed else ""), formats.wrap)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)


class _Lists:
    """Long drop-downs live on a hidden sheet, one named range each."""

    def __init__(self, book: Workbook):
        self.book = book
        self.page: Worksheet | None = None
        self.known: dict[tuple[str, ...], str] = {}

    def source(self, choices: tuple[str, ...]) -> Any:
        """What a drop-down over these choices refers to."""
        if len(",".join(choices)) <= _LIST_LIMIT and not any("," in choice for choice in choices):
            return list(choices)
        if choices not in self.known:
            if self.page is None:
                self.page = self.book.add_worksheet(_LISTS)
            index = len(self.known)
            self.page.write_column(0, index, choices)
            letter = xl_col_to_name(index)
            name = f"选项{index + 1}"
            self.book.define_name(name, f"='{_LISTS}'!${letter}$1:${letter}${len(choices)}")
            self.known[choices] = f"={name}"
        return self.known[choices]

    def close(self) -> None:
        """Hide the sheet of lists, if there is one."""
        if self.page is not None:
            self.page.hide()


def _sources(sheets: Sequence[Sheet]) -> dict[str, str]:
    """Model label → the range of that sheet's key column, to choose a reference from."""
    found = {}
    for sheet in sheets:
        label = getattr(sheet.records, "label", "")
        key = next((index for index, column in enumerate(sheet.columns) if column.required), None)
        if label and key is not None and not sheet.columns[key].kind.secret:
            letter = xl_col_to_name(key)
            found[label] = f"='{sheet.name}'!${letter}$2:${letter}${TEMPLATE_ROWS}"
    return found


def _validate(page: Worksheet, index: int, column: Column, lists: _Lists, sources: dict[str, str]) -> None:
    """A drop-down: closed for choices; only an offer for references, whose 编号 may be written instead."""
    options: dict[str, Any] = {"validate": "list", "ignore_blank": True}
    if column.kind.choices:
        options |= {"source": lists.source(column.kind.choices), "error_title": column.header[:32]}
        options |= {"error_message": "请从下拉列表里选一个"}
    elif column.kind.target in sources:
        options |= {"source": sources[column.kind.target], "show_error": False}
    else:
        return
    page.data_validation(1, index, TEMPLATE_ROWS, index, options)


def write_workbook(file: Path | str | IO[bytes], pages: Iterable[tuple[Sheet, Rows]]) -> None:
    """Write an export that an import accepts: one sheet per declaration, rows of values in the order of its columns.

    Values are shown through their kinds: money in yuan, dates as dates. Rows are written as they come, in little
    memory. The file's mode is the caller's to set.
    """
    book = _open(file, constant_memory=True)
    formats = _Formats(book)
    empty = True
    for sheet, rows in pages:
        empty = False
        page = book.add_worksheet(sheet.name)
        _head(page, sheet, formats, comments=False)
        shows = [column.kind.show for column in sheet.columns]
        looks = [formats.of(column) for column in sheet.columns]
        row = 0
        for row, values in enumerate(rows, 1):
            for index, (value, show, look) in enumerate(zip(values, shows, looks, strict=True)):
                if value is not None:
                    _put(page, row, index, show(value), look)
        page.autofilter(0, 0, row, max(len(sheet.columns) - 1, 0))
    if empty:
        book.add_worksheet(GUIDE)
    book.close()
