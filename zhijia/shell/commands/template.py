"""`template FILE.xlsx`: the empty ledger workbook."""

from __future__ import annotations

import argparse
from pathlib import Path

from zhijia.shell.files import new_file


def arguments(parser: argparse.ArgumentParser) -> None:
    """Words of the command."""
    parser.add_argument("file", metavar="文件.xlsx", type=Path)


def run(options: argparse.Namespace) -> int:
    """Write the template."""
    from zhijia.core.sheets.writing import write_template
    from zhijia.shell.catalogue import SHEETS

    with new_file(options.file, suffix=".xlsx", mode=0o644) as file:
        write_template(file, SHEETS)
    print(f"空白台账已写到 {options.file}（{len(SHEETS)}张表）。填好后运行：zhijia import {options.file}")
    return 0
