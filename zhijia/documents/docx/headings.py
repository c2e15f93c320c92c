"""The official numbers of headings: 一、 （一） 1. （1）.

Numbers are given after a paper is put together, because parts with nothing to tell are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from zhijia.documents.docx.blocks import Block, Heading, plain, runs_of

_DIGITS = "零一二三四五六七八九"
_NUMBERED = re.compile(r"^(第?[一二三四五六七八九十]+[、章节]|（[一二三四五六七八九十0-9]+）|[0-9]+[.．、])")


def chinese_number(number: int) -> str:
    """1 to 99 as headings count: 一, 十, 十二, 二十, 二十一. ValueError outside of that."""
    if not 1 <= number <= 99:
        raise ValueError(f"headings are numbered 1 to 99, not {number}")
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else _DIGITS[tens] + "十") + (_DIGITS[ones] if ones else "")


def heading_number(level: int, number: int) -> str:
    """The number that stands before the text of a heading of this level."""
    return (f"{chinese_number(number)}、", f"（{chinese_number(number)}）", f"{number}.", f"（{number}）")[level - 1]


def numbered(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """The same blocks with every heading numbered; one that carries a number already keeps it and is counted."""
    counts = [0, 0, 0, 0]
    found: list[Block] = []
    for block in blocks:
        shown = block
        if isinstance(block, Heading):
            counts[block.level - 1] += 1
            counts[block.level :] = [0] * (4 - block.level)
            if not _NUMBERED.match(plain(block.text)):
                prefix = heading_number(block.level, counts[block.level - 1])
                shown = replace(block, text=(prefix, *runs_of(block.text)))
        found.append(shown)
    return tuple(found)
