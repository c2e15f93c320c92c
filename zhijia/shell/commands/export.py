"""`export FILE.xlsx`: every record as a workbook that `import` accepts, with full values."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from zhijia.core import audit, db
from zhijia.shell.files import new_file
from zhijia.shell.readiness import here
from zhijia.shell.terminal import Progress


def arguments(parser: argparse.ArgumentParser) -> None:
    """Words of the command."""
    parser.add_argument("file", metavar="文件.xlsx", type=Path)


def run(options: argparse.Namespace) -> int:
    """Write the workbook (mode 0600) and note that in the audit chain."""
    from zhijia.core.sheets import exporting, writing
    from zhijia.shell.catalogue import SHEETS

    place = here(options.union)
    progress, union = Progress(), place.pk
    counts: dict[str, int] = {}

    def counted(name: str, rows: Iterator[Sequence[Any]]) -> Iterator[Sequence[Any]]:
        for number, row in enumerate(rows, 1):
            counts[name] = number
            if number % 2_000 == 1:
                progress(name, number)
            yield row

    with new_file(options.file, suffix=".xlsx") as file:
        with db.snapshot():
            pages = exporting.pages(SHEETS, union, place.today)
            writing.write_workbook(file, ((sheet, counted(sheet.name, rows)) for sheet, rows in pages))
        audit.record(union=union, by=place.by, verb="core.workbook.exported", changes={"rows": counts})
    progress.end()
    print(f"已导出{len(counts)}张表、{sum(counts.values())}条记录到 {options.file}")
    print("里面有身份证号、电话等完整内容，只有您能打开；请妥善保管，用完删除")
    return 0
