"""（三）维权: rows R58 to R73."""

from __future__ import annotations

from zhijia.reports.outline.shape import Part, Section, effect, said

PART = Part(
    "rights",
    "发挥维权职能，保障职工权利",
    figures=5,
    sections=(
        Section(
            "",
            strands=True,
            lead=effect(
                "rights.lead",
                "机关在维权方面的问题不很突出，但工会坚持尽力而为，遵循“组织起来，切实维权”的要求，{@years}来登记权益事项"
                "{voice.rights_matters}，办结率为{voice.rights_settled;form=full}，件件有着落。",
                "机关在维权方面的问题不很突出，但工会坚持尽力而为，遵循“组织起来，切实维权”的要求，{@years}来登记权益事项"
                "{voice.rights_matters}[，办结率为{voice.rights_settled}]。",
                "工会遵循“组织起来，切实维权”的要求，努力保障会员的合法权益。",
                rids="R58 R59",
            ),
            paragraphs=(
                (
                    effect(
                        "rights.political",
                        "维护职工在政治方面的权利。晋职晋级、评选先进是否公开、公平、公正，职工最关心，工会最上心。",
                        rids="R60",
                    ),
                    said(
                        "rights.watch",
                        "任期内跟踪了解这类事项{voice.rights_matters:field=political}，听取职工意见[，对不同反映及时向领导报告并做好沟通协调"
                        "{voice.escalations}]。",
                        lean="任期内持续跟踪了解这类事项，听取职工意见，对不同反映及时向领导报告并做好沟通协调。",
                        rids="R60 R61 R62",
                    ),
                ),
                (
                    effect(
                        "rights.democratic",
                        "维护职工在民主方面的权利。凡是涉及切身利益的事，都让职工有知情权、发言权。",
                        rids="R63",
                    ),
                    said(
                        "rights.consultations",
                        "就住房、办公用房装修、福利等事项征求意见{voice.consultations}[，收到意见{voice.opinions}]，合理的尽量吸纳。",
                        lean="就住房、办公用房装修、福利等事项征求职工意见，合理的尽量吸纳。",
                        rids="R61 R63 R79",
                    ),
                    said(
                        "rights.publicity",
                        "购房、住房补贴发放等事项全部在{@organ_full}范围内公示，共{notices.count:kind=housing|subsidy}[，公示期间收到异议"
                        "{notices.objections}，答复率为{notices.answered}]。",
                        claims=("claims.housing_notices_department",),
                        rids="R64 R78",
                    ),
                    said(
                        "rights.notices",
                        "任期内各类事项共公示{notices.count}，做到先公示、后办理。",
                        unless=("rights.publicity",),
                        rids="R64",
                    ),
                ),
                (
                    effect(
                        "rights.economic",
                        "维护职工在经济方面的权利。工资福利、医疗卫生、劳动休假、身体健康，哪一样都不放松。",
                        rids="R65",
                    ),
                    said(
                        "rights.checkup",
                        "机关每年都安排职工体检，工会做好组织配合，{@years}累计参检{benefits.checkup_people:kind=general}。",
                        lean="机关每年都安排职工体检，工会做好组织配合。",
                        claims=("claims.yearly_checkup",),
                        rids="R66",
                    ),
                    said(
                        "rights.leave",
                        "年休假制度得到落实，去年职工年休假的休假率为{benefits.leave_rate:year=before}。",
                        "年休假制度得到落实，任期内职工年休假的休假率为{benefits.leave_rate}。",
                        rids="R67",
                    ),
                ),
                (
                    effect("rights.women", "维护女职工的特殊利益。", rids="R68"),
                    said(
                        "rights.women_checkup",
                        "每年为女职工安排专项体检，累计{benefits.women_checkup_people}。",
                        lean="每年为女职工安排专项体检。",
                        claims=("claims.yearly_women_checkup",),
                        rids="R69",
                    ),
                    said(
                        "rights.women_day",
                        "每年三八节都为女职工安排活动，{@years}共{activities.women_day}。",
                        lean="每年三八节都为女职工安排活动。",
                        claims=("claims.yearly_women_day",),
                        rids="R70",
                    ),
                    said(
                        "rights.women_hobby",
                        "积极支持女职工参加“1+1”文体小组，小组成员中女职工占{activities.hobby_women_share}。",
                        rids="R71",
                    ),
                    said(
                        "rights.historical",
                        "机关还曾获得{honours.historical;form=names}等称号，作为历史荣誉予以保存。",
                        minor=True,
                        rids="R18 R72 R73",
                    ),
                ),
            ),
        ),
    ),
)
