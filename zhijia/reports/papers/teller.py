"""Sentences told into blocks: paragraphs, counted strands, parts under their headings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from zhijia.core.dates import chinese_number
from zhijia.documents.docx.blocks import Block, Heading, Paragraph, Run, plain
from zhijia.reports.figures import Figures
from zhijia.reports.material import Material
from zhijia.reports.outline.shape import Part, Section, Sentence
from zhijia.reports.prose import Span
from zhijia.reports.prose import plain as plain_spans
from zhijia.reports.telling import SPARED, Withheld, leaner, left_out, quantities, tell


@dataclass(slots=True)
class Teller:
    """Tells sentences into blocks and keeps what was withheld."""

    material: Material
    figures: Figures
    withheld: list[Withheld] = field(default_factory=list)
    said: dict[str, str] = field(default_factory=dict)
    lean: set[str] = field(default_factory=set)
    spared: set[str] = field(default_factory=set)

    def paragraph(self, sentences: Iterable[Sentence], words: Mapping[str, str] | None = None) -> list[Run]:
        """The runs of the sentences that have something to tell."""
        runs: list[Run] = []
        for sentence in sentences:
            if any(key in self.said for key in sentence.unless):
                continue
            spans = tell(sentence, self.material, words)
            if isinstance(spans, Withheld):
                self.withheld.append(spans)
                continue
            if sentence.key in self.spared:
                self.withheld.append(Withheld(sentence.key, SPARED, plain_spans(spans)))
                continue
            if sentence.key in self.lean:
                spans = leaner(sentence, spans, self.material)
            if dropped := left_out(sentence, self.material):
                self.withheld.append(dropped)
            made = self.runs(sentence, spans)
            self.said[sentence.key] = plain(made)
            runs += made
        return runs

    def runs(self, sentence: Sentence, spans: list[Span]) -> list[Run]:
        """The spans of one told sentence as runs."""
        return self.figures.runs(spans)

    def measured(self, sentences: Iterable[Sentence]) -> bool:
        """Whether something besides words for company can be told."""
        own = (one for one in sentences if not one.company)
        return any(not isinstance(tell(one, self.material), Withheld) for one in own)

    def thin(self, part: Part) -> None:
        """Decide where the part says less, so that it holds at most its number of figures: a report is no table."""
        counts: dict[str, int] = {}
        told: list[tuple[Sentence, list[Span]]] = []
        for sentence in part.sentences():
            spans = tell(sentence, self.material)
            if not isinstance(spans, Withheld) and not any(key in counts for key in sentence.unless):
                counts[sentence.key] = quantities(spans)
                told.append((sentence, spans))
        for sentence, spans in reversed(told):
            if sum(counts.values()) > part.figures:
                counts[sentence.key] = quantities(leaner(sentence, spans, self.material))
                self.lean.add(sentence.key)
        for sentence, _spans in reversed(told):
            if sentence.minor and counts[sentence.key] and sum(counts.values()) > part.figures:
                counts[sentence.key] = 0
                self.spared.add(sentence.key)

    def part(self, part: Part, *, level: int) -> list[Block]:
        """A part under its heading; nothing at all where no section has anything measured to tell."""
        self.thin(part)
        found: list[Block] = []
        for section in part.sections:
            if not self.measured(section.sentences()):
                self.paragraph(one for one in section.sentences() if not one.company)
                continue
            if section.heading:
                found.append(Heading(level + 1, section.heading))
            found += self.strands(section) if section.strands else self.plain(section)
        return [Heading(level, self.heading(part)), *found] if found else []

    def plain(self, section: Section) -> list[Block]:
        """The section's paragraphs as they stand."""
        made = [self.paragraph(paragraph) for paragraph in section.paragraphs]
        return [Paragraph(runs) for runs in made if runs]

    def strands(self, section: Section) -> list[Block]:
        """The paragraphs that have something measured to tell, counted 一是, 二是; no numbers where one is left."""
        kept = []
        for paragraph in section.paragraphs:
            if self.measured(paragraph):
                kept.append(paragraph)
            else:
                self.paragraph(one for one in paragraph if not one.company)
        several = len(kept) > 1
        words = {"strands": f"{_count_word(len(kept))}方面"} if several else {}
        lead = self.paragraph([section.lead], words) if section.lead else []
        made = []
        for number, paragraph in enumerate(kept, start=1):
            runs = self.paragraph(paragraph)
            made.append([Run(f"{chinese_number(number)}是"), *runs] if several else runs)
        if section.inline:
            return [Paragraph([*lead, *(run for runs in made for run in runs)])]
        return [Paragraph(runs) for runs in ([lead, *made] if lead else made)]

    def heading(self, part: Part) -> str:
        """The part's heading with its names filled in."""
        spans: list[Span] | Withheld = tell(Sentence(part.key, (part.heading,)), self.material)
        return part.heading if isinstance(spans, Withheld) else "".join(span.text for span in spans)


def _count_word(number: int) -> str:
    """两 before a measure word, not 二."""
    return "两" if number == 2 else chinese_number(number)
