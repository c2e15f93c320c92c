"""Annual summaries (年度工作总结): results, problems, direction. One for each whole or running year of the term."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from zhijia.core.cube import Rate
from zhijia.core.dates import chinese_date, chinese_number
from zhijia.documents.docx.blocks import Block, Document, Heading, Paragraph, Run, Signature, Subtitle, Title
from zhijia.documents.docx.headings import numbered
from zhijia.reports.material import Material
from zhijia.reports.outline.wanting import MOST, WANTING, Wanting
from zhijia.reports.outline.year import RESULTS
from zhijia.reports.papers.teller import Teller
from zhijia.reports.pattern import ask
from zhijia.reports.workshop import SUMMARIES, Paper, Workshop

FEWEST_DAYS = 60  # of a year of which the term has less, the committee before or after tells

Runs = list[Run]


def papers(workshop: Workshop) -> list[Paper]:
    """One summary for each year with something to tell."""
    found = []
    for year, material in workshop.years.items():
        days = (material.scope.until - material.scope.first).days
        if days >= FEWEST_DAYS and (paper := _summary(workshop, year, material)):
            found.append(paper)
    return found


def _summary(workshop: Workshop, year: int, material: Material) -> Paper | None:
    figures = workshop.figures(material)
    teller = Teller(material, figures)
    results = teller.part(RESULTS, level=1)
    if not results:
        return None
    names, scope = material.names, material.scope
    running = scope.last < scope.today.replace(month=12, day=31) and scope.last.year == scope.today.year
    title = f"{names.short}{year}年工作总结"
    done = "各项工作扎实推进" if running else "较好地完成了各项工作"
    leaders = names.get("leaders")
    opening = f"{year}年，{names.short}在{leaders}领导下，依靠全体会员，{done}。" if leaders else ""
    blocks: list[Block] = [Title(title)]
    if running:
        blocks.append(Subtitle(f"（截至{chinese_date(scope.last)}）"))
    if opening:
        blocks.append(Paragraph(opening))
    blocks += results
    blocks += _ahead(workshop, year, teller, running=running)
    blocks.append(Signature(names.union, scope.last))
    document = Document(
        blocks=numbered(blocks), title=title, created_at=workshop.created_at, kind="plain", creator=names.union
    )
    state = "已成稿（当年未完）" if running else "已成稿"
    return Paper(f"summary_{year}", SUMMARIES, f"{year}年工作总结", document, figures, state)


def _ahead(workshop: Workshop, year: int, teller: Teller, *, running: bool) -> list[Block]:
    """What the year's records show as wanting and what follows from it; where they show nothing, the index says so."""
    pairs = list(islice(_pairs(workshop, year, teller), MOST))
    if not pairs:
        workshop.notes.append(f"《{year}年工作总结》没有写问题和努力方向：当年的记录里看不出问题，请工会自己补写。")
        return []
    problems, answers = zip(*pairs, strict=True)
    lead = "针对上述问题，下一步重点做好以下工作：" if running else f"针对上述问题，{year + 1}年重点做好以下工作："
    found: list[Block] = [Heading(1, "存在的问题"), Paragraph([run for runs in _counted(problems) for run in runs])]
    found += [Heading(1, "努力方向"), Paragraph(lead)]
    return found + [Paragraph(runs) for runs in _counted(answers)]


def _pairs(workshop: Workshop, year: int, teller: Teller) -> Iterator[tuple[Runs, Runs]]:
    """Problems with their answers, one at a time: what is told is noted as printed."""
    for claim in workshop.material.claims.values():
        if year in claim.absent and len(claim.absent) < len(claim.years):  # what no year did is no yearly work here
            yield _lacking(claim.text, year)
    for one in WANTING:
        if applies(one, teller.material) and (told := _told(one, teller)):
            yield told


def _lacking(claim: str, year: int) -> tuple[Runs, Runs]:
    """A yearly piece of work without a record in the year."""
    work = claim.rstrip("。；，")
    return [Run(f"年度性工作有缺项：“{work}”，{year}年没有做到。")], [
        Run(f"坚持“{work}”，列入年度计划和预算，按时办好。")
    ]


def applies(one: Wanting, material: Material) -> bool:
    """Whether the year's records show the shortfall."""
    if one.rules:
        year = material.scope.first.year
        broken = {found.rule for found in material.findings if found.then and found.on and found.on.year == year}
        return not broken.isdisjoint(one.rules)
    if one.below is None:
        return True
    got = material.get(ask(one.below[0]))
    rate = got.value if got else None
    return isinstance(rate, Rate) and rate.den > 0 and 100 * rate.num < one.below[1] * rate.den


def _told(one: Wanting, teller: Teller) -> tuple[Runs, Runs] | None:
    """The shortfall and its answer; None where there is nothing to tell."""
    problem = teller.paragraph([one.sentence])
    return (problem, teller.paragraph([one.answer])) if problem else None


def _counted(told: Sequence[Runs]) -> list[Runs]:
    """Counted 一是, 二是 where there are several."""
    if len(told) == 1:
        return [told[0]]
    return [[Run(f"{chinese_number(place)}是"), *runs] for place, runs in enumerate(told, start=1)]
