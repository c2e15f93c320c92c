"""What the work report says, as data: the parts in their order."""

from collections.abc import Iterator

from zhijia.reports.outline import problems, reflections, tasks, wanting, year
from zhijia.reports.outline.building import PART as BUILDING
from zhijia.reports.outline.centre import PART as CENTRE
from zhijia.reports.outline.culture import PART as CULTURE
from zhijia.reports.outline.frame import CLOSING, OPENING, REVIEW
from zhijia.reports.outline.funds import PART as FUNDS
from zhijia.reports.outline.learning import PART as LEARNING
from zhijia.reports.outline.rights import PART as RIGHTS
from zhijia.reports.outline.service import PART as SERVICE
from zhijia.reports.outline.shape import Part, Sentence
from zhijia.reports.pattern import Ask

REVIEW_PARTS: tuple[Part, ...] = (CENTRE, LEARNING, RIGHTS, SERVICE, CULTURE, BUILDING, FUNDS)


def every() -> list[Sentence]:
    """All declared sentences of the report."""
    found = [*OPENING, *(sentence for part in (REVIEW, *REVIEW_PARTS) for sentence in part.sentences())]
    found += [reflections.LEAD, *(one.sentence for one in reflections.REFLECTIONS)]
    found += [problems.LEAD, *(one.sentence for one in problems.PROBLEMS)]
    found += [tasks.LEAD, *(one.sentence for one in tasks.TASKS), *(one.answer for one in problems.PROBLEMS)]
    return [*found, *CLOSING]


def of_years() -> list[Sentence]:
    """All declared sentences of the annual summaries."""
    return [*year.RESULTS.sentences(), *wanting.sentences()]


def asked() -> Iterator[Ask]:
    """Every figure that a sentence reads."""
    for sentence in every():
        yield from sentence.asked()


def verbs() -> Iterator[str]:
    """Every fact whose roles choose a verb."""
    for sentence in every():
        if sentence.verb:
            yield sentence.verb.fact
