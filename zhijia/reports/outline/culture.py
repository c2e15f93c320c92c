"""（五）文体活动: rows R100 to R116."""

from __future__ import annotations

from zhijia.reports.outline.shape import Part, Section, effect, said
from zhijia.reports.pattern import Verb

PART = Part(
    "culture",
    "组织文体活动，丰富职工生活",
    figures=9,
    sections=(
        Section(
            "支持职工参加“1+1”文体小组",
            (
                (
                    said(
                        "culture.hobby",
                        "“1+1”文体小组把职工的业余爱好引向积极健康的方面。目前全{@organ}有{activities.hobby_groups}文体小组，"
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
                        "赛场上，我们的队伍敢打敢拼：多次在乒乓球比赛中取得优异成绩，{activities.table_tennis_places;form=won;unit=3}。",
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
                        minor=True,
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
                        "职工喜欢什么，工会就组织什么。{@years}来{activities.count:kind=angling|shooting|hill_climbing;form=word;unit=先后}组织了[{activities.count:kind=angling;form=word;unit=垂钓}、]"
                        "[{activities.count:kind=shooting;form=word;unit=射击}、]"
                        "[{activities.count:kind=hill_climbing;form=word;unit=登山}、]"
                        "{activities.count:kind=tree_planting;form=word;unit=植树}等集体活动"
                        "{activities.count:kind=angling|shooting|hill_climbing|tree_planting}，参加职工"
                        "{activities.people_times:kind=angling|shooting|hill_climbing|tree_planting}。",
                        "职工喜欢什么，工会就组织什么，{@years}来组织各类集体活动{activities.count}，参加职工"
                        "{activities.people_times}。",
                        lean="职工喜欢什么，工会就组织什么。{@years}来{activities.count:kind=angling|shooting|hill_climbing;form=word;unit=先后}组织了"
                        "[{activities.count:kind=angling;form=word;unit=垂钓}、]"
                        "[{activities.count:kind=shooting;form=word;unit=射击}、]"
                        "[{activities.count:kind=hill_climbing;form=word;unit=登山}、]"
                        "{activities.count:kind=tree_planting;form=word;unit=植树}等集体活动，参加职工"
                        "{activities.people_times:kind=angling|shooting|hill_climbing|tree_planting}。",
                        rids="R106 R107 R108 R109",
                    ),
                    said(
                        "culture.visits",
                        "围绕本职工作走出去看，先后组织{activities.places:kind=study_visit;form=titled;clean=R-FUN-07}等活动，开阔了眼界，"
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
                        "每到春节，工会{verb}一年一度的团拜会，增进了干部职工之间的交流，{@years}共{activities.gatherings}。",
                        lean="每到春节，工会{verb}一年一度的团拜会，增进了干部职工之间的交流。",
                        claims=("claims.yearly_gathering",),
                        verb=Verb(
                            "activities.gatherings",
                            {
                                "lead": "认真组织好",
                                "joint": "会同行政组织好",
                                "assist": "配合行政认真组织好",
                                "take_part": "积极参与",
                            },
                        ),
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
                        "这些活动得到了干部职工的积极响应，参与率达到{activities.turnout}。",
                        rids="R115",
                    ),
                    said(
                        "culture.recuperation",
                        "职工疗休养按规定组织，{@years}来有{activities.recuperation_people}参加。",
                        minor=True,
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
