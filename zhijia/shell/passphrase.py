"""The passphrase that locks keys in a backup: from the environment, or asked for on a terminal."""

from __future__ import annotations

import getpass
import os
import sys


def passphrase(question: str, *, twice: bool) -> str:
    """ZHIJIA_PASSPHRASE, else what is typed on a terminal, else nothing. `twice`: asked again until both agree."""
    given = os.environ.get("ZHIJIA_PASSPHRASE", "")
    if given or not sys.stdin.isatty():
        return given
    while True:
        first = getpass.getpass(question)
        if not twice or not first or getpass.getpass("再输入一次：") == first:
            return first
        print("两次输入的不一样", file=sys.stderr)
