"""The chronicle (大事记): dated events of all rooms, by year and month. Private matters are not told."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from zhijia.core.evidence import Evidence
from zhijia.documents.docx.blocks import Block, Document, Heading, Paragraph, Run, Title
from zhijia.reports.material import Material
from zhijia.reports.workshop import REGISTERS, Paper, Workshop

Words = Callable[[Evidence, Material], str]


@dataclass(frozen=True, slots=True)
class Source:
    """A fact whose records are events, how one is told, and which categories are left out."""

    fact: str
    words: Words
    without: tuple[tuple[str, tuple[str, ...]], ...] = ()


def _label(row: Evidence, place: int = 0) -> str:
    return row.label[place] if place < len(row.label) else ""


def _first(row: Evidence) -> str:
    return next((word for word in row.label if word), "")


def _activity(row: Evidence, _material: Material) -> str:
    place, title = _label(row), _label(row, 1)
    return f"{'在' + place if place and place not in title else ''}组织{title}" if title else ""


def _honour(row: Evidence, _material: Material) -> str:
    title, who, awarder = _label(row, 1), _label(row, 2), _label(row, 3)
    return f"{who}获得{awarder and awarder + '授予的'}“{title}”荣誉" if title else ""


def _placing(row: Evidence, _material: Material) -> str:
    return f"在{_label(row)}中获得{_label(row, 1)}" if _label(row) and _label(row, 1) else ""


def _kinded(verb: str, fact: str, dim: str = "kind") -> Words:
    def words(row: Evidence, material: Material) -> str:
        name = _first(row) or material.label_of(fact, dim, row.dims.get(dim, ""))
        return f"{verb}{name}" if name else ""

    return words


def _meeting(row: Evidence, material: Material) -> str:
    kind = material.label_of("plans.meetings", "kind", row.dims.get("kind", ""))
    title = _first(row)
    if title.partition("：")[0].endswith(("会", "会议")) or not kind:
        return f"召开{title}" if title else ""
    return f"召开{kind}" + (f"，{title}" if title and title != kind else "")


def _review(row: Evidence, material: Material) -> str:
    return f"经费审查委员会开展{material.label_of('funds.reviews', 'kind', row.dims.get('kind', ''))}：{_label(row, 1)}"


def _consultation(row: Evidence, _material: Material) -> str:
    return f"就{_first(row)}征求职工意见" if _first(row) else ""


def _notice(row: Evidence, _material: Material) -> str:
    return f"公示{_first(row).removesuffix('公示')}" if _first(row) else ""


SOURCES = (
    Source("activities.count", _activity, (("kind", ("hobby",)),)),
    Source("honours.count", _honour, (("subject", ("person",)),)),
    Source("activities.placings", _placing),
    Source("activities.donation_campaigns", _kinded("组织", "activities.donation_campaigns")),
    Source("plans.meetings", _meeting, (("kind", ("group",)),)),
    Source("learning.cadre_trainings", _kinded("举办", "learning.cadre_trainings")),
    Source("learning.theory_classes", _kinded("举办", "learning.theory_classes")),
    Source("learning.reading_campaigns", _kinded("开展", "learning.reading_campaigns")),
    Source("voice.consultations", _consultation),
    Source("funds.reviews", _review),
    Source("notices.count", _notice, (("kind", ("aid",)),)),
    Source("elections.held", _kinded("举行", "elections.held")),
)


def papers(workshop: Workshop) -> list[Paper]:
    """The chronicle, where anything dated happened."""
    material = workshop.material
    events = list(dict.fromkeys(sorted(_events(material), key=lambda event: event[0])))  # a day in the sources' order
    if not events:
        return []
    title = f"{material.names.union}{workshop.committee}大事记"
    blocks: list[Block] = [Title(title)]
    for year, in_year in groupby(events, key=lambda event: event[0].year):
        blocks.append(Heading(1, f"{year}年"))
        for month, in_month in groupby(in_year, key=lambda event: event[0].month):
            blocks.append(Heading(2, f"{month}月"))
            for on, what in in_month:
                blocks.append(Paragraph([Run(f"{on.day}日　", bold=True), f"{what}。"]))
    document = Document(
        blocks=blocks, title="大事记", created_at=workshop.created_at, kind="plain", creator=material.names.union
    )
    return [Paper("chronicle", REGISTERS, "大事记", document, workshop.figures())]


def _events(material: Material) -> Iterable[tuple[date, str]]:
    for source in SOURCES:
        for row in material.rows(source.fact):
            if row.on is None or any(row.dims.get(dim) in codes for dim, codes in source.without):
                continue
            if what := source.words(row, material).strip("。；，"):
                yield row.on, what
