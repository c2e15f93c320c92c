"""Weighing a packed workbook before it is opened: how far its cells reach, and which formulas have no value.

The reader allocates the whole rectangle from the first to the last cell, 32 bytes a cell, so that one stray cell at
XFD1048576 would ask for 512 GB and end the process. It also gives errors such as #REF! as blanks. Both are found
here by one pass over the unpacked XML, piece by piece.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree

from zhijia.core.outcomes import Place, Refused, Violation
from zhijia.core.sheets.cells import NO_RESULT

_SAVE_ANEW = "请用 Excel 或 WPS 打开，另存为新的 xlsx 文件后再导入"
MergedRange = tuple[tuple[int, int], tuple[int, int]]
CELL_LIMIT = 20_000_000  # cells in the rectangle: 640 MB in the reader
SPARSE_LIMIT = 3_000_000  # above this, at least a tenth must be filled
_PIECE = 1024 * 1024
_SMALL = 8 * 1024 * 1024
# far: column beyond Z, or row beyond 199,999; without one the rectangle has at most 26 x 199,999 cells. Any attribute
# that looks so is enough to measure: a literal start makes the search three times faster than one for r= alone
_FAR = re.compile(rb'"[A-Z](?:[A-Z]{1,2}\d|[2-9]\d{5}|\d{7})')
_FAR_QUOTED = re.compile(rb"[\"'][A-Z](?:[A-Z]{1,2}\d|[2-9]\d{5}|\d{7})")
_CELL = re.compile(rb"<(?:\w+:)?c\s[^>]*?\br\s*=\s*[\"']([A-Z]{1,3})(\d{1,7})[\"'][^>]*>")
_ERROR = re.compile(
    rb"<(?:\w+:)?c\s(?=[^>]*?\bt=[\"']e[\"'])[^>]*?\br=[\"']([A-Z]{1,3})(\d{1,7})[\"'][^>]*>"
    rb".*?<(?:\w+:)?v>([^<]*)<",
    re.DOTALL,
)
_FORMULA = re.compile(
    rb"<(?:\w+:)?c\s([^>]*)>\s*<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)\s*(?:<(?:\w+:)?v>([^<]*)</)?",
    re.DOTALL,
)
_REFERENCE = re.compile(rb"\br=[\"']([A-Z]{1,3})(\d{1,7})[\"']")
_FAULT_LIMIT = 5_000
_ODS_REPEAT = re.compile(rb"number-(columns|rows)-repeated=[\"'](\d+)[\"']")
_ODS_CELL = re.compile(rb"<table:(?:covered-)?table-cell\b([^>]*)>")
_ODS_ROW = re.compile(rb"<table:table-row\b([^>]*?)(/?)>(.*?)(?=</table:table-row>|<table:table-row\b)", re.DOTALL)


@dataclass(slots=True)
class Part:
    """What the pass over one sheet's XML found: zero-based (row, column, text to show) of formulas without a value."""

    faults: list[tuple[int, int, str]] = field(default_factory=list)


def _refused(code: str, message: str, mend: str, title: str = "") -> Refused:
    return Refused([Violation(code, message, place=Place(title), mend=mend)])


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _read_small(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as file:
        data = file.read(_SMALL + 1)
    if len(data) > _SMALL or b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise _refused("file.broken", "工作簿的目录不正常，打不开", _SAVE_ANEW)
    return data


def _tree(data: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(data)  # noqa: S314 - small, and without a document type or entities


def _sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Sheet titles and the members of the archive that hold them."""
    names = set(archive.namelist())
    try:
        book = _tree(_read_small(archive, "xl/workbook.xml"))
        rels = _tree(_read_small(archive, "xl/_rels/workbook.xml.rels"))
    except (ElementTree.ParseError, KeyError):
        raise _refused("file.broken", "工作簿的目录已损坏，打不开", _SAVE_ANEW) from None
    targets = {rel.get("Id", ""): rel.get("Target", "") for rel in rels}
    found = {}
    for sheet in book.iter():
        if sheet.tag.rsplit("}", 1)[-1] != "sheet":
            continue
        key = next((value for name, value in sheet.attrib.items() if name.endswith("}id")), "")
        target = targets.get(key, "")
        member = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if member in names:
            found[sheet.get("name", "")] = member
    return found


def _pieces(archive: zipfile.ZipFile, member: str) -> Iterator[bytes]:
    """The unpacked member in pieces that end before a row or a cell, so that no cell is cut in two."""
    rest = b""
    with archive.open(member) as file:
        while chunk := file.read(_PIECE):
            piece = rest + chunk
            cut = max(piece.rfind(b"<row"), piece.rfind(b":row "))
            if cut <= 0:
                cut = piece.rfind(b"<c ")
            cut = piece.rfind(b"<", 0, cut + 1) if cut > 0 else -1
            if cut <= 0:
                cut = len(piece) if len(piece) > 4 * _PIECE else 0
            rest = piece[cut:]
            if cut:
                yield piece[:cut]
    yield rest


def weigh_xlsx(archive: zipfile.ZipFile) -> dict[str, Part]:
    """Pass over every XML part; refuse macros, entities and far-off cells; return the faults by sheet title."""
    types = _read_small(archive, "[Content_Types].xml") if "[Content_Types].xml" in archive.namelist() else b""
    if b"macroEnabled" in types:
        message = "这是带宏的工作簿（xlsm），为了安全不能导入"
        raise _refused("file.macro", message, "请另存为“Excel 工作簿（*.xlsx）”后再导入")
    sheets = _sheet_parts(archive)
    parts = {title: _weigh_sheet(archive, member, title) for title, member in sheets.items()}
    for member in archive.infolist():  # what a part unpacks to may differ from what the directory says
        if member.filename.endswith((".xml", ".rels")) and member.filename not in sheets.values():
            with archive.open(member) as file:
                while file.read(_PIECE):
                    pass
    return parts


def _weigh_sheet(archive: zipfile.ZipFile, member: str, title: str) -> Part:
    part, far, first, prefixed = Part(), False, True, False
    for piece in _pieces(archive, member):
        if first:
            if b"<!DOCTYPE" in piece or b"<!ENTITY" in piece:
                raise _refused("file.broken", f"工作表“{title}”的内容不正常", "请另存为新的 xlsx 文件后再导入", title)
            first, prefixed = False, b":worksheet" in piece
        quoted = b"'" in piece
        far = far or (_FAR_QUOTED if quoted else _FAR).search(piece) is not None
        if b't="e"' in piece or (quoted and b"t='e'" in piece):
            for letters, row, text in _ERROR.findall(piece):
                part.faults.append((int(row) - 1, _column(letters), text.decode("utf-8", "replace")))
        if b"<f" in piece or (prefixed and b":f" in piece):
            _find_unsaved(piece, part)
        del part.faults[_FAULT_LIMIT:]
    if far:
        _measure(archive, member, title)
    return part


def _find_unsaved(piece: bytes, part: Part) -> None:
    for attributes, value in _FORMULA.findall(piece):
        if value or b't="str"' in attributes:  # an empty text is a result
            continue
        place = _REFERENCE.search(b" " + attributes)
        if place:
            part.faults.append((int(place[2]) - 1, _column(place[1]), NO_RESULT))


def _measure(archive: zipfile.ZipFile, member: str, title: str) -> None:
    """Refuse a sheet whose cells with values reach too far for how few they are."""
    rows, width, filled, farthest = 0, 0, 0, ""
    widths: dict[bytes, int] = {}
    for piece in _pieces(archive, member):
        for found in _CELL.finditer(piece):
            if piece[found.end() - 2] == 0x2F:  # <c .../>: only a format
                continue
            letters, row = found.groups()
            number = int(row)
            column = widths.get(letters)
            if column is None:
                column = widths[letters] = _column(letters) + 1
            filled += 1
            if number > rows or column > width:
                farthest = f"{letters.decode()}{number}"
                rows, width = max(rows, number), max(width, column)
    cells = rows * width
    if cells > CELL_LIMIT or (cells > SPARSE_LIMIT and filled * 10 < cells):
        message = f"工作表“{title}”铺得太开（到{farthest}，大多是空白）"
        raise _refused("sheet.sparse", message, f"请删去远处单独的内容（看看 {farthest} 附近），再导入", title)


def weigh_ods(archive: zipfile.ZipFile) -> dict[str, Part]:
    """Refuse an ods file whose repeated cells or rows carry values and would unfold beyond the limit."""
    with archive.open("content.xml") as file:
        data = file.read()
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise _refused("file.broken", "表格的内容不正常，打不开", "请另存为 xlsx 文件后再导入")
    manifest = "META-INF/manifest.xml"
    if manifest in archive.namelist() and b"manifest:encryption-data" in archive.read(manifest):
        raise _refused("file.encrypted", "文件加了密码", "请先打开并取消密码，再导入")
    errors = data.count(b'calcext:value-type="error"')
    if errors:  # the reader gives such cells as blanks, which would pass unseen
        message = f"表格里有{errors}个单元格的公式出错了"
        raise _refused("formula.error", message, "请改好公式，或另存为 xlsx 再导入，会逐格指出")
    if not any(int(number) > 5_000 for _, number in _ODS_REPEAT.findall(data)):
        return {}
    for attributes, closed, inside in _ODS_ROW.findall(data):
        cells = [] if closed else _ODS_CELL.findall(inside)
        wide = max((_repeats(cell) for cell in cells if b"value" in cell), default=0)
        if wide > 5_000 or (wide and _repeats(attributes) > 5_000):
            raise _refused("sheet.sparse", "表格里有一个值重复铺满了整行或整列", "请删去多余的行列，再导入")
    return {}


def _repeats(attributes: bytes) -> int:
    found = _ODS_REPEAT.search(attributes)
    return int(found[2]) if found else 1
