"""`backup FILE`: one file with everything, consistent while people work."""

from __future__ import annotations

import argparse
from pathlib import Path

from zhijia.shell.passphrase import passphrase
from zhijia.shell.readiness import here
from zhijia.shell.terminal import Progress


def arguments(parser: argparse.ArgumentParser) -> None:
    """Words of the command."""
    parser.add_argument("file", metavar="文件", type=Path)


def run(options: argparse.Namespace) -> int:
    """Write and verify the backup."""
    from zhijia.shell.backup import writing
    from zhijia.shell.files import new_file

    here(options.union)
    word = passphrase("给密钥上锁的口令（至少10个字；直接回车则不放密钥）：", twice=True)
    progress = Progress()
    with new_file(options.file) as file:
        counts = writing.write(file, word, progress)
    progress.end()
    print(f"已备份{sum(counts.values())}行到 {options.file}，写完后已逐字节核对")
    if word:
        print("密钥也在里面，用您的口令锁着：没有口令就读不出身份证号等内容，请另外保管好口令")
    else:
        print("密钥没有放进备份（没有给口令）：请另外保管数据文件夹里的 keys/keyring.json，丢了就读不出身份证号等内容")
    return 0
