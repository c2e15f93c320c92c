"""Facts and claims of activities, hobby groups, honours, model deeds, donations and recuperation."""

from __future__ import annotations

from dataclasses import replace

from zhijia.activities.evidence_sets import (
    ACTIVITIES,
    DEEDS,
    DONATIONS,
    HOBBY_GROUPS,
    HOBBY_MEMBERS,
    HONOURS,
    RECUPERATIONS,
)
from zhijia.activities.models import Activity
from zhijia.core.feature_types import (
    DISTINCT,
    ITEMS,
    RATE,
    SHARE,
    TOTAL,
    WHO,
    EveryClaim,
    FactSpec,
    NumberClaim,
    YearlyClaim,
)
from zhijia.core.windows import months, on_day, whole_year

Kind = Activity.Kind
COLLECTIVE = (
    Kind.ANGLING,
    Kind.SHOOTING,
    Kind.HILL_CLIMBING,
    Kind.TREE_PLANTING,
    Kind.STUDY_VISIT,
    Kind.SPORTS_MEET,
    Kind.CONTEST,
    Kind.OUTING,
)
PLACED = (Kind.STUDY_VISIT, Kind.WOMEN_DAY, Kind.OUTING, Kind.HILL_CLIMBING)

GIVEN = ("cash", "goods")
PLACING = {"kind": ("placing",)}
HONOUR = {"kind": ("honour",), "historical": ("no",)}
DEED = ("deed", "achievement")

FACTS = (
    FactSpec(
        "activities.count",
        "开展活动",
        "次",
        ACTIVITIES,
        by=("year", "kind", "role", "function", "campaign"),
        rids=(
            "R19",
            "R20",
            "R21",
            "R39",
            "R40",
            "R42",
            "R10",
            "R33",
            "R37",
            "R38",
            "R41",
            "R43",
            "R45",
            "R46",
            "R100",
            "R106",
            "R107",
            "R108",
            "R109",
            "R110",
            "R111",
        ),
    ),
    FactSpec(
        "activities.people_times", "参加活动人次", "人次", ACTIVITIES, TOTAL, by=("year", "kind"), rids=("R33", "R115")
    ),
    FactSpec(
        "activities.turnout",
        "活动参与率",
        "%",
        ACTIVITIES,
        SHARE,
        rids=("R115", "R116"),
        help="实到人数与应到人数之比；只算写明应到人数的活动，文体小组活动不算",
        of="present",
        per="asked",
    ),
    FactSpec(
        "activities.places",
        "外出活动地点",
        "次",
        ACTIVITIES,
        ITEMS,
        where={"kind": PLACED},
        rids=("R110", "R111", "R112", "R113"),
    ),
    FactSpec(
        "activities.kinds",
        "集体活动种类",
        "种",
        ACTIVITIES,
        DISTINCT,
        where={"kind": COLLECTIVE},
        by=(),
        rids=("R106", "R107", "R108", "R109"),
    ),
    FactSpec(
        "activities.women_day",
        "三八节女职工活动",
        "次",
        ACTIVITIES,
        where={"kind": ("women_day",)},
        rids=("R70", "R112"),
    ),
    FactSpec(
        "activities.women_day_places",
        "三八节活动地点",
        "次",
        ACTIVITIES,
        ITEMS,
        where={"kind": ("women_day",)},
        rids=("R112", "R113"),
    ),
    FactSpec("activities.gatherings", "春节团拜会", "次", ACTIVITIES, where={"kind": ("gathering",)}, rids=("R114",)),
    FactSpec(
        "activities.cost",
        "活动费用",
        "fen",
        ACTIVITIES,
        TOTAL,
        by=("year", "kind", "payer"),
        rids=("R102",),
        of="cost",
    ),
    FactSpec(
        "activities.hobby_money",
        "文体小组活动经费",
        "fen",
        ACTIVITIES,
        TOTAL,
        where={"in_hobby": ("yes",)},
        by=("year", "hobby"),
        rids=("R102",),
        of="cost",
    ),
    FactSpec(
        "activities.hobby_sessions",
        "文体小组活动次数",
        "次",
        ACTIVITIES,
        where={"in_hobby": ("yes",)},
        by=("year", "hobby"),
        rids=("R103",),
    ),
    FactSpec("activities.hobby_groups", "文体小组", "个", HOBBY_GROUPS, by=("year", "sort"), rids=("R101", "R103")),
    FactSpec("activities.hobby_active", "一年内有活动的文体小组", "%", HOBBY_GROUPS, RATE, by=(), rids=("R103",)),
    FactSpec(
        "activities.hobby_members",
        "文体小组成员",
        "人",
        HOBBY_MEMBERS,
        DISTINCT,
        by=("year", "sex"),
        rids=("R71", "R101"),
    ),
    FactSpec(
        "activities.hobby_women_share",
        "文体小组成员中女职工占比",
        "%",
        HOBBY_MEMBERS,
        SHARE,
        rids=("R71",),
        of=WHO,
        num_where={"sex": ("female",)},
    ),
    FactSpec(
        "activities.placings",
        "比赛名次",
        "项",
        HONOURS,
        ITEMS,
        where=PLACING,
        by=("year", "event", "team", "level"),
        rids=("R104", "R105"),
    ),
    FactSpec(
        "activities.table_tennis_places",
        "乒乓球比赛名次",
        "项",
        HONOURS,
        ITEMS,
        where={**PLACING, "event": ("table_tennis",)},
        rids=("R104",),
    ),
    FactSpec(
        "honours.count",
        "荣誉称号",
        "项",
        HONOURS,
        ITEMS,
        where=HONOUR,
        by=("year", "title", "level", "subject"),
        rids=("R18", "R30", "R73", "R126"),
    ),
    FactSpec(
        "honours.historical", "仅存史的荣誉", "项", HONOURS, ITEMS, where={"historical": ("yes",)}, rids=("R72", "R73")
    ),
    FactSpec(
        "activities.model_deeds", "典型事迹和岗位建功", "件", DEEDS, ITEMS, where={"kind": DEED}, rids=("R48", "R140")
    ),
    FactSpec("activities.commitments", "岗位承诺", "件", DEEDS, ITEMS, where={"kind": ("commitment",)}, rids=("R47",)),
    FactSpec(
        "activities.donation_campaigns",
        "捐款捐物活动",
        "次",
        DONATIONS,
        where={"kind": GIVEN},
        by=("year", "kind"),
        rids=("R35", "R37"),
    ),
    FactSpec(
        "activities.donation_amount", "捐款金额", "fen", DONATIONS, TOTAL, where={"kind": ("cash",)}, rids=("R35",)
    ),
    FactSpec(
        "activities.donation_goods", "捐物件数", "件", DONATIONS, TOTAL, where={"kind": ("goods",)}, rids=("R35",)
    ),
    FactSpec(
        "activities.donation_people",
        "捐款捐物人次",
        "人次",
        DONATIONS,
        TOTAL,
        where={"kind": GIVEN},
        by=("year", "kind"),
        rids=("R35",),
        of="people",
    ),
    FactSpec(
        "activities.blood_people",
        "义务献血人次",
        "人次",
        DONATIONS,
        TOTAL,
        where={"kind": ("blood",)},
        rids=("R36",),
        of="people",
    ),
    FactSpec("activities.blood_volume", "献血量", "毫升", DONATIONS, TOTAL, where={"kind": ("blood",)}, rids=("R36",)),
    FactSpec(
        "activities.recuperation_people", "疗休养人次", "人次", RECUPERATIONS, by=("year", "payer"), rids=("R112",)
    ),
)

CLAIMS = (
    YearlyClaim(
        "claims.yearly_women_day",
        "每年三八节均组织女职工开展活动",
        replace(ACTIVITIES, name="activities.women_day", title="三八节女职工活动"),
        on_day(3, 8, before=21, after=23),
        {"kind": ("women_day",)},
        rids=("R70", "R112"),
    ),
    YearlyClaim(
        "claims.yearly_gathering",
        "配合行政认真组织好一年一度的春节团拜会",
        replace(ACTIVITIES, name="activities.gathering", title="春节团拜会"),
        months(1, 3),
        {"kind": ("gathering",)},
        rids=("R114",),
    ),
    YearlyClaim(
        "claims.yearly_sports_meet",
        "每年组织一次运动会或健步走活动",
        replace(ACTIVITIES, name="activities.sports_meet", title="运动会、健步走"),
        whole_year,
        {"kind": ("sports_meet",)},
        rids=("R100",),
    ),
    NumberClaim(
        "claims.table_tennis_often",
        "多次在省级机关乒乓球比赛中获得优异成绩",
        "activities.table_tennis_places",
        least=2,
        rids=("R104",),
    ),
    EveryClaim(
        "claims.hobby_groups_active", "机关各文体小组的活动均开展正常", "activities.hobby_active", rids=("R103",)
    ),
)
