"""（七）经费和经审: row R136."""

from __future__ import annotations

from zhijia.reports.outline.shape import Part, Section, effect, said

PART = Part(
    "funds",
    "管好用好经费，自觉接受审查监督",
    figures=6,
    sections=(
        Section(
            "",
            (
                (
                    effect(
                        "funds.principle", "工会经费来自会员、用于会员，每一笔都要经得起看、经得起问。", rids="R136"
                    ),
                    said(
                        "funds.collected",
                        "任期内收缴会费{funds.dues}，行政拨缴经费{funds.contribution}[，按规定向上级工会解缴{funds.remitted}]"
                        "[，争取上级补助{funds.superior_grants}]。",
                        rids="R136",
                    ),
                    said(
                        "funds.totals",
                        "留归本级使用的经费总收入为{funds.income}，总支出为{funds.expense}，期末滚存结余{funds.surplus}[，直接用于职工活动和"
                        "服务职工的支出占{funds.members_share}]。",
                        rids="R83 R136",
                    ),
                ),
                (
                    said(
                        "funds.reviews",
                        "经费审查委员会依法独立履行职责，任期内开展审查{funds.reviews}[，提出意见{funds.review_findings}，整改率为{funds.review_mended}]。",
                        rids="R133 R136",
                    ),
                    effect("funds.effect", "收支情况已在大会材料中逐年列表，请{@audience}审议监督。", rids="R136"),
                ),
            ),
        ),
    ),
)
