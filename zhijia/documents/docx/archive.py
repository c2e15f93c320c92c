"""The zip round a docx: parts in a fixed order with a fixed date, so that equal content gives equal bytes."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping

_EPOCH = (1980, 1, 1, 0, 0, 0)
_MOST_BYTES = 200 * 1024 * 1024
_MOST_PARTS = 5_000


class NotADocument(ValueError):
    """The bytes are no docx, or one too large to be read safely."""


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """A zip of these parts in the order given, without anything of this moment or this machine in it."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as package:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            package.writestr(entry, content)
    return target.getvalue()


def unzipped(package_bytes: bytes) -> dict[str, bytes]:
    """The parts of a docx by name. Refused (NotADocument): no zip, no main part, encrypted, over 200 MB unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(package_bytes)) as package:
            entries = package.infolist()
            if len(entries) > _MOST_PARTS or sum(entry.file_size for entry in entries) > _MOST_BYTES:
                raise NotADocument("文件解压后过大，不予打开")
            parts = {entry.filename: package.read(entry) for entry in entries}
    except NotADocument:
        raise
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError, ValueError) as error:
        raise NotADocument("不是有效的 Word（docx）文件") from error
    if "word/document.xml" not in parts:
        raise NotADocument("不是有效的 Word（docx）文件：缺少正文")
    return parts


def rezipped(package_bytes: bytes) -> bytes:
    """The same docx with fixed dates in its zip."""
    parts = unzipped(package_bytes)
    first = "[Content_Types].xml"
    return zipped({name: parts[name] for name in sorted(parts, key=lambda name: (name != first, name))})
