"""Accounts, budget lines, the lines of the books, dues and contribution, reviews, persons' receipts."""

from __future__ import annotations

from django.db import models

from zhijia.funds import charts, rules
from zhijia.members.models import Person
from zhijia.unions.models import Group, Payer, UnionQuerySet, UnionRecord

SIDE_CHOICES = tuple(charts.SIDES.items())


class Account(UnionRecord):
    """An account that the union opened below a standard one (明细科目); `detail`: its place in 2021's chart."""

    class Chart(models.TextChoices):
        OLD = charts.OLD, "2009年制度"
        NEW = charts.NEW, "2021年制度"

    chart = models.CharField("制度", max_length=4, choices=Chart, default=Chart.NEW)
    code = models.CharField("科目编码", max_length=20)
    name = models.CharField("科目名称", max_length=100)
    detail = models.CharField("对应标准科目", max_length=8, blank=True)
    note = models.CharField("说明", max_length=200, blank=True)

    class Meta:
        verbose_name = "会计科目"
        constraints = [models.UniqueConstraint(fields=["union", "chart", "code"], name="funds_account_once")]

    def __str__(self) -> str:
        return self.name


class BudgetLine(UnionRecord):
    """One line of a year's budget. `revised_fen` is the budget after adjustment; the offices' days: when they signed.

    `joint`: all three offices signed. `effective_on`: from when the budget counts, never before its year begins.
    """

    class Purpose(models.TextChoices):
        GENERAL = "general", "一般"
        AID = "aid", "困难补助"
        GOODS = "goods", "实物福利"
        GROUPS = "groups", "小组活动"

    year = models.PositiveSmallIntegerField("年度")
    account_code = models.CharField("科目编码", max_length=20, blank=True)
    account_name = models.CharField("科目名称", max_length=100, blank=True)
    name = models.CharField("预算项目", max_length=100, blank=True)
    purpose = models.CharField("用途", max_length=10, choices=Purpose, blank=True)
    initial_fen = models.BigIntegerField("年初预算数", default=0)
    adjustment_fen = models.BigIntegerField("预算调整数", default=0)
    revised_fen = models.BigIntegerField("调整后预算数", default=0)
    adjusted_on = models.DateField("调整日期", null=True)
    office_on = models.DateField("办公室会签日期", null=True)
    finance_on = models.DateField("计财处会签日期", null=True)
    personnel_on = models.DateField("人教处会签日期", null=True)
    decided_on = models.DateField("委员会决定日期", null=True)
    reviewed_on = models.DateField("经审会审查日期", null=True)
    submitted_on = models.DateField("上报日期", null=True)
    note = models.CharField("说明", max_length=300, blank=True)
    side = models.CharField(max_length=10, choices=SIDE_CHOICES, blank=True)
    account = models.CharField(max_length=3, blank=True)
    detail = models.CharField(max_length=8, blank=True)
    joint = models.BooleanField(default=False)
    effective_on = models.DateField(null=True)

    class Meta:
        verbose_name = "预算"
        indexes = [models.Index(fields=["union", "year", "side"], name="funds_budget_by_year")]

    def __str__(self) -> str:
        return f"{self.year}年{self.name or self.account_name}"


class LedgerLine(UnionRecord):
    """A line of the books: of a voucher, or an opening balance (`opening`, of voucher number 0).

    `account` and `detail` are codes of the 2021 chart whatever chart the line was booked by; `fen` is the amount on the
    account's natural side (income and liabilities: credit; expenses and assets: debit), below nought when it goes down.
    `closing` lines only carry income and expenses over to the surplus. `voucher` names the voucher within the union.
    """

    on = models.DateField("日期")
    year = models.PositiveSmallIntegerField("年", default=0)
    month = models.PositiveSmallIntegerField("月", default=0)
    voucher_no = models.CharField("凭证号", max_length=20, blank=True)
    word = models.CharField("凭证字", max_length=6, blank=True)
    number = models.PositiveIntegerField("号数", default=0)
    line = models.PositiveIntegerField("分录号", default=0)
    voucher = models.CharField(max_length=30, blank=True)
    memo = models.CharField("摘要", max_length=200, blank=True)
    account_code = models.CharField("科目编码", max_length=20, blank=True)
    account_name = models.CharField("科目名称", max_length=100, blank=True)
    debit_fen = models.BigIntegerField("借方金额", default=0)
    credit_fen = models.BigIntegerField("贷方金额", default=0)
    handler = models.CharField("经手人", max_length=60, blank=True)
    prepared_by = models.CharField("制单", max_length=60, blank=True)
    checked_by = models.CharField("审核", max_length=60, blank=True)
    cashier = models.CharField("出纳", max_length=60, blank=True)
    attachments = models.PositiveSmallIntegerField("附件张数", null=True)
    opening = models.BooleanField(default=False)
    closing = models.BooleanField(default=False)
    chart = models.CharField(max_length=4, blank=True)
    side = models.CharField(max_length=10, choices=SIDE_CHOICES, blank=True)
    account = models.CharField(max_length=3, blank=True)
    detail = models.CharField(max_length=8, blank=True)
    fen = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = "账簿行"
        indexes = [
            models.Index(fields=["union", "side", "on"], name="funds_line_by_side"),
            models.Index(fields=["union", "year", "month", "number", "line"], name="funds_line_by_voucher"),
        ]

    def __str__(self) -> str:
        return f"{self.voucher} {self.memo}"


class OpeningManager(models.Manager.from_queryset(UnionQuerySet)):  # type: ignore[misc]  # django-stubs: dynamic base
    """Opening balances only."""

    def get_queryset(self) -> UnionQuerySet:
        """Lines that are opening balances."""
        return super().get_queryset().filter(opening=True)


class EntryManager(models.Manager.from_queryset(UnionQuerySet)):  # type: ignore[misc]  # django-stubs: dynamic base
    """Lines of vouchers only."""

    def get_queryset(self) -> UnionQuerySet:
        """Lines that belong to a voucher."""
        return super().get_queryset().filter(opening=False)


class Opening(LedgerLine):
    """What stood on an account when the books begin here (期初余额)."""

    objects = OpeningManager()  # type: ignore[misc]  # django-stubs: another manager on a proxy

    class Meta:
        proxy = True
        verbose_name = "期初余额"


class Entry(LedgerLine):
    """A line of a voucher (凭证分录)."""

    objects = EntryManager()  # type: ignore[misc]  # django-stubs: another manager on a proxy

    class Meta:
        proxy = True
        verbose_name = "凭证"


class Collection(UnionRecord):
    """Dues (会费) of a month, of all, a group or one person; or the employer's contribution (拨缴经费) of a month.

    `base_fen` is the wage base of the persons, or the payroll of all staff. `kept_fen` stays, `remitted_fen` went up.
    """

    class Kind(models.TextChoices):
        DUES = "dues", "会费"
        CONTRIBUTION = "contribution", "拨缴经费"

    kind = models.CharField("类别", max_length=14, choices=Kind)
    month = models.DateField("月份")
    group = models.ForeignKey(Group, models.PROTECT, null=True, related_name="+", verbose_name="工会小组")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="姓名")
    person_name = models.CharField(max_length=60, blank=True)
    heads = models.PositiveIntegerField("人数", null=True)
    base_fen = models.BigIntegerField("工资基数", null=True)
    due_fen = models.BigIntegerField("应缴金额", null=True)
    paid_fen = models.BigIntegerField("实缴金额", default=0)
    due_on = models.DateField("应缴日期", null=True)
    paid_on = models.DateField("到账日期", null=True)
    kept_fen = models.BigIntegerField("留成金额", null=True)
    remitted_fen = models.BigIntegerField("上缴金额", null=True)
    remitted_on = models.DateField("上缴日期", null=True)
    note = models.CharField("说明", max_length=200, blank=True)

    class Meta:
        verbose_name = "会费拨缴"
        indexes = [models.Index(fields=["union", "kind", "month"], name="funds_collection_by_month")]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.get_kind_display()}"


class Review(UnionRecord):
    """A funds review (经审) and what came of it; `year` is the year that was reviewed."""

    class Kind(models.TextChoices):
        BUDGET = "budget", "预算审查"
        FINAL = "final", "决算审查"
        SPECIAL = "special", "专项审查"
        LEAVING = "leaving", "离任审计"

    on = models.DateField("审查日期")
    year = models.PositiveSmallIntegerField("审查年度")
    kind = models.CharField("审查类别", max_length=10, choices=Kind)
    scope = models.CharField("审查内容", max_length=200, blank=True)
    findings = models.TextField("发现问题", blank=True)
    finding_count = models.PositiveIntegerField("问题数", default=0)
    mended_count = models.PositiveIntegerField("已整改数", default=0)
    mended_on = models.DateField("整改完成日期", null=True)
    opinion = models.TextField("审查意见", blank=True)
    conclusion = models.CharField("结论", max_length=200, blank=True)

    class Meta:
        verbose_name = "经审记录"
        indexes = [models.Index(fields=["union", "kind", "on"], name="funds_review_by_kind")]

    def __str__(self) -> str:
        return f"{self.year}年{self.get_kind_display()}"


class PersonReceipt(UnionRecord):
    """What one person received, in goods or money, from whichever room (领取登记). Meters and caps read only this.

    `kind` bears the codes of the standards' items where a standard exists. `source` names the deed in words.
    """

    class Kind(models.TextChoices):
        FESTIVAL = "festival_gift", "节日慰问"
        BIRTHDAY = "birthday", "生日慰问"
        MARRIAGE = "marriage", "结婚慰问"
        CHILDBIRTH = "childbirth", "生育慰问"
        HOSPITAL = "hospital", "住院慰问"
        MEMBER_DEATH = "member_death", "会员去世慰问"
        RELATIVE_DEATH = "relative_death", "亲属去世慰问"
        RETIREMENT = "retirement", "退休慰问"
        HARDSHIP = "hardship", "困难补助"
        WARMTH = "warmth", "送温暖"
        PRIZE = "prize", "活动奖品"
        SOUVENIR = "souvenir", "纪念品"
        TRAINEE = "trainee", "优秀学员奖励"
        FILM = "film", "观影观展"
        BOOK_COUPON = "book_coupon", "书票"
        SUBSIDY = "subsidy", "补贴"
        OTHER = "other", "其他"

    class Form(models.TextChoices):
        GOODS = rules.GOODS, "实物"
        CASH = rules.CASH, "现金"
        TRANSFER = rules.TRANSFER, "转账"
        PICKUP = rules.PICKUP, "提货券"
        VALUE = rules.VALUE, "代金券"
        CARD = rules.CARD, "购物卡"

    class Festival(models.TextChoices):
        NEW_YEAR = "new_year", "元旦"
        SPRING = "spring", "春节"
        QINGMING = "qingming", "清明节"
        LABOUR = "labour", "劳动节"
        DRAGON_BOAT = "dragon_boat", "端午节"
        MID_AUTUMN = "mid_autumn", "中秋节"
        NATIONAL = "national", "国庆节"
        WOMEN = "women", "妇女节"
        CHILDREN = "children", "儿童节"
        DOUBLE_NINTH = "double_ninth", "重阳节"
        OTHER = "other", "其他节日"

    person = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name="姓名", db_constraint=False
    )
    person_name = models.CharField(max_length=60, blank=True)
    on = models.DateField("领取日期")
    kind = models.CharField("类别", max_length=16, choices=Kind)
    festival = models.CharField("节日", max_length=14, choices=Festival, blank=True)
    item = models.CharField("物品或项目", max_length=100, blank=True)
    value_fen = models.BigIntegerField("价值", default=0)
    form = models.CharField("发放方式", max_length=14, choices=Form, default=Form.GOODS)
    payer = models.CharField("经费承担", max_length=16, choices=Payer, default=Payer.UNION)
    signed = models.BooleanField("本人签收", null=True)
    source = models.CharField("来源", max_length=200, blank=True)

    class Meta:
        verbose_name = "领取登记"
        indexes = [
            models.Index(fields=["union", "kind", "on"], name="funds_receipt_by_kind"),
            models.Index(fields=["union", "person", "on"], name="funds_receipt_by_person"),
        ]

    def __str__(self) -> str:
        return f"{self.person_name} {self.get_kind_display()}"
