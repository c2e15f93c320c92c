"""Sheet 公示."""

from __future__ import annotations

from zhijia.core.sheets.declare import Column, Sheet
from zhijia.core.sheets.inclusive import last_day
from zhijia.core.sheets.kinds import choice, date_, long_text, text, whole
from zhijia.notices import services
from zhijia.notices.models import Notice
from zhijia.unions.sheets import UID

KINDS = {
    "购房": "housing",
    "住房分配": "housing",
    "补贴": "subsidy",
    "补助": "aid",
    "困难职工": "aid",
    "候选人公示": "candidates",
    "评先": "commendation",
    "评先评优": "commendation",
    "表彰": "commendation",
    "经费": "accounts",
    "财务": "accounts",
}
REACH = {
    "全机关": "department",
    "全单位": "department",
    "全馆": "department",
    "全局": "department",
    "全委": "department",
    "单位内": "department",
    "全体会员": "union",
    "工会": "union",
    "会员": "union",
    "公开": "public",
    "向社会": "public",
    "社会公开": "public",
}

NOTICES = Sheet(
    name="公示",
    records=services.NOTICES,
    parts=(("公示", "title"), ("时间与范围", "posted_on"), ("异议与结论", "objections")),
    synonyms=("公示记录", "公示登记", "公示台账"),
    rids=("R63", "R64", "R78"),
    help="购房、住房补贴、困难补助、候选人、评优、账目等公示，一次一行；截止日期填最后一天。",
    columns=(
        UID,
        Column(
            "标题",
            "title",
            text(120),
            required=True,
            synonyms=("公示标题", "公示事项", "公示内容"),
            examples=("2023年住房补贴发放公示", "2024年困难补助公示"),
        ),
        Column(
            "类别",
            "kind",
            choice(Notice.Kind, KINDS),
            required=True,
            synonyms=("公示类别", "类型"),
            examples=("住房补贴", "困难补助"),
        ),
        Column(
            "范围",
            "scope",
            choice(Notice.Reach, REACH),
            default="department",
            synonyms=("公示范围",),
            examples=("全厅", "工会内"),
        ),
        Column(
            "公示日期",
            "posted_on",
            date_(),
            required=True,
            synonyms=("开始日期", "张贴日期", "公示开始日期"),
            examples=("2023-05-08", "2024-03-04"),
        ),
        Column(
            "截止日期",
            "end",
            last_day(),
            synonyms=("结束日期", "公示截止日期", "公示结束日期"),
            examples=("2023-05-19", "2024-03-12"),
        ),
        Column(
            "工作日数",
            "working_days",
            whole(0, 366),
            synonyms=("公示工作日", "公示天数"),
            help="公示上写明的工作日数",
            examples=(10, 7),
        ),
        Column(
            "正文",
            "text",
            long_text(4000),
            synonyms=("公示正文", "公示全文"),
            help="公示的全文，会员在网上看到的就是它；身份证号、手机号、银行账号会自动遮住",
            examples=("经个人申请、部门审核，拟对下列8名职工发放住房补贴，现予公示。", ""),
        ),
        Column("公示对象人数", "people", whole(0, 1_000_000), synonyms=("公示人数", "对象人数"), examples=(8, 2)),
        Column("依据", "basis", text(120), synonyms=("公示依据",)),
        Column("联系人", "contact", text(80), synonyms=("联系方式", "监督电话"), examples=("福利委员", "组织委员")),
        Column(
            "异议数", "objections", whole(0, 1_000_000), default=0, synonyms=("异议", "收到异议数"), examples=(0, 1)
        ),
        Column("已答复数", "answered", whole(0, 1_000_000), default=0, synonyms=("答复数", "已答复"), examples=(0, 1)),
        Column("结论", "conclusion", text(200), synonyms=("公示结论", "公示结果"), examples=("公示期满无异议", "")),
        Column(
            "张贴处和凭证",
            "place",
            text(200),
            synonyms=("张贴处", "公示地点", "凭证"),
            examples=("机关公告栏、内网", ""),
        ),
    ),
)

SHEETS = (NOTICES,)
