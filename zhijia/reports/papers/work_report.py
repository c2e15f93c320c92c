"""The work report of the term (工作报告) and the speaker's copy. Source: domain reference 7.1."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from zhijia.core.dates import chinese_date, ordinal
from zhijia.documents.docx.blocks import (
    Block,
    Document,
    Paragraph,
    Salutation,
    Subtitle,
    Title,
    plain,
)
from zhijia.documents.docx.headings import numbered
from zhijia.reports.material import Material
from zhijia.reports.outline import REVIEW_PARTS
from zhijia.reports.outline.frame import CLOSING, OPENING, REVIEW
from zhijia.reports.paper_text import characters
from zhijia.reports.papers import ahead
from zhijia.reports.papers.teller import Teller
from zhijia.reports.workshop import REPORTS, Paper, Workshop

SPEED = 180  # characters a minute


def told(material: Material, teller: Teller) -> list[Block]:
    """The report's blocks, headings not numbered yet."""
    names = material.names
    meeting = f"{ordinal(names.number + 1, '次')}{names.form}"
    blocks: list[Block] = [
        Title(f"在{names.union}{meeting}上的工作报告"),
        Subtitle(f"（{chinese_date(names.congress_on)}）"),
    ]
    if names.speaker:
        blocks.append(Subtitle(names.speaker))
    blocks.append(Salutation(f"{names.get('audience')}、同志们："))
    if runs := teller.paragraph(OPENING):
        blocks.append(Paragraph(runs))
    blocks += teller.part(REVIEW, level=1)
    for part in REVIEW_PARTS:
        blocks += teller.part(part, level=2)
    blocks += ahead.blocks(teller)
    if runs := teller.paragraph(CLOSING):
        blocks.append(Paragraph(runs))
    return blocks


def speech(blocks: Sequence[Block], *, created_at: datetime, creator: str) -> Document:
    """The report as a paper."""
    return Document(blocks=numbered(blocks), title="工作报告", created_at=created_at, kind="speech", creator=creator)


def build(material: Material, teller: Teller, *, created_at: datetime) -> Document:
    """The generated report."""
    return speech(told(material, teller), created_at=created_at, creator=material.names.union)


def speaker_copy(report: Document) -> Document:
    """The same text in large type, with the minutes it takes; its figures are told once, in the report itself."""
    minutes = max(1, round(characters(report) / SPEED))
    blocks: list[Block] = []
    for block in report.blocks:
        blocks.append(_unmarked(block))
        if isinstance(block, Title):
            blocks.append(Subtitle(f"（讲稿，约{round(characters(report), -2)}字，{minutes}分钟）"))
    return replace(report, blocks=blocks, title="工作报告（讲稿）", speaker_copy=True)


def _unmarked(block: Block) -> Block:
    if isinstance(block, Paragraph):
        return replace(block, runs=plain(block.runs))
    return block


def papers(workshop: Workshop) -> list[Paper]:
    """The report and the speaker's copy: the union's draft where there is one, else as generated."""
    figures = workshop.figures()
    teller = Teller(workshop.material, figures)
    report = build(workshop.material, teller, created_at=workshop.created_at)
    workshop.withheld += teller.withheld
    state = "已成稿"
    if workshop.draft:
        figures = workshop.figures()
        report = workshop.draft.document(figures, workshop.created_at)
        state = workshop.draft.state
        workshop.notes += workshop.draft.notes
    workshop.report = report
    copy = Paper("speech", REPORTS, "01-工作报告（讲稿）", speaker_copy(report), workshop.figures(), state)
    return [Paper("work_report", REPORTS, "01-工作报告", report, figures, state), copy]
