"""The first draft: the generated report cut into sections and sentences that people can take over."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from zhijia.documents.docx.blocks import (
    Block,
    Heading,
    Paragraph,
    Run,
    Salutation,
    Subtitle,
    Title,
    plain,
    runs_of,
)
from zhijia.reports.drafts.body import (
    SALUTATION,
    SUBTITLE,
    TITLE,
    Body,
    Live,
    Sentence,
    Sourced,
    Span,
    Words,
    numbered,
    span_json,
    tidy,
)
from zhijia.reports.material import Material
from zhijia.reports.outline import every
from zhijia.reports.outline.shape import Sentence as Said
from zhijia.reports.papers.teller import Teller
from zhijia.reports.papers.work_report import told
from zhijia.reports.prose import Figure, Ordinal, Ref
from zhijia.reports.prose import Span as ProseSpan
from zhijia.reports.telling import SPARED, Withheld, tell
from zhijia.reports.vocabulary import loose_numeral
from zhijia.reports.workshop import Workshop

FRONT, BEGINNING, ENDING = "题目和称呼", "开头", "结束语"
RECORD, NAME = "记录原文", "名称"


@dataclass(frozen=True, slots=True)
class SaidRun(Run):
    """All runs of one told sentence, with where it came from."""

    key: str = ""
    spans: tuple[ProseSpan, ...] = ()


class SentenceTeller(Teller):
    """A teller that keeps its sentences whole."""

    def runs(self, sentence: Said, spans: list[ProseSpan]) -> list[Run]:
        """One run per sentence."""
        return [SaidRun("".join(span.text for span in spans), key=sentence.key, spans=tuple(spans))]


@dataclass(frozen=True, slots=True)
class Part:
    """One section of a first draft; `serial` is the last id given out in it."""

    number: int
    level: int
    heading: str
    name: str
    body: Body
    serial: int


def first_draft(workshop: Workshop) -> tuple[list[Part], list[dict[str, Any]]]:
    """The generated report as sections, and the sentences that were withheld, as a draft keeps them."""
    teller = SentenceTeller(workshop.material, workshop.figures())
    blocks = told(workshop.material, teller)
    return _parts(blocks), [_withheld(one, workshop.material) for one in teller.withheld]


def _withheld(one: Withheld, material: Material) -> dict[str, Any]:
    """As a draft keeps it; what was left out for brevity with its spans, to be written with live figures after all."""
    kept: dict[str, Any] = {
        "key": one.key, "kind": one.kind, "wording": one.wording, "reasons": list(one.reasons),
        "rules": list(one.rules),
    }  # fmt: skip
    if one.kind == SPARED:
        sentence = next((said for said in every() if said.key == one.key), None)
        spans = tell(sentence, material) if sentence else one
        if not isinstance(spans, Withheld):
            kept["spans"] = [span_json(span) for span in tidy([s for given in spans for s in _span(given)])]
    return kept


def _parts(blocks: Sequence[Block]) -> list[Part]:
    """A section for the title, for what stands before the first heading, under each heading, and for the closing."""
    groups: list[tuple[int, str, str, list[Sentence]]] = [(0, "", FRONT, [])]
    for place, block in enumerate(blocks):
        if isinstance(block, Heading):
            heading = plain(block.text)
            groups.append((block.level, heading, heading, []))
        elif isinstance(block, Paragraph):
            if groups[-1][2] == FRONT:
                groups.append((0, "", BEGINNING, []))
            elif place == len(blocks) - 1:
                groups.append((0, "", ENDING, []))
            groups[-1][3].extend(_paragraph(runs_of(block.runs)))
        else:
            groups[-1][3].append(_front(block))
    found = []
    for number, (level, heading, name, sentences) in enumerate(groups, start=1):
        body, serial = numbered(tuple(sentences), number, 0)
        found.append(Part(number, level, heading, name, body, serial))
    return found


def _front(block: Block) -> Sentence:
    roles = {Title: TITLE, Subtitle: SUBTITLE, Salutation: SALUTATION}
    text = block.text if isinstance(block, Title) else plain(getattr(block, "runs", None) or block.text)  # type: ignore[union-attr]  # one of the three
    return Sentence(_literal(text, NAME), role=roles[type(block)])


def _paragraph(runs: Iterable[Run]) -> list[Sentence]:
    """The sentences of a paragraph; a counter (一是) belongs to the sentence that it opens."""
    found: list[Sentence] = []
    before: tuple[Span, ...] = ()
    for run in runs:
        if isinstance(run, SaidRun):
            spans = tidy([*before, *(span for one in run.spans for span in _span(one))])
            found.append(Sentence(spans, key=run.key, opens=not found))
            before = ()
        elif run.bold or run.text.endswith(("。", "：", "；")):
            found.append(Sentence(_literal(run.text, RECORD), bold=run.bold, opens=not found))
        else:
            before = (*before, *_literal(run.text, RECORD))
    if before:
        found.append(Sentence(before, opens=not found))
    return found


def _literal(text: str, source: str) -> tuple[Span, ...]:
    """Words of a name or a record; where they hold a numeral they are sourced."""
    return (Sourced(text, source),) if loose_numeral(text) else (Words(text),)


def _span(span: ProseSpan) -> tuple[Span, ...]:
    if isinstance(span, Figure):
        by = tuple(sorted((axis, str(code)) for axis, code in span.by.items()))
        return (Live(span.key, by, span.form, span.unit, span.clean, span.text),)
    if isinstance(span, Ref):
        return _literal(span.text, span.source or RECORD)
    if isinstance(span, Ordinal):
        return _literal(span.text, NAME)
    return _literal(span.text, NAME)
