"""Which declared sheet a sheet of the file is: by its name, else by its title row, else by its headers."""

from __future__ import annotations

import re
from collections.abc import Mapping as AnyMapping
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from zhijia.core.outcomes import WARN, Place, Violation
from zhijia.core.sheets.declare import Sheet, blank
from zhijia.core.sheets.headers import HEADER_ROWS, Lexicon, Match, best_header, full_key, is_counter, texts
from zhijia.core.sheets.source import Grid

# {"sheets": {own name or "*": {"sheet": ours, "columns": {own: ours}, "constants": {ours: value}}}}; None leaves it out
Mapping = AnyMapping[str, Any]
_DECORATION = re.compile(r"(?:19|20)\d\d|年度?|台账|登记|记录|明细|汇总|情况|统计|花?名册|一览|表|\d+|月份?")
_YEAR = re.compile(r"(?<!\d)(19[5-9]\d|20\d\d)(?!\d)")


@dataclass(slots=True)
class Wish:
    """What a mapping says about one sheet of the file."""

    sheet: str = ""
    columns: dict[str, str] = field(default_factory=dict)
    constants: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Found:
    """A grid with the declared sheet that it was matched to, or the reasons why it was not."""

    match: Match | None = None
    constants: dict[str, Any] = field(default_factory=dict)
    problems: list[Violation] = field(default_factory=list)
    notes: list[Violation] = field(default_factory=list)


class Matcher:
    """Matches grids to the declared sheets."""

    def __init__(self, sheets: Sequence[Sheet], mapping: Mapping | None = None):
        self.lexicons = [Lexicon(sheet) for sheet in sheets]
        self.names: list[tuple[str, Lexicon]] = []
        for lexicon in self.lexicons:
            for name in (lexicon.sheet.name, *lexicon.sheet.synonyms):
                self.names.append((full_key(name), lexicon))
        self.names.sort(key=lambda pair: -len(pair[0]))
        self.wishes = (mapping or {}).get("sheets") or {}

    def leaves_out(self, title: str) -> bool:
        """Whether the mapping says that a sheet of the file is not to be read."""
        return title in self.wishes and self.wishes[title] is None

    def wishes_for(self, title: str) -> list[Wish]:
        """The mapping's entries for a sheet of the file; `*` stands for any sheet."""
        entry = self.wishes.get(title) or self.wishes.get("*") or {}
        entries = entry if isinstance(entry, list) else [entry]
        return [
            Wish(
                one.get("sheet") or "",
                {full_key(own): ours or "" for own, ours in (one.get("columns") or {}).items()},
                dict(one.get("constants") or {}),
            )
            for one in entries
        ]

    def match(self, grid: Grid, wish: Wish, hint: str = "") -> Found:
        """Find the declared sheet and the header row of a grid; `hint` is a further name (the file's)."""
        top = [texts(row) for row in grid.rows[: HEADER_ROWS + 1]]
        found = Found()
        if wish.sheet:
            self._by_wish(grid, wish, top, found)
        else:
            self._by_name(grid, wish, top, hint, found)
        if found.match:
            self._constants(grid, wish, found)
            if not found.problems:
                self._complete(grid, found)
        return found

    def _by_wish(self, grid: Grid, wish: Wish, top: list[list[str]], found: Found) -> None:
        lexicon = next((one for name, one in self.names if name == full_key(wish.sheet)), None)
        if lexicon is None:
            message = f"列对应里写的工作表“{wish.sheet}”不存在"
            names = "、".join(one.sheet.name for one in self.lexicons)
            found.problems.append(Violation("mapping.sheet", message, place=Place(grid.title), mend=f"可以写：{names}"))
            return
        for ours in wish.columns.values():
            if ours and lexicon.find(ours) is None:
                message = f"列对应里写的列“{ours}”在“{lexicon.sheet.name}”里没有"
                names = "、".join(column.header for column in lexicon.sheet.columns)
                mend = f"可以写：{names}"
                found.problems.append(Violation("mapping.column", message, place=Place(grid.title), mend=mend))
        found.match = best_header(lexicon, top, wish.columns)
        if found.match is None and not found.problems:
            self._no_header(grid, lexicon, found)

    def _by_name(self, grid: Grid, wish: Wish, top: list[list[str]], hint: str, found: Found) -> None:
        title = full_key(grid.title)
        exact = next((lexicon for name, lexicon in self.names if name == title), None)
        if exact is not None:
            found.match = best_header(exact, top, wish.columns)
            if found.match is None:
                self._no_header(grid, exact, found)
            return
        incomplete = None
        for name, lexicon in self._named(grid.title):
            match = best_header(lexicon, top, wish.columns)
            if match is not None and not self._missing(match, wish):
                found.match = match
                return
            if match is not None and len(match.places) > 1 and not _DECORATION.sub("", title.replace(name, "", 1)):
                incomplete = match  # 2021年走访慰问台账 says what it is: its missing columns are reported
        self._by_headers(grid, wish, top, hint, found)
        if found.match is None and not found.problems:
            found.match = incomplete
            if incomplete is None:
                note = f"工作表“{grid.title}”认不出是哪种台账，没有读"
                mend = "如果里面有要导入的数据，请按模板改表名或表头，或在列对应里指定"
                found.notes.append(Violation("sheet.ignored", note, place=Place(grid.title), mend=mend, level=WARN))

    def _named(self, text: str) -> list[tuple[str, Lexicon]]:
        """The sheets whose names stand in a text, the longest name first."""
        key = full_key(text)
        return [(name, lexicon) for name, lexicon in self.names if name and name in key]

    def _missing(self, match: Match, wish: Wish) -> list[str]:
        given = set()
        for ours in wish.constants:
            hit = match.lexicon.find(ours)
            if hit:
                given.add(hit[0].field)
        return [column.header for column in match.missing if column.field not in given]

    def _by_headers(self, grid: Grid, wish: Wish, top: list[list[str]], hint: str, found: Found) -> None:
        candidates = []
        for lexicon in self.lexicons:
            match = best_header(lexicon, top, wish.columns)
            if match is None or self._missing(match, wish):
                continue
            filled = sum(1 for header in match.headers if not is_counter(header))
            if len(match.places) >= 3 or len(match.places) == filled >= 2:
                candidates.append((len(match.places), match))
        if not candidates:
            return
        candidates.sort(key=lambda pair: -pair[0])
        titles = "".join("".join(row) for row in top[: candidates[0][1].first])
        for text in (titles, hint):
            for _, lexicon in self._named(text) if text else ():
                for _, match in candidates:
                    if match.lexicon is lexicon:
                        found.match = match
                        return
        best = candidates[0][0]
        equal = [match for score, match in candidates if score == best]
        if len(equal) > 1:
            most = max(len(match.lexicon.required) for match in equal)
            strict = [match for match in equal if len(match.lexicon.required) == most]
            equal = strict if len(strict) == 1 else equal
        if len(equal) > 1:
            names = "、".join(f"“{match.lexicon.sheet.name}”" for match in equal)
            message = f"工作表“{grid.title}”可能是{names}，分不清"
            mend = "请把工作表的名字改成其中一个，或在列对应里指定"
            found.problems.append(Violation("sheet.ambiguous", message, place=Place(grid.title), mend=mend))
            return
        found.match = equal[0]
        message = f"工作表“{grid.title}”按表头认作“{found.match.lexicon.sheet.name}”"
        found.notes.append(Violation("sheet.guessed", message, place=Place(grid.title), level=WARN))

    def _no_header(self, grid: Grid, lexicon: Lexicon, found: Found) -> None:
        needed = "、".join(column.header for column in lexicon.sheet.columns if column.required)
        message = f"在前{HEADER_ROWS}行里找不到“{lexicon.sheet.name}”的表头"
        mend = f"表头要有：{needed}" if needed else "请从模板复制表头"
        found.problems.append(Violation("sheet.header", message, place=Place(grid.title), mend=mend))

    def _constants(self, grid: Grid, wish: Wish, found: Found) -> None:
        match = found.match
        for ours, value in wish.constants.items():
            hit = match.lexicon.find(ours) if match else None
            if hit is None or match is None:
                message = f"列对应里写的固定值列“{ours}”不存在"
                mend = "请改成模板里的列名"
                found.problems.append(Violation("mapping.column", message, place=Place(grid.title), mend=mend))
            elif not blank(value):
                found.constants[hit[0].field] = value

    def _complete(self, grid: Grid, found: Found) -> None:
        """Report required columns that are missing and headers that stand twice."""
        match = found.match
        if match is None:
            return
        row = match.last + 1
        used = set(match.places.values())
        spare = [header for index, header in enumerate(match.headers) if index not in used and not is_counter(header)]
        for column in match.missing:
            if column.field in found.constants:
                continue
            near = match.lexicon.near(column.header, spare)
            mend = f"是不是“{near}”这一列？请把表头改成“{column.header}”" if near else f"请加上“{column.header}”这一列"
            message = f"缺少必填的列“{column.header}”"
            place = Place(grid.title, row, column.header)
            found.problems.append(Violation("column.missing", message, place=place, mend=mend))
        for name, one, other in match.doubled:
            header = match.lexicon.sheet.column(name).header
            message = f"有两列都是“{header}”（“{one}”和“{other}”），不知道用哪一列"
            place = Place(grid.title, row, other)
            found.problems.append(Violation("column.doubled", message, place=place, mend="请删去一列或改表头"))


def year_in(*words: str) -> int | None:
    """The one year that the first of these texts with a year names; two different years in it are none."""
    for word in words:
        years = set(_YEAR.findall(word))
        if years:
            return int(years.pop()) if len(years) == 1 else None
    return None
