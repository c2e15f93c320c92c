"""Tables as raw XML rows: ten thousand of them in a fraction of a second, the head on every page."""

from __future__ import annotations

from collections.abc import Sequence

from zhijia.documents.docx.blocks import WU_HAO, Align, HeadCell, SignatureList, Table, Text
from zhijia.documents.docx.page import twips
from zhijia.documents.docx.text import GAP, Marks, escape, paragraph_xml, runs_xml

_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_MARGINS = '<w:tblCellMar><w:left w:w="57" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar>'
_STYLES: dict[Align, str] = {"left": "Left", "centre": "Centre", "right": "Right", "both": "Both"}
SHORT = 15  # rows up to which a table stays on one page
_JC: dict[Align, str] = {"left": "left", "centre": "center", "right": "right", "both": "both"}


def table_xml(table: Table, *, width: int, marks: Marks) -> list[str]:
    """Caption, unit, the table over `width` twips and a small gap, each as one element of the body."""
    parts = []
    if table.caption:
        parts.append(paragraph_xml("Caption", runs_xml(table.caption, marks)))
    if table.unit:
        parts.append(paragraph_xml("Unit", runs_xml(f"单位：{table.unit}", marks)))
    if not table.columns:
        return parts
    suffix = "10" if table.size == WU_HAO else "12"
    widths = _widths(table, width)
    grid = "".join(f'<w:gridCol w:w="{part}"/>' for part in widths)
    head = _head(table, widths, f"TableHead{suffix}", marks)
    body = _body(table, widths, suffix, marks)
    total = _total(table, widths, suffix, marks)
    described = f'<w:tblCaption w:val="{escape(table.caption)}"/>' if table.caption else ""
    parts.append(
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{_BORDERS}</w:tblBorders><w:tblLayout w:type="fixed"/>{_MARGINS}{described}</w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{head}{body}{total}</w:tbl>"
    )
    parts.append(GAP)
    return parts


def signature_list_table(block: SignatureList) -> Table:
    """A 签收表 as a table: numbered rows, `per_row` of them side by side, empty cells to sign in."""
    one = ("序号", *block.headers, *block.sign)
    empty = ("",) * len(one)
    people = [(str(number), *row, *("",) * len(block.sign)) for number, row in enumerate(block.rows, start=1)]
    deep = -(-len(people) // block.per_row)
    people += [empty] * (deep * block.per_row - len(people))
    rows = [tuple(cell for side in range(block.per_row) for cell in people[side * deep + i]) for i in range(deep)]
    centred: list[Align] = ["centre"]
    widths = (1.4, *(2.2 for _ in block.headers), *(2.6 for _ in block.sign)) * block.per_row
    return Table(
        headers=one * block.per_row, rows=rows, widths=widths, align=centred * len(widths), caption=block.caption,
        row_height_mm=block.row_height_mm,
    )  # fmt: skip


def _widths(table: Table, width: int) -> list[int]:
    shares = table.widths or (1,) * table.columns
    found = [round(width * share / sum(shares)) for share in shares]
    found[-1] += width - sum(found)
    return found


def _aligns(table: Table) -> Sequence[Align]:
    if table.align is not None:
        return table.align
    left: Align = "left"
    return [left] * table.columns


def _cell(width: int, paragraph: str, *, span: str = "", middle: bool = True) -> str:
    centred = '<w:vAlign w:val="center"/>' if middle else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{centred}</w:tcPr>{paragraph}</w:tc>'


def _head(table: Table, widths: list[int], style: str, marks: Marks) -> str:
    open_spans: dict[int, tuple[int, int]] = {}  # first column -> rows still covered, columns
    return "".join(_head_row(cells, widths, style, marks, open_spans) for cells in table.head_rows)


def _head_row(
    cells: Sequence[HeadCell], widths: list[int], style: str, marks: Marks, open_spans: dict[int, tuple[int, int]]
) -> str:
    parts, column, waiting = [], 0, list(cells)
    while column < len(widths):
        rows_left, columns = open_spans.get(column, (0, 0))
        if rows_left:
            paragraph, vertical = paragraph_xml(style, ""), "<w:vMerge/>"
            open_spans[column] = (rows_left - 1, columns)
        elif waiting:
            cell = waiting.pop(0)
            columns = cell.columns
            paragraph = paragraph_xml(style, runs_xml(cell.text, marks))
            vertical = '<w:vMerge w:val="restart"/>' if cell.rows > 1 else ""
            open_spans[column] = (cell.rows - 1, columns)
        else:
            raise ValueError("a row of the table head has too few cells")
        spread = f'<w:gridSpan w:val="{columns}"/>' if columns > 1 else ""
        parts.append(_cell(sum(widths[column : column + columns]), paragraph, span=spread + vertical))
        column += columns
    if waiting or column != len(widths):
        raise ValueError("a row of the table head has too many cells")
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{''.join(parts)}</w:tr>"


def _body(table: Table, widths: list[int], suffix: str, marks: Marks) -> str:
    keep = "<w:keepNext/>" if len(table.rows) <= SHORT else ""
    height = f'<w:trHeight w:val="{twips(table.row_height_mm)}" w:hRule="atLeast"/>' if table.row_height_mm else ""
    start = f"<w:tr><w:trPr><w:cantSplit/>{height}</w:trPr>"
    aligns = _aligns(table)
    opening = [
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="Table{_STYLES[align]}{suffix}"/>{keep}</w:pPr>'
        for width, align in zip(widths, aligns, strict=True)
    ]
    parts: list[str] = []
    last = len(table.rows) - 1 if table.total is None else -1
    for index, row in enumerate(table.rows):
        parts.append(start)
        if keep and index == last:
            opening = [before.replace(keep, "") for before in opening]
        for before, value in zip(opening, row, strict=True):
            parts += (before, runs_xml(value, marks), "</w:p></w:tc>")
        parts.append("</w:tr>")
    return "".join(parts)


def _total(table: Table, widths: list[int], suffix: str, marks: Marks) -> str:
    if table.total is None:
        return ""
    columns = zip(table.total, widths, _aligns(table), strict=True)
    cells = "".join(_total_cell(value, width, align, suffix, marks) for value, width, align in columns)
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"


def _total_cell(value: Text, width: int, align: Align, suffix: str, marks: Marks) -> str:
    side = f'<w:jc w:val="{_JC[align]}"/>'
    return _cell(width, paragraph_xml(f"TableTotal{suffix}", runs_xml(value, marks), properties=side))
