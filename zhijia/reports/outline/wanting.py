"""What a year's records show as wanting (存在的问题), each with what is done about it next (努力方向). Row R124.

Nothing stands here that no record of the year says: a year without any of them has neither section.
"""

from __future__ import annotations

from dataclasses import dataclass

from zhijia.reports.outline.shape import Sentence, said

MOST = 5
RIDS = "R124 R137"


@dataclass(frozen=True, slots=True)
class Wanting:
    """One shortfall. It applies where the year's rate lies under `below` percent, where a record of the year broke one
    of `rules` as they stood on its own day, and without either wherever its sentence has something to tell.
    """

    key: str
    sentence: Sentence
    answer: Sentence
    below: tuple[str, int] | None = None
    rules: tuple[str, ...] = ()


def _wanting(
    key: str, problem: str, *answer: str, below: tuple[str, int] | None = None, rules: tuple[str, ...] = ()
) -> Wanting:
    return Wanting(
        key, said(f"year.{key}", problem, rids=RIDS), said(f"year.{key}_next", *answer, rids=RIDS), below, rules
    )


TOPICS = {
    "central": "围绕大局", "learning": "学习教育", "rights": "民主维权", "care": "服务职工", "culture": "文体活动",
    "building": "自身建设", "funds": "经费管理",
}  # fmt: skip
SATISFIED = 80  # percent: below it the rating room calls a rating low
RATED = tuple(
    _wanting(
        f"rated_{code}",
        f"会员对“{name}”一项的满意率为{{voice.item_satisfaction:topic={code}}}，评价偏低。",
        f"听取会员对“{name}”一项的意见，逐条改进，下一次评价时向会员报告改进情况。",
        below=(f"voice.item_satisfaction:topic={code}", SATISFIED),
    )
    for code, name in TOPICS.items()
)

WANTING = (
    _wanting(
        "late",
        "年度计划有{plans.late_items}没有按期完成：{plans.late_items;form=names;unit=3}。",
        "没有完成的事项（{plans.late_items:standing=overdue|dropped;form=names;unit=3}）继续抓好；列入计划的事项逐项明确责任人"
        "和完成时限，到期提醒、按季度通报进展。",
        "列入计划的事项逐项明确责任人和完成时限，到期提醒、按季度通报进展。",
    ),
    *RATED,
    _wanting(
        "review",
        "经费审查提出的意见还没有全部整改，整改率为{funds.review_mended}。",
        "对没有整改的经审意见限期销号，整改结果向会员公开。",
        below=("funds.review_mended", 100),
    ),
    _wanting(
        "outings",
        "有的外出活动安排不符合规定。",
        "外出活动先查规定、再报审批，坚持当日往返、就近就便。",
        rules=("R-FUN-07",),
    ),
    _wanting(
        "coupons",
        "有的发放形式不符合规定，应发实物的发了代金券或现金。",
        "规范发放形式，应发实物的发实物，不发代金券和现金。",
        rules=("R-FUN-08",),
    ),
    _wanting(
        "caps",
        "有的福利发放超过了规定的标准。",
        "福利发放前先核对标准，把全年的总额管住。",
        rules=("R-FUN-04",),
    ),
    _wanting(
        "overspent",
        "预算执行不够严格，有的项目支出超过了预算。",
        "需要增加的支出先调整预算、再开支，按季度对照预算执行情况。",
        rules=("R-FUN-02",),
    ),
    _wanting(
        "answers",
        "意见建议答复率为{voice.answered_rate}，有的没有按期答复。",
        "把没有答复的意见建议逐件办完，做到件件有回音。",
        below=("voice.answered_rate", 100),
    ),
    _wanting(
        "rights_open",
        "权益事项办结率为{voice.rights_settled}，有的还没有办完。",
        "对没有办完的权益事项逐件跟踪，及时协调、及时反馈。",
        below=("voice.rights_settled", 100),
    ),
    _wanting(
        "visits_missed",
        "“{@must}”走访率为{care.visit_rate}，有的没有走访到位。",
        "小组长及时报告应访事项，做到应访必访。",
        below=("care.visit_rate", 100),
    ),
    _wanting(
        "newcomers",
        "新进人员及时入会率为{members.admitted_rate}，有的入会手续办得不及时。",
        "新同志到岗时就介绍入会，及时办理手续。",
        below=("members.admitted_rate", 100),
    ),
    _wanting(
        "turnout",
        "集体活动的参与率为{activities.turnout}，活动的吸引力和覆盖面还有提升空间。",
        "多办小型、就近、分散的活动，把选题交给职工点单。",
        below=("activities.turnout", 90),
    ),
    _wanting(
        "leave",
        "职工年休假的休假率为{benefits.leave_rate}，还有职工没有休满。",
        "推动各处室提前编排休假计划，把应休尽休落到实处。",
        below=("benefits.leave_rate", 90),
    ),
)


def sentences() -> list[Sentence]:
    """All of them, for what is measured."""
    return [sentence for one in WANTING for sentence in (one.sentence, one.answer)]
