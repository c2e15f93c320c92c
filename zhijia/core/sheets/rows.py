"""From a matched grid to a table: data rows kept; blank, example, repeated header and totals rows told apart."""

from __future__ import annotations

import re
from itertools import compress
from typing import Any

from zhijia.core.outcomes import WARN, Place, Violation
from zhijia.core.sheets.cells import line_of, plain_of, text_of
from zhijia.core.sheets.declare import Table, blank
from zhijia.core.sheets.headers import Match, is_counter, scale_of
from zhijia.core.sheets.matching import Found, year_in
from zhijia.core.sheets.source import Grid

EXAMPLE = "示例"
_PERIODS = r"本页|本表|本年度?|全年|当月|本月|本期|上半年|下半年|第?[一二三四1-4]季度|(?:19|20)\d\d年度?|\d{1,2}月份?"
_TOTAL = re.compile(rf"(?:{_PERIODS})*(合计|总计|小计|共计|累计)(?:金额|数|人数)?[:：]?(?:[(（].*[)）])?")
_COUNTED = frozenset(("money", "whole", "hours"))  # what a totals row may state
_LOOKED_AT = 6  # totals and example rows say so in one of a sheet's first columns


def table_of(grid: Grid, found: Found, hint: str = "") -> tuple[Table, list[Violation]]:
    """The data rows of a matched grid as columns, with notes about what was left out or filled down."""
    match = found.match
    if match is None:
        raise ValueError("the grid was not matched")
    start = match.last + 1
    body = grid.rows[start:]
    width = len(match.headers)
    used = set(match.places.values())
    unknown = {header: index for index, header in enumerate(match.headers) if index not in used}
    unknown = {header: index for header, index in unknown.items() if not is_counter(header)}
    wanted = [*match.places.values(), *(unknown.values() if match.lexicon.sheet.grows else ())]
    by_index: dict[int, list[Any]] = {index: [row[index] for row in body] for index in range(min(width, _LOOKED_AT))}
    for index in wanted:
        if index not in by_index:
            by_index[index] = [row[index] for row in body]
    del body
    grid.rows = grid.rows[:start]  # the rows live on as columns only
    count = len(next(iter(by_index.values()), []))
    columns = {name: by_index[index] for name, index in match.places.items()}

    keep = bytearray(b"\x01") * count
    for row in _blank_rows(columns, match):
        keep[row] = 0
    notes = _fill_down(grid, match, columns, keep)
    totals = _special_rows(by_index, match, keep)
    rows = list(range(start + 1, start + 1 + count))
    table = Table(match.lexicon.sheet, grid.title, match.last + 1, columns, rows)
    table.letters = dict(match.places)
    table.headers = {name: match.headers[index] for name, index in match.places.items()}
    above = ["".join(text_of(cell) for cell in row if not blank(cell)) for row in grid.rows[: match.first]]
    table.year = year_in(grid.title, *above, hint)
    _scale(table)
    _keep_totals(table, totals, keep)
    if not all(keep):
        table.rows = list(compress(rows, keep))
        table.columns = {name: list(compress(cells, keep)) for name, cells in columns.items()}
    for header, index in unknown.items():
        table.unknown[header] = (index, list(compress(by_index[index], keep)) if index in wanted else [])
    for name, value in found.constants.items():
        table.columns[name] = [value] * len(table.rows)
        table.headers[name] = match.lexicon.sheet.column(name).header
    return table, notes


def _blank_rows(columns: dict[str, list[Any]], match: Match) -> list[int]:
    """Rows without a value in any matched column; a pre-numbered 序号 does not count."""
    order = sorted(columns, key=lambda name: name not in match.lexicon.required)
    open_rows: list[int] | None = None
    for name in order:
        cells = columns[name]
        if open_rows is None:
            open_rows = [index for index, cell in enumerate(cells) if blank(cell)]
        else:
            open_rows = [index for index in open_rows if blank(cells[index])]
        if not open_rows:
            return []
    return open_rows or []


def _fill_down(grid: Grid, match: Match, columns: dict[str, list[Any]], keep: bytearray) -> list[Violation]:
    """A cell merged over several rows says the same for each of them; an amount does not, it stays in the first."""
    notes: list[Violation] = []
    start = match.last + 1
    by_index = {index: name for name, index in match.places.items()}
    for (top, left), (bottom, _) in grid.merged:
        name = by_index.get(left)
        if name is None or bottom <= top or top < start:
            continue
        cells = columns[name]
        first, last = top - start, min(bottom - start, len(cells) - 1)
        if first >= len(cells) or blank(cells[first]) or not any(keep[first + 1 : last + 1]):
            continue
        column = match.lexicon.sheet.column(name)
        if column.kind.summed:
            message = "合并单元格里的数只算在第一行，下面几行按空白读"
            place = Place(grid.title, top + 1, column.header)
            mend = "请取消合并，在每一行填上各自的数"
            notes.append(Violation("cell.merged", message, place=place, mend=mend, level=WARN))
            continue
        for index in range(first + 1, last + 1):
            if keep[index] and blank(cells[index]):
                cells[index] = cells[first]
    return notes


def _special_rows(by_index: dict[int, list[Any]], match: Match, keep: bytearray) -> list[tuple[int, bool]]:
    """Take example, repeated header and totals rows out of `keep`; return the totals rows, True for a grand total."""
    totals: dict[int, bool] = {}
    for place in sorted(by_index)[:_LOOKED_AT]:
        header, cells = match.headers[place], by_index[place]
        whole = "\n".join([cell for cell in cells if type(cell) is str])
        if not any(word in whole for word in ("计", EXAMPLE, header)):
            continue  # most columns, at a glance
        for index in [
            index
            for index, cell in enumerate(cells)
            if type(cell) is str and (cell[:2] == EXAMPLE or "计" in cell or cell.strip() == header)
        ]:
            if not keep[index]:
                continue
            text = line_of(cells[index])
            if (
                text == EXAMPLE
                or text.startswith((f"{EXAMPLE}：", f"{EXAMPLE}:"))
                or (text == header and _repeats_header(by_index, match, index))
            ):
                keep[index] = 0
            elif (found := _TOTAL.fullmatch(plain_of(text))) and _adds_up(by_index, match, index, place):
                totals[index] = found[1] in ("合计", "总计", "共计")
    for index in totals:
        keep[index] = 0
    return sorted(totals.items())


def _adds_up(by_index: dict[int, list[Any]], match: Match, index: int, place: int) -> bool:
    """Tell a totals row from a record that happens to hold the word: a record has its 编号 or its required cells."""
    cells = {name: by_index[other][index] for name, other in match.places.items() if other != place}
    if not blank(cells.get("uid")):
        return False
    needed = [name for name in match.lexicon.required if name in cells]
    if needed:
        return any(blank(cells[name]) for name in needed)
    kinds = {column.field: column.kind.name for column in match.lexicon.sheet.columns}
    return all(blank(cell) for name, cell in cells.items() if kinds[name] not in _COUNTED)


def _repeats_header(by_index: dict[int, list[Any]], match: Match, index: int) -> bool:
    filled = [place for place in match.places.values() if not blank(by_index[place][index])]
    same = sum(line_of(by_index[place][index]) == match.headers[place] for place in filled)
    return same * 2 > len(filled)


def _scale(table: Table) -> None:
    """Amounts under 金额（万元） become yuan."""
    for name, header in table.headers.items():
        if table.sheet.column(name).kind.name != "money":
            continue
        scale = scale_of(header)
        if scale > 1:
            unit = {1_000: "千", 10_000: "万", 1_000_000: "百万", 100_000_000: "亿"}[scale]
            table.columns[name] = [_scaled(cell, scale, unit) for cell in table.columns[name]]


def _scaled(cell: Any, scale: int, unit: str) -> Any:
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        return round(cell * scale, 6)
    if isinstance(cell, str):
        plain = plain_of(cell).removesuffix("元")
        if plain.replace(".", "", 1).replace(",", "").isdecimal():
            return plain + unit
    return cell


def _keep_totals(table: Table, totals: list[tuple[int, bool]], keep: bytearray) -> None:
    """Note what totals rows state, with the kept rows that each one adds up."""
    summed = [name for name in table.columns if table.sheet.column(name).kind.summed]
    if not totals or not summed:
        return
    kept_before = [0]
    for flag in keep:
        kept_before.append(kept_before[-1] + flag)
    since = 0
    last = len(keep) - 1
    while last >= 0 and not keep[last]:
        last -= 1
    for index, grand in totals:
        stated = {name: table.columns[name][index] for name in summed if not blank(table.columns[name][index])}
        row, end = table.rows[index], kept_before[index]
        if grand and index > last:
            table.totals = {name: (row, amount) for name, amount in stated.items()}
        elif end > since:
            if stated:
                table.subtotals.append((row, since, end, stated))
            since = end


def check_totals(table: Table, columns: dict[str, list[Any]]) -> list[Violation]:
    """Compare what totals rows state with the sum of the parsed `columns`; a difference is refused.

    A subtotal may add up its group only or everything above it. A column with unread cells is not judged.
    """
    found = []
    claims = [(row, 0, len(table.rows), name, raw) for name, (row, raw) in table.totals.items()]
    for row, first, end, stated in table.subtotals:
        claims += [(row, first, end, name, raw) for name, raw in stated.items()]
    for row, first, end, name, raw in claims:
        column = table.sheet.column(name)
        cells = columns.get(name)
        if cells is None:
            continue
        values, problems = column.kind.parse([raw])
        raws = table.columns[name]
        unread = any(cells[index] is None and not blank(raws[index]) for index in range(first, end))
        if problems or unread:
            continue
        sums = {sum(cell for cell in cells[start:end] if cell is not None) for start in {first, 0}}
        if values[0] not in sums:
            total = column.kind.show(sum(cell for cell in cells[first:end] if cell is not None))
            place = Place(table.title, row, table.headers.get(name, column.header))
            amount = f"{total:,.2f}" if isinstance(total, float) else str(total)
            message = f"合计行写的数与各行相加不一致，各行相加是{amount}"
            mend = "请核对是漏了行、多了行，还是合计没有更新"
            found.append(Violation("totals", message, place=place, value=text_of(raw), mend=mend))
    return found
