"""The union's draft of a term as the package takes it in the place of the generated report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from zhijia.core.feature_types import Scope
from zhijia.documents.docx.blocks import Document
from zhijia.reports.drafts import live, paper
from zhijia.reports.drafts.body import Body
from zhijia.reports.drafts.writing import latest
from zhijia.reports.figures import Figures
from zhijia.reports.material import Material
from zhijia.reports.models import Draft, DraftSection, DraftVersion
from zhijia.reports.pattern import Ask
from zhijia.reports.workshop import DraftPaper


@dataclass(frozen=True, slots=True)
class Manuscript:
    """The newest round of a term's report: its sections, their sentences, and the version that settled it, if any."""

    draft: Draft
    sections: list[DraftSection]
    bodies: dict[int, Body]
    settled: DraftVersion | None

    @property
    def asked(self) -> list[Ask]:
        """Every figure that it prints."""
        return live.asks_of(self.bodies.values())

    def paper(self, material: Material) -> DraftPaper:
        """How the package puts it together, from what the package measured."""
        reading = live.from_material(material, self.bodies.values())
        if self.settled:
            reading = live.as_frozen(reading, self.settled)

        def document(figures: Figures, created_at: datetime) -> Document:
            return paper.document(self.sections, self.bodies, reading, figures, created_at=created_at)

        return DraftPaper(document, self.draft.get_stage_display(), tuple(self._notes()))

    def _notes(self) -> list[str]:
        typed = paper.typed_numbers(self.sections, self.bodies)
        vouched = [f"“{n.text.strip()}”（{s.name}；{n.who}于{n.on}确认：{n.why}）" for s, n in typed if n.confirmed]
        loose = [f"“{n.text.strip()}”（{s.name}）" for s, n in typed if not n.confirmed]
        notes = [f"工作报告里人工确认的数字：{'、'.join(vouched)}。"] if vouched else []
        return notes + ([f"工作报告里手写、没有出处的数字，定稿前要处理：{'、'.join(loose)}。"] if loose else [])


def manuscript(scope: Scope) -> Manuscript | None:
    """The draft of the scope's term; None where none was begun, or for a mere year."""
    draft = latest(scope.union, scope.term) if scope.term is not None else None
    if draft is None:
        return None
    sections = list(DraftSection.objects.filter(draft=draft).order_by("number"))
    settled = DraftVersion.objects.filter(draft=draft).order_by("-number").first() if draft.final else None
    return Manuscript(draft, sections, live.bodies(sections), settled)
