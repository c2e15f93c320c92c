"""Files that commands write: whole or not at all, and closed to others from the start where they hold full values."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from zhijia.core.outcomes import Refused, Violation


@contextmanager
def new_file(target: Path, *, suffix: str = "", mode: int = 0o600) -> Iterator[Path]:
    """Yield a draft beside `target` to write to; it takes the target's place when the block ends well.

    Refused where the name has another ending than `suffix`, or the folder can not be written to.
    """
    if suffix and target.suffix.lower() != suffix:
        raise Refused([Violation("name", f"文件名要以 {suffix} 结尾", value=target.name)])
    if not target.parent.is_dir():
        raise Refused([Violation("folder", "没有这个文件夹", value=str(target.parent), mend="请先建立文件夹")])
    draft = target.with_name(f".{secrets.token_hex(6)}{target.suffix}")
    try:
        os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode))
    except OSError as error:
        raise Refused(
            [Violation("folder", f"不能在这个文件夹里写文件：{error.strerror}", value=str(target.parent))]
        ) from None
    try:
        yield draft
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
