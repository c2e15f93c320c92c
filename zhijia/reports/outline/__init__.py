"""What the work report says, as data: the parts in their order."""

from collections.abc import Iterator

from zhijia.reports.outline.building import PART as BUILDING
from zhijia.reports.outline.frame import CLOSING, OPENING, REVIEW
from zhijia.reports.outline.shape import Part, Sentence
from zhijia.reports.pattern import Ask

REVIEW_PARTS: tuple[Part, ...] = (BUILDING,)


def every() -> list[Sentence]:
    """All declared sentences of the report."""
    parts = [sentence for part in (REVIEW, *REVIEW_PARTS) for sentence in part.sentences()]
    return [*OPENING, *parts, *CLOSING]


def asked() -> Iterator[Ask]:
    """Every figure that a sentence may print."""
    for sentence in every():
        yield from sentence.asked()


def verbs() -> Iterator[str]:
    """Every fact whose roles choose a verb."""
    for sentence in every():
        if sentence.verb:
            yield sentence.verb.fact
