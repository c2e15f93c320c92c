"""Sheets 福利发放, 应享受名单, 住房, 体检休假."""

from __future__ import annotations

from zhijia.benefits import services
from zhijia.benefits.models import Entitlement, HealthBatch, HousingCase, Issue
from zhijia.core.sheets.declare import Column, Sheet
from zhijia.core.sheets.kinds import choice, date_, loose_ref, money, text, whole, year, yesno
from zhijia.unions.models import DeedRole, Payer
from zhijia.unions.sheets import UID

ISSUE_KINDS = {
    "节日": "festival",
    "节日福利": "festival",
    "节日慰问品": "festival",
    "生日": "birthday",
    "结婚": "marriage",
    "生育": "childbirth",
    "退休": "retirement",
    "离岗": "retirement",
    "电影": "film",
    "观影": "film",
    "书券": "book_coupon",
    "购书券": "book_coupon",
    "洗衣票": "laundry_coupon",
    "家政": "housekeeping_coupon",
    "家政服务券": "housekeeping_coupon",
    "托管": "family",
    "助学": "family",
    "联谊": "family",
}
METHODS = {
    "物品": "goods",
    "慰问品": "goods",
    "提货卡": "pickup_voucher",
    "蛋糕券": "pickup_voucher",
    "电影票": "service",
}
METHODS |= {"票券": "value_voucher", "消费券": "value_voucher", "转账": "cash", "慰问金": "cash"}
ROLES = {"配合": "assist", "协助行政": "assist", "牵头": "lead", "组织": "lead"}
PAYERS = {
    "单位": "administration",
    "行政经费": "administration",
    "工会经费": "union",
    "自费": "persons",
    "个人": "persons",
}
HOUSING_KINDS = {
    "购买住房": "purchase",
    "经济适用房": "purchase",
    "分房": "allocation",
    "补贴": "subsidy",
    "货币补贴": "subsidy",
}
HEALTH_KINDS = {
    "体检": "general",
    "健康体检": "general",
    "女职工体检": "women",
    "妇检": "women",
    "休假": "annual_leave",
}

ISSUES = Sheet(
    name="福利发放",
    show=("item", "kind", "festival", "heads", "amount_fen", "issued_on", "signed"),
    records=services.ISSUES,
    parts=(("福利", "kind"), ("数量与金额", "unit_fen"), ("发放", "issued_on")),
    synonyms=("福利发放登记", "福利台账", "慰问品发放", "福利发放台账"),
    rids=("R54", "R81", "R83", "R84", "R85"),
    help="一种物品发一次写一行；生日、结婚等一年里逐个发的，可以按年合计写一行。签收表另存。",
    columns=(
        UID,
        Column("类别", "kind", choice(Issue.Kind, ISSUE_KINDS), required=True, examples=("节日慰问", "书票")),
        Column("节日", "festival", text(20), synonyms=("节日名称",), examples=("中秋", "")),
        Column(
            "物品", "item", text(100), required=True, synonyms=("品名", "名称", "内容"), examples=("月饼、水果", "书票")
        ),
        Column("每份金额", "unit_fen", money(), synonyms=("单价", "标准", "人均标准"), examples=(200, 200)),
        Column(
            "人数", "heads", whole(0, 10_000_000), required=True, synonyms=("份数", "发放人数"), examples=(256, 256)
        ),
        Column(
            "总金额",
            "amount_fen",
            money(),
            synonyms=("金额", "合计", "合计金额"),
            help="留空则按每份金额乘人数",
            examples=(51200, ""),
        ),
        Column(
            "统计截止日",
            "cut_off_on",
            date_(),
            synonyms=("截止日",),
            help="按这一天的会员计人数",
            examples=("2024-09-01", ""),
        ),
        Column("未发人数", "left_out", whole(0, 10_000_000), default=0, synonyms=("剔除人数",)),
        Column("未发原因", "left_out_reason", text(200), synonyms=("剔除原因",)),
        Column(
            "发放日期",
            "issued_on",
            date_(),
            required=True,
            synonyms=("日期", "发放时间"),
            examples=("2024-09-10", "2021-04-22"),
        ),
        Column("发放方式", "method", choice(Issue.Method, METHODS), default="goods", examples=("实物", "代金券")),
        Column(
            "经费承担",
            "payer",
            choice(Payer, PAYERS),
            default="union",
            synonyms=("经费来源",),
            examples=("工会", "工会"),
        ),
        Column("工会角色", "role", choice(DeedRole, ROLES), default="lead", examples=("主办", "主办")),
        Column("已签收", "signed", yesno(), default=True, synonyms=("签收", "是否签收"), examples=("是", "是")),
        Column("备注", "notes", text(200)),
    ),
)

ENTITLEMENTS = Sheet(
    name="应享受名单",
    view="benefits.people",
    led="benefits.view",
    group_path="person__group",
    records=services.ENTITLEMENTS,
    synonyms=("符合条件人员名单", "应享受人员名单"),
    rids=("R75",),
    help="由行政（人事、房改部门）提供的名单，不由经办人填写：用来核对是否人人都办理了。",
    columns=(
        UID,
        Column(
            "姓名", "person", loose_ref("members.Person", "person_name"), required=True, examples=("张伟", "李秀英")
        ),
        Column(
            "享受事项",
            "matter",
            choice(Entitlement.Matter, {"补贴": "housing_subsidy", "购房": "housing"}),
            required=True,
            synonyms=("事项", "类别"),
            examples=("住房补贴", "住房补贴"),
        ),
        Column(
            "列入日期",
            "listed_on",
            date_(),
            required=True,
            synonyms=("日期", "认定日期", "符合条件日期"),
            examples=("2023-02-20", "2024-02-20"),
        ),
        Column("提供部门", "listed_by", text(60), synonyms=("名单来源",), examples=("人事教育处", "人事教育处")),
        Column("依据", "basis", text(120), synonyms=("文件依据",)),
    ),
)

HOUSING = Sheet(
    name="住房",
    view="benefits.people",
    led="benefits.view",
    group_path="person__group",
    records=services.HOUSING,
    synonyms=("住房登记", "购房和住房补贴", "住房台账", "住房补贴"),
    rids=("R64", "R75", "R76", "R78", "R80"),
    help="购房、分配住房、住房补贴，一人一事一行；解决日期是交房、签约或补贴发放的日期。",
    columns=(
        UID,
        Column(
            "姓名", "person", loose_ref("members.Person", "person_name"), required=True, examples=("张伟", "李秀英")
        ),
        Column("类别", "kind", choice(HousingCase.Kind, HOUSING_KINDS), required=True, examples=("住房补贴", "购房")),
        Column(
            "申请日期", "applied_on", date_(), synonyms=("申购日期", "申请时间"), examples=("2023-03-10", "2024-04-08")
        ),
        Column("审核日期", "checked_on", date_(), synonyms=("审核时间",), examples=("2023-04-12", "2024-05-20")),
        Column("公示", "notice", loose_ref("notices.Notice", "notice_name"), synonyms=("公示标题",)),
        Column(
            "解决日期",
            "solved_on",
            date_(),
            synonyms=("发放日期", "办结日期", "落实日期"),
            help="未解决的留空",
            examples=("2023-06-15", ""),
        ),
        Column("金额", "amount_fen", money(), synonyms=("补贴金额",), examples=(86000, "")),
        Column("经费承担", "payer", choice(Payer, PAYERS), default="administration", examples=("行政", "行政")),
        Column("工会角色", "role", choice(DeedRole, ROLES), default="assist", examples=("配合行政", "配合行政")),
    ),
)

HEALTH = Sheet(
    name="体检休假",
    records=services.HEALTH,
    parts=(("安排", "kind"), ("人数与天数", "invited"), ("经费", "payer")),
    synonyms=("体检", "体检登记", "年休假", "体检和休假"),
    rids=("R66", "R67", "R69"),
    help="每批体检一行，只记人数，不记结果；每年的年休假一行，填应休和已休的总天数。",
    columns=(
        UID,
        Column("类别", "kind", choice(HealthBatch.Kind, HEALTH_KINDS), required=True, examples=("职工体检", "年休假")),
        Column("年度", "year", year(), synonyms=("年份",), help="留空则取日期的年份", examples=(2024, 2024)),
        Column("日期", "held_on", date_(), synonyms=("体检日期", "时间"), examples=("2024-09-16", "2024-12-31")),
        Column("体检机构", "clinic", text(80), synonyms=("医院", "体检医院"), examples=("省立医院体检中心", "")),
        Column("应到人数", "invited", whole(0, 10_000_000), synonyms=("应检人数", "应参加人数"), examples=(256, "")),
        Column("实到人数", "attended", whole(0, 10_000_000), synonyms=("实检人数", "参加人数"), examples=(241, "")),
        Column("应休天数", "days_due", whole(0), examples=("", 2560)),
        Column("已休天数", "days_taken", whole(0), synonyms=("实休天数",), examples=("", 2380)),
        Column("经费承担", "payer", choice(Payer, PAYERS), default="administration", examples=("行政", "")),
        Column("工会角色", "role", choice(DeedRole, ROLES), default="assist", examples=("配合行政", "配合行政")),
        Column("备注", "notes", text(200)),
    ),
)

SHEETS = (ISSUES, ENTITLEMENTS, HOUSING, HEALTH)
