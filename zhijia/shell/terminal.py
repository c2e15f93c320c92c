"""What commands say: one line of progress on the error stream, tables and answers on the output."""

from __future__ import annotations

import json
import sys
import time
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

from zhijia.core.outcomes import REFUSE, Violation

_LEVELS = {"refuse": "拒绝", "warn": "请注意"}


class Progress:
    """One line on a terminal that is written over; silent in a pipe. Used as `progress(label, done, total)`."""

    def __init__(self) -> None:
        self._shown = 0
        self._last = 0.0
        self._on = sys.stderr.isatty()

    def __call__(self, label: str, done: int = 0, total: int = 0) -> None:
        """Show where the work stands, at most ten times a second."""
        now = time.monotonic()
        if not self._on or (now - self._last < 0.1 and done):
            return
        self._last = now
        share = f" {done * 100 // total}%" if total else ""
        self._write(f"{label}{share} …")

    def end(self) -> None:
        """Wipe the line, so that the answer stands alone."""
        if self._on and self._shown:
            self._write("")
            sys.stderr.write("\r")
            sys.stderr.flush()

    def _write(self, text: str) -> None:
        wide = width(text)
        sys.stderr.write("\r" + text + " " * max(0, self._shown - wide))
        sys.stderr.flush()
        self._shown = wide


def width(text: str) -> int:
    """Columns that a text takes on a terminal: Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def padded(text: str, columns: int, *, right: bool = False) -> str:
    """The text filled up with spaces to so many terminal columns."""
    gap = " " * max(0, columns - width(text))
    return gap + text if right else text + gap


def table(head: Sequence[str], rows: Sequence[Sequence[str]], *, right: Iterable[int] = ()) -> None:
    """Print rows under a head, columns aligned; `right` are the indexes of columns aligned to the right."""
    ends = set(right)
    widths = [max(width(row[index]) for row in (head, *rows)) for index in range(len(head))]
    for row in (head, *rows):
        cells = [padded(cell, widths[index], right=index in ends) for index, cell in enumerate(row)]
        print("  ".join(cells).rstrip())


def answer(value: Any) -> None:
    """Print a value as JSON."""
    print(json.dumps(value, ensure_ascii=False, indent=1))


def complain(violations: Sequence[Violation], *, most: int = 50, file: Any = None) -> None:
    """Print violations, refusals first, at most so many, then how many more there are."""
    out = file or sys.stderr
    ordered = sorted(violations, key=lambda violation: violation.level != REFUSE)
    for violation in ordered[:most]:
        print(f"[{_LEVELS.get(violation.level, violation.level)}] {violation}", file=out)
    if len(ordered) > most:
        print(f"……另有{len(ordered) - most}条", file=out)
