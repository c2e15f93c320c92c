"""Sheets 会计科目, 预算, 期初余额, 会费拨缴, 凭证, 经审记录, 领取登记."""

from __future__ import annotations

from zhijia.core.sheets.declare import Column, Sheet
from zhijia.core.sheets.kinds import choice, date_, money, text, whole, year
from zhijia.funds import services
from zhijia.funds.collection_sheets import COLLECTIONS, RECEIPTS, REVIEWS
from zhijia.funds.models import Account, BudgetLine
from zhijia.unions.sheets import UID

CODE_WORDS = ("科目代码", "科目编号", "会计科目编码", "编码")
NAME_WORDS = ("科目", "会计科目", "科目全称", "会计科目名称")

ACCOUNTS = Sheet(
    name="会计科目",
    show=("name", "code", "chart", "detail"),
    records=services.ACCOUNTS,
    synonyms=("科目表", "明细科目"),
    help="只填本工会自设的明细科目；制度规定的科目不用填。",
    columns=(
        UID,
        Column(
            "制度",
            "chart",
            choice(Account.Chart, {"旧制度": "2009", "新制度": "2021"}),
            default="2021",
            examples=("2021年制度", "2009年制度"),
        ),
        Column("科目编码", "code", text(20), required=True, synonyms=CODE_WORDS, examples=("5010501", "50105")),
        Column(
            "科目名称", "name", text(100), required=True, synonyms=NAME_WORDS, examples=("节日慰问", "职工集体福利支出")
        ),
        Column(
            "对应标准科目",
            "detail",
            text(8),
            help="2021年制度的编码；空着按编码前几位推定",
            examples=("50105", "50105"),
        ),
        Column("说明", "note", text(200)),
    ),
    order_by=("chart", "code"),
)

BUDGETS = Sheet(
    name="预算",
    show=("name", "year", "account_name", "initial_fen", "revised_fen", "decided_on"),
    records=services.BUDGETS,
    parts=(("预算", "year"), ("金额", "initial_fen"), ("审批过程", "adjusted_on")),
    synonyms=("经费预算", "年度预算", "预算表", "收支预算"),
    rids=("R82", "R83", "R96", "R102", "R136"),
    help="每年每个预算项目一行；会签、决定、审查的日期一年写一次就行。",
    columns=(
        UID,
        Column("年度", "year", year(), required=True, synonyms=("预算年度", "年份"), examples=(2024, 2024)),
        Column(
            "科目编码",
            "account_code",
            text(20),
            synonyms=CODE_WORDS,
            help="编码和名称填一个就行",
            examples=("50404", "402"),
        ),
        Column(
            "科目名称", "account_name", text(100), synonyms=NAME_WORDS, examples=("困难职工帮扶支出", "拨缴经费收入")
        ),
        Column(
            "预算项目",
            "name",
            text(100),
            synonyms=("项目", "项目名称"),
            help="空着用科目名称",
            examples=("困难职工补助", ""),
        ),
        Column("用途", "purpose", choice(BudgetLine.Purpose), help="空着按项目名称推定", examples=("困难补助", "")),
        Column(
            "年初预算数",
            "initial_fen",
            money(signed=True),
            required=True,
            synonyms=("年初核定预算数", "预算数", "预算金额", "本年预算"),
            examples=(30000, 820000),
        ),
        Column("预算调整数", "adjustment_fen", money(signed=True), synonyms=("调整数",)),
        Column("调整后预算数", "revised_fen", money(signed=True), synonyms=("调整后预算",), help="空着自动算"),
        Column("调整日期", "adjusted_on", date_()),
        Column("办公室会签日期", "office_on", date_(), synonyms=("办公室会签",), examples=("2024-01-10", "")),
        Column(
            "计财处会签日期",
            "finance_on",
            date_(),
            synonyms=("计财处会签", "财务会签日期"),
            examples=("2024-01-11", ""),
        ),
        Column(
            "人教处会签日期",
            "personnel_on",
            date_(),
            synonyms=("人教处会签", "人事会签日期"),
            examples=("2024-01-12", ""),
        ),
        Column("委员会决定日期", "decided_on", date_(), synonyms=("委员会通过日期",), examples=("2024-01-15", "")),
        Column("经审会审查日期", "reviewed_on", date_(), synonyms=("经审日期",), examples=("2024-01-18", "")),
        Column("上报日期", "submitted_on", date_(), examples=("2024-01-22", "")),
        Column("说明", "note", text(300), synonyms=("备注",)),
    ),
    order_by=("year", "account_code", "name"),
)

OPENINGS = Sheet(
    name="期初余额",
    show=("account_name", "account_code", "on", "debit_fen", "credit_fen"),
    records=services.OPENINGS,
    synonyms=("科目期初余额", "期初"),
    rids=("R136",),
    help="开始用本系统记账那一天各科目的余额；借方合计应等于贷方合计。",
    columns=(
        UID,
        Column(
            "日期",
            "on",
            date_(),
            required=True,
            synonyms=("期初日期", "启用日期"),
            examples=("2020-12-10", "2020-12-10"),
        ),
        Column(
            "科目编码",
            "account_code",
            text(20),
            synonyms=CODE_WORDS,
            help="编码和名称填一个就行",
            examples=("102", "331"),
        ),
        Column("科目名称", "account_name", text(100), synonyms=NAME_WORDS, examples=("银行存款", "结余")),
        Column(
            "借方余额",
            "debit_fen",
            money(signed=True),
            synonyms=("期初借方", "期初借方余额", "借方"),
            examples=(486320.55, ""),
        ),
        Column(
            "贷方余额",
            "credit_fen",
            money(signed=True),
            synonyms=("期初贷方", "期初贷方余额", "贷方"),
            examples=("", 486320.55),
        ),
        Column("摘要", "memo", text(200), synonyms=("说明",)),
    ),
    order_by=("on", "account_code"),
)

ENTRIES = Sheet(
    name="凭证",
    show=("voucher_no", "on", "memo", "account_name", "debit_fen", "credit_fen"),
    records=services.ENTRIES,
    parts=(("凭证", "on"), ("科目与金额", "account_code"), ("经手", "handler")),
    synonyms=("记账凭证", "凭证列表", "序时账", "凭证分录", "会计凭证"),
    rids=("R102", "R136"),
    help="一行一笔分录，一张凭证几行；同一张凭证要整张放在表里，借贷相等。资产、负债、净资产科目的编码与制度原文不一致时，以科目名称为准。",
    columns=(
        UID,
        Column(
            "日期",
            "on",
            date_(),
            required=True,
            synonyms=("凭证日期", "制单日期", "记账日期"),
            examples=("2024-03-12", "2024-03-12"),
        ),
        Column(
            "凭证号",
            "voucher_no",
            text(20),
            required=True,
            synonyms=("凭证字号", "凭证编号", "字号", "凭证号数"),
            examples=("记-5", "记-5"),
        ),
        Column(
            "分录号", "line", whole(1, 100_000), synonyms=("行号", "分录序号"), help="空着按行的先后", examples=(1, 2)
        ),
        Column("摘要", "memo", text(200), examples=("收到3月会费", "收到3月会费")),
        Column(
            "科目编码",
            "account_code",
            text(20),
            synonyms=CODE_WORDS,
            help="编码和名称填一个就行",
            examples=("102", "401"),
        ),
        Column("科目名称", "account_name", text(100), synonyms=NAME_WORDS, examples=("银行存款", "会费收入")),
        Column(
            "借方金额",
            "debit_fen",
            money(signed=True),
            synonyms=("借方", "借方发生额", "借方本币"),
            examples=(6700.25, ""),
        ),
        Column(
            "贷方金额",
            "credit_fen",
            money(signed=True),
            synonyms=("贷方", "贷方发生额", "贷方本币"),
            examples=("", 6700.25),
        ),
        Column("经手人", "handler", text(60), synonyms=("经办人",)),
        Column("制单", "prepared_by", text(60), synonyms=("制单人", "填制人")),
        Column("审核", "checked_by", text(60), synonyms=("审核人", "复核", "复核人")),
        Column("出纳", "cashier", text(60), synonyms=("出纳人",)),
        Column("附件张数", "attachments", whole(0, 9999), synonyms=("附件", "附单据数", "附件数"), examples=(2, 2)),
    ),
    order_by=("year", "month", "word", "number", "line"),
)

SHEETS = (ACCOUNTS, BUDGETS, OPENINGS, COLLECTIONS, ENTRIES, REVIEWS, RECEIPTS)
