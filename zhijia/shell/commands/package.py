"""`package --out DIR`: the congress package of a term."""

from __future__ import annotations

import argparse
from pathlib import Path

from zhijia.shell.readiness import here
from zhijia.shell.scopes import term_scope
from zhijia.shell.terminal import Progress


def arguments(parser: argparse.ArgumentParser) -> None:
    """Words of the command."""
    parser.add_argument("--term", metavar="届次", type=int, help="第几届（默认本届）")
    parser.add_argument("--out", metavar="文件夹", type=Path, required=True, help="材料写到哪里")


def run(options: argparse.Namespace) -> int:
    """Write the package and say where it lies."""
    from zhijia.shell import packages

    place, progress = here(options.union), Progress()
    scope = term_scope(place.pk, place.today, options.term)
    written = packages.write(scope, options.out, by=place.by, progress=progress)
    progress.end()
    print(f"{place.known.name}{scope.label}的材料已写好，共{len(written.documents)}份：{written.folder}")
    print(f"打包文件：{written.zip_path}")
    if written.withheld:
        print(f"有{len(written.withheld)}处没有写进材料（说法不成立，或做法不合现行规定）：")
        for one in written.withheld:
            print(f"  {one.wording}{'——' if one.reasons else ''}{'；'.join(one.reasons[:3])}")
    return 0
