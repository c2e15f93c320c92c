"""A personnel list while it is reviewed: a folder of sealed files, gone when it is applied or after 30 days.

Nothing of it is in the clear at rest: the file as it was sent, its rows, the lines of the comparison and what was
decided about them are each encrypted with the data key. After a change of keys it can not be opened any more and has
to be sent again.
"""

from __future__ import annotations

import base64
import json
import shutil
import tempfile
import time
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings

from zhijia.core import secrets
from zhijia.core.access import Access
from zhijia.core.outcomes import Refused, Violation
from zhijia.core.sheets.source import FILE_LIMIT
from zhijia.core.uid import uuid7
from zhijia.shell.ledgers.uploads import fit, write

KEEP_DAYS = 30
_CONTEXT = b"roster"
_META = "meta"


@dataclass(slots=True)
class Roster:
    """One list, whose it is and how far it is. `counts` are lines by kind, `stamp` says of which records they hold,
    `digest` what they say.

    `decisions` are {key of a line or a kind: [action, day, note]}; `moved` are keys of lines that say something else
    since they were reviewed. `notes` are cells that could not be read.
    """

    uid: str
    union: int
    user: int
    name: str
    size: int = 0
    sent_on: str = ""
    mapping: dict[str, Any] | None = None
    chosen: bool = False  # the mapping was set on the page, so it is worth remembering
    stamp: dict[str, int] = field(default_factory=dict)
    compared_on: str = ""
    digest: str = ""
    counts: dict[str, int] = field(default_factory=dict)
    rows: int = 0
    equal: int = 0
    waiting: int = 0
    notes: list[str] = field(default_factory=list)
    decisions: dict[str, list[str]] = field(default_factory=dict)
    moved: list[str] = field(default_factory=list)

    @property
    def folder(self) -> Path:
        """Where its files lie."""
        return _root() / self.uid

    def save(self) -> None:
        """Keep what was found and decided."""
        self.put(_META, asdict(self))

    def put(self, name: str, value: Any) -> None:
        """Keep a value (JSON with days) sealed under a name."""
        _seal(self.folder / name, json.dumps(value, ensure_ascii=False, default=_told).encode())

    def get(self, name: str) -> Any:
        """The value kept under a name."""
        return json.loads(_opened(self.folder / name), object_hook=_day)

    @contextmanager
    def source(self) -> Iterator[Path]:
        """The file as it was sent, in the clear while the block lasts, under its own name: csv sheets are called so."""
        with tempfile.TemporaryDirectory(prefix="zhijia-roster-") as folder:
            file = Path(folder) / self.name
            write(file, _opened(self.folder / "source"))
            yield file


def _root() -> Path:
    return Path(settings.ZHIJIA_HOME) / "rosters"


@lru_cache(maxsize=40_000)  # more than the days of a century
def _told(value: Any) -> Any:
    if isinstance(value, date):
        return {"day": value.isoformat()}
    raise TypeError(type(value).__name__)


def _day(found: dict[str, Any]) -> Any:
    return date.fromisoformat(found["day"]) if len(found) == 1 and "day" in found else found


def _seal(file: Path, data: bytes) -> None:
    write(file, secrets.encrypt(base64.b64encode(zlib.compress(data, 1)).decode(), context=_CONTEXT))


def _opened(file: Path) -> bytes:
    return zlib.decompress(base64.b64decode(secrets.decrypt(file.read_bytes(), context=_CONTEXT)))


def keep(name: str, chunks: Iterable[bytes], *, by: Access) -> Roster:
    """Keep a list that was sent; refused where it is too large."""
    assert by.user is not None, "a list is somebody's"
    data = bytearray()
    for chunk in chunks:
        data += chunk
        if len(data) > FILE_LIMIT:
            mend = "请删去图片和无关的工作表，另存后再上传"
            raise Refused([Violation("file.large", f"文件超过{FILE_LIMIT // 1024**2}MB", mend=mend)])
    roster = Roster(str(uuid7()), by.union, by.user, fit(name), len(data), by.on.isoformat())
    for folder in (_root(), roster.folder):
        folder.mkdir(mode=0o700, exist_ok=True)
    _seal(roster.folder / "source", bytes(data))
    roster.save()
    return roster


def find(uid: UUID | str, by: Access) -> Roster | None:
    """A list of this person in this union that is still there and can be opened."""
    found = _read(_root() / str(UUID(str(uid))))
    return found if found is not None and (found.union, found.user) == (by.union, by.user) else None


def _read(folder: Path) -> Roster | None:
    try:
        return Roster(**json.loads(_opened(folder / _META)))
    except (OSError, ValueError, TypeError, zlib.error, secrets.SecretError):
        return None


def mine(by: Access) -> list[Roster]:
    """The person's lists under way, newest first."""
    root = _root()
    folders = sorted((folder for folder in root.iterdir() if folder.is_dir()), reverse=True) if root.is_dir() else []
    found = [roster for folder in folders if (roster := _read(folder)) is not None]
    return [roster for roster in found if (roster.union, roster.user) == (by.union, by.user)]


def discard(roster: Roster) -> None:
    """Remove the list and everything about it."""
    shutil.rmtree(roster.folder, ignore_errors=True)


def forget_old() -> None:
    """Remove lists that were sent more than 30 days ago."""
    root = _root()
    limit = time.time() - KEEP_DAYS * 24 * 3600
    for folder in root.iterdir() if root.is_dir() else ():
        source = folder / "source"
        if folder.is_dir() and (not source.is_file() or source.stat().st_mtime < limit):
            shutil.rmtree(folder, ignore_errors=True)
