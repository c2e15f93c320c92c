"""All records as a workbook for whoever asked: it lies where uploads lie, for a day, for that person only."""

from __future__ import annotations

from datetime import date
from typing import Any

from zhijia.core.access import Access
from zhijia.core.sheets.importing import Progress
from zhijia.shell import everything
from zhijia.shell.ledgers import uploads


def work(arguments: dict[str, Any], *, by: Access, today: date, progress: Progress) -> dict[str, Any]:
    """The job: write the workbook and say under which 编号 it lies."""
    kept = uploads.keep(f"全部台账{today.isoformat()}.xlsx", (), by=by)
    try:
        counts = everything.export(kept.source, union=by.union, by=by, today=today, progress=progress)
    except BaseException:
        uploads.discard(kept)
        raise
    return {"file": kept.uid, "sheets": len(counts), "rows": sum(counts.values())}
