"""Which of our sheets and columns an uploaded ledger's are: guessed, shown with samples, chosen on the page."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from zhijia.core.sheets.cells import line_of
from zhijia.core.sheets.declare import Column, Sheet, blank
from zhijia.core.sheets.headers import HEADER_ROWS, Match, full_key, is_counter, texts
from zhijia.core.sheets.identifiers import shown
from zhijia.core.sheets.matching import Matcher, Wish
from zhijia.core.sheets.source import Grid, open_grids
from zhijia.shell.catalogue import SHEETS
from zhijia.shell.ledgers import uploads
from zhijia.shell.ledgers.uploads import Upload

LEAVE = "-"  # the answer that leaves a sheet or a column out
_TOP = HEADER_ROWS + 1
_SAMPLES, _LOOKED_AT = 3, 200
_KEPT = "shape.json"
_LONG_NUMBER = re.compile(r"\d{7,}[\dXx]?")
_DAY = re.compile(r"(?:19|20)\d{2}[01]\d[0-3]\d")


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
    tops = []
    for grid in open_grids(upload.source):
        if isinstance(grid, Grid) and any(not blank(cell) for row in grid.rows for cell in row):
            top = [texts(row) for row in grid.rows[:_TOP]]
            tops.append(_Top(grid.title, len(grid.rows), top, _samples(grid)))
    kept = json.dumps([asdict(top) for top in tops], ensure_ascii=False)
    uploads.write(upload.folder / _KEPT, kept.encode())


def _samples(grid: Grid) -> list[list[str]]:
    """Of each column the first different texts, those of the rows that may be headers too."""
    width = max((len(row) for row in grid.rows), default=0)
    found: list[dict[str, int]] = [{} for _ in range(width)]
    for number, row in enumerate(grid.rows[:_LOOKED_AT]):
        for index, cell in enumerate(row):
            if not blank(cell) and len(found[index]) < _SAMPLES + _TOP:
                found[index].setdefault(line_of(cell)[:60], number)
    return [[f"{number}\t{text}" for text, number in column.items()] for column in found]


def sheets(upload: Upload, mapping: Mapping[str, Any] | None) -> list[FileSheet]:
    """The sheets of the file as the mapping (else the guess) reads them."""
    try:
        kept = [_Top(**one) for one in json.loads((upload.folder / _KEPT).read_text(encoding="utf-8"))]
    except (OSError, ValueError):
        return []
    matcher = Matcher(SHEETS, mapping)
    return [_read(top, matcher, upload.source.stem) for top in kept]


def _read(top: _Top, matcher: Matcher, hint: str) -> FileSheet:
    if matcher.leaves_out(top.title):
        return FileSheet(top.title, top.rows)
    wish = next(iter(matcher.wishes_for(top.title)), Wish())
    grid = Grid(top.title, top.top)
    found = matcher.match(grid, wish, hint)
    match = found.match
    if match is None:
        return _unmatched(top, wish, matcher)
    complete = not [column for column in match.missing if column.field not in found.constants]
    sure = complete and not found.problems and not match.doubled
    columns = _columns(top, match, wish)
    needed = [column.header for column in match.lexicon.sheet.columns if column.required]
    held = {column.ours for column in columns}
    missing = tuple(header for header in needed if header not in held)
    constants = {ours: str(value) for ours, value in wish.constants.items()}
    return FileSheet(top.title, top.rows, match.lexicon.sheet.name, columns, missing, constants, sure)


def _unmatched(top: _Top, wish: Wish, matcher: Matcher) -> FileSheet:
    """A sheet that is none of ours, or one of ours without a header that we know: the fullest row is its header."""
    first = max(range(len(top.top)), key=lambda index: sum(map(bool, top.top[index])), default=0)
    headers = top.top[first] if top.top else []
    lexicon = next((one for name, one in matcher.names if wish.sheet and name == full_key(wish.sheet)), None)
    if lexicon is None:
        return FileSheet(top.title, top.rows, columns=_plain(top, headers, first))
    missing = tuple(column.header for column in lexicon.sheet.columns if column.required)
    return FileSheet(top.title, top.rows, lexicon.sheet.name, _plain(top, headers, first), missing)


def _plain(top: _Top, headers: list[str], first: int) -> tuple[FileColumn, ...]:
    return tuple(
        FileColumn(header, _shown(top, index, first, None))
        for index, header in enumerate(headers)
        if not is_counter(header)
    )


def _columns(top: _Top, match: Match, wish: Wish) -> tuple[FileColumn, ...]:
    ours = {index: match.lexicon.sheet.column(name) for name, index in match.places.items()}
    found: dict[str, FileColumn] = {}
    for index, header in enumerate(match.headers):
        column = ours.get(index)
        if is_counter(header) and column is None:
            continue
        key = full_key(header)
        if key in found and column is None:
            continue
        found[key] = FileColumn(header, _shown(top, index, match.last, column), column.header if column else LEAVE)
    return tuple(found.values())


def _shown(top: _Top, index: int, header_row: int, column: Column | None) -> tuple[str, ...]:
    """A few values below the header; those of a secret column, and long numbers of any, are masked."""
    texts_below = []
    for sample in top.samples[index] if index < len(top.samples) else ():
        number, _, text = sample.partition("\t")
        if int(number) > header_row:
            texts_below.append(text)
    told = [
        shown(column.kind, text) if column is not None and column.kind.secret else _masked(text) for text in texts_below
    ]
    return tuple(told[:_SAMPLES])


def _masked(text: str) -> str:
    """A text without its long numbers, which may be a phone's, an account's or a person's."""
    return _LONG_NUMBER.sub(lambda found: found[0] if _DAY.fullmatch(found[0]) else "****" + found[0][-2:], text)


def chosen(upload: Upload, sheets_now: list[FileSheet], answers: Mapping[str, str]) -> dict[str, Any]:
    """The mapping that a posted form tells: `s0` our sheet for the first one, `s0c1` our column, `s0k…` a constant.

    Answers about columns count only where the sheet is still the one that they were asked for (`s0was`).
    """
    entries: dict[str, Any] = {}
    for place, sheet in enumerate(sheets_now):
        ours = answers.get(f"s{place}", sheet.ours)
        declared = next((one for one in SHEETS if one.name == ours), None)
        if declared is None:
            entries[sheet.title] = None
            continue
        entry: dict[str, Any] = {"sheet": ours, "columns": {}, "constants": {}}
        if answers.get(f"s{place}was") == ours:
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
