"""`docs DIR`: write the pages of docs/ that follow from the declarations."""

from __future__ import annotations

import argparse
from pathlib import Path


def arguments(parser: argparse.ArgumentParser) -> None:
    """Words of the command."""
    parser.add_argument("folder", metavar="文件夹", type=Path)


def run(options: argparse.Namespace) -> int:
    """Write the generated pages."""
    from zhijia.shell.documentation import pages

    options.folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (options.folder / name).write_text(text, encoding="utf-8")
        print(options.folder / name)
    return 0
