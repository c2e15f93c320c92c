"""All records of a union as one workbook that an import accepts, with full values, noted in the audit chain."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from zhijia.core import audit, db
from zhijia.core.access import Access
from zhijia.core.sheets import exporting, writing
from zhijia.core.sheets.declare import Sheet
from zhijia.shell.registers import sheets_for

_TELL_EVERY = 2_000


def export(
    file: Path, *, union: int, by: Access, today: date, progress: Callable[[str, int, int], None]
) -> dict[str, int]:
    """Write the workbook into `file` (made by the caller, closed to others) and return the rows by sheet."""
    counts: dict[str, int] = {}

    def counted(name: str, rows: Iterator[Sequence[Any]]) -> Iterator[Sequence[Any]]:
        for number, row in enumerate(rows, 1):
            counts[name] = number
            if number % _TELL_EVERY == 1:
                progress(name, number, 0)
            yield row

    with db.snapshot():
        pages = exporting.pages(_for(by), union, today)
        writing.write_workbook(file, ((sheet, counted(sheet.name, rows)) for sheet, rows in pages))
    audit.record(union=union, by=by, verb="core.workbook.exported", changes={"rows": counts})
    return counts


def _for(by: Access) -> list[Sheet]:
    """All sheets, but those with a permission of their own only for whoever holds it."""
    return [sheet for sheet in sheets_for(by, kept=False) if not sheet.view or by.may(sheet.view)]
