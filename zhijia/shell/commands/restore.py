"""`restore FILE`: a backup into an empty data folder and database."""

from __future__ import annotations

import argparse
from pathlib import Path

from zhijia.shell import in_use
from zhijia.shell.passphrase import passphrase
from zhijia.shell.readiness import ensure_ready
from zhijia.shell.terminal import Progress


def arguments(parser: argparse.ArgumentParser) -> None:
    """Words of the command."""
    parser.add_argument("file", metavar="文件", type=Path)


def run(options: argparse.Namespace) -> int:
    """Restore, and say that the audit chain holds."""
    from zhijia.core.models import AuditLine
    from zhijia.shell.backup import restoring

    ensure_ready()
    word = passphrase("备份的口令（没有就直接回车）：", twice=False)
    progress = Progress()
    with in_use.held(alone=True):
        counts = restoring.restore(options.file, word, progress)
    progress.end()
    print(f"已恢复{sum(counts.values())}行，审计链完整，共{AuditLine.objects.count()}行")
    return 0
