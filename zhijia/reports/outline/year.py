"""What an annual summary says of the year's results; `wanting` says the rest. Row R124; figures of one calendar year.

`{@so_far}` and `{@at_end}` are 全年 and 年末, or 今年以来 and 目前 while the year runs.
"""

from __future__ import annotations

from zhijia.reports.outline.shape import Part, Section, said

RESULTS = Part(
    "year.results",
    "工作成绩",
    (
        Section(
            "围绕中心，凝聚力量",
            (
                (
                    said(
                        "year.activities",
                        "围绕中心工作和职工需求，{@so_far}开展各类活动{activities.count}，参加职工{activities.people_times}。",
                        rids="R33 R124",
                    ),
                    said(
                        "year.learning",
                        "坚持学习教育不断线，组织学习培训{learning.sessions}、{learning.people_times}[，其中工会干部集中培训"
                        "{learning.cadre_trainings}]。",
                        rids="R57 R127",
                    ),
                    said(
                        "year.donations",
                        "热心公益，{activities.donation_people}捐款{activities.donation_amount}[、捐物{activities.donation_goods}]。",
                        rids="R35",
                    ),
                    said(
                        "year.honours",
                        "职工和集体获得各类荣誉{honours.count}[，代表队获得比赛名次{activities.placings}]。",
                        "获得比赛名次{activities.placings}。",
                        rids="R30 R104",
                    ),
                ),
            ),
        ),
        Section(
            "民主参与，维护权益",
            (
                (
                    said(
                        "year.suggestions",
                        "广开言路，收到职工意见建议{voice.suggestions}[，采纳{voice.adopted}]。",
                        rids="R28",
                    ),
                    said("year.rights", "认真办理涉及职工权益的事项{voice.rights_matters}。", rids="R58"),
                    said(
                        "year.notices",
                        "推进公开透明，公示各类事项{notices.count}[，协助公开职工关心的事项{voice.openness}]。",
                        rids="R27 R64",
                    ),
                    said(
                        "year.checkups",
                        "配合做好职工体检，参检{benefits.checkup_people:kind=general}[，女职工专项体检{benefits.women_checkup_people}]。",
                        rids="R66",
                    ),
                ),
            ),
        ),
        Section(
            "关心职工，办好实事",
            (
                (
                    said(
                        "year.visits",
                        "把组织的关心送到职工身边，走访慰问{care.visits}，送去慰问金和慰问品{care.visit_amount}。",
                        rids="R92",
                    ),
                    said(
                        "year.must",
                        "“{@must}”事项{care.must_visit_events}，走访率为{care.visit_rate}。",
                        rids="R95",
                    ),
                    said(
                        "year.aid",
                        "帮扶困难职工{care.aid_people;unit=位}，发放补助金{care.aid_amount}。",
                        rids="R98 R99",
                    ),
                    said(
                        "year.welfare",
                        "落实会员福利，{@so_far}发放{benefits.issues}，价值{benefits.value}。",
                        rids="R81",
                    ),
                    said(
                        "year.housing",
                        "配合行政解决了{benefits.housing_people;unit=名}职工的住房问题。",
                        rids="R76",
                    ),
                ),
            ),
        ),
        Section(
            "加强管理，建好组织",
            (
                (
                    said(
                        "year.members",
                        "组织建设稳步推进，{@at_end}有会员{members.active}[，当年发展新会员{members.admitted}]。",
                        rids="R06 R120",
                    ),
                    said("year.plan", "年度计划列入工作事项{plans.items}[，办结率为{plans.done_rate}]。", rids="R123"),
                    said(
                        "year.funds",
                        "加强经费管理，{@so_far}收入{funds.income}、支出{funds.expense}，{@at_end}滚存结余{funds.surplus}。",
                        rids="R136",
                    ),
                    said(
                        "year.reviews",
                        "自觉接受监督，开展经费审查{funds.reviews}[，提出意见{funds.review_findings}"
                        "[，整改率为{funds.review_mended}]]。",
                        rids="R136",
                    ),
                    said(
                        "year.rated",
                        "会员评价工会工作，{voice.asked}参加，总体满意率为{voice.satisfaction}。",
                        rids="R126",
                    ),
                ),
            ),
        ),
    ),
)
