"""Sheets 比赛荣誉, 典型建功, 公益捐助."""

from __future__ import annotations

from zhijia.activities import services
from zhijia.activities.columns import CAMPAIGN, GROUP, ROLE
from zhijia.activities.models import Donation, Honour, ModelDeed
from zhijia.activities.placing_cells import placing
from zhijia.core.sheets.declare import Column, Sheet
from zhijia.core.sheets.kinds import choice, date_, long_text, loose_ref, money, text, whole, yesno
from zhijia.unions.sheets import UID

LEVELS = {
    "国家": "national",
    "省": "province",
    "省部级": "province",
    "厅": "department",
    "厅局级": "department",
    "市": "city",
    "县": "county",
    "区": "county",
    "街道": "street",
    "单位": "unit",
    "机关": "unit",
}

HONOURS = Sheet(
    name="比赛荣誉",
    records=services.HONOURS,
    parts=(("荣誉", "title"), ("授予", "awarder"), ("获得者", "subject"), ("证书", "rank")),
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
    parts=(("捐助", "title"), ("组织", "organiser"), ("数量", "people")),
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
