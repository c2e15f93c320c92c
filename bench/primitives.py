"""What a column of 100,000 values costs beside the barest way to it: `python -m bench.primitives [values]`.

The import and the roster do these five things for every row. Each is measured beside its floor in the same run, turn
and turn about, and the best of three runs counts: the ratio is what our checks and order cost, whatever the machine.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from uuid import uuid4

RUNS = 3
TODAY = date(2026, 11, 20)
AT = datetime(2026, 3, 8, 9, 0, tzinfo=UTC)
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨单仇曾"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # GB 11643-1999
_SIGNS = "10X98765432"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀英华慧巧美晨轩"


class Pair(NamedTuple):
    """Our way and the barest one to something like it."""

    what: str
    floor: str
    ours: Callable[[], object]
    bare: Callable[[], object]


def _people(count: int) -> list[str]:
    return [
        SURNAMES[n % len(SURNAMES)] + GIVEN[n % len(GIVEN)] + GIVEN[n // 7 % len(GIVEN)] for n in range(count)
    ]  # fmt: skip


def _numbers(count: int) -> list[str]:
    start = date(1950, 1, 1)
    heads = (
        f"{330000 + n % 3000:06d}{start + timedelta(days=n % 20000):%Y%m%d}{n % 1000:03d}" for n in range(count)
    )  # fmt: skip
    return [head + _SIGNS[sum(map(int.__mul__, map(int, head), WEIGHTS)) % 11] for head in heads]


def pairs(count: int) -> list[Pair]:
    """The five, for `count` values each (the document: a tenth as many rows)."""
    import docx
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    from pypinyin import Style, lazy_pinyin

    from zhijia.core import secrets
    from zhijia.core.identity import resident_id_problems
    from zhijia.core.names import pinyin_key
    from zhijia.core.uid import uuid7_many
    from zhijia.documents.docx.blocks import Document, Table
    from zhijia.documents.docx.engine import render

    names, numbers = _people(count), _numbers(count)
    cipher, shape = AESGCM(os.urandom(32)), re.compile(r"\d{17}[\dX]")
    rows = [(str(n), name, "第一小组", f"{n}.00") for n, name in enumerate(names[: count // 10])]
    heads = ("序号", "姓名", "小组", "金额")

    def valid(number: str) -> bool:
        return (
            bool(shape.fullmatch(number))
            and number[-1] == _SIGNS[sum(map(int.__mul__, map(int, number[:17]), WEIGHTS)) % 11]
        )

    def written() -> None:
        document = docx.Document()
        table = document.add_table(rows=0, cols=len(heads))
        for row in rows[: len(rows) // 10]:  # quadratic: a tenth of the rows is what one waits for
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text

    return [
        Pair("identifiers (uuid7_many)", "uuid4()", lambda: uuid7_many(count), lambda: [uuid4() for _ in range(count)]),
        Pair(
            "keys of names (pinyin_key)", "lazy_pinyin()",
            lambda: [pinyin_key(name) for name in names],
            lambda: [lazy_pinyin(name, style=Style.NORMAL) for name in names],
        ),
        Pair(
            "sealed values (encrypt_many)", "AESGCM.encrypt, nonce by nonce",
            lambda: secrets.encrypt_many(numbers),
            lambda: [cipher.encrypt(os.urandom(12), number.encode(), b"") for number in numbers],
        ),
        Pair(
            "ID numbers (resident_id_problems)", "digits and checksum",
            lambda: [resident_id_problems(number, today=TODAY) for number in numbers],
            lambda: [valid(number) for number in numbers],
        ),
        Pair(
            f"a table of {len(rows):,} rows (render)", f"python-docx, {len(rows) // 10:,} rows",
            lambda: render(Document(blocks=(Table(heads, rows),), title="t", created_at=AT)), written,
        ),
    ]  # fmt: skip


def _seconds(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def main(count: int) -> None:
    """Print one table."""
    import django

    django.setup()
    sys.stdout.write("| what | CPU s | floor | CPU s | ratio |\n| --- | --- | --- | --- | --- |\n")
    for pair in pairs(count):
        runs = [(_seconds(pair.ours), _seconds(pair.bare)) for _ in range(RUNS)]
        ours, bare = (min(column) for column in zip(*runs, strict=True))
        sys.stdout.write(f"| {pair.what} | {ours:.3f} | {pair.floor} | {bare:.3f} | {ours / bare:.2f} |\n")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhijia.config.settings")
    os.environ.setdefault("ZHIJIA_HOME", tempfile.mkdtemp())
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
