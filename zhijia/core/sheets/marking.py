"""The union's own workbook back: every problem listed on a first sheet, its cell filled amber and explained."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter
from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from zhijia.core.outcomes import UNCONFIRMED, WARN, Refused, Violation
from zhijia.core.sheets.cells import line_of
from zhijia.core.sheets.headers import HEADER_ROWS, full_key
from zhijia.core.sheets.mending import Mended, mend
from zhijia.core.sheets.source import Grid, open_grids

LIST = "导入问题"
HEADERS = ("工作表", "行", "列", "填写的内容", "问题", "依据", "怎么改", "程度")
WIDTHS = (14, 7, 16, 26, 52, 22, 46, 8)
ROWS_LIMIT = 20_000  # openpyxl keeps every cell's format: beyond this a fresh workbook with the problem rows is written
MARKED_LIMIT = 10_000
_SIZE_LIMIT = 8 * 1024 * 1024
_AMBER = "FFC000"
_LEVELS = {WARN: "提醒", UNCONFIRMED: "待确认"}


def mark(source: Path | str, problems: Sequence[Violation], out: Path | str, *, mended: Mended | None = None) -> None:
    """Write the source workbook to `out` with its problem cells marked and a first sheet 导入问题.

    An xlsx of at most 20,000 rows keeps its own formatting; of anything else the problem rows are copied to a fresh
    workbook. A file that can not be opened gives the list alone. Values in the list are masked by whoever found them.
    Cells `mended` on a page are written as they were mended.
    """
    source, out = Path(source), Path(out)
    book = _open_small(source)
    if book is None:
        _write_fresh(source, problems, out, mended)
        return
    _put_mended(book, mended or {})
    _mark_cells(book, problems)
    _list_first(book, problems)
    book.save(out)


def _put_mended(book: Workbook, mended: Mended) -> None:
    """Mended cells as texts; a row that was left out is emptied."""
    for title, rows in mended.items():
        page = book[title] if title in book.sheetnames else None
        if not isinstance(page, Worksheet):
            continue
        for row, cells in rows.items():
            texts = dict.fromkeys(range(page.max_column), "") if cells is None else cells
            for column, text in texts.items():
                cell = page.cell(row, column + 1)
                if not isinstance(cell, MergedCell):
                    cell.value = text or None
                    cell.data_type = "s" if text else "n"


def _open_small(source: Path) -> Workbook | None:
    """The source for openpyxl, or None where it is no sound xlsx or too large to hold with its formats."""
    try:
        if source.stat().st_size > _SIZE_LIMIT:
            return None
        rows = sum(len(grid.rows) for grid in open_grids(source) if isinstance(grid, Grid))
        if rows > ROWS_LIMIT:
            return None
        with source.open("rb") as file:
            return openpyxl.load_workbook(file) if file.read(2) == b"PK" and not file.seek(0) else None
    except (Refused, OSError):
        return None
    except Exception:  # noqa: BLE001 - openpyxl raises whatever its parts raise; the list is written all the same
        return None


def _column_of(page: Worksheet, violation: Violation) -> int:
    """The 1-based column whose header the violation names, or 0."""
    wanted = full_key(violation.place.column)
    if not wanted:
        return 0
    last = min(HEADER_ROWS + 1, page.max_row, max(violation.place.row, 1))
    for cells in page.iter_rows(1, last):
        for cell in cells:
            if cell.value is not None and full_key(line_of(cell.value)) == wanted:
                return int(cell.column)
    return _column_of_joined(page, wanted, last)


def _column_of_joined(page: Worksheet, wanted: str, last: int) -> int:
    """Two-row headers: the column where a group's name and the header below it make up the wanted one."""
    for row in range(1, last):
        group = ""
        for column in range(1, page.max_column + 1):
            above, below = (line_of(page.cell(one, column).value or "") for one in (row, row + 1))
            group = above or (group if below else "")
            if full_key(group + below) == wanted:
                return column
    return 0


def _mark_cells(book: Workbook, problems: Iterable[Violation]) -> None:
    fill = PatternFill("solid", start_color=_AMBER, end_color=_AMBER)
    columns: dict[tuple[str, str], int] = {}
    said: dict[tuple[str, int, int], list[str]] = defaultdict(list)
    for violation in problems:
        place = violation.place
        if place.sheet not in book.sheetnames or not place.row or not isinstance(book[place.sheet], Worksheet):
            continue
        key = (place.sheet, place.column)
        if key not in columns:
            columns[key] = _column_of(book[place.sheet], violation)
        if len(said) < MARKED_LIMIT:
            said[place.sheet, place.row, columns[key] or 1].append(
                violation.message + (f"\n怎么改：{violation.mend}" if violation.mend else "")
            )
    for (sheet, row, column), texts in said.items():
        cell = _top_left(book[sheet], row, column)
        cell.fill = fill
        comment = Comment("\n".join(texts)[:2_000], LIST, width=320, height=140)
        if cell.comment is not None:
            comment.text = f"{comment.text}\n——原有批注：{cell.comment.text}"
        cell.comment = comment


def _top_left(page: Worksheet, row: int, column: int) -> Any:
    cell = page.cell(row, column)
    if isinstance(cell, MergedCell):
        for merged in page.merged_cells.ranges:
            if cell.coordinate in merged:
                return page.cell(merged.min_row, merged.min_col)
    return cell


def _cells(violation: Violation) -> tuple[Any, ...]:
    place = violation.place
    level = _LEVELS.get(violation.level, "必须改")
    row = place.row or None
    return place.sheet, row, place.column, violation.value, violation.message, violation.source, violation.mend, level


def _list_first(book: Workbook, problems: Sequence[Violation]) -> None:
    if LIST in book.sheetnames:  # a marked workbook that comes back
        del book[LIST]
    page = book.create_sheet(LIST, 0)
    book.active = 0
    for other in book.worksheets[1:]:
        other.sheet_view.tabSelected = False
    page.append(HEADERS)
    columns: dict[tuple[str, str], int] = {}
    for number, violation in enumerate(problems, 2):
        for index, value in enumerate(_cells(violation), 1):
            cell = page.cell(number, index, value)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if isinstance(value, str):
                cell.data_type = "s"  # openpyxl takes a text that starts with = for a formula
        place = violation.place
        if place.row and place.sheet in book.sheetnames and number <= ROWS_LIMIT:
            key = (place.sheet, place.column)
            if key not in columns:
                columns[key] = _column_of(book[place.sheet], violation) or 1
            target = f"{get_column_letter(columns[key])}{place.row}"
            link = page.cell(number, 2)
            title = place.sheet.replace("'", "''")
            link.hyperlink = Hyperlink(ref=link.coordinate, location=f"'{title}'!{target}")
            link.font = Font(underline="single", color="0563C1")
    for index, width in enumerate(WIDTHS, 1):
        head = page.cell(1, index)
        head.font = Font(bold=True)
        page.column_dimensions[get_column_letter(index)].width = width
    page.freeze_panes = "A2"
    page.auto_filter.ref = f"A1:{get_column_letter(len(HEADERS))}{len(problems) + 1}"


def _write_fresh(source: Path, problems: Sequence[Violation], out: Path, mended: Mended | None) -> None:
    """The list, and behind it per sheet the rows that have problems, cell by cell as read."""
    wanted: dict[str, dict[int, list[Violation]]] = defaultdict(lambda: defaultdict(list))
    for violation in problems:
        if violation.place.row:
            wanted[violation.place.sheet][violation.place.row].append(violation)
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(out), options) as book:
        bold = book.add_format({"bold": True, "text_wrap": True})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        page = book.add_worksheet(LIST)
        for index, (title, width) in enumerate(zip(HEADERS, WIDTHS, strict=True)):
            page.set_column(index, index, width, wrap)
            page.write_string(0, index, title, bold)
        lines = [_cells(violation) for violation in problems]
        for number, cells in enumerate(lines[:1_000_000], 1):
            for index, value in enumerate(cells):
                if isinstance(value, int):
                    page.write_number(number, index, value)
                elif value:
                    page.write_string(number, index, value)
        page.freeze_panes(1, 0)
        page.autofilter(0, 0, max(len(lines), 1), len(HEADERS) - 1)
        try:
            grids = open_grids(source)
            used = {LIST.casefold()}
            for grid in grids:
                if isinstance(grid, Grid) and grid.title in wanted:
                    mend(grid, mended)
                    _copy_rows(book, grid, wanted[grid.title], used)
        except Refused:  # the list says why the file could not be opened
            return


def _copy_rows(book: Any, grid: Grid, wanted: dict[int, list[Violation]], used: set[str]) -> None:
    amber = book.add_format({"bg_color": f"#{_AMBER}"})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    title = "".join("_" if sign in "[]:*?/\\" else sign for sign in grid.title).strip("'")[:28] or "数据"
    while title.casefold() in used:
        title += "_"
    used.add(title.casefold())
    page = book.add_worksheet(title)
    page.write_string(0, 0, "原来的行号")
    head = next((index for index, row in enumerate(grid.rows[: HEADER_ROWS + 1]) if _names_all(row, wanted)), 0)
    for index, cell in enumerate(grid.rows[head] if grid.rows else ()):
        page.write_string(0, index + 1, line_of(cell))
    places = {full_key(line_of(cell)): index for index, cell in enumerate(grid.rows[head])} if grid.rows else {}
    for number, (row, violations) in enumerate(sorted(wanted.items()), 1):
        page.write_number(number, 0, row)
        marked = {places.get(full_key(one.place.column), -1) for one in violations}
        for index, cell in enumerate(grid.rows[row - 1] if row <= len(grid.rows) else ()):
            look = amber if index in marked else None
            if hasattr(cell, "year") and not look:
                page.write_datetime(number, index + 1, cell, day)
            else:
                page.write_string(number, index + 1, line_of(cell), look)
        for violation in violations:
            index = places.get(full_key(violation.place.column), -1)
            if number <= MARKED_LIMIT:
                text = violation.message + (f"\n怎么改：{violation.mend}" if violation.mend else "")
                page.write_comment(number, index + 1, text, {"x_scale": 2, "author": LIST})


def _names_all(row: Sequence[Any], wanted: dict[int, list[Violation]]) -> bool:
    keys = {full_key(line_of(cell)) for cell in row}
    columns = {full_key(one.place.column) for violations in wanted.values() for one in violations} - {""}
    return bool(columns) and len(columns & keys) * 2 >= len(columns)
