"""What every paper of a package is made with: the term's material, each year's, and what was withheld."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, time

from django.utils import timezone

from zhijia.core.dates import ordinal
from zhijia.documents.docx.blocks import Document
from zhijia.reports.figures import Figures
from zhijia.reports.material import Material, YearMaterial
from zhijia.reports.telling import Withheld

REPORTS, SUMMARIES, REGISTERS, ELECTION, STATISTICS, ROOMS = (
    "01-报告", "02-年度总结", "03-登记册", "04-选举", "05-统计", "06-其他材料",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper of the package before it is written. `state` is what the index says of it."""

    key: str
    folder: str
    title: str
    document: Document
    figures: Figures
    state: str = "已成稿"


@dataclass(frozen=True, slots=True)
class DraftPaper:
    """The work report as people have written it so far: how it is put together, and what the index says of it."""

    document: Callable[[Figures, datetime], Document]
    state: str
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class Workshop:
    """Shared by the makers of one package. `report` is the work report as it was made, for those who come later."""

    material: Material
    years: dict[int, YearMaterial]
    withheld: list[Withheld] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    draft: DraftPaper | None = None
    report: Document | None = None

    @property
    def created_at(self) -> datetime:
        """The papers' own time: noon of the day they are as at, so that equal records give equal bytes."""
        return timezone.make_aware(datetime.combine(self.material.scope.today, time(12)))

    @property
    def congress(self) -> str:
        """第六次会员代表大会."""
        return f"{ordinal(self.material.names.number + 1, '次')}{self.material.names.form}"

    @property
    def committee(self) -> str:
        """第五届委员会."""
        return f"{ordinal(self.material.names.number)}委员会"

    def figures(self, material: Material | None = None) -> Figures:
        """A fresh recorder for one document."""
        return Figures(material or self.material)


Maker = Callable[[Workshop], list[Paper]]
