"""The draft as a paper: the docx holds the sentences as people wrote them and the figures as records give them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from zhijia.documents.docx.blocks import Block, Document, Heading, Paragraph, Run, Salutation, Subtitle, Title
from zhijia.reports.drafts.body import SALUTATION, SUBTITLE, TITLE, Body, Live, Sentence, Typed, paragraphs
from zhijia.reports.drafts.live import Reading
from zhijia.reports.figures import Figures
from zhijia.reports.models import DraftSection
from zhijia.reports.papers.work_report import speech


def document(
    sections: Sequence[DraftSection],
    bodies: Mapping[int, Body],
    reading: Reading,
    figures: Figures | None,
    *,
    created_at: datetime,
) -> Document:
    """The whole draft as a paper; each figure's bookmark is its own id, so that it is known again when it returns.

    `figures` notes them for figures.json; a single download does without.
    """
    found: list[Block] = []
    for section in sections:
        body = bodies[section.number]
        if section.heading and _spoken(section, sections, bodies):
            found.append(Heading(section.level, section.heading))
        found += [_block(paragraph, reading, figures) for paragraph in paragraphs(told(body))]
    return speech(found, created_at=created_at, creator=reading.material.names.union)


def told(body: Body) -> list[Sentence]:
    """The sentences that are printed. Where the first of a paragraph is hidden, the next one opens it."""
    found: list[Sentence] = []
    opens = False
    for sentence in body:
        opens = opens or sentence.opens
        if not sentence.hidden and sentence.text:
            found.append(replace(sentence, opens=True) if opens else sentence)
            opens = False
    return found


def spoken_numbers(sections: Sequence[DraftSection], bodies: Mapping[int, Body]) -> set[int]:
    """The sections whose heading is printed: with text of their own or with such a section below them."""
    return {section.number for section in sections if _spoken(section, sections, bodies)}


def _spoken(section: DraftSection, sections: Sequence[DraftSection], bodies: Mapping[int, Body]) -> bool:
    if told(bodies[section.number]):
        return True
    later = [one for one in sections if one.number > section.number]
    for one in later:
        if one.level <= section.level:
            return False
        if told(bodies[one.number]):
            return True
    return False


def _block(paragraph: Iterable[Sentence], reading: Reading, figures: Figures | None) -> Block:
    rows = list(paragraph)
    runs = [run for sentence in rows for run in _runs(sentence, reading, figures)]
    if rows[0].role == TITLE:
        return Title("".join(run.text for run in runs))
    if rows[0].role == SUBTITLE:
        return Subtitle(runs)
    return Salutation(runs) if rows[0].role == SALUTATION else Paragraph(runs)


def _runs(sentence: Sentence, reading: Reading, figures: Figures | None) -> list[Run]:
    found: list[Run] = []
    for span in sentence.spans:
        if isinstance(span, Live):
            found.append(_figure(span, reading, figures, bold=sentence.bold))
        elif found and not found[-1].mark:
            found[-1] = Run(found[-1].text + span.text, bold=sentence.bold)
        else:
            found.append(Run(span.text, bold=sentence.bold))
    return found


def _figure(live: Live, reading: Reading, figures: Figures | None, *, bold: bool) -> Run:
    figure, mark = reading.figure(live), f"F{live.id}"
    if figure is None:
        return Run(live.text, bold=bold)
    return figures.run(figure, bold=bold, mark=mark) if figures else Run(figure.text, bold=bold, mark=mark)


def typed_numbers(sections: Sequence[DraftSection], bodies: Mapping[int, Body]) -> list[tuple[DraftSection, Typed]]:
    """Every number typed by hand in a sentence that is printed, with its section."""
    return [
        (section, span)
        for section in sections
        for sentence in told(bodies[section.number])
        for span in sentence.spans
        if isinstance(span, Typed)
    ]
