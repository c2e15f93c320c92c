"""`standards import FILE`: a rule pack into the union's standards."""

from __future__ import annotations

import argparse
from pathlib import Path

from zhijia.shell import in_use
from zhijia.shell.readiness import here


def arguments(parser: argparse.ArgumentParser) -> None:
    """Words of the command."""
    parser.add_argument("what", metavar="import", choices=("import",))
    parser.add_argument("file", metavar="文件", type=Path)


def run(options: argparse.Namespace) -> int:
    """Import the pack and say what changed."""
    from zhijia.standards import services

    place = here(options.union)
    with in_use.held():
        done = services.import_pack(options.file, union=place.pk, by=place.by, today=place.today)
    print(f"标准：新增{done.new}条，修改{len(done.changed)}条，相同{done.equal}条")
    for name in done.changed:
        print(f"  已修改，需要重新确认：{name}")
    return 0
