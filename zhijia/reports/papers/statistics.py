"""The statistics table (统计表): every fact of the term by year."""

from __future__ import annotations

from itertools import groupby

from zhijia.core.cube import Rate
from zhijia.core.dates import chinese_date
from zhijia.core.facts import FactValue
from zhijia.core.feature_types import COUNT, ITEMS, FactSpec, SingleSpec
from zhijia.documents.docx.blocks import (
    WU_HAO,
    Align,
    Block,
    Document,
    Heading,
    Note,
    Section,
    Subtitle,
    Table,
    Text,
    Title,
)
from zhijia.reports.figures import Figures
from zhijia.reports.papers.finance import running_year
from zhijia.reports.workshop import STATISTICS, Paper, Workshop

RIGHT: Align = "right"
NOUNS = {
    "terms": "基本情况", "groups": "基本情况", "bodies": "基本情况", "members": "会员", "posts": "工会干部",
    "papers": "收文", "submissions": "上报",
    "plans": "计划和会议", "notices": "公示", "care": "走访和帮扶", "benefits": "福利", "activities": "活动",
    "honours": "荣誉",
    "learning": "学习培训", "voice": "民主参与和维权", "funds": "经费", "elections": "选举", "congress": "大会",
    "inquiries": "收集表",
}  # fmt: skip


def papers(workshop: Workshop) -> list[Paper]:
    """The table, in parts: what the facts' nouns are called on paper."""
    material = workshop.material
    figures = workshop.figures()
    years = [str(year) for year in material.scope.years]
    blocks: list[Block] = [
        Section(landscape=True),
        Title(f"{material.names.union}{workshop.committee}任期工作统计表"),
        Subtitle(f"（{chinese_date(material.scope.first)}至{chinese_date(material.scope.last)}）"),
    ]
    told = [fact for fact in material.values.values() if "|" not in fact.key and _worth(fact)]
    told = [fact for fact in told if not _repeats(fact, told)]
    told.sort(key=lambda fact: list(NOUNS).index(_noun(fact)))
    for part, facts in groupby(told, key=lambda fact: NOUNS[_noun(fact)]):
        rows = [_row(fact, years, figures) for fact in facts]
        heads = ("指标", "单位", *(f"{year}年" for year in years), "任期合计")
        widths = (4.6, 1.2, *(2.4 for _ in years), 2.6)  # a year's column holds 1,234,567.89 in 五号
        align: list[Align] = ["left", "centre", *(RIGHT for _ in years), RIGHT]
        blocks += [Heading(2, part), Table(heads, rows, widths=widths, align=align, size=WU_HAO)]
    blocks.append(
        Note(
            f"注：存量指标各年为年末数，任期合计栏为最后一年的数{running_year(material)}；人数按人去重，各年相加不等于任期合计；"
            "金额单位为元。"
        )
    )
    document = Document(
        blocks=blocks,
        title="任期工作统计表",
        created_at=workshop.created_at,
        kind="register",
        creator=material.names.union,
    )
    return [Paper("statistics", STATISTICS, "任期工作统计表", document, figures)]


def _noun(fact: FactValue) -> str:
    return fact.key.partition(".")[0]


def _worth(fact: FactValue) -> bool:
    return (
        fact.evidence_count > 0 and fact.value is not None and (not isinstance(fact.value, Rate) or fact.value.den > 0)
    )


def _repeats(fact: FactValue, told: list[FactValue]) -> bool:
    """Whether another row counts the very same records: a list of names is no second number."""
    spec = fact.spec
    return (
        isinstance(spec, FactSpec)
        and spec.measure == ITEMS
        and any(
            isinstance(one.spec, FactSpec)
            and (one.spec.rows.name, one.spec.measure, one.spec.where) == (spec.rows.name, COUNT, spec.where)
            for one in told
        )
    )


def _row(fact: FactValue, years: list[str], figures: Figures) -> list[Text]:
    unit = "%" if isinstance(fact.value, Rate) else "元" if fact.unit == "fen" else fact.unit
    has_years = not isinstance(fact.spec, SingleSpec) and "year" in fact.by
    cells: list[Text] = [figures(fact.key, by={"year": year}, form="table") if has_years else "" for year in years]
    return [fact.label, unit, *cells, figures(fact.key, form="table")]
