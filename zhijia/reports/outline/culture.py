"""（五）文体活动: rows R100 to R116."""

from __future__ import annotations

from zhijia.reports.outline.shape import Part, Section, effect, said
from zhijia.reports.pattern import Verb

PART = Part(
    "culture",
    "组织文体活动，丰富职工生活",
    (
        Section(
            "支持职工参加“1+1”文体小组",
            (
                (
                    said(
                        "culture.hobby",
                        "一项爱好、一项锻炼，“1+1”文体小组把职工的业余爱好引向积极健康的方面。目前{@organ}有{activities.hobby_groups}文体小组，"
                        "成员{activities.hobby_members}，活动全部开展正常；工会给予必要的经费支持，{@years}共投入{activities.hobby_money}"
                        "[，开展小组活动{activities.hobby_sessions}]。",
                        claims=("claims.hobby_groups_active",),
                        rids="R101 R102 R103",
                    ),
                    said(
                        "culture.hobby_some",
                        "“1+1”文体小组把职工的业余爱好引向积极健康的方面。目前有文体小组{activities.hobby_groups}[，成员{activities.hobby_members}]"
                        "[，{@years}开展小组活动{activities.hobby_sessions}]。",
                        unless=("culture.hobby",),
                        rids="R101 R103",
                    ),
                    said(
                        "culture.table_tennis",
                        "赛场上，我们的队伍敢打敢拼：{=claims.table_tennis_often}，{activities.table_tennis_places;form=won;unit=3}。",
                        claims=("claims.table_tennis_often",),
                        rids="R16 R104",
                    ),
                    said(
                        "culture.fitness",
                        "机关代表队{activities.placings:event=fitness,team=yes;form=won_at}。",
                        rids="R16 R105",
                    ),
                    said(
                        "culture.placings",
                        "任期内，职工和代表队在各级比赛中获得名次{activities.placings}。",
                        rids="R104",
                    ),
                ),
            ),
        ),
        Section(
            "组织丰富多彩的集体活动",
            (
                (
                    said(
                        "culture.kinds",
                        "职工喜欢什么，工会就组织什么。{@years}来先后组织了[垂钓{activities.count:kind=angling}、][射击{activities.count:kind=shooting}、]"
                        "[登山{activities.count:kind=hill_climbing}、]植树{activities.count:kind=tree_planting}等集体活动，参加职工"
                        "{activities.people_times:kind=angling|shooting|hill_climbing|tree_planting}。",
                        "职工喜欢什么，工会就组织什么，{@years}来组织各类集体活动{activities.count}，参加职工{activities.people_times}。",
                        rids="R106 R107 R108 R109",
                    ),
                    said(
                        "culture.visits",
                        "围绕本职工作走出去看，组织职工考察学习，{activities.places:kind=study_visit;form=titled;clean=R-FUN-07}，开阔了眼界，"
                        "也带回了启发。",
                        rids="R110 R111",
                    ),
                    said(
                        "culture.women",
                        "三八节期间，女职工先后到{activities.women_day_places;form=dated;clean=R-FUN-07}开展活动。",
                        rids="R112 R113",
                    ),
                    said(
                        "culture.gathering",
                        "每到岁末年初，工会{verb}一年一度的春节团拜会，干群同台、辞旧迎新，{@years}共{activities.gatherings}。",
                        claims=("claims.yearly_gathering",),
                        verb=Verb("activities.gatherings", {"lead": "认真组织好", "joint": "会同行政组织好", "assist": "配合行政认真组织好", "take_part": "积极参与"}),
                        rids="R114",
                    ),
                    said(
                        "culture.sports_meet",
                        "每年组织一次运动会或者健步走，{@years}共{activities.count:kind=sports_meet}。",
                        claims=("claims.yearly_sports_meet",),
                        rids="R100",
                    ),
                    said(
                        "culture.turnout",
                        "这些活动得到了干部职工的积极响应，应到人员中有{activities.turnout}参加。",
                        rids="R115",
                    ),
                    said(
                        "culture.recuperation",
                        "职工疗休养按规定组织，{@years}有{activities.recuperation_people}参加。",
                        rids="R112",
                    ),
                    effect(
                        "culture.effect",
                        "健康向上的集体活动陶冶了大家的情操，增进了同志间的了解和友谊，机关里的笑声多了，干劲也足了。",
                        rids="R116",
                    ),
                ),
            ),
        ),
    ),
)
