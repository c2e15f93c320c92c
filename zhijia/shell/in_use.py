"""A lock on the data folder: what writes secrets holds it shared, the change of keys holds it alone.

It is an operating system's lock, so it ends with the process, however that ends. On Windows, which has no shared lock,
each holder takes one byte of a thousand and the lonely one takes them all.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.conf import settings

from zhijia.core.outcomes import Refused, Violation

_BYTES = 1000

if sys.platform == "win32":  # pragma: no cover - written for Windows, where it can not be tested here
    import msvcrt

    def _take(file: IO[bytes], *, alone: bool) -> None:
        file.seek(0 if alone else random.randrange(_BYTES))  # noqa: S311 - any free byte will do
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, _BYTES if alone else 1)

else:
    import fcntl

    def _take(file: IO[bytes], *, alone: bool) -> None:
        fcntl.flock(file, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)


@contextmanager
def held(*, alone: bool = False) -> Iterator[None]:
    """Hold the folder's lock; refused at once where that is not possible."""
    with (Path(settings.ZHIJIA_HOME) / "in-use").open("ab") as file:
        try:
            _take(file, alone=alone)
        except OSError:
            message = "网站或别的命令正在使用数据文件夹" if alone else "正在更换密钥"
            raise Refused([Violation("in_use", message, mend="请先停止它，或等它做完再试")]) from None
        yield
