"""What many rooms ask of their rows: days in order, a part within its whole, two cells together, somebody named."""

from __future__ import annotations

from collections.abc import Iterable

from zhijia.core.frame import Frame
from zhijia.core.outcomes import Violation


def period_problems(
    frame: Frame, first: str = "first", end: str = "end", label: str = "截止日期早于起始日期"
) -> Iterable[Violation]:
    """A violation for each row whose period (`end` excluded) has no day; open ends are fine."""
    for index, (start, stop) in enumerate(frame.zip(first, end)):
        if start and stop and stop <= start:
            yield Violation("period", label, place=frame.place(index, end), value=str(stop), mend="请改正日期")


def order_problems(frame: Frame, first: str, then: str, label: str) -> Iterable[Violation]:
    """A violation for each row whose day `then` lies before its day `first`; the same day is fine."""
    for index, (start, later) in enumerate(frame.zip(first, then)):
        if start and later and later < start:
            place = frame.place(index, then)
            yield Violation("order", label, place=place, value=str(later), mend="请核对日期")


def part_problems(frame: Frame, part: str, whole: str, label: str) -> Iterable[Violation]:
    """A violation for each row whose count `part` is above the count `whole` that holds it."""
    for index, (some, every) in enumerate(frame.zip(part, whole)):
        if some is not None and every is not None and some > every:
            place = frame.place(index, part)
            yield Violation("count", label, place=place, value=str(some), mend="请核对两个数")


def together_problems(frame: Frame, one: str, other: str, code: str, label: str) -> Iterable[Violation]:
    """A violation for each row in which only one of two cells that belong together is filled in."""
    for index, (left, right) in enumerate(frame.zip(one, other)):
        if bool(left) != bool(right):
            missing = other if left else one
            yield Violation(code, label, place=frame.place(index, missing), mend="补上另一项，或两项都留空")


def nobody_problems(frame: Frame, reference: str = "person", text: str = "person_name") -> Iterable[Violation]:
    """A violation for each row that names nobody, neither by a reference nor by a text beside it."""
    if reference not in frame.columns:
        return
    for index, (token, name) in enumerate(frame.zip(reference, text)):
        if token is None and not name:
            yield Violation("required", "没有写明是谁", place=frame.place(index, reference), mend="填写姓名")
