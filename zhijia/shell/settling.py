"""The numbers that the house asks a union to settle (年限和天数), each with where it is used."""

from __future__ import annotations

from zhijia.features import FEATURES
from zhijia.shell import retention
from zhijia.standards import numbers
from zhijia.standards.numbers import Number, Settled

# Under these headings on the page.
PARTS: tuple[tuple[str, tuple[Number, ...]], ...] = (
    ("与个人有关的记录，最后一天以后保存多少年", tuple(retention.NUMBERS.values())),
    *(part for feature in FEATURES for part in feature.numbers.items()),
)
ALL: dict[str, Number] = {number.key: number for _title, part in PARTS for number in part}
settle = numbers.settle
confirm = numbers.confirm
history = numbers.history


def every(union: int) -> list[Settled]:
    """Every number as it holds in the union."""
    return list(numbers.settled(union, ALL.values()).values())


def part_of(about: Number) -> str:
    """The heading under which the number stands."""
    return next(title for title, part in PARTS if about in part)
