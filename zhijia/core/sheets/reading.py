"""Reading a ledger file: `read` finds its tables, `parse` turns a table's cells into values. Problems are values.

Columns that no sheet knows are told of by `unread`, once it is sure that nothing else in the file makes them known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from zhijia.core.outcomes import WARN, Place, Refused, Violation
from zhijia.core.sheets import mending
from zhijia.core.sheets.days import with_year
from zhijia.core.sheets.declare import Column, Sheet, Table, blank
from zhijia.core.sheets.headers import fingerprint, full_key
from zhijia.core.sheets.identifiers import shown
from zhijia.core.sheets.matching import Mapping, Matcher
from zhijia.core.sheets.rows import check_totals, table_of
from zhijia.core.sheets.source import Grid, open_grids

__all__ = ["Mapping", "Reading", "check_totals", "fingerprint", "parse", "read", "unread"]

Progress = Callable[[str], None]
_TEXT_KINDS = frozenset(("text", "long_text", "yesno", "name", "names", "uid"))
_DAY_KINDS = frozenset(("date", "last_day", "month"))
_DASHES = frozenset(("/", "／", "—", "——", "-", "－", "--", "\\"))
_LISTED = 40


@dataclass(slots=True)
class Reading:
    """What was found in a file: `problems` refuse it, `notes` (level warn) tell what was passed over or guessed."""

    tables: list[Table] = field(default_factory=list)
    problems: list[Violation] = field(default_factory=list)
    notes: list[Violation] = field(default_factory=list)


def read(
    path: Path | str,
    sheets: Sequence[Sheet],
    *,
    mapping: Mapping | None = None,
    mended: mending.Mended | None = None,
    progress: Progress | None = None,
) -> Reading:
    """Read an xlsx, xls, ods or csv file and match its sheets to the declared ones; never raises for what is in it.

    `mapping` = {"sheets": {own sheet name or "*": {"sheet": name, "columns": {own header: our header, or "" to leave
    out}, "constants": {our header: value}}}}; a list of such entries reads one sheet several times, None leaves it out.
    Several sheets of the file may belong to one declared sheet (a sheet per year). `mended` cells take the place of the
    file's. `progress` is told each sheet's name.
    """
    path = Path(path)
    reading = Reading()
    matcher = Matcher(sheets, mapping)
    try:
        for grid in open_grids(path):
            if isinstance(grid, Violation):
                reading.notes.append(grid)
                continue
            if progress is not None:
                progress(f"读取工作表“{grid.title}”（{len(grid.rows)}行）")
            mending.mend(grid, mended)
            _read_grid(grid, matcher, reading, path.stem)
    except Refused as refused:
        reading.tables = []
        reading.problems = list(refused.violations)
        return reading
    if not reading.tables and not reading.problems:
        if any(note.code == "sheet.blank" for note in reading.notes):
            reading.problems.append(Violation("file.blank", "台账里还没有填数据", mend="请在表头下面填上数据再导入"))
            return reading
        names = "、".join(sheet.name for sheet in sheets)
        mend = f"请检查表名和表头；能导入的工作表有：{names}"
        reading.problems.append(Violation("file.nothing", "文件里没有认得出的台账", mend=mend))
    return reading


def _read_grid(grid: Grid, matcher: Matcher, reading: Reading, hint: str) -> None:
    if all(all(map(blank, row)) for row in grid.rows):
        message = f"工作表“{grid.title}”是空的，没有读"
        reading.notes.append(Violation("sheet.empty", message, place=Place(grid.title), level=WARN))
        return
    if matcher.leaves_out(grid.title):
        message = f"按您的选择，工作表“{grid.title}”没有读"
        reading.notes.append(Violation("sheet.left", message, place=Place(grid.title), level=WARN))
        return
    wishes = matcher.wishes_for(grid.title)
    for wish in wishes:
        part = grid if len(wishes) == 1 else Grid(grid.title, list(grid.rows), grid.merged, grid.hidden)
        found = matcher.match(part, wish, hint)
        reading.problems.extend(found.problems)
        reading.notes.extend(found.notes)
        if found.match is None or found.problems:
            continue
        if part.hidden:
            message = f"“{grid.title}”是隐藏的工作表，也读了"
            mend = "如果不该导入，请把这张表从文件里删去"
            reading.notes.append(Violation("sheet.hidden", message, place=Place(grid.title), mend=mend, level=WARN))
        table, notes = table_of(part, found, hint)
        reading.notes.extend(notes)
        for header in [header for header in table.unknown if full_key(header) in wish.columns]:
            del table.unknown[header]  # left out by somebody who knows it
        if not table.rows:
            message = f"工作表“{grid.title}”只有表头，没有数据"
            reading.notes.append(Violation("sheet.blank", message, place=Place(grid.title), level=WARN))
            continue
        reading.tables.append(table)


def unread(tables: Iterable[Table]) -> Iterator[Violation]:
    """A note for each table with columns that were not read."""
    mend = "需要的话，请改成模板里的表头，或在列对应里指定"
    for table in tables:
        if table.unknown:
            message = f"这些列没有对应，没有读：{'、'.join(islice(table.unknown, _LISTED))}"
            place = Place(table.title, table.header_row)
            yield Violation("column.unknown", message, place=place, mend=mend, level=WARN)


def parse(table: Table) -> tuple[dict[str, list[Any]], list[Violation]]:
    """Turn a table's raw cells into values, a column at a time.

    `columns[field]` has one value per row, None for a blank or unreadable cell; only columns that the file has are
    there. Each problem has sheet, row, header, the value (secrets masked) and how to mend it. `check_totals` is next.
    """
    columns: dict[str, list[Any]] = {}
    found: list[Violation] = []
    for name, raws in table.columns.items():
        columns[name] = _parse_column(table, table.sheet.column(name), raws, found)
    found.sort(key=lambda violation: violation.place.row)
    return columns, found


def _blanks(column: Column, raws: Sequence[Any]) -> set[Any]:
    """The distinct raw cells that count as blank: also a dash or stroke, except where it may be a text."""
    dashes = _DASHES if column.kind.name not in _TEXT_KINDS else ()
    return {raw for raw in set(raws) if blank(raw) or raw in dashes}


def _parse_column(table: Table, column: Column, raws: list[Any], found: list[Violation]) -> list[Any]:
    header = table.headers.get(column.field, column.header)
    empty = _blanks(column, raws)
    present = [index for index, raw in enumerate(raws) if raw not in empty] if empty else None
    values = raws if present is None else [raws[index] for index in present]
    if table.year is not None and column.kind.name in _DAY_KINDS:
        parsed, problems = with_year(column.kind, table.year, values)
    else:
        parsed, problems = column.kind.parse(values)
    for problem in problems:
        index = problem.index if present is None else present[problem.index]
        place = Place(table.title, table.rows[index], header)
        value = shown(column.kind, raws[index])
        found.append(Violation(problem.code, problem.message, place=place, value=value, mend=problem.mend))
    if present is None:
        return parsed
    if column.required:
        _report_blanks(table, column, header, present, found)
    whole: list[Any] = [None] * len(raws)
    for index, value in zip(present, parsed, strict=True):
        whole[index] = value
    return whole


def _report_blanks(table: Table, column: Column, header: str, present: Sequence[int], found: list[Violation]) -> None:
    filled = set(present)
    message, mend = f"“{column.header}”没有填", "这一项不能空着"
    for index, row in enumerate(table.rows):
        if index not in filled:
            found.append(Violation("required", message, place=Place(table.title, row, header), mend=mend))
