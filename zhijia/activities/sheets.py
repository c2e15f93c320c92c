"""Sheets 文体小组, 小组成员, 活动, 参加活动, 疗休养, 比赛荣誉, 典型建功, 公益捐助."""

from __future__ import annotations

from zhijia.activities import services
from zhijia.activities.models import Activity, Donation, HobbyGroup, Honour, ModelDeed
from zhijia.activities.placing_cells import placing
from zhijia.core.sheets.declare import Column, Sheet
from zhijia.core.sheets.inclusive import last_day
from zhijia.core.sheets.kinds import choice, date_, long_text, loose_ref, money, ref, text, whole, yesno
from zhijia.unions.models import DeedRole, Payer
from zhijia.unions.sheets import UID

ROLE = Column(
    "工会角色", "role", choice(DeedRole, {"主办单位": "lead", "承办": "lead", "配合": "assist", "协助": "assist", "组织参加": "take_part"}),
    default="lead", help="空着就是主办", examples=("主办", "配合行政"),
)  # fmt: skip
PAYER = Column(
    "经费承担", "payer", choice(Payer, {"工会经费": "union", "行政经费": "administration", "自费": "persons", "上级工会": "superior"}),
    default="union", synonyms=("经费来源", "经费渠道"), help="空着就是工会", examples=("工会", "行政"),
)  # fmt: skip
CAMPAIGN = Column(
    "主题活动",
    "campaign",
    text(100),
    synonyms=("专题活动", "结合活动"),
    help="结合哪项主题活动开展",
    examples=("作风建设年", ""),
)
GROUP = Column("工会小组", "group", ref("unions.Group"), synonyms=("小组",), help="小组自己开展的才填")
KINDS = {
    "钓鱼": "angling", "打靶": "shooting", "爬山": "hill_climbing", "义务植树": "tree_planting", "参观考察": "study_visit", "参观": "study_visit",
    "三八": "women_day", "三八节": "women_day", "女职工活动": "women_day", "春节团拜会": "gathering", "团拜": "gathering", "竞赛": "contest",
    "运动会": "sports_meet", "健步走": "sports_meet", "志愿服务": "charity", "公益": "charity", "劳模报告会": "lecture", "讲座": "lecture",
    "座谈": "talk", "文艺活动": "culture", "教育": "education", "倡议": "slogan", "春游": "outing", "秋游": "outing", "小组活动": "hobby",
}  # fmt: skip
LEVELS = {
    "国家": "national", "省": "province", "省部级": "province", "厅": "department", "厅局级": "department", "市": "city", "县": "county",
    "区": "county", "街道": "street", "单位": "unit", "机关": "unit",
}  # fmt: skip

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
    records=services.ACTIVITIES,
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

HONOURS = Sheet(
    name="比赛荣誉",
    records=services.HONOURS,
    synonyms=("荣誉", "荣誉台账", "获奖情况", "比赛成绩"),
    rids=("R18", "R30", "R73", "R104", "R105", "R126"),
    help="比赛名次和荣誉称号，单位、工会、小组、个人的都写在这里，一个一行。",
    columns=(
        UID,
        Column(
            "名称",
            "title",
            text(100),
            required=True,
            synonyms=("荣誉名称", "奖项", "荣誉称号", "获奖名称", "成绩"),
            examples=("团体第三名", "文明单位"),
        ),
        Column(
            "日期",
            "on",
            date_(),
            required=True,
            synonyms=("获奖日期", "授予日期", "时间", "获奖时间"),
            examples=("2024-10-18", "2024-12-20"),
        ),
        Column(
            "类别",
            "kind",
            choice(Honour.Kind, {"名次": "placing", "荣誉": "honour"}),
            help="空着时按有没有比赛名称判断",
            examples=("比赛名次", "荣誉称号"),
        ),
        Column("比赛名称", "contest", text(120), synonyms=("赛事", "比赛"), examples=("省级机关体能测试", "")),
        Column(
            "项目",
            "event",
            choice(Honour.Event, {"乒乓": "table_tennis", "体能": "fitness"}),
            help="空着时按比赛名称判断",
            examples=("体能测试", ""),
        ),
        Column(
            "授予单位",
            "awarder",
            loose_ref("unions.OutsideBody", "awarder_name"),
            synonyms=("主办单位", "颁奖单位", "授奖单位"),
            examples=("省体育局", "辖区街道"),
        ),
        Column("级别", "level", choice(Honour.Level, LEVELS), required=True, examples=("省级", "街道级")),
        Column(
            "获奖对象",
            "subject",
            choice(Honour.Subject, {"集体": "unit", "单位集体": "unit", "工会小组": "group"}),
            default="union",
            examples=("工会", "单位"),
        ),
        Column(
            "获奖人",
            "person",
            loose_ref("members.Person", "person_name"),
            synonyms=("姓名", "获奖者"),
            help="个人获奖才填",
        ),
        GROUP,
        Column("名次", "rank", placing(), help="第几名", examples=("第三名", "")),
        Column("团体", "team", yesno(), default=False, synonyms=("是否团体",), examples=("是", "否")),
        Column(
            "证书编号",
            "certificate_no",
            text(60),
            synonyms=("证书号", "文号", "表彰文号"),
            examples=("体测〔2024〕18号", "文明办〔2024〕6号"),
        ),
        Column(
            "证书存放", "certificate_kept", text(100), synonyms=("证书存放处",), help="没有编号的证书、奖牌放在哪里"
        ),
        Column(
            "仅存史",
            "historical",
            yesno(),
            default=False,
            help="今天不再评的荣誉（如计划生育先进单位），报告不再宣传",
            examples=("否", "否"),
        ),
    ),
)

DEEDS = Sheet(
    name="典型建功",
    records=services.DEEDS,
    synonyms=("先进典型", "岗位建功", "典型事迹"),
    rids=("R47", "R48", "R140"),
    help="先进典型的事迹、会员的岗位承诺、岗位建功的成果，一件一行。",
    columns=(
        UID,
        Column(
            "题目",
            "title",
            text(120),
            required=True,
            synonyms=("事迹", "承诺", "名称", "主题"),
            examples=("窗口服务标兵", "岗位学先进承诺"),
        ),
        Column("日期", "on", date_(), required=True, synonyms=("时间",), examples=("2023-06-12", "2022-03-20")),
        Column(
            "类别",
            "kind",
            choice(ModelDeed.Kind, {"事迹": "deed", "承诺": "commitment", "建功": "achievement"}),
            default="deed",
            examples=("典型事迹", "岗位承诺"),
        ),
        Column(
            "姓名",
            "person",
            loose_ref("members.Person", "person_name"),
            synonyms=("人员",),
            examples=("张伟", "李秀英"),
        ),
        GROUP,
        Column("内容", "content", long_text()),
        CAMPAIGN,
        Column("宣传方式", "shown", text(100), examples=("网上职工之家", "")),
    ),
)

DONATIONS = Sheet(
    name="公益捐助",
    records=services.DONATIONS,
    synonyms=("捐款捐物", "公益活动", "献血", "捐助"),
    rids=("R35", "R36", "R37"),
    help="捐款、捐物、献血，一次一种一行；既捐款又捐物的分两行。",
    columns=(
        UID,
        Column(
            "名称",
            "title",
            text(120),
            required=True,
            synonyms=("活动名称", "活动"),
            examples=("2024年慈善一日捐", "2024年义务献血"),
        ),
        Column(
            "日期", "on", date_(), required=True, synonyms=("时间", "活动日期"), examples=("2024-05-20", "2024-06-14")
        ),
        Column(
            "类别",
            "kind",
            choice(Donation.Kind, {"现金": "cash", "物资": "goods", "无偿献血": "blood", "义务献血": "blood"}),
            required=True,
            examples=("捐款", "献血"),
        ),
        Column("受助对象", "object", text(100), synonyms=("对象", "捐助对象"), examples=("结对帮扶村", "省血液中心")),
        Column("组织单位", "organiser", loose_ref("unions.OutsideBody", "organiser_name"), synonyms=("主办单位",)),
        ROLE,
        Column("人数", "people", whole(0, 1_000_000), synonyms=("参加人数", "捐助人数"), examples=(231, 18)),
        Column("金额", "amount_fen", money(), synonyms=("捐款金额",), examples=(24600, "")),
        Column("物品件数", "goods", whole(0, 10_000_000, summed=True), synonyms=("件数", "捐物件数")),
        Column(
            "献血量",
            "ml",
            whole(0, 100_000_000, summed=True),
            synonyms=("毫升", "献血量（毫升）"),
            help="毫升",
            examples=("", 5400),
        ),
        Column(
            "票据或证书号", "receipt_no", text(100), synonyms=("票据号", "收据号", "证书号"), examples=("捐0012345", "")
        ),
        CAMPAIGN,
    ),
)

SHEETS = (HOBBY_GROUPS, HOBBY_MEMBERS, ACTIVITIES, PARTICIPATIONS, RECUPERATIONS, HONOURS, DEEDS, DONATIONS)
