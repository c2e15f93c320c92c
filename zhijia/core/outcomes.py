"""What a rule says about bad input: violations as values, raised together once.

Pure: no Django. A violation always tells place, value, rule source and the way to mend it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

REFUSE = "refuse"
WARN = "warn"
UNCONFIRMED = "待确认"


class Place(NamedTuple):
    """Where a value stands: a sheet, its row as Excel counts it (1-based), and the column's header."""

    sheet: str = ""
    row: int = 0
    column: str = ""

    def __str__(self) -> str:
        row = f"第{self.row}行" if self.row else ""
        return " ".join(part for part in (self.sheet, row, self.column) if part)


NOWHERE = Place()


@dataclass(frozen=True, slots=True)
class Violation:
    """One broken rule. `level` is refuse, warn or 待确认; only refuse stops a save."""

    code: str
    message: str
    source: str = ""
    place: Place = NOWHERE
    value: str = ""
    mend: str = ""
    level: str = REFUSE

    def __str__(self) -> str:
        parts = [str(self.place), self.message]
        if self.value:
            parts.append(f"（填写的是“{self.value}”）")
        if self.source:
            parts.append(f"〔{self.source}〕")
        if self.mend:
            parts.append(f"——{self.mend}")
        return " ".join(part for part in parts if part)


class Refused(Exception):
    """Every reason why nothing was saved. Its text is fit for people."""

    def __init__(self, violations: Iterable[Violation]):
        self.violations = tuple(violations)
        super().__init__("\n".join(str(violation) for violation in self.violations))
