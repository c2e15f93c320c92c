"""`package`: write the congress package of a term; list its versions, tell what changed since one, confirm one."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from zhijia.core.outcomes import Refused, Violation
from zhijia.shell.readiness import Here, here
from zhijia.shell.scopes import term_scope
from zhijia.shell.terminal import Progress

if TYPE_CHECKING:
    from zhijia.reports.models import PackageVersion


def arguments(parser: argparse.ArgumentParser) -> None:
    """Words of the command."""
    parser.add_argument("--term", metavar="届次", type=int, help="第几届（默认本届）")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--out", metavar="文件夹", type=Path, help="写出材料，放在这个文件夹")
    what.add_argument("--list", action="store_true", help="列出写过的各稿")
    what.add_argument("--drift", metavar="第几稿", type=int, help="这一稿之后，记录变了什么")
    what.add_argument("--confirm", metavar="第几稿", type=int, help="确认这一稿的官方表述（与 --name 同用）")
    parser.add_argument("--name", metavar="姓名", default="", help="由谁确认")


def run(options: argparse.Namespace) -> int:
    """Do the one thing asked for."""
    place = here(options.union)
    if options.out is not None:
        return _write(place, options)
    if options.list:
        return _list(place)
    number = options.drift if options.drift is not None else options.confirm
    return _drift(place, number) if options.drift is not None else _confirm(place, number, options.name)


def _write(place: Here, options: argparse.Namespace) -> int:
    from zhijia.shell import packages

    progress = Progress()
    scope = term_scope(place.pk, place.today, options.term)
    written = packages.write(scope, options.out, by=place.by, progress=progress)
    progress.end()
    print(
        f"{place.known.name}{scope.label}的材料已写好（第{written.version.number}稿），共{len(written.documents)}份：",
        end="",
    )
    print(written.folder)
    print(f"打包文件：{written.zip_path}")
    if written.withheld:
        print(f"有{len(written.withheld)}处没有写进材料（说法不成立，或做法不合现行规定）：")
        for one in written.withheld:
            print(f"  {one.wording}{'——' if one.reasons else ''}{'；'.join(one.reasons[:3])}")
    return 0


def _list(place: Here) -> int:
    from zhijia.reports import versions

    found = versions.listed(place.pk)
    for version in found:
        state = f"{version.confirmed_by}于{version.confirmed_on}确认" if version.confirmed_by else "待确认"
        print(f"第{version.number}稿 {version.label} 统计截至{version.today} {len(version.documents)}份文件 {state}")
    if not found:
        print("还没有写过材料。运行 package --out 文件夹")
    return 0


def _drift(place: Here, number: int) -> int:
    from zhijia.reports import versions

    changed = versions.drift(_version(place, number))
    print(f"第{number}稿之后有{len(changed)}个数据变了" if changed else f"第{number}稿的数据与现在的记录一致")
    for one in changed:
        told = (
            f"  {one.label}（{one.key}）：{one.old} → {one.new}；新增{len(one.added)}条记录，少了{len(one.removed)}条"
        )
        print(f"{told}；其间有{len(one.lines)}次改动" if one.lines else told)
    return 0


def _confirm(place: Here, number: int, name: str) -> int:
    from zhijia.reports import versions

    versions.confirm(_version(place, number), name=name, by=place.by, today=place.today)
    print(f"第{number}稿已由{name.strip()}确认")
    return 0


def _version(place: Here, number: int) -> PackageVersion:
    from zhijia.reports import versions

    for version in versions.listed(place.pk):
        if version.number == number:
            return version
    raise Refused([Violation("no_version", f"没有第{number}稿", mend="运行 package --list 看有哪几稿")])
