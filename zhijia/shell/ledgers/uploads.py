"""Uploaded ledgers as files of the data folder: one folder each, closed to others, gone after a day or when finished.

They hold personal data in the clear, which is why nothing of them is in the database.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings

from zhijia.core.access import Access
from zhijia.core.outcomes import Refused, Violation
from zhijia.core.sheets.mending import Cells, Mended
from zhijia.core.sheets.source import FILE_LIMIT
from zhijia.core.uid import uuid7

KEEP_SECONDS = 24 * 3600
SUFFIXES = (".xlsx", ".xls", ".ods", ".csv")
_UNFIT = re.compile(r'[\x00-\x1f<>:"/\\|?*]')  # for file names, on one system or another
_META, _SOURCE = "upload.json", "source"


@dataclass(slots=True)
class Upload:
    """One file, whose it is, and what was decided about it. `mapping` is None until columns were matched.

    `mended` is {sheet: {row: {column: text} or None}} with texts for row and column, as JSON keeps it.
    """

    uid: str
    union: int
    user: int
    name: str
    mapping: dict[str, Any] | None = None
    chosen: bool = False  # the mapping was set on the page, so it is worth remembering
    mended: dict[str, dict[str, dict[str, str] | None]] = field(default_factory=dict)

    @property
    def folder(self) -> Path:
        """Where its files lie."""
        return _root() / self.uid

    @property
    def source(self) -> Path:
        """The file as it was sent, under its own name: a csv file's sheet is called so, and the batch is."""
        return self.folder / _SOURCE / self.name

    @property
    def size(self) -> int:
        """Bytes of the file."""
        return self.source.stat().st_size

    @property
    def cells(self) -> Mended:
        """The mended cells as the reader takes them."""
        return {
            title: {
                int(row): None if cells is None else {int(column): text for column, text in cells.items()}
                for row, cells in rows.items()
            }
            for title, rows in self.mended.items()
        }

    def mend(self, title: str, row: int, cells: Cells | None) -> None:
        """Put mended cells of a row beside those of before; None leaves the row out."""
        rows = self.mended.setdefault(title, {})
        if cells is None:
            rows[str(row)] = None
            return
        before = rows.get(str(row)) or {}
        rows[str(row)] = before | {str(column): text for column, text in cells.items()}

    def save(self) -> None:
        """Keep what was decided."""
        write(self.folder / _META, json.dumps(asdict(self), ensure_ascii=False).encode())


def _root() -> Path:
    return Path(settings.ZHIJIA_HOME) / "uploads"


def write(file: Path, data: bytes) -> None:
    """Write a file whole or not at all, closed to others."""
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as out:
        out.write(data)
    draft.replace(file)


def keep(name: str, chunks: Iterable[bytes], *, by: Access) -> Upload:
    """Keep a file that was sent; refused where it is too large."""
    assert by.user is not None, "an upload is somebody's"
    upload = Upload(str(uuid7()), by.union, by.user, fit(name))
    for folder in (_root(), upload.folder, upload.source.parent):
        folder.mkdir(mode=0o700, exist_ok=True)  # one by one: parents made along the way would be open to others
    size = 0
    try:
        with os.fdopen(os.open(upload.source, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as out:
            for chunk in chunks:
                size += len(chunk)
                if size > FILE_LIMIT:
                    raise Refused([_too_large()])
                out.write(chunk)
    except BaseException:
        shutil.rmtree(upload.folder, ignore_errors=True)
        raise
    upload.save()
    return upload


def fit(name: str) -> str:
    """A name that every system takes: no path, no signs that are forbidden somewhere, not too long."""
    path = Path(_UNFIT.sub("_", name.replace("\\", "/").rpartition("/")[2]).strip(". ") or "台账")
    return f"{path.stem[:50]}{path.suffix[:8]}"


def _too_large() -> Violation:
    message = f"文件超过{FILE_LIMIT // 1024**2}MB"
    return Violation("file.large", message, mend="请删去图片和无关的工作表，或按年份拆成几个文件分别导入")


def find(uid: UUID | str, by: Access) -> Upload | None:
    """An upload of this person in this union that is still there."""
    try:
        told = json.loads((_root() / str(UUID(str(uid))) / _META).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    upload = Upload(**told)
    return upload if (upload.union, upload.user) == (by.union, by.user) and upload.source.is_file() else None


def discard(upload: Upload) -> None:
    """Remove the file and everything about it."""
    shutil.rmtree(upload.folder, ignore_errors=True)


def forget_old() -> None:
    """Remove uploads of more than a day ago."""
    root = _root()
    limit = time.time() - KEEP_SECONDS
    for folder in root.iterdir() if root.is_dir() else ():
        if folder.is_dir() and folder.stat().st_mtime < limit:
            shutil.rmtree(folder, ignore_errors=True)
