"""`export FILE.xlsx`: every record as a workbook that `import` accepts, with full values."""

from __future__ import annotations

import argparse
from pathlib import Path

from zhijia.shell.files import new_file
from zhijia.shell.readiness import here
from zhijia.shell.terminal import Progress


def arguments(parser: argparse.ArgumentParser) -> None:
    """Words of the command."""
    parser.add_argument("file", metavar="文件.xlsx", type=Path)


def run(options: argparse.Namespace) -> int:
    """Write the workbook (mode 0600) and note that in the audit chain."""
    from zhijia.shell.everything import export

    place, progress = here(options.union), Progress()
    with new_file(options.file, suffix=".xlsx") as file:
        counts = export(file, union=place.pk, by=place.by, today=place.today, progress=progress)
    progress.end()
    print(f"已导出{len(counts)}张表、{sum(counts.values())}条记录到 {options.file}")
    print("里面有身份证号、电话等完整内容，只有您能打开；请妥善保管，用完删除")
    return 0
