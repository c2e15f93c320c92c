"""A draft as its pages show it: the outline with what is open in each section, and the text with its links."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from zhijia.core.access import Access
from zhijia.documents.docx.headings import heading_number
from zhijia.reports import rules
from zhijia.reports.drafts import live as live_figures
from zhijia.reports.drafts.body import ADDED, EDITED, Body, Live, Sentence, Typed, paragraphs
from zhijia.reports.drafts.live import Reading
from zhijia.reports.drafts.paper import spoken_numbers, told
from zhijia.reports.drafts.writing import held_by_other
from zhijia.reports.models import Draft, DraftSection, DraftVersion


@dataclass(frozen=True, slots=True)
class OutlineLine:
    """One section in the outline: `open` counts numbers without a source, `moved` figures that drifted."""

    section: DraftSection
    title: str
    url: str
    active: bool
    open: int
    moved: int
    lost: int
    unexplained: int
    held: str
    printed: bool

    @property
    def depth(self) -> int:
        """How far it is set in."""
        return max(0, self.section.level - 1)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a sentence. kind: words | live | lost | typed | confirmed."""

    kind: str
    text: str
    url: str = ""
    note: str = ""
    active: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """A sentence with its stretches; `mark` says what people did to it."""

    sentence: Sentence
    pieces: tuple[Piece, ...]
    mark: str = ""


def outline(
    draft: Draft,
    sections: Sequence[DraftSection],
    bodies: Mapping[int, Body],
    reading: Reading,
    version: DraftVersion | None,
    *,
    active: int,
    by: Access,
    now: datetime,
) -> list[OutlineLine]:
    """Every section with what is open in it."""
    titles, printed = headings(sections, bodies), spoken_numbers(sections, bodies)
    found = []
    for section in sections:
        body = bodies[section.number]
        found.append(
            OutlineLine(
                section=section,
                title=titles[section.number],
                url=reverse("reports:section", args=[draft.pk, section.number]),
                active=section.number == active,
                open=sum(len(sentence.unsupported) for sentence in body),
                moved=len(live_figures.moved(version, reading, body)),
                lost=sum(reading.lost(one) for sentence in told(body) for one in sentence.lives),
                unexplained=sum(sentence.unexplained for sentence in body),
                held=section.locked_name if rules.locked(section.locked_at, now) else "",
                printed=section.number in printed,
            )
        )
    return found


def headings(sections: Sequence[DraftSection], bodies: Mapping[int, Body]) -> dict[int, str]:
    """The headings as they are printed, with their numbers; sections that are not printed keep their bare name."""
    counts = [0, 0, 0, 0]
    printed, found = spoken_numbers(sections, bodies), {}
    for section in sections:
        found[section.number] = section.heading or section.name
        if section.heading and section.number in printed:
            counts[section.level - 1] += 1
            counts[section.level :] = [0] * (4 - section.level)
            found[section.number] = heading_number(section.level, counts[section.level - 1]) + section.heading
    return found


def text(section: DraftSection, body: Body, reading: Reading, *, chosen: int = 0) -> list[list[Shown]]:
    """The section's printed sentences by paragraph."""
    return [[_shown(section, one, reading, chosen) for one in rows] for rows in paragraphs(told(body))]


def hidden(section: DraftSection, body: Body, reading: Reading) -> list[Shown]:
    """The sentences that are kept but not printed."""
    return [_shown(section, sentence, reading, 0) for sentence in body if sentence.hidden]


def _shown(section: DraftSection, sentence: Sentence, reading: Reading, chosen: int) -> Shown:
    pieces = tuple(_piece(section, sentence, place, reading, chosen) for place in range(len(sentence.spans)))
    return Shown(sentence, pieces, {EDITED: "改过", ADDED: "新增"}.get(sentence.origin, ""))


def _piece(section: DraftSection, sentence: Sentence, place: int, reading: Reading, chosen: int) -> Piece:
    span = sentence.spans[place]
    if isinstance(span, Live):
        address = reverse("reports:section", args=[section.draft_id, section.number])
        kind = "lost" if reading.lost(span) else "live"
        return Piece(kind, reading.text(span), f"{address}?figure={span.id}#evidence", active=span.id == chosen)
    if isinstance(span, Typed):
        address = reverse("reports:number", args=[section.draft_id, section.number, sentence.id, place])
        note = f"{span.who}确认：{span.why}" if span.confirmed else "没有出处"
        return Piece("confirmed" if span.confirmed else "typed", span.text, address, note)
    return Piece("words", span.text)


@dataclass(frozen=True, slots=True)
class Work:
    """What somebody may do in a section now: who is at work in it, whether it is mine, whether it may be changed."""

    may_edit: bool
    held: str
    mine: bool
    at: datetime | None


def work(section: DraftSection, by: Access, now: datetime, *, changeable: bool) -> Work:
    """Who is at work in the section."""
    there = rules.locked(section.locked_at, now)
    other = held_by_other(section, by, now)
    may = changeable and by.may("reports.edit")
    return Work(may, section.locked_name if other else "", there and not other, section.locked_at)
