"""Headers as unions write them: normalising, units, two-row headers, and how well a sheet's columns are found."""

from __future__ import annotations

import difflib
import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from zhijia.core.sheets.cells import line_of
from zhijia.core.sheets.declare import Column, Sheet

HEADER_ROWS = 20
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|<[^<>]*>")
_NOISE = re.compile(r"[\s*:、,.·_\-/\\\"'“”‘’?!|]+")
_UNIT = re.compile(r"[(\[【/](?:单位:?)?(千|万|百万|亿)元[)\]】]?")
_SCALES = {"千": 1_000, "万": 10_000, "百万": 1_000_000, "亿": 100_000_000}
_COUNTERS = frozenset(("序号", "序", "no", "行号", "编序", "#", ""))


@lru_cache(maxsize=65536)
def full_key(header: str) -> str:
    """A header for comparing: half-width, small letters, no spaces, stars or punctuation; brackets' content stays."""
    return re.sub(r"[()\[\]【】<>]", "", _NOISE.sub("", unicodedata.normalize("NFKC", header).casefold()))


@lru_cache(maxsize=65536)
def short_key(header: str) -> str:
    """Like `full_key`, without what stands in brackets: 金额（元） is 金额."""
    return full_key(_BRACKETS.sub("", unicodedata.normalize("NFKC", header)))


def scale_of(header: str) -> int:
    """How many yuan one unit of a money column is: 10,000 for 金额（万元）, else 1."""
    found = _UNIT.search(unicodedata.normalize("NFKC", header))
    return _SCALES[found[1]] if found else 1


def is_counter(header: str) -> bool:
    """True for 序号 and blank headers, which carry nothing and are not reported as unknown."""
    return full_key(header) in _COUNTERS


def fingerprint(headers: Iterable[str]) -> str:
    """A stable mark of a ledger's headers, whatever their order: under it a column mapping is remembered."""
    keys = sorted({full_key(header) for header in headers} - _COUNTERS)
    return hashlib.sha256("\n".join(keys).encode()).hexdigest()[:16]


class Lexicon:
    """The headers by which one sheet's columns are known: its own and the synonyms, with and without brackets."""

    def __init__(self, sheet: Sheet):
        self.sheet = sheet
        self.required = frozenset(column.field for column in sheet.columns if column.required)
        self.exact: dict[str, Column] = {}
        self.other: dict[str, Column] = {}
        short: dict[str, set[str]] = {}
        for column in sheet.columns:
            self.exact[full_key(column.header)] = column
            for word in column.synonyms:
                self.other.setdefault(full_key(word), column)
            for word in (column.header, *column.synonyms):
                short.setdefault(short_key(word), set()).add(column.field)
        by_field = {column.field: column for column in sheet.columns}
        for key, fields in short.items():
            if len(fields) == 1 and key:
                self.other.setdefault(key, by_field[next(iter(fields))])

    def find(self, header: str) -> tuple[Column, int] | None:
        """The column that a header means and how surely: 3 its own header, 2 a synonym, 1 without the brackets."""
        key = full_key(header)
        if not key:
            return None
        if key in self.exact:
            return self.exact[key], 3
        if key in self.other:
            return self.other[key], 2
        key = short_key(header)
        column = self.exact.get(key) or self.other.get(key)
        return (column, 1) if column and key else None

    def near(self, header: str, candidates: Iterable[str]) -> str:
        """The file's header most like a declared one, or ''."""
        found = difflib.get_close_matches(header, [one for one in candidates if one], 1, 0.5)
        return found[0] if found else ""


@dataclass(slots=True)
class Match:
    """A header row found for a sheet: zero-based `first` and `last` rows, the file's headers, field → column index."""

    lexicon: Lexicon
    first: int
    last: int
    headers: list[str]
    places: dict[str, int]
    doubled: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def missing(self) -> list[Column]:
        return [column for column in self.lexicon.sheet.columns if column.required and column.field not in self.places]


Names = Mapping[str, str]  # the file's header (full_key) → our header, or '' for a column to leave out


def _match(lexicon: Lexicon, first: int, last: int, headers: Sequence[str], names: Names) -> Match:
    found: dict[str, tuple[int, int]] = {}
    doubled: list[tuple[str, str, str]] = []
    for index, header in enumerate(headers):
        own = names.get(full_key(header))
        if own == "" or not header:
            continue
        hit = lexicon.find(own or header)
        if hit is None:
            continue
        column, sure = hit[0], 4 if own else hit[1]
        before = found.get(column.field)
        if before is None or before[0] < sure:
            found[column.field] = (sure, index)
            doubled = [one for one in doubled if one[0] != column.field]
        elif before[0] == sure:
            doubled.append((column.field, headers[before[1]], header))
    places = {name: index for name, (_, index) in found.items()}
    return Match(lexicon, first, last, list(headers), places, doubled)


def _joined(upper: Sequence[str], lower: Sequence[str], lexicon: Lexicon, names: Names) -> list[str]:
    """The headers of two rows as one: a group's name goes before each of its columns where that is known."""
    headers, group = [], ""
    for above, below in zip(upper, lower, strict=True):
        group = above or (group if below else "")
        whole = group + below
        known = full_key(whole) in names or lexicon.find(whole)
        headers.append(whole if known or not below else below)
    return headers


def texts(row: Sequence[Any]) -> list[str]:
    """A row of cells as headers."""
    return [line_of(cell) if cell is not None else "" for cell in row]


def best_header(lexicon: Lexicon, top: Sequence[Sequence[str]], names: Names) -> Match | None:
    """The header row (or two rows) among the first rows that names the most columns of a sheet; at least one."""
    best: Match | None = None
    for index, row in enumerate(top):
        single = _match(lexicon, index, index, row, names)
        if single.places and _better(single, best):
            best = single
        if index + 1 < len(top) and sum(map(bool, row)) >= 2:
            joined = _match(lexicon, index, index + 1, _joined(row, top[index + 1], lexicon, names), names)
            if len(joined.places) > max(len(single.places), 1) and _better(joined, best):
                below = _match(lexicon, index + 1, index + 1, top[index + 1], names)
                if len(joined.places) > len(below.places):
                    best = joined
    return best


def _better(new: Match, best: Match | None) -> bool:
    return best is None or len(new.places) > len(best.places)
