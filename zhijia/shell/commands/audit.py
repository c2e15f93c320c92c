"""`audit verify`: walk the audit chains."""

from __future__ import annotations

import argparse

from zhijia.core import audit
from zhijia.core.models import AuditLine
from zhijia.shell.readiness import here


def arguments(parser: argparse.ArgumentParser) -> None:
    """Words of the command."""
    parser.add_argument("what", metavar="verify", choices=("verify",))


def run(options: argparse.Namespace) -> int:
    """Print whether the chains hold; exit code 1 where one does not. `--union` limits it to one union."""
    place = here(options.union)
    breaks = audit.verify(place.pk if options.union else None)
    if breaks:
        for one in breaks:
            print(f"工会{one.union}第{one.seq}行：{one.what}")
        print(f"审计链有{len(breaks)}处断裂：有人绕过程序改过数据库，请从备份核对")
        return 1
    print(f"审计链完整，共{AuditLine.objects.count()}行")
    return 0
