"""`audit verify`: walk the audit chains."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from zhijia.core import audit
from zhijia.core.models import AuditLine
from zhijia.shell.readiness import here
from zhijia.shell.terminal import Progress
from zhijia.unions.models import Union


def arguments(parser: argparse.ArgumentParser) -> None:
    """Words of the command."""
    parser.add_argument("what", metavar="verify", choices=("verify",))


def run(options: argparse.Namespace) -> int:
    """Print whether the chains hold; exit code 1 where one does not. `--union` limits it to one union."""
    place = here(options.union)
    progress = Progress()
    breaks = audit.verify(place.pk if options.union else None, progress)
    progress.end()
    if breaks:
        for line in told(breaks):
            print(line)
        print(f"审计链有{len(breaks)}处断裂：有人绕过程序改过数据库，请从备份核对")
        return 1
    print(f"审计链完整，共{AuditLine.objects.count()}行")
    return 0


def told(breaks: Sequence[audit.Break]) -> list[str]:
    """Each break in words: the union, the line, what is wrong with it."""
    names = dict(Union.objects.filter(pk__in={one.union for one in breaks}).values_list("pk", "name"))
    return [
        f"{names.get(one.union, f'编号{one.union}的工会')}{f'第{one.seq}行' if one.seq else '整条链'}：{one.what}"
        for one in breaks
    ]
