"""`undo BATCH`: take an import back."""

from __future__ import annotations

import argparse

from zhijia.core import batches
from zhijia.shell import in_use
from zhijia.shell.readiness import here


def arguments(parser: argparse.ArgumentParser) -> None:
    """Words of the command."""
    parser.add_argument("batch", metavar="批次号", type=int, help="导入时给出的号")


def run(options: argparse.Namespace) -> int:
    """Undo, or say why it is not possible."""
    place = here(options.union)
    with in_use.held():
        batch = batches.undo(options.batch, union=place.pk, by=place.by)
    print(f"已撤销第{batch.pk}号导入（{batch.source}）：去掉新增{batch.new_count}条，恢复原值{batch.changed_count}条")
    return 0
