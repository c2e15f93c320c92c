"""Files are told by their content, and photos lose what the camera wrote into them."""

import io
import struct
import zipfile
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhijia.documents.media import LIMIT, NotAllowed, drawn_png, mime_of, read, stripped_jpeg, stripped_png

PICTURE = b"\xff\xda\x00\x02picture\xff\x00more\xff\xd9"


def segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body


def exif(turn: int, order: str = "<") -> bytes:
    mark = b"II" if order == "<" else b"MM"
    entry = struct.pack(f"{order}HHI", 0x0112, 3, 1) + struct.pack(f"{order}HH", turn, 0)
    gps = b"GPS 30.27N 120.15E"
    return b"Exif\x00\x00" + mark + struct.pack(f"{order}HIH", 42, 8, 1) + entry + b"\x00" * 4 + gps


def jpeg(*segments: bytes) -> bytes:
    return b"\xff\xd8" + b"".join(segments) + PICTURE


def test_a_photo_loses_place_device_and_comment_but_not_its_picture() -> None:
    table = segment(0xDB, b"table")
    data = jpeg(segment(0xE0, b"JFIF"), segment(0xE1, exif(1)), segment(0xFE, b"made by me"), table)
    kept = stripped_jpeg(data)
    assert kept == b"\xff\xd8" + segment(0xE0, b"JFIF") + table + PICTURE


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("turn", range(2, 9))
def test_how_a_photo_is_turned_is_kept_and_nothing_else(turn: int, order: str) -> None:
    kept = stripped_jpeg(jpeg(segment(0xE1, exif(turn, order))))
    assert b"GPS" not in kept
    assert kept.count(b"Exif") == 1
    assert stripped_jpeg(kept) == kept


def test_what_follows_the_picture_goes_too() -> None:
    assert stripped_jpeg(jpeg() + b"hidden movie") == jpeg()


@given(st.binary(max_size=60))
def test_damaged_photos_are_refused_and_never_break_anything(tail: bytes) -> None:
    for head in (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\x10\x00\x00\x00WEBP"):
        try:
            kept = read(head + tail)
        except NotAllowed:
            continue
        assert kept.data


def test_a_drawn_png_holds_its_pixels_and_no_text() -> None:
    data = drawn_png(3, 2, bytes(range(18)))
    assert mime_of(data) == "image/png"
    told = struct.pack(">I", 5) + b"tEXtplace" + struct.pack(">I", zlib.crc32(b"tEXtplace"))
    assert stripped_png(data[:33] + told + data[33:]) == data


def packed(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return stream.getvalue()


def test_kinds_are_told_by_content_whatever_the_name() -> None:
    assert mime_of(jpeg()) == "image/jpeg"
    assert mime_of(b"%PDF-1.7 ...") == "application/pdf"
    assert mime_of(packed("word/document.xml")).endswith("wordprocessingml.document")
    assert mime_of(packed("xl/workbook.xml")).endswith("spreadsheetml.sheet")
    assert mime_of(packed("OFD.xml")) == "application/ofd"
    assert mime_of("会议记录".encode("gb18030")) == "text/plain"


def test_a_photo_whose_place_can_not_be_taken_out_is_refused_with_the_way_out() -> None:
    with pytest.raises(NotAllowed, match="jpg"):
        mime_of(b"\x00\x00\x00\x18ftypheic....")


@pytest.mark.parametrize(
    "data",
    [
        b"<html>", b"  <svg xmlns='x'>", b"MZ\x90\x00\x03", b"GIF89a\x00\x01", packed("run.exe"),
        packed("word/document.xml", "word/vbaProject.bin"), b"PK\x03\x04broken",
    ],
)  # fmt: skip
def test_everything_else_is_refused(data: bytes) -> None:
    with pytest.raises(NotAllowed):
        read(data)


def test_empty_and_large_files_are_refused() -> None:
    for data in (b"", b"a" * (LIMIT + 1)):
        with pytest.raises(NotAllowed):
            read(data)
