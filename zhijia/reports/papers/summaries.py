"""Annual summaries (年度工作总结): results, problems, direction. One for each whole or running year of the term."""

from __future__ import annotations

from zhijia.core.cube import Rate
from zhijia.core.dates import chinese_date
from zhijia.documents.docx.blocks import Block, Document, Heading, Paragraph, Signature, Subtitle, Title
from zhijia.documents.docx.headings import numbered
from zhijia.reports.material import Material
from zhijia.reports.outline.year import MEASURED, RESULTS
from zhijia.reports.papers.teller import Teller
from zhijia.reports.pattern import Ask
from zhijia.reports.workshop import SUMMARIES, Paper, Workshop

FEWEST_DAYS = 60  # a year of which the term has less is told with its neighbour
DIRECTION = (
    "坚持围绕中心、服务大局，抓好职工思想引领和学习教育。",
    "针对查找出的问题逐项整改，按时办结各项计划。",
    "关心困难职工和女职工，办好职工急难愁盼的实事。",
    "规范经费管理，自觉接受经费审查和会员监督。",
)


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
    blocks += [Heading(1, "存在的问题"), *_problems(workshop, year, teller)]
    blocks += [Heading(1, "努力方向"), *(Paragraph(line) for line in DIRECTION)]
    blocks.append(Signature(names.union, scope.last))
    document = Document(
        blocks=numbered(blocks), title=title, created_at=workshop.created_at, kind="plain", creator=names.union
    )
    state = "已成稿（当年未完）" if running else "已成稿"
    return Paper(f"summary_{year}", SUMMARIES, f"{year}年工作总结", document, figures, state)


def _problems(workshop: Workshop, year: int, teller: Teller) -> list[Block]:
    """Rates below the full, and yearly work that this year lacks; a plain remark where the records show neither."""
    found: list[Block] = []
    for key, sentence in MEASURED:
        got = teller.material.get(Ask(key))
        short = got is not None and isinstance(got.value, Rate) and got.value.den > 0 and not got.value.full
        if short and (runs := teller.paragraph([sentence])):
            found.append(Paragraph(runs))
    found += [
        Paragraph(f"年度性工作有缺项：“{claim.text.rstrip('。')}”，{year}年没有做到。")
        for claim in workshop.material.claims.values()
        if claim.state == "refuted" and claim.years and any(line.startswith(f"{year}年") for line in claim.missing)
    ]
    return found or [Paragraph("工作的深度和广度同会员的期待相比还有差距，服务的精准性需要进一步增强。")]
