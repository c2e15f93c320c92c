"""The numbers that the house asks a union to settle (年限和天数), each with where it is used."""

from __future__ import annotations

from zhijia.shell import retention
from zhijia.shell.access import deeming, own
from zhijia.standards import numbers
from zhijia.standards.numbers import Number, Settled

# Under these headings on the page.
PARTS: tuple[tuple[str, tuple[Number, ...]], ...] = (
    ("与个人有关的记录，最后一天以后保存多少年", tuple(retention.NUMBERS.values())),
    ("会籍", (deeming.AFTER, deeming.REST)),
    ("更正", (own.WITHIN,)),
)
ALL: dict[str, Number] = {number.key: number for _title, part in PARTS for number in part}
settle = numbers.settle


def every(union: int) -> list[Settled]:
    """Every number as it holds in the union."""
    return list(numbers.settled(union, ALL.values()).values())
