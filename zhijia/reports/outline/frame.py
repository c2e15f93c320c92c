"""How a work report opens and closes. Source: domain reference 7.1, standard form."""

from __future__ import annotations

from zhijia.reports.outline.shape import Part, Section, effect, said

OPENING = (
    said(
        "frame.opening",
        "现在，我受{@union}{@term}委员会的委托，向大会作工作报告，请{@audience}审议[，并请列席同志提出意见]。",
        rids="R01 R02",
    ),
)

REVIEW = Part(
    "frame.review",
    "过去{@years}的工作回顾",
    (
        Section(
            "",
            (
                (
                    said(
                        "frame.leadership",
                        "在过去的{@years}里，{@union}在{@leaders}的正确领导下，在全体会员的大力支持下，{@basis}，"
                        "坚持{@guiding_ideology}，围绕{@field}发展大局，认真履行工会职责，"
                        "积极开展工会工作，较好地发挥了组织职工、引导职工、服务职工、维护职工合法权益和联系党和群众的桥梁纽带作用，"
                        "有力地推进了和谐机关建设。",
                        "在过去的{@years}里，{@union}在全体会员的大力支持下，{@basis}，坚持{@guiding_ideology}，"
                        "认真履行工会职责，各项工作取得了新的进展。",
                        rids="R03 R04 R06 R07 R08 R09 R10 R12",
                    ),
                    said(
                        "frame.growth",
                        "本届之初，全会有会员{members.opening}[、经费滚存结余{funds.opening_surplus}]；截至目前，{groups.count}工会小组"
                        "共有会员{members.active}[，经费滚存结余{funds.surplus}]。",
                        "截至目前，{groups.count}工会小组共有会员{members.active}[，经费滚存结余{funds.surplus}]。",
                        rids="R06",
                    ),
                    said(
                        "frame.judgement",
                        "{@years}来，工会工作接受上级评价和会员评议{voice.evaluations:rater=superior|members}"
                        "[，去年会员总体满意率为{voice.satisfaction:year=before}]，总体水平得到提高，各项工作取得新的进展。",
                        rids="R11 R126",
                    ),
                    effect("frame.summary", "现将主要工作报告如下。"),
                ),
            ),
        ),
    ),
)

CLOSING = (
    said(
        "frame.closing",
        "{@audience}、同志们！{@union}走过的每一步，都离不开{@leaders}的关心和指导，离不开全体会员的信任和参与。新一届工会委员会将接过"
        "这份信任，扎实工作、开拓进取，把工会建设成为职工信赖的“职工之家”，团结动员广大会员为{@field}发展作出新的更大贡献！",
        "{@audience}、同志们！{@union}走过的每一步，都离不开全体会员的信任和参与。新一届工会委员会将接过这份信任，扎实工作，"
        "把工会建设成为职工信赖的“职工之家”！",
        rids="R12",
    ),
)
