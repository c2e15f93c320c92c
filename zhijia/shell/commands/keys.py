"""`keys rotate`: a new key for what is encrypted."""

from __future__ import annotations

import argparse

from zhijia.shell import in_use
from zhijia.shell.readiness import here
from zhijia.shell.terminal import Progress


def arguments(parser: argparse.ArgumentParser) -> None:
    """Words of the command."""
    parser.add_argument("what", metavar="rotate", choices=("rotate",))


def run(options: argparse.Namespace) -> int:
    """Change the key; refused while the web site or another command works on the folder."""
    from zhijia.shell import rotation

    place, progress = here(options.union), Progress()
    with in_use.held(alone=True):
        moved = rotation.rotate(place.by, progress)
    progress.end()
    print(f"已更换密钥，{moved}个加密内容已改用新密钥，旧密钥已删除")
    print("以前没有放密钥的备份要用旧密钥才能恢复：请现在就用口令再做一次备份")
    return 0
