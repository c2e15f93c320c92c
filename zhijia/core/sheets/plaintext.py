"""Reading csv: UTF-8, GB18030 or UTF-16 by content, and a clear word where encodings are mixed in one file."""

from __future__ import annotations

import codecs
import csv
import io
import re
from pathlib import Path

from zhijia.core.outcomes import Place, Refused, Violation

_HAN = re.compile("[\u4e00-\u9fff]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_QUOTED = re.compile(r'="(.*)"', re.DOTALL)
_SAVE = "请用 Excel 或 WPS 打开，另存为 xlsx 后再导入"
_CELL_LIMIT = 20_000_000


def read_csv(path: Path) -> list[list[str]]:
    """The rows of a csv file, all equally long; raises `Refused` where it is no text or mixes encodings."""
    data = path.read_bytes()
    text = _decode(data, path.stem)
    if _CONTROL.search(text):
        raise _refused("file.type", "这不是表格或文字文件", "能导入的是 xlsx、xls、ods 和 csv 文件", path.stem)
    sample = text[:20_000]
    delimiter = max(",\t;，", key=sample.count)
    rows = []
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        raise _refused("csv.broken", "csv 文件的引号或换行不完整，读不出表格", _SAVE, path.stem) from None
    width = max(map(len, rows), default=0)
    if width * len(rows) > _CELL_LIMIT:
        raise _refused("sheet.sparse", "csv 文件有一行特别长，不像表格", _SAVE, path.stem)
    if not any(any(cell.strip() for cell in row) for row in rows):
        raise _refused("file.empty", "csv 文件里没有数据", "请检查是不是选错了文件", path.stem)
    guarded = '="' in text
    if guarded:
        rows = [[_unguard(cell) for cell in row] for row in rows]
    for row in rows:
        row.extend([""] * (width - len(row)))
    return rows


def _unguard(cell: str) -> str:
    """The text in ="0012", the way that spreadsheets keep leading zeros in a csv file."""
    found = _QUOTED.fullmatch(cell) if cell.startswith('="') else None
    return found[1].replace('""', '"') if found else cell


def _refused(code: str, message: str, mend: str, title: str, row: int = 0) -> Refused:
    return Refused([Violation(code, message, place=Place(title, row), mend=mend)])


def _decode(data: bytes, title: str) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _strict(data, "utf-16", title)
    if b"\0" in data[:4096]:
        head = data[:4096]
        return _strict(data, "utf-16-le" if head[1::2].count(0) >= head[::2].count(0) else "utf-16-be", title)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    _refuse_mixture(data, title)
    return _strict(data, "gb18030", title)


def _strict(data: bytes, encoding: str, title: str) -> str:
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        message = f"第{row}行有认不出的文字（编码已损坏）"
        raise _refused("csv.encoding", message, f"请检查这一行；{_SAVE}", title, row) from None


def _refuse_mixture(data: bytes, title: str) -> None:
    """Some lines in UTF-8 and some in GB18030: each decoding of the whole would turn names into other signs."""
    utf8, other = [], []
    for number, line in enumerate(data.split(b"\n"), 1):
        if line.isascii():
            continue
        try:
            if _HAN.search(line.decode("utf-8-sig")):
                utf8.append(number)
        except UnicodeDecodeError:
            other.append(number)
    if utf8 and other:
        row = min(utf8, other, key=len)[0]
        message = f"文件里混着两种文字编码，从第{row}行起与别的行不同（UTF-8 和 GB18030）"
        raise _refused("csv.mixed", message, f"请把两部分分别打开再合到一张表里；{_SAVE}", title, row)
