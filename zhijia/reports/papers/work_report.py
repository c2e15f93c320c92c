"""The work report of the term (工作报告) and the speaker's copy. Source: domain reference 7.1."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from zhijia.core.dates import chinese_date, ordinal
from zhijia.documents.docx.blocks import (
    Block,
    Document,
    Heading,
    Paragraph,
    Run,
    Salutation,
    Subtitle,
    Title,
    plain,
)
from zhijia.documents.docx.headings import numbered
from zhijia.reports.figures import Figures
from zhijia.reports.material import Material
from zhijia.reports.outline import REVIEW_PARTS
from zhijia.reports.outline.frame import CLOSING, OPENING, REVIEW
from zhijia.reports.outline.shape import Part, Section, Sentence
from zhijia.reports.paper_text import characters
from zhijia.reports.prose import Span
from zhijia.reports.telling import Withheld, tell
from zhijia.reports.workshop import REPORTS, Paper, Workshop

SPEED = 180  # characters a minute


@dataclass(slots=True)
class Teller:
    """Tells sentences into blocks and keeps what was withheld."""

    material: Material
    figures: Figures
    withheld: list[Withheld] = field(default_factory=list)
    said: dict[str, str] = field(default_factory=dict)

    def paragraph(self, sentences: Iterable[Sentence], *, company: bool = True) -> list[Run]:
        """The runs of the sentences that have something to tell; those for company only where `company` is given."""
        runs: list[Run] = []
        for sentence in sentences:
            if sentence.company and not company:
                continue
            spans = tell(sentence, self.material)
            if isinstance(spans, Withheld):
                self.withheld.append(spans)
                continue
            made = self.figures.runs(spans)
            self.said[sentence.key] = plain(made)
            runs += made
        return runs

    def measured(self, section: Section) -> bool:
        """Whether something besides words for company can be told in a section."""
        own = (one for paragraph in section.paragraphs for one in paragraph if not one.company)
        return any(not isinstance(tell(one, self.material), Withheld) for one in own)

    def part(self, part: Part, *, level: int) -> list[Block]:
        """A part under its heading; nothing at all where no section has anything measured to tell."""
        found: list[Block] = []
        for section in part.sections:
            if not self.measured(section):
                self.paragraph(one for paragraph in section.paragraphs for one in paragraph if not one.company)
                continue
            if section.heading:
                found.append(Heading(level + 1, section.heading))
            for paragraph in section.paragraphs:
                if runs := self.paragraph(paragraph):
                    found.append(Paragraph(runs))
        return [Heading(level, self.heading(part)), *found] if found else []

    def heading(self, part: Part) -> str:
        """The part's heading with its names filled in."""
        spans: list[Span] | Withheld = tell(Sentence(part.key, (part.heading,)), self.material)
        return part.heading if isinstance(spans, Withheld) else "".join(span.text for span in spans)


def build(material: Material, teller: Teller, after: Sequence[Block], *, created_at: datetime) -> Document:
    """The report; `after` are the blocks behind the review: reflections, problems, tasks."""
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
    blocks += after
    if runs := teller.paragraph(CLOSING):
        blocks.append(Paragraph(runs))
    return Document(
        blocks=numbered(blocks), title="工作报告", created_at=created_at, kind="speech", creator=names.union
    )


def speaker_copy(report: Document) -> Document:
    """The same text in large type, with the minutes it takes; its figures are told once, in the report itself."""
    minutes = max(1, round(characters(report) / SPEED))
    blocks: list[Block] = []
    for block in report.blocks:
        blocks.append(_unmarked(block))
        if isinstance(block, Title):
            blocks.append(Subtitle(f"（讲稿　全文约{characters(report)}字，按每分钟{SPEED}字约需{minutes}分钟）"))
    return replace(report, blocks=blocks, title="工作报告（讲稿）", speaker_copy=True)


def _unmarked(block: Block) -> Block:
    if isinstance(block, Paragraph):
        return replace(block, runs=plain(block.runs))
    return block


def papers(workshop: Workshop) -> list[Paper]:
    """The report and the speaker's copy."""
    figures = workshop.figures()
    teller = Teller(workshop.material, figures)
    report = build(workshop.material, teller, (), created_at=workshop.created_at)
    workshop.withheld += teller.withheld
    copy = Paper("speech", REPORTS, "01-工作报告（讲稿）", speaker_copy(report), workshop.figures())
    return [Paper("work_report", REPORTS, "01-工作报告", report, figures), copy]
