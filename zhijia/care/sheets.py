"""Sheets 必访项目, 应访事项, 走访慰问, 困难补助, 向上申请, 互助保障."""

from __future__ import annotations

from zhijia.care import services
from zhijia.care.models import AidCase, Kind, Relation, Source, UpwardApplication, Visit
from zhijia.core.sheets.declare import Column, Sheet
from zhijia.core.sheets.inclusive import last_day
from zhijia.core.sheets.kinds import choice, date_, long_text, loose_ref, money, ref, text, whole, year, yesno
from zhijia.unions.models import DeedRole, Payer
from zhijia.unions.sheets import UID

PERSON = loose_ref("members.Person", "person_name")
RELATIONS = choice(
    Relation,
    {
        "父亲": "parent",
        "母亲": "parent",
        "丈夫": "spouse",
        "妻子": "spouse",
        "儿子": "child",
        "女儿": "child",
        "岳父": "in_law",
        "岳母": "in_law",
        "公公": "in_law",
        "婆婆": "in_law",
    },
)
KINDS = choice(
    Kind,
    {
        "住院": "hospital",
        "因病住院": "hospital",
        "病": "hospital",
        "会员去世": "member_death",
        "去世": "member_death",
        "直系亲属去世": "relative_death",
        "亲属去世": "relative_death",
        "结婚": "marriage",
        "婚": "marriage",
        "生孩子": "birth",
        "生小孩": "birth",
        "退休": "retirement",
        "意外": "accident",
        "困难": "hardship",
        "家庭困难": "hardship",
    },
)
CATEGORIES = choice(
    Visit.Category,
    {
        "住院": "hospital",
        "因病住院": "hospital",
        "会员去世": "member_death",
        "亲属去世": "relative_death",
        "直系亲属去世": "relative_death",
        "退休": "retirement",
        "意外": "accident",
        "离退休": "retired",
        "退休干部": "retired",
        "援藏干部": "posted",
        "援疆干部": "posted",
        "驻村干部": "posted",
        "患病": "ill",
        "困难": "hardship",
        "困难家庭": "hardship",
        "劳模": "model",
        "一线": "frontline",
        "一线职工": "frontline",
    },
)
CAUSES = choice(
    AidCase.Cause,
    {
        "因病": "own_illness",
        "患病": "own_illness",
        "家属患病": "family_illness",
        "上学": "schooling",
        "灾害": "accident",
        "意外": "accident",
        "其他原因": "other",
    },
)
SEALED = "加密保存，只有管帮扶的人能看"

MUST_VISITS = Sheet(
    name="必访项目",
    records=services.MUST_VISITS,
    synonyms=("五必访项目",),
    rids=("R95",),
    help="本工会的必访清单；不填就是八种事项都必访，期限14天。",
    columns=(
        UID,
        Column("事项", "kind", KINDS, required=True, examples=("生病住院", "生活困难")),
        Column("名称", "name", text(40), examples=("生病住院必访", "困难必访")),
        Column("走访期限", "days", whole(1, 365), default=14, help="得知后多少天以内", examples=(14, 14)),
        Column("施行日期", "first", date_()),
        Column("停止日期", "end", last_day()),
    ),
)

EVENTS = Sheet(
    name="应访事项",
    reveal="care.secret",
    records=services.EVENTS,
    report="care.report",
    group_path="person__group",
    reported=("person", "relation", "kind", "happened_on"),
    synonyms=("必访台账", "应访登记", "职工大事"),
    rids=("R93", "R94", "R95"),
    help="职工和家属发生的事，由小组长或本人报告，不由走访的人填写：走访率从这里算起。病情只写在“情况说明”。",
    columns=(
        UID,
        Column(
            "职工",
            "person",
            PERSON,
            required=True,
            synonyms=("姓名", "职工姓名", "会员姓名"),
            examples=("张伟", "李秀英"),
        ),
        Column("与职工关系", "relation", RELATIONS, default="self", synonyms=("关系",), examples=("本人", "父母")),
        Column("事项", "kind", KINDS, required=True, synonyms=("类别", "类型"), examples=("生病住院", "家属去世")),
        Column(
            "发生日期", "happened_on", date_(), required=True, synonyms=("日期",), examples=("2024-03-05", "2024-05-01")
        ),
        Column(
            "得知日期",
            "known_on",
            date_(),
            synonyms=("报告日期",),
            help="空着就是发生当天",
            examples=("2024-03-06", ""),
        ),
        Column("报告人", "reported_by", text(60), examples=("王小明", "王小明")),
        Column("情况说明", "illness", long_text(2000), synonyms=("病情",), help=SEALED),
    ),
)

VISITS = Sheet(
    name="走访慰问",
    reveal="care.secret",
    show=("person", "category", "on", "visitors", "money_fen", "goods_fen", "receipt"),
    records=services.VISITS,
    report="care.report",
    group_path="person__group",
    reported=("person", "category", "on", "money_fen", "goods"),
    parts=(("慰问", "person"), ("走访", "on"), ("慰问金和慰问品", "money_fen"), ("其他", "receipt")),
    synonyms=("慰问台账", "走访台账", "慰问登记", "送温暖台账"),
    rids=("R86", "R87", "R88", "R89", "R90", "R91", "R92", "R93", "R94"),
    help="每看望一个人写一行；离退休干部、家属不在会员表里也可以写。",
    columns=(
        UID,
        Column(
            "慰问对象",
            "person",
            PERSON,
            required=True,
            synonyms=("姓名", "慰问人员", "被慰问人"),
            examples=("张伟", "陈德福"),
        ),
        Column("与职工关系", "relation", RELATIONS, default="self", synonyms=("关系",), examples=("本人", "本人")),
        Column(
            "慰问类别",
            "category",
            CATEGORIES,
            required=True,
            synonyms=("类别", "慰问原因", "事由"),
            examples=("生病住院", "离退休干部"),
        ),
        Column(
            "慰问活动",
            "occasion",
            choice(Visit.Occasion, {"送温暖": "spring", "必访": "must"}),
            synonyms=("活动",),
            help="空着由系统判断",
            examples=("必访", "春节送温暖"),
        ),
        Column("应访事项", "event", ref("care.Event"), help="写“姓名 发生日期”", examples=("张伟 2024-03-05", "")),
        Column(
            "走访日期",
            "on",
            date_(),
            required=True,
            synonyms=("日期", "慰问日期", "时间"),
            examples=("2024-03-07", "2024-02-02"),
        ),
        Column("走访人", "visitors", text(200), synonyms=("慰问人", "参加人员"), examples=("周建民、王小明", "周建民")),
        Column("主要领导走访", "by_leader", yesno(), default=False, examples=("否", "是")),
        Column(
            "慰问金",
            "money_fen",
            money(),
            default=0,
            synonyms=("金额", "慰问金额", "慰问金（元）"),
            examples=(1000, 1000),
        ),
        Column("慰问品", "goods", text(100), synonyms=("物品",), examples=("水果、鲜花", "")),
        Column("慰问品价值", "goods_fen", money(), default=0, examples=(200, "")),
        Column("经费承担", "payer", choice(Payer), default="union", synonyms=("支付方",), examples=("工会", "老干部")),
        Column("工会角色", "role", choice(DeedRole), default="lead", examples=("主办", "主办")),
        Column("经费来源", "fund_source", text(60), synonyms=("资金来源",), examples=("工会经费", "老干部经费")),
        Column("已签收", "receipt", yesno(), default=False, synonyms=("签收",), examples=("是", "是")),
        Column("听取的意见", "opinion", text(500), synonyms=("意见建议",)),
        Column("备注", "notes", long_text(2000), help=SEALED),
    ),
)

AID = Sheet(
    name="困难补助",
    reveal="care.secret",
    show=("person", "cause", "applied_on", "decided_on", "amount_fen", "paid_on", "receipt"),
    records=services.AID,
    parts=(("申请", "person"), ("研究与公示", "decided_on"), ("发放", "paid_on"), ("保密情况", "illness")),
    synonyms=("困难职工补助", "帮扶台账", "困难帮扶"),
    rids=("R96", "R98", "R99"),
    help="每补助一次写一行，从申请到归档；病情、家庭、收入只写在加密的三栏里。",
    columns=(
        UID,
        Column("姓名", "person", PERSON, required=True, synonyms=("职工", "补助对象"), examples=("张伟", "李秀英")),
        Column("申请日期", "applied_on", date_(), required=True, examples=("2024-11-04", "2024-11-05")),
        Column(
            "致困原因", "cause", CAUSES, required=True, synonyms=("困难原因", "原因"), examples=("本人患病", "子女上学")
        ),
        Column("困难类别", "grade", choice(AidCase.Grade), examples=("相对困难", "意外致困")),
        Column("申请金额", "asked_fen", money(), examples=(3000, 2000)),
        Column("批准金额", "approved_fen", money(), examples=(3000, 2000)),
        Column(
            "研究日期", "decided_on", date_(), synonyms=("审批日期", "会议日期"), examples=("2024-11-11", "2024-11-11")
        ),
        Column("会议纪要", "minutes", text(60), synonyms=("纪要文号",), examples=("〔2024〕11号", "〔2024〕11号")),
        Column("公示开始", "notice_first", date_(), examples=("2024-11-12", "2024-11-12")),
        Column("公示结束", "notice_end", last_day(), help="最后一天", examples=("2024-11-18", "2024-11-18")),
        Column("异议数", "objections", whole(0, 999), default=0, examples=(0, 0)),
        Column("异议已答复", "objections_answered", yesno(), default=False),
        Column("发放日期", "paid_on", date_(), synonyms=("日期", "补助日期"), examples=("2024-11-21", "2024-11-21")),
        Column("补助金额", "amount_fen", money(), synonyms=("金额", "发放金额"), examples=(3000, 2000)),
        Column(
            "资金来源",
            "source",
            choice(Source),
            default="own",
            synonyms=("经费来源",),
            examples=("本级工会", "上级工会"),
        ),
        Column("已签收", "receipt", yesno(), default=False, synonyms=("签收",), examples=("是", "是")),
        Column("办结日期", "closed_on", date_(), examples=("2024-11-25", "2024-11-25")),
        Column("病情", "illness", long_text(2000), help=SEALED),
        Column("家庭情况", "family", long_text(2000), help=SEALED),
        Column("收入情况", "income", long_text(2000), help=SEALED),
    ),
)

UPWARD = Sheet(
    name="向上申请",
    records=services.UPWARD,
    synonyms=("上级补助申请",),
    rids=("R97",),
    help="向上级工会为困难职工申请补助金；批下来、发到个人以后，另在“困难补助”写一行。",
    columns=(
        UID,
        Column("姓名", "person", PERSON, required=True, synonyms=("职工",), examples=("张伟", "李秀英")),
        Column("上级工会", "superior", text(100), examples=("建设建材工会", "建设建材工会")),
        Column("文号", "doc_no", text(60)),
        Column("申请日期", "applied_on", date_(), required=True, examples=("2024-10-08", "2024-10-08")),
        Column("申请金额", "asked_fen", money(), examples=(5000, 5000)),
        Column("状态", "state", choice(UpwardApplication.State), default="applied", examples=("已批准", "未批准")),
        Column("批复日期", "decided_on", date_(), examples=("2024-10-25", "2024-10-25")),
        Column("批准金额", "granted_fen", money(), examples=(5000, "")),
    ),
)

MUTUAL = Sheet(
    name="互助保障",
    records=services.MUTUAL,
    synonyms=("互助保险", "医疗互助"),
    help="每人每年每个项目一行；有赔付的在同一行补上。",
    columns=(
        UID,
        Column("姓名", "person", ref("members.Person"), required=True, synonyms=("职工",), examples=("张伟", "李秀英")),
        Column(
            "保障项目",
            "scheme",
            text(40),
            required=True,
            synonyms=("项目", "险种"),
            examples=("在职职工医疗互助", "在职职工医疗互助"),
        ),
        Column("年度", "year", year(), required=True, synonyms=("年份",), examples=(2024, 2024)),
        Column("参加日期", "enrolled_on", date_(), required=True, examples=("2024-03-01", "2024-03-01")),
        Column("保费", "fee_fen", money(), default=0, examples=(50, 50)),
        Column("经费承担", "payer", choice(Payer), default="union", examples=("工会", "工会")),
        Column("申领日期", "claimed_on", date_(), examples=("2024-07-02", "")),
        Column("赔付日期", "paid_on", date_(), examples=("2024-07-20", "")),
        Column("赔付金额", "paid_fen", money(), default=0, examples=(1200, "")),
    ),
)

SHEETS = (MUST_VISITS, EVENTS, VISITS, AID, UPWARD, MUTUAL)
