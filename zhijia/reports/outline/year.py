"""What an annual summary says: results, shortcomings, direction. Row R124; the figures are of one calendar year."""

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
                        "全年开展各类活动{activities.count}，参加职工{activities.people_times}。",
                        rids="R33 R124",
                    ),
                    said(
                        "year.learning",
                        "组织学习培训{learning.sessions}、{learning.people_times}[，其中工会干部培训{learning.cadre_trainings}]。",
                        rids="R57 R127",
                    ),
                    said(
                        "year.donations",
                        "捐款{activities.donation_amount}[，捐物{activities.donation_goods}]，参与{activities.donation_people}。",
                        rids="R35",
                    ),
                    said(
                        "year.honours",
                        "获得各类荣誉{honours.count}[、比赛名次{activities.placings}]。",
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
                    said("year.suggestions", "收到意见建议{voice.suggestions}[，采纳{voice.adopted}]。", rids="R28"),
                    said("year.rights", "办理权益事项{voice.rights_matters}。", rids="R58"),
                    said(
                        "year.notices", "公示各类事项{notices.count}[，协助公开事项{voice.openness}]。", rids="R27 R64"
                    ),
                    said("year.checkups", "职工体检{benefits.checkup_people}。", rids="R66"),
                ),
            ),
        ),
        Section(
            "关心职工，办好实事",
            (
                (
                    said("year.visits", "走访慰问{care.visits}，送去慰问金和慰问品{care.visit_amount}。", rids="R92"),
                    said("year.must", "应访事项{care.must_visit_events}，走访率{care.visit_rate}。", rids="R95"),
                    said("year.aid", "为{care.aid_people;unit=位}困难职工发放补助{care.aid_amount}。", rids="R98 R99"),
                    said("year.welfare", "发放会员福利{benefits.issues}，价值{benefits.value}。", rids="R81"),
                    said("year.housing", "协助解决{benefits.housing_people;unit=名}职工的住房问题。", rids="R76"),
                ),
            ),
        ),
        Section(
            "加强管理，建好组织",
            (
                (
                    said(
                        "year.members",
                        "年末会员{members.active}[，当年发展新会员{members.admitted}]。",
                        rids="R06 R120",
                    ),
                    said("year.plan", "年度计划列入工作事项{plans.items}[，办结率{plans.done_rate}]。", rids="R123"),
                    said(
                        "year.funds",
                        "经费收入{funds.income}、支出{funds.expense}，年末滚存结余{funds.surplus}。",
                        rids="R136",
                    ),
                    said(
                        "year.reviews", "开展经费审查{funds.reviews}[，提出意见{funds.review_findings}]。", rids="R136"
                    ),
                ),
            ),
        ),
    ),
)

LATE = said("year.late", "年度计划办结率为{plans.done_rate}，有的事项没有按期完成，需要加强督促。", rids="R123 R124")
ANSWERS = said("year.answers", "意见建议答复率为{voice.answered_rate}，办理的时效有待提高。", rids="R28 R124")
MEASURED = (("plans.done_rate", LATE), ("voice.answered_rate", ANSWERS))
