"""Sheets 会费拨缴, 经审记录, 领取登记."""

from __future__ import annotations

from zhijia.core.sheets.declare import Column, Sheet
from zhijia.core.sheets.kinds import choice, date_, long_text, loose_ref, money, month, ref, text, whole, year, yesno
from zhijia.funds import services
from zhijia.funds.models import Collection, PersonReceipt, Review
from zhijia.unions.models import Payer
from zhijia.unions.sheets import UID

COLLECTIONS = Sheet(
    name="会费拨缴",
    show=("kind", "month", "group", "person", "due_fen", "paid_fen", "paid_on"),
    records=services.COLLECTIONS,
    parts=(("项目", "kind"), ("应缴与实缴", "heads"), ("留成与上解", "kept_fen")),
    synonyms=("会费收缴", "会费", "经费拨缴", "会费台账", "拨缴经费"),
    rids=("R136",),
    help="会费：每月一行，也可以按小组或按人；拨缴经费：每月一行，基数是全部职工工资总额。",
    columns=(
        UID,
        Column(
            "类别",
            "kind",
            choice(Collection.Kind, {"工会经费": "contribution", "拨缴": "contribution"}),
            required=True,
            examples=("会费", "拨缴经费"),
        ),
        Column(
            "月份", "month", month(), required=True, synonyms=("所属月份", "月"), examples=("2024年3月", "2024年3月")
        ),
        Column("工会小组", "group", ref("unions.Group"), synonyms=("小组",), day=("month", 0)),
        Column("姓名", "person", loose_ref("members.Person", "person_name"), help="按人登记时填写"),
        Column("人数", "heads", whole(0, 1_000_000), synonyms=("缴费人数", "职工人数"), examples=(258, 321)),
        Column(
            "工资基数", "base_fen", money(), synonyms=("会费基数", "工资总额", "缴费基数"), examples=(1342600, 5617500)
        ),
        Column(
            "应缴金额",
            "due_fen",
            money(),
            synonyms=("应缴", "应拨", "应缴会费", "应拨金额"),
            examples=(6700.25, 112350),
        ),
        Column(
            "实缴金额",
            "paid_fen",
            money(),
            required=True,
            synonyms=("实缴", "实拨", "实收", "实缴会费", "金额"),
            examples=(6700.25, 112350),
        ),
        Column("应缴日期", "due_on", date_(), synonyms=("应拨日期",), examples=("2024-03-15", "2024-03-15")),
        Column(
            "到账日期",
            "paid_on",
            date_(),
            synonyms=("缴费日期", "收款日期", "拨款日期"),
            examples=("2024-03-12", "2024-03-14"),
        ),
        Column("留成金额", "kept_fen", money(), synonyms=("留成",), examples=("", 67410)),
        Column("上缴金额", "remitted_fen", money(), synonyms=("上缴", "上缴上级"), examples=("", 44940)),
        Column("上缴日期", "remitted_on", date_(), examples=("", "2024-04-10")),
        Column("说明", "note", text(200), synonyms=("备注",)),
    ),
    order_by=("month", "kind"),
)

REVIEWS = Sheet(
    name="经审记录",
    show=("kind", "year", "on", "finding_count", "mended_count", "conclusion"),
    records=services.REVIEWS,
    parts=(("审查", "on"), ("发现与整改", "findings"), ("意见与结论", "opinion")),
    synonyms=("经费审查", "经审", "审查记录"),
    rids=("R136",),
    help="每次经费审查一行。",
    columns=(
        UID,
        Column("审查日期", "on", date_(), required=True, synonyms=("日期",), examples=("2024-03-20", "2024-01-18")),
        Column(
            "审查年度", "year", year(), required=True, synonyms=("年度",), help="被审查的年度", examples=(2023, 2024)
        ),
        Column(
            "审查类别",
            "kind",
            choice(
                Review.Kind,
                {"预算": "budget", "决算": "final", "专项": "special", "离任": "leaving", "离任审查": "leaving"},
            ),
            required=True,
            synonyms=("类别",),
            examples=("决算审查", "预算审查"),
        ),
        Column(
            "审查内容",
            "scope",
            text(200),
            synonyms=("审查范围",),
            examples=("2023年经费收支决算", "2024年经费收支预算"),
        ),
        Column(
            "发现问题", "findings", long_text(4000), synonyms=("问题", "存在问题"), examples=("个别凭证附件不全", "")
        ),
        Column("问题数", "finding_count", whole(0, 10_000), synonyms=("发现问题数",), examples=(1, 0)),
        Column("已整改数", "mended_count", whole(0, 10_000), synonyms=("整改数",), examples=(1, 0)),
        Column("整改完成日期", "mended_on", date_(), synonyms=("整改日期",), examples=("2024-04-28", "")),
        Column(
            "审查意见", "opinion", long_text(4000), synonyms=("意见",), examples=("收支真实、合规，同意通过", "同意")
        ),
        Column("结论", "conclusion", text(200), synonyms=("审查结论",), examples=("通过", "通过")),
    ),
    order_by=("on",),
)

RECEIPTS = Sheet(
    name="领取登记",
    show=("person", "on", "kind", "item", "value_fen", "form", "signed"),
    records=services.RECEIPTS,
    parts=(("领取", "person"), ("价值与方式", "value_fen"), ("凭据", "signed")),
    synonyms=("领取记录", "签收表", "发放签收"),
    rids=("R83",),
    help="每人每次领取一行：慰问品、慰问金、奖品、补助等。",
    columns=(
        UID,
        Column(
            "姓名",
            "person",
            loose_ref("members.Person", "person_name"),
            required=True,
            synonyms=("领取人",),
            examples=("张伟", "李秀英"),
        ),
        Column(
            "领取日期",
            "on",
            date_(),
            required=True,
            synonyms=("日期", "发放日期"),
            examples=("2024-02-02", "2024-12-20"),
        ),
        Column("类别", "kind", choice(PersonReceipt.Kind), required=True, examples=("节日慰问", "活动奖品")),
        Column(
            "节日",
            "festival",
            choice(
                PersonReceipt.Festival,
                {
                    "中秋": "mid_autumn",
                    "端午": "dragon_boat",
                    "国庆": "national",
                    "五一": "labour",
                    "新年": "new_year",
                    "三八": "women",
                },
            ),
            examples=("春节", ""),
        ),
        Column("物品或项目", "item", text(100), synonyms=("物品", "项目", "名称"), examples=("米、油", "羽毛球拍")),
        Column("价值", "value_fen", money(), required=True, synonyms=("金额", "价值（元）"), examples=(300, 120)),
        Column("发放方式", "form", choice(PersonReceipt.Form), default="goods", examples=("实物", "实物")),
        Column("经费承担", "payer", choice(Payer), default="union", examples=("工会", "工会")),
        Column("本人签收", "signed", yesno(), synonyms=("签收",), examples=("是", "是")),
        Column("来源", "source", text(200), help="哪次发放、走访或活动", examples=("2024年春节慰问", "2024年羽毛球赛")),
    ),
    order_by=("on",),
)
