"""Office files damaged on their way, byte by byte: refused in words, never an error of ours."""

import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from zhijia.core.outcomes import Refused
from zhijia.core.sheets.source import open_grids
from zhijia.documents.docx.archive import NotADocument, unzipped
from zhijia.documents.media import NotAllowed, read


def packed(main: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(main, "<a>一些文字，一些文字，一些文字</a>" * 3)
        archive.writestr("照片.xml", "<b/>")
    return out.getvalue()


def damaged(data: bytes) -> Iterator[bytes]:
    for place in range(4, len(data)):
        for byte in (0xFF, data[place] ^ 0x08):
            yield data[:place] + bytes((byte,)) + data[place + 1 :]
        yield data[:place]


@pytest.mark.parametrize(
    ("main", "opened", "refusal"),
    [("word/document.xml", unzipped, NotADocument), ("word/document.xml", read, NotAllowed),
     ("xl/workbook.xml", read, NotAllowed)],
)  # fmt: skip
def test_a_damaged_file_is_refused_in_words(
    main: str, opened: Callable[[bytes], object], refusal: type[Exception]
) -> None:
    said = set()
    for data in damaged(packed(main)):
        try:
            opened(data)
        except refusal as told:
            said.add(str(told))
    assert said
    assert all(words for words in said)


def test_a_damaged_ledger_is_refused_in_words(tmp_path: Path) -> None:
    file, codes = tmp_path / "台账.xlsx", set()
    for data in damaged(packed("xl/workbook.xml")):
        file.write_bytes(data)
        try:
            list(open_grids(file))
        except Refused as told:
            codes |= {one.code for one in told.violations}
    assert "file.broken" in codes
