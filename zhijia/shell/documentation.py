"""The documents under docs/ that follow from the declarations, written by `docs` and compared by a test."""

from __future__ import annotations

from collections.abc import Iterable

from zhijia.core.feature_types import EveryClaim, FactSpec, Feature, NumberClaim, SingleSpec, YearlyClaim
from zhijia.core.sheets.reference import reference_markdown
from zhijia.features import FEATURES

ROOM_NAMES = {
    "unions": "工会、届次、小组",
    "documents": "公文",
    "standards": "标准",
    "members": "会员",
    "notices": "公示",
    "plans": "计划",
    "inquiries": "收集表",
    "funds": "经费",
    "activities": "活动",
    "care": "关爱",
    "benefits": "福利",
    "learning": "学习",
    "voice": "民主",
    "elections": "换届",
}
MEASURES = {
    "count": "条数", "distinct": "不重复人数", "total": "合计", "rate": "比例", "share": "比例",
    "running": "余额", "items": "条目",
}  # fmt: skip


def _table(headers: Iterable[str], rows: Iterable[Iterable[str]]) -> list[str]:
    names = list(headers)
    lines = ["| " + " | ".join(names) + " |", "|" + " --- |" * len(names)]
    lines += ["| " + " | ".join(cell.replace("|", "／") for cell in row) + " |" for row in rows]
    return [*lines, ""]


def _fact_row(fact: FactSpec | SingleSpec) -> list[str]:
    if isinstance(fact, SingleSpec):
        return [f"`{fact.key}`", fact.label, fact.unit, "单值", "", "、".join(fact.rids)]
    source = fact.rows.title
    if fact.where:
        source += "（只取部分类别）"
    return [
        f"`{fact.key}`",
        fact.label,
        fact.unit,
        f"{source}：{MEASURES[fact.measure]}",
        "、".join(fact.by),
        "、".join(fact.rids),
    ]


def _claim_row(claim: YearlyClaim | EveryClaim | NumberClaim) -> list[str]:
    if isinstance(claim, YearlyClaim):
        how = f"每年在应办的时间里都有“{claim.rows.title}”的记录"
    elif isinstance(claim, EveryClaim):
        how = f"`{claim.fact}` 达到 100%"
    else:
        how = f"`{claim.fact}` " + (f"不少于 {claim.least}" if claim.least is not None else "取约数（60多 = 61–69）")
    return [f"`{claim.key}`", claim.text, how, "、".join(claim.rids)]


def fact_catalogue(features: Iterable[Feature] = FEATURES) -> str:
    """The catalogue of facts, claims and checks as Markdown."""
    lines = [
        "# 数据、说法和检查目录",
        "",
        "由程序按各部分的声明生成（`python3 run.py docs docs`），请不要手工修改。",
        "",
    ]
    lines += ["- 数据：从记录直接算出，`python3 run.py facts 键 --records` 列出背后的记录。"]
    lines += [
        "- 说法：记录能证实或推翻的句子，三种结果：成立、不成立（缺什么）、无法判断。",
        "- 检查：按当时的规定和今天的规定各判一次。",
        "",
    ]
    for feature in features:
        if not (feature.facts or feature.claims or feature.checks):
            continue
        lines += [f"## {ROOM_NAMES[feature.slug]}", ""]
        if feature.facts:
            headers = ("键", "名称", "单位", "怎样算出", "可分", "样例行")
            lines += _table(headers, (_fact_row(fact) for fact in feature.facts))
        if feature.claims:
            lines += _table(("键", "说法", "怎样核对", "样例行"), (_claim_row(claim) for claim in feature.claims))
        if feature.checks:
            lines += _table(("规则", "检查"), ((check.rule, check.title) for check in feature.checks))
    return "\n".join(lines).rstrip() + "\n"


def pages() -> dict[str, str]:
    """File name under docs/ -> text, for every generated page."""
    sheets = [sheet for feature in FEATURES for sheet in feature.sheets]
    return {"facts.md": fact_catalogue(), "workbook.md": reference_markdown(sheets)}
