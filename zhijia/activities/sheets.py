"""Sheets 文体小组, 小组成员, 活动, 参加活动, 疗休养, and with them those of `honour_sheets`."""

from __future__ import annotations

from zhijia.activities import services
from zhijia.activities.columns import CAMPAIGN, GROUP, PAYER, ROLE
from zhijia.activities.honour_sheets import DEEDS, DONATIONS, HONOURS
from zhijia.activities.models import Activity, HobbyGroup
from zhijia.core.sheets.declare import Column, Sheet
from zhijia.core.sheets.inclusive import last_day
from zhijia.core.sheets.kinds import choice, date_, loose_ref, money, ref, text, whole, yesno
from zhijia.unions.sheets import UID

KINDS = {
    "钓鱼": "angling",
    "打靶": "shooting",
    "爬山": "hill_climbing",
    "义务植树": "tree_planting",
    "参观考察": "study_visit",
    "参观": "study_visit",
    "三八": "women_day",
    "三八节": "women_day",
    "女职工活动": "women_day",
    "春节团拜会": "gathering",
    "团拜": "gathering",
    "竞赛": "contest",
    "运动会": "sports_meet",
    "健步走": "sports_meet",
    "志愿服务": "charity",
    "公益": "charity",
    "劳模报告会": "lecture",
    "讲座": "lecture",
    "座谈": "talk",
    "文艺活动": "culture",
    "教育": "education",
    "倡议": "slogan",
    "春游": "outing",
    "秋游": "outing",
    "小组活动": "hobby",
}
HOBBY_GROUPS = Sheet(
    name="文体小组",
    records=services.HOBBY_GROUPS,
    synonyms=("兴趣小组", "文体协会", "1+1文体小组", "文体小组台账"),
    rids=("R101", "R102", "R103"),
    help="每个文体小组一行；小组每次活动和花费写在“活动”表，并填文体小组。",
    columns=(
        UID,
        Column(
            "小组名称",
            "name",
            text(60),
            required=True,
            synonyms=("文体小组", "名称", "协会名称"),
            examples=("乒乓球小组", "摄影小组"),
        ),
        Column(
            "类型",
            "sort",
            choice(HobbyGroup.Sort, {"运动": "sport", "文艺": "culture"}),
            default="sport",
            examples=("体育", "文化"),
        ),
        Column(
            "组长",
            "leader",
            loose_ref("members.Person", "leader_name"),
            synonyms=("负责人", "会长"),
            examples=("张伟", "李秀英"),
        ),
        Column(
            "成立日期",
            "founded_on",
            date_(),
            required=True,
            synonyms=("成立时间", "建立日期"),
            examples=("2012-03-01", "2015-05-10"),
        ),
        Column("停办日期", "ended_on", last_day(), help="仍在活动的空着"),
        Column("年度经费", "yearly_fen", money(), help="每年给小组的活动经费标准", examples=(3000, 2000)),
        Column("备注", "remark", text(200)),
    ),
)

HOBBY_MEMBERS = Sheet(
    name="小组成员",
    view="activities.people",
    led="activities.view",
    group_path="person__group",
    records=services.HOBBY_MEMBERS,
    synonyms=("文体小组成员", "文体小组名册", "协会成员"),
    rids=("R71", "R101"),
    help="谁在哪个文体小组；一人参加几个小组写几行。",
    columns=(
        UID,
        Column(
            "文体小组",
            "hobby",
            ref("activities.HobbyGroup"),
            required=True,
            synonyms=("小组名称", "协会"),
            examples=("乒乓球小组", "摄影小组"),
        ),
        Column("姓名", "person", ref("members.Person"), required=True, synonyms=("成员",), examples=("张伟", "李秀英")),
        Column(
            "加入日期",
            "joined_on",
            date_(),
            required=True,
            synonyms=("加入时间",),
            examples=("2021-03-01", "2021-03-01"),
        ),
        Column("退出日期", "left_on", last_day(), help="仍在小组的空着"),
    ),
)

ACTIVITIES = Sheet(
    name="活动",
    show=("title", "kind", "on", "place", "attended", "cost_fen", "payer"),
    records=services.ACTIVITIES,
    parts=(("活动", "title"), ("组织与经费", "organiser"), ("参加", "invited"), ("归属", "function")),
    synonyms=("活动台账", "活动记录", "文体活动", "职工活动", "工会活动"),
    rids=(
        "R10",
        "R20",
        "R21",
        "R33",
        "R37",
        "R38",
        "R41",
        "R42",
        "R43",
        "R45",
        "R46",
        "R70",
        "R100",
        "R102",
        "R103",
        "R106",
        "R107",
        "R108",
        "R109",
        "R110",
        "R111",
        "R112",
        "R113",
        "R114",
        "R115",
    ),
    help="工会组织、配合、参与的各种活动，一次一行；文体小组的活动也写在这里。",
    columns=(
        UID,
        Column(
            "活动名称",
            "title",
            text(120),
            required=True,
            synonyms=("名称", "活动", "活动主题", "活动内容"),
            examples=("2024年三八节考察活动", "2024年春节团拜会"),
        ),
        Column(
            "类别",
            "kind",
            choice(Activity.Kind, KINDS),
            synonyms=("活动类别", "活动类型"),
            help="空着时按活动名称判断",
            examples=("三八节活动", "团拜会"),
        ),
        Column(
            "日期",
            "on",
            date_(),
            required=True,
            synonyms=("活动日期", "时间", "活动时间", "开始日期"),
            examples=("2024-03-08", "2024-02-05"),
        ),
        Column("结束日期", "last_on", date_(), help="一天的活动空着"),
        Column("地点", "place", text(100), synonyms=("活动地点",), examples=("龙泉", "机关礼堂")),
        Column(
            "主办单位",
            "organiser",
            loose_ref("unions.OutsideBody", "organiser_name"),
            synonyms=("组织单位", "主办方"),
            help="别的单位主办的才填",
        ),
        ROLE,
        PAYER,
        Column("费用", "cost_fen", money(), synonyms=("活动费用", "支出", "经费", "支出金额"), examples=(8200, 0)),
        Column(
            "应到人数",
            "invited",
            whole(0, 1_000_000),
            synonyms=("通知人数", "应参加人数"),
            help="通知或名册上的人数，用来算参与率",
            examples=(96, 260),
        ),
        Column(
            "实到人数",
            "attended",
            whole(0, 1_000_000),
            synonyms=("参加人数", "人数", "参与人数"),
            help="签到人数",
            examples=(82, 241),
        ),
        Column("获奖人数", "winners", whole(0, 1_000_000), help="比赛设奖的才填"),
        Column("最高奖品金额", "top_prize_fen", money(), synonyms=("最高奖金额",), help="一个人得到的最高一份"),
        Column("女职工专场", "women_only", yesno(), default=False, examples=("是", "否")),
        Column(
            "职能",
            "function",
            choice(
                Activity.Function,
                {"组织": "organise", "引导": "guide", "服务": "serve", "维护": "protect", "联系": "link"},
            ),
            examples=("服务职工", "联系党和群众"),
        ),
        CAMPAIGN,
        Column(
            "文体小组", "hobby", ref("activities.HobbyGroup"), synonyms=("所属文体小组",), help="文体小组的活动才填"
        ),
        GROUP,
        Column("备注", "remark", text(200)),
    ),
)

PARTICIPATIONS = Sheet(
    name="参加活动",
    view="activities.people",
    led="activities.view",
    group_path="person__group",
    records=services.PARTICIPATIONS,
    synonyms=("活动签到", "签到表", "活动参加人员"),
    rids=("R115",),
    help="活动的签到名单，可以不填；活动没有写实到人数时，按这里到场的人数算。",
    columns=(
        UID,
        Column(
            "活动",
            "activity",
            ref("activities.Activity"),
            required=True,
            synonyms=("活动名称",),
            help="活动名称；同名的写作“名称（日期）”",
            examples=("2024年三八节考察活动", "2024年三八节考察活动"),
        ),
        Column(
            "姓名",
            "person",
            ref("members.Person"),
            required=True,
            synonyms=("参加人", "参加人员"),
            examples=("李秀英", "陈静"),
        ),
        Column(
            "到场",
            "present",
            yesno(),
            default=True,
            synonyms=("是否到场", "签到"),
            help="请假的写“否”",
            examples=("是", "否"),
        ),
    ),
)

RECUPERATIONS = Sheet(
    name="疗休养",
    view="activities.people",
    led="activities.view",
    group_path="person__group",
    records=services.RECUPERATIONS,
    synonyms=("疗休养名册", "职工疗休养"),
    rids=("R112",),
    help="职工疗休养，一人一次一行；隔夜的集体外出只能按疗休养规定办。",
    columns=(
        UID,
        Column(
            "姓名", "person", loose_ref("members.Person", "person_name"), required=True, examples=("张伟", "李秀英")
        ),
        Column(
            "开始日期",
            "on",
            date_(),
            required=True,
            synonyms=("日期", "疗休养日期", "时间"),
            examples=("2024-06-03", "2025-06-09"),
        ),
        Column("天数", "days", whole(1, 60), default=1, examples=(5, 5)),
        Column(
            "地点",
            "place",
            text(100),
            required=True,
            synonyms=("疗休养地点", "基地"),
            examples=("云栖疗养院", "云栖疗养院"),
        ),
        ROLE,
        PAYER,
        Column("费用", "cost_fen", money(), synonyms=("金额",), examples=(2400, 2400)),
    ),
)

SHEETS = (HOBBY_GROUPS, HOBBY_MEMBERS, ACTIVITIES, PARTICIPATIONS, RECUPERATIONS, HONOURS, DEEDS, DONATIONS)
