"""`demo`: a fresh folder with the demo union, its congress package, then its web site."""

from __future__ import annotations

import argparse
from pathlib import Path

from zhijia.core import keys
from zhijia.shell import demo
from zhijia.shell.readiness import ensure_ready
from zhijia.shell.terminal import Progress


def arguments(parser: argparse.ArgumentParser) -> None:
    """Words of the command."""
    parser.add_argument("--out", metavar="文件夹", type=Path, default=Path("out"), help="材料写到哪里（默认 out）")
    parser.add_argument("--no-serve", action="store_true", help="不打开网站")
    parser.add_argument("--port", type=int, default=8000, help="网站的端口（默认 8000）")
    parser.add_argument("--address", default="127.0.0.1", help="监听地址；要用同一网络里的手机看，用 0.0.0.0")


def run(options: argparse.Namespace) -> int:
    """Build, write the package, say what there is, serve."""
    from zhijia.core.feature_types import REFUTED, UNKNOWN
    from zhijia.shell import access, catalogue, packages
    from zhijia.shell.scopes import term_scope

    progress, home = Progress(), demo.home_folder()
    progress("准备数据文件夹")
    demo.clear(home)
    ensure_ready()
    keys.keyring()
    union, logins = demo.build(home, progress)
    progress("统计和核对")
    scope = term_scope(union.pk, demo.TODAY)
    told = catalogue.told(scope)
    judged, found = list(told.claims.values()), told.findings
    written = packages.write(scope, options.out, by=access.for_command(union.pk, demo.TODAY), progress=progress)
    progress.end()
    print(f"样例工会已建立：{union.name}（{scope.label}，样例的今天是 {demo.TODAY}），全部数据都是虚构的")
    print(f"换届全套材料：{written.folder}")
    print(f"      打包文件：{written.zip_path}")
    print(f"共{len(catalogue.FACTS)}个数据、{len(judged)}个说法；检查发现{len(found)}处不合规定的记录（zhijia check）")
    for state, title in ((REFUTED, "不成立的说法"), (UNKNOWN, "无法判断的说法")):
        for claim in judged:
            if claim.state == state:
                print(f"  {title}：{claim.text}——{'；'.join(claim.missing[:3])}")
    print("看一个数据背后的记录：python3 run.py facts care.aid_people --records")
    print(f"登录名（口令都是 {demo.PASSWORD}）：")
    for login in logins:
        print(f"  {login.username:<10}{login.role}（{login.name}）")
    if options.no_serve:
        print("打开网站：python3 run.py serve（要用同一网络里的手机看，加 --address 0.0.0.0）")
        return 0
    from zhijia.shell.commands import serve

    if options.address == "127.0.0.1":
        print("要用同一网络里的手机看：python3 run.py demo --address 0.0.0.0，会显示地址和二维码")
    return serve.serve(options.port, options.address)
