"""Which of our sheets and columns an uploaded ledger's are: guessed, shown with samples, chosen on the page."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from zhijia.core.sheets.cells import line_of
from zhijia.core.sheets.declare import Column, Sheet, blank
from zhijia.core.sheets.headers import HEADER_ROWS, full_key, is_counter, texts
from zhijia.core.sheets.identifiers import shown
from zhijia.core.sheets.matching import Matcher, Wish
from zhijia.core.sheets.source import Grid, open_grids
from zhijia.shell.ledgers import uploads
from zhijia.shell.ledgers.uploads import Upload

LEAVE = "-"  # the answer that leaves a sheet or a column out
_TOP = HEADER_ROWS + 1
_SAMPLES, _LOOKED_AT = 3, 200
_KEPT = "shape.json"
_LONG_NUMBER = re.compile(r"\d{7,}[\dXx]?")
_DAY = re.compile(r"(?:19|20)\d{2}[01]\d[0-3]\d")
_PERSON = "members.Person"
_NAME = re.compile(r"[\u4e00-\u9fff·]{2,6}")
_BY_CONTENT = frozenset(("date", "month", "money", "choice", "ref", "loose_ref", "name", "resident_id"))

_Asked = tuple[int, str, Column | None]  # a column of the file: its place, its header, which of ours it is


@dataclass(frozen=True, slots=True)
class FileColumn:
    """A column of the file: its header, a few of its values (long numbers masked), and what it seems to be of ours."""

    header: str
    samples: tuple[str, ...]
    ours: str = LEAVE


@dataclass(frozen=True, slots=True)
class FileSheet:
    """A sheet of the file: which of ours it seems to be (LEAVE for none), its columns, what our sheet needs besides.

    `sure`: its name or headers say what it is and no required column is missing, so that nobody has to be asked.
    """

    title: str
    rows: int
    ours: str = LEAVE
    columns: tuple[FileColumn, ...] = ()
    missing: tuple[str, ...] = ()
    constants: Mapping[str, str] = field(default_factory=dict)
    sure: bool = False


@dataclass(slots=True)
class _Top:
    """The first rows of a sheet, with samples of each column from further down."""

    title: str
    rows: int
    top: list[list[Any]]
    samples: list[list[str]]


def look(upload: Upload) -> None:
    """Read the file once and keep the first rows of each sheet; refused where it can not be read."""
    uploads.write(upload.folder / _KEPT, json.dumps(tops(upload.source), ensure_ascii=False).encode())


def tops(file: Path) -> list[dict[str, Any]]:
    """The first rows of each sheet of a file with samples from further down, fit to be kept as JSON."""
    found = []
    for grid in open_grids(file):
        if isinstance(grid, Grid) and any(not blank(cell) for row in grid.rows for cell in row):
            top = [texts(row) for row in grid.rows[:_TOP]]
            found.append(asdict(_Top(grid.title, len(grid.rows), top, _samples(grid))))
    return found


def _samples(grid: Grid) -> list[list[str]]:
    """Of each column the first different texts, those of the rows that may be headers too."""
    width = max((len(row) for row in grid.rows), default=0)
    found: list[dict[str, int]] = [{} for _ in range(width)]
    for number, row in enumerate(grid.rows[:_LOOKED_AT]):
        for index, cell in enumerate(row):
            if not blank(cell) and len(found[index]) < _SAMPLES + _TOP:
                found[index].setdefault(line_of(cell)[:60], number)
    return [[f"{number}\t{text}" for text, number in column.items()] for column in found]


def sheets(upload: Upload, mapping: Mapping[str, Any] | None, ours: Sequence[Sheet]) -> list[FileSheet]:
    """The sheets of the file as the mapping (else the guess) reads them; `ours` are the declared ones."""
    try:
        kept = json.loads((upload.folder / _KEPT).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    return read_tops(kept, mapping, upload.source.stem, ours)


def read_tops(
    kept: Sequence[Mapping[str, Any]], mapping: Mapping[str, Any] | None, hint: str, ours: Sequence[Sheet]
) -> list[FileSheet]:
    """The sheets whose first rows were kept (`tops`) as the mapping, else the guess, reads them; `hint` is the name."""
    matcher = Matcher(ours, mapping)
    return [_read(_Top(**one), matcher, hint) for one in kept]


def _read(top: _Top, matcher: Matcher, hint: str) -> FileSheet:
    if matcher.leaves_out(top.title):
        return _none_of_ours(top)
    wish = next(iter(matcher.wishes_for(top.title)), Wish())
    found = matcher.match(Grid(top.title, top.top), wish, hint)
    match = found.match
    if match is None:
        return _unmatched(top, wish, matcher)
    declared = match.lexicon.sheet
    ours = {index: declared.column(name) for name, index in match.places.items()}
    columns = _asked(match.headers, ours)
    sure = not found.problems and not match.doubled
    if not wish.columns:
        columns = _guessed(columns, declared, top, match.last)
    constants = {header: str(value) for header, value in wish.constants.items()}
    return _told(top, declared, columns, match.last, constants, sure=sure)


def _none_of_ours(top: _Top) -> FileSheet:
    row = _header_row(top)
    columns = _asked(top.top[row] if top.top else [], {})
    return FileSheet(top.title, top.rows, columns=tuple(_file_column(top, row, *one) for one in columns))


def _unmatched(top: _Top, wish: Wish, matcher: Matcher) -> FileSheet:
    """A sheet that is none of ours, or one of ours without a header that we know."""
    lexicon = next((one for name, one in matcher.names if wish.sheet and name == full_key(wish.sheet)), None)
    if lexicon is None:
        return _none_of_ours(top)
    row = _header_row(top)
    columns = _guessed(_asked(top.top[row] if top.top else [], {}), lexicon.sheet, top, row)
    return _told(top, lexicon.sheet, columns, row, {}, sure=False)


def _told(
    top: _Top, declared: Sheet, columns: list[_Asked], row: int, constants: Mapping[str, str], *, sure: bool
) -> FileSheet:
    held = {column.header for _index, _header, column in columns if column is not None}
    missing = tuple(header for header in required(declared) if header not in held)
    complete = all(constants.get(header) for header in missing)
    told = tuple(_file_column(top, row, *one) for one in columns)
    return FileSheet(top.title, top.rows, declared.name, told, missing, constants, sure and complete)


def _header_row(top: _Top) -> int:
    """The first row that is nearly as full as the fullest: titles and notes above it have a cell or two."""
    filled = [sum(map(bool, row)) for row in top.top]
    enough = max(filled, default=0) * 0.8
    return next((index for index, count in enumerate(filled) if count >= enough), 0)


def _asked(headers: Sequence[str], ours: Mapping[int, Column]) -> list[_Asked]:
    """The file's columns with ours, each header once: a mapping knows columns by their headers."""
    found: dict[str, _Asked] = {}
    for index, header in enumerate(headers):
        column = ours.get(index)
        key = full_key(header)
        if column is not None or (key not in found and not is_counter(header)):
            found[key] = (index, header, column)
    return list(found.values())


def _guessed(columns: list[_Asked], declared: Sheet, top: _Top, row: int) -> list[_Asked]:
    """Required columns that no header names: the one column whose content is of that kind, if there is just one."""
    held = {column.field for _index, _header, column in columns if column is not None}
    for wanted in declared.columns:
        if not wanted.required or wanted.field in held or wanted.kind.name not in _BY_CONTENT:
            continue
        fit = [
            place
            for place, (index, _header, column) in enumerate(columns)
            if column is None and _fits(wanted, _below(top, index, row))
        ]
        if len(fit) == 1:
            index, header, _none = columns[fit[0]]
            columns = [*columns[: fit[0]], (index, header, wanted), *columns[fit[0] + 1 :]]
    return columns


def _fits(column: Column, values: list[str]) -> bool:
    if not values:
        return False
    if column.kind.target not in ("", _PERSON):
        return False
    if column.kind.target or column.kind.name == "name":
        return all(_NAME.fullmatch(value) for value in values)
    return not column.kind.parse(values)[1]


def _below(top: _Top, index: int, row: int) -> list[str]:
    """A column's sample values below the header row."""
    pairs = [sample.partition("\t") for sample in (top.samples[index] if index < len(top.samples) else ())]
    return [text for number, _tab, text in pairs if int(number) > row]


def _file_column(top: _Top, row: int, index: int, header: str, column: Column | None) -> FileColumn:
    secret = column is not None and column.kind.secret
    told = [shown(column.kind, text) if column and secret else _masked(text) for text in _below(top, index, row)]
    return FileColumn(header, tuple(told[:_SAMPLES]), column.header if column else LEAVE)


def _masked(text: str) -> str:
    """A text without its long numbers, which may be a phone's, an account's or a person's."""
    return _LONG_NUMBER.sub(lambda found: found[0] if _DAY.fullmatch(found[0]) else "****" + found[0][-2:], text)


def chosen(sheets_now: list[FileSheet], answers: Mapping[str, str], ours: Sequence[Sheet]) -> dict[str, Any]:
    """The mapping that a posted form tells: `s0` our sheet for the first one, `s0c1` our column, `s0k…` a constant.

    Answers about columns count only where the sheet is still the one that they were asked for (`s0was`).
    """
    entries: dict[str, Any] = {}
    for place, sheet in enumerate(sheets_now):
        name = answers.get(f"s{place}", sheet.ours)
        declared = next((one for one in ours if one.name == name), None)
        if declared is None:
            entries[sheet.title] = None
            continue
        entry: dict[str, Any] = {"sheet": name, "columns": {}, "constants": {}}
        if answers.get(f"s{place}was") == name:
            _answers(entry, sheet, declared, place, answers)
        entries[sheet.title] = entry
    return {"sheets": entries}


def _answers(entry: dict[str, Any], sheet: FileSheet, declared: Sheet, place: int, answers: Mapping[str, str]) -> None:
    headers = {column.header for column in declared.columns}
    for index, column in enumerate(sheet.columns):
        answer = answers.get(f"s{place}c{index}", column.ours)
        entry["columns"][column.header] = answer if answer in headers else ""
    for index, header in enumerate(required(declared)):
        value = answers.get(f"s{place}k{index}", "").strip()
        if value and header not in entry["columns"].values():
            entry["constants"][header] = value


def required(sheet: Sheet) -> list[str]:
    """The headers of our sheet that every row must fill."""
    return [column.header for column in sheet.columns if column.required]


def certain(found: list[FileSheet]) -> bool:
    """Whether every sheet says by itself what it is, as our own workbook does."""
    return bool(found) and all(sheet.sure for sheet in found)


def problems(found: list[FileSheet]) -> list[tuple[int, str]]:
    """What keeps chosen sheets from being read: (place, our required column that nothing fills)."""
    return [
        (place, header)
        for place, sheet in enumerate(found)
        for header in sheet.missing
        if not sheet.constants.get(header)
    ]
