"""Opening what people send: xlsx, xls, ods or csv, told by content and not by name, and refused with a way out.

A workbook is weighed before it is opened (members, unpacked size, macros, far-off cells), because the reader would
otherwise spend the machine's memory on it. Formulas are never run: their saved values are read.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from zhijia.core.outcomes import WARN, Place, Refused, Violation
from zhijia.core.sheets.package import MergedRange, Part, weigh_ods, weigh_xlsx
from zhijia.core.sheets.plaintext import read_csv

FILE_LIMIT = 100 * 1024 * 1024
UNPACKED_LIMIT = 600 * 1024 * 1024
MEMBER_LIMIT = 5_000
SAVE_AS_XLSX = "请用 Excel 或 WPS 打开，另存为“Excel 工作簿（*.xlsx）”后再导入"
_FORMATS = "能导入的是 xlsx、xls、ods 和 csv 文件"
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_XLS_ERROR = re.compile(  # a FORMULA record of BIFF8 whose saved result is an error
    rb"\x06\x00..(?P<row>..)(?P<column>.\x00)..\x02\x00[\x00\x07\x0f\x17\x1d\x24\x2a]\x00\x00\x00\xff\xff", re.DOTALL
)
_HEADS = (
    (b"%PDF", "PDF 文件"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (b"Rar!", "压缩包"),
    (b"7z\xbc\xaf", "压缩包"),
    (b"\x1f\x8b", "压缩包"),
    (b"{\\rtf", "文字处理文档"),
    (b"\x7fELF", "程序"),
    (b"MZ", "程序"),
    (b"SQLite format 3", "数据库文件"),
)


@dataclass(slots=True)
class Grid:
    """One sheet's cells: `rows[i]` is Excel's row i + 1, all rows equally long; `merged` are zero-based ranges."""

    title: str
    rows: list[list[Any]]
    merged: list[MergedRange] = field(default_factory=list)
    hidden: bool = False


def refusal(code: str, message: str, mend: str = "", place: Place | None = None) -> Refused:
    """A refusal of the whole file."""
    return Refused([Violation(code, message, mend=mend, place=place or Place())])


def open_grids(path: Path | str) -> Iterator[Grid | Violation]:
    """Yield the sheets of a file one by one, and a note for each that is empty or no table.

    Raises `Refused` for a file that is too large, of a wrong type, encrypted, broken, packed to explode, or that
    carries macros. Nothing is yielded before the whole file has been weighed.
    """
    path = Path(path)
    if not path.is_file():
        raise refusal("file.missing", f"找不到文件“{path.name}”", "请检查文件名和所在的文件夹")
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(4096)
    except OSError as error:
        mend = "请检查是否有权读取，或是否正被别的程序占用"
        raise refusal("file.unreadable", f"文件打不开：{error.strerror}", mend) from None
    if not size:
        raise refusal("file.empty", "文件是空的", "请检查是不是选错了文件")
    if size > FILE_LIMIT:
        shown = f"文件有{size // 1024**2}MB，超过{FILE_LIMIT // 1024**2}MB"
        raise refusal("file.large", shown, "请删去图片和无关的工作表，或按年份拆成几个文件分别导入")
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _open_packed(path)
    if head.startswith(_OLE):
        return _open_ole(path)
    return _open_text(path, head)


def _open_packed(path: Path) -> Iterator[Grid | Violation]:
    try:
        with zipfile.ZipFile(path) as archive:
            kind = _kind_of(archive)
            parts = weigh_xlsx(archive) if kind == "xlsx" else weigh_ods(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError):
        raise refusal("file.broken", "文件已损坏，打不开", f"请重新拷贝或下载一次；{SAVE_AS_XLSX}") from None
    return _read_book(path, parts)


def _kind_of(archive: zipfile.ZipFile) -> str:
    members = archive.infolist()
    names = {member.filename for member in members}
    if len(members) > MEMBER_LIMIT:
        raise refusal("file.bomb", f"文件里面包着{len(members)}个部件，不像正常的表格", SAVE_AS_XLSX)
    unpacked = sum(member.file_size for member in members)
    if unpacked > UNPACKED_LIMIT:
        message = f"文件解开后有{unpacked // 1024**2}MB，超过{UNPACKED_LIMIT // 1024**2}MB，不像正常的台账"
        raise refusal("file.bomb", message, "请把要导入的数据复制到新的工作簿，或按年份拆成几个文件")
    if any(member.flag_bits & 1 for member in members):
        raise refusal("file.encrypted", "文件加了密码", "请先用 Excel 或 WPS 打开并取消密码，再导入")
    if any(name.rsplit("/", 1)[-1].lower().startswith("vbaproject") for name in names):
        raise refusal("file.macro", "文件里带有宏（程序），为了安全不能导入", SAVE_AS_XLSX)
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "content.xml" in names and "mimetype" in names:
        with archive.open("mimetype") as file:
            mimetype = file.read(200)
        if b"opendocument.spreadsheet" in mimetype:
            return "ods"
    if "xl/workbook.bin" in names:
        raise refusal("file.type", "这是 xlsb 格式的工作簿", SAVE_AS_XLSX)
    if any(name.startswith("word/") for name in names):
        raise refusal("file.type", "这是 Word 文档，不是表格", _FORMATS)
    if any(name.startswith("ppt/") for name in names):
        raise refusal("file.type", "这是演示文稿，不是表格", _FORMATS)
    raise refusal("file.type", "这是压缩包或别的文件，不是表格", f"{_FORMATS}；压缩包请先解压")


def _open_ole(path: Path) -> Iterator[Grid | Violation]:
    data = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise refusal("file.encrypted", "文件加了密码", "请先用 Excel 或 WPS 打开并取消密码，再导入")
    if "_VBA_PROJECT".encode("utf-16-le") in data:
        raise refusal("file.macro", "文件里带有宏（程序），为了安全不能导入", SAVE_AS_XLSX)
    if not any(f"{name}\0".encode("utf-16-le") in data for name in ("Workbook", "Book")):
        raise refusal("file.type", "这不是 Excel 表格（可能是 Word 文档）", _FORMATS)
    if found := _XLS_ERROR.search(data):  # the reader gives such cells as blanks, which would pass unseen
        row, column = (int.from_bytes(found[name], "little") for name in ("row", "column"))
        message = f"有单元格的公式出错了（例如第{row + 1}行第{column + 1}列）"
        raise refusal("formula.error", message, f"请改好公式；或{SAVE_AS_XLSX}，会逐格指出")
    return _read_book(path, {})


def _open_text(path: Path, head: bytes) -> Iterator[Grid | Violation]:
    for start, what in _HEADS:
        if head.startswith(start):
            raise refusal("file.type", f"这是{what}，不是表格", _FORMATS)
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:200].lower()
    if start.startswith((b"<html", b"<!doctype", b"<?xml", b"<table", b"<meta", b"<workbook")):
        raise refusal("file.type", "这是网页（或 XML）改了名的表格", SAVE_AS_XLSX)
    rows = read_csv(path)
    return iter((Grid(path.stem, rows),))


def _read_book(path: Path, parts: dict[str, Part]) -> Iterator[Grid | Violation]:
    try:
        with path.open("rb") as file:
            book = CalamineWorkbook.from_filelike(io.BytesIO(file.read()))
    except PasswordError:
        raise refusal("file.encrypted", "文件加了密码", "请先用 Excel 或 WPS 打开并取消密码，再导入") from None
    except (CalamineError, OSError, ValueError):
        raise refusal("file.broken", "表格的内容已损坏，打不开", SAVE_AS_XLSX) from None
    if not book.sheet_names:
        raise refusal("file.empty", "工作簿里没有工作表", "请检查是不是选错了文件")
    return _grids(book, parts)


def _grids(book: CalamineWorkbook, parts: dict[str, Part]) -> Iterator[Grid | Violation]:
    for metadata in book.sheets_metadata:
        title = metadata.name
        if metadata.typ == SheetTypeEnum.MacroSheet:
            raise refusal("file.macro", f"工作表“{title}”是宏表，为了安全不能导入", SAVE_AS_XLSX)
        if metadata.typ != SheetTypeEnum.WorkSheet:
            yield Violation("sheet.ignored", f"“{title}”不是表格（可能是图表），没有读", place=Place(title), level=WARN)
            continue
        try:
            sheet = book.get_sheet_by_name(title)
            rows = sheet.to_python(skip_empty_area=False)
            merged = sheet.merged_cell_ranges or []
        except (CalamineError, ValueError):
            raise refusal("file.broken", f"工作表“{title}”的内容已损坏", SAVE_AS_XLSX, Place(title)) from None
        del sheet
        part = parts.get(title)
        if part is not None:
            _put_faults(rows, part)
        if not rows:
            yield Violation("sheet.empty", f"工作表“{title}”是空的，没有读", place=Place(title), level=WARN)
            continue
        yield Grid(title, rows, list(merged), metadata.visible != SheetVisibleEnum.Visible)


def _put_faults(rows: list[list[Any]], part: Part) -> None:
    """Write the errors of formulas into their cells: the reader gives them as blanks, and a blank would pass unseen."""
    width = len(rows[0]) if rows else 0
    for row, column, text in part.faults:
        if row < len(rows) and column < width:
            rows[row][column] = text
        elif row < len(rows) + 1000 and column < width + 100:  # outside the range that the reader kept
            wider = max(width, column + 1)
            for line in rows:
                line.extend([""] * (wider - len(line)))
            rows.extend([""] * wider for _ in range(row + 1 - len(rows)))
            rows[row][column], width = text, wider
