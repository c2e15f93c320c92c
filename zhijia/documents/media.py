"""What an uploaded file is, told by its content, and photos without what the camera writes into them. Pure.

A phone notes in each photo where and when it was taken and by whose device; a union's records need none of it.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from dataclasses import dataclass

LIMIT = 20 * 1024 * 1024
ALLOWED = "jpg、png、webp、pdf、docx、xlsx、ofd、txt"
ACCEPT = "image/*,.pdf,.docx,.xlsx,.ofd,.txt"
IMAGES = frozenset({"image/jpeg", "image/png", "image/webp"})  # what every browser shows
_HEIC = frozenset({b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"heim", b"heis"})
_OFFICE = {
    "word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "OFD.xml": "application/ofd",
}
_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_TOLD = frozenset({b"eXIf", b"tEXt", b"iTXt", b"zTXt", b"tIME"})
_WEBP_TOLD = frozenset({b"EXIF", b"XMP "})
_WEBP_TOLD_FLAGS = 0x0C


class NotAllowed(ValueError):
    """A file that is none of the allowed kinds, or is damaged; the message is fit for people."""


@dataclass(frozen=True, slots=True)
class Media:
    """A file as it will be kept."""

    mime: str
    data: bytes


def read(data: bytes) -> Media:
    """The kind of a file and its content without metadata; NotAllowed where it is none that is kept."""
    if not data:
        raise NotAllowed("文件是空的")
    if len(data) > LIMIT:
        raise NotAllowed("文件超过20 MB")
    mime = mime_of(data)
    try:
        if mime == "image/jpeg":
            data = stripped_jpeg(data)
        elif mime == "image/png":
            data = stripped_png(data)
        elif mime == "image/webp":
            data = stripped_webp(data)
    except (IndexError, struct.error):
        raise NotAllowed("图片已损坏，打不开") from None
    return Media(mime, data)


def mime_of(data: bytes) -> str:
    """The kind of a file by its content; its name says nothing."""
    if data[:3] == b"\xff\xd8\xff":
        return "image/jpeg"
    if data[:8] == _PNG:
        return "image/png"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    if data[4:8] == b"ftyp" and data[8:12] in _HEIC:
        # Its notes on place and device stand among the picture's own boxes: what can not be taken out is not kept.
        raise NotAllowed("HEIC照片里的拍摄位置去不掉；请在手机相机设置里选“兼容性最佳”（jpg）再拍，或转成jpg后上传")
    if data[:5] == b"%PDF-":
        return "application/pdf"
    if data[:4] == b"PK\x03\x04":
        return _packed(data)
    if _is_text(data):
        return "text/plain"
    raise NotAllowed(f"这种文件不能上传，只收：{ALLOWED}")


def _packed(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError):
        raise NotAllowed("文件已损坏，打不开") from None
    for part, mime in _OFFICE.items():
        if part in names and not any(name.endswith("vbaProject.bin") for name in names):
            return mime
    raise NotAllowed(f"压缩包和带宏的文件不能上传，只收：{ALLOWED}")


def _is_text(data: bytes) -> bool:
    if b"\x00" in data or data.lstrip()[:1] == b"<":  # no pages: a browser might run them
        return False
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return True
    return False


def stripped_jpeg(data: bytes) -> bytes:
    """A JPEG without its APP1 segments (EXIF with place and device, XMP) and without comments.

    How the photo is to be turned is kept, as a segment of its own that says nothing else.
    """
    kept = [data[:2]]
    turn = 1
    place = 2
    while True:
        if data[place] != 0xFF:
            raise NotAllowed("图片已损坏，打不开")
        marker = data[place + 1]
        if marker == 0xFF:  # a fill byte
            place += 1
            continue
        if marker == 0xDA:  # the picture itself follows
            break
        if marker == 0xD9:
            raise NotAllowed("图片已损坏，打不开")
        end = place + 2 + struct.unpack(">H", data[place + 2 : place + 4])[0]
        if end > len(data):
            raise NotAllowed("图片已损坏，打不开")
        if marker == 0xE1:
            turn = _turn(data[place + 4 : end]) or turn
        elif marker not in {0xFE, 0xED}:  # comment; IPTC
            kept.append(data[place:end])
        place = end
    if turn != 1:
        kept.insert(1, _turned(turn))
    last = data.rfind(b"\xff\xd9")
    kept.append(data[place : last + 2] if last > place else data[place:])  # what follows the picture goes too
    return b"".join(kept)


def _turn(segment: bytes) -> int:
    """The orientation (1 to 8) that an EXIF segment tells; 0 for none."""
    if segment[:6] != b"Exif\x00\x00":
        return 0
    tiff = segment[6:]
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return 0
    try:
        start = struct.unpack(f"{order}I", tiff[4:8])[0]
        for number in range(struct.unpack(f"{order}H", tiff[start : start + 2])[0]):
            entry = tiff[start + 2 + number * 12 : start + 14 + number * 12]
            tag, _kind, _count, value = struct.unpack(f"{order}HHIH", entry[:10])
            if tag == 0x0112:
                return int(value) if 1 <= value <= 8 else 0
    except struct.error:
        return 0
    return 0


def _turned(turn: int) -> bytes:
    body = b"Exif\x00\x00MM\x00*" + struct.pack(">IHHHIHHI", 8, 1, 0x0112, 3, 1, turn, 0, 0)
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def stripped_png(data: bytes) -> bytes:
    """A PNG without texts, time and EXIF."""
    kept, place = [_PNG], len(_PNG)
    while place < len(data):
        length = struct.unpack(">I", data[place : place + 4])[0]
        name, end = data[place + 4 : place + 8], place + 12 + length
        if end > len(data):
            raise NotAllowed("图片已损坏，打不开")
        if name not in _PNG_TOLD:
            kept.append(data[place:end])
        place = end
        if name == b"IEND":
            break
    return b"".join(kept)


def stripped_webp(data: bytes) -> bytes:
    """A WebP without EXIF and XMP."""
    kept, place = [], 12
    while place + 8 <= len(data):
        name, length = data[place : place + 4], struct.unpack("<I", data[place + 4 : place + 8])[0]
        end = place + 8 + length + length % 2
        if name == b"VP8X":
            kept.append(data[place : place + 8] + bytes([data[place + 8] & ~_WEBP_TOLD_FLAGS]) + data[place + 9 : end])
        elif name not in _WEBP_TOLD:
            kept.append(data[place:end])
        place = end
    body = b"WEBP" + b"".join(kept)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def drawn_png(width: int, height: int, pixels: bytes) -> bytes:
    """A PNG of RGB pixels, row by row."""
    rows = b"".join(b"\x00" + pixels[row * width * 3 : (row + 1) * width * 3] for row in range(height))
    chunks = ((b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)), (b"IDAT", zlib.compress(rows, 9)))
    found = [_PNG]
    for name, body in (*chunks, (b"IEND", b"")):
        found.append(struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)))
    return b"".join(found)
