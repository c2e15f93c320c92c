"""Rules as dated data: caps and prohibitions from packs, official phrases, and the union's working-day exceptions."""

from __future__ import annotations

from django.db import models

from zhijia.unions.models import UnionRecord


class Item(models.TextChoices):
    """What a standard is about: an item that costs money, or a practice that may be forbidden."""

    FESTIVAL_GIFT = "festival_gift", "节日慰问"
    BIRTHDAY = "birthday", "生日慰问"
    MARRIAGE = "marriage", "结婚慰问"
    CHILDBIRTH = "childbirth", "生育慰问"
    HOSPITAL = "hospital", "住院慰问"
    MEMBER_DEATH = "member_death", "会员去世"
    RELATIVE_DEATH = "relative_death", "直系亲属去世"
    RETIREMENT = "retirement", "退休离岗"
    OUTING = "outing", "春游秋游"
    PRIZE = "prize", "文体活动奖励"
    SOUVENIR = "souvenir", "活动纪念品"
    CLOTHING = "clothing", "活动服装"
    MEAL = "meal", "活动用餐"
    FILM = "film", "观影观展"
    TRAINEE = "trainee", "优秀学员奖励"
    WOMEN_DAY = "women_day", "三八节活动"
    RECUPERATION = "recuperation", "疗休养"
    HARDSHIP = "hardship", "困难补助"
    WARMTH = "warmth", "送温暖"
    MEMBER_ACTIVITY = "member_activity", "会员活动补足"
    PROCUREMENT = "procurement", "脱贫地区农副产品"
    PROHIBITION = "prohibition", "八不准"
    BOOK_COUPON = "book_coupon", "书票"
    VALUE_VOUCHER = "value_voucher", "代金券（洗衣券、家政券等）"
    SHOPPING_CARD = "shopping_card", "购物卡"
    MULTI_DAY_OUTING = "multi_day_outing", "隔夜外出活动"
    RETIREE_VISIT = "retiree_visit_union_funds", "工会经费走访离退休人员"
    CHECKUP = "checkup_union_funds", "工会经费支付体检"
    CASH = "cash_for_goods", "以现金代替实物"


class Standard(UnionRecord):
    """One cap or prohibition, in force from `first` to `end` (excluded); 待核 until a named person confirmed it."""

    class Level(models.TextChoices):
        NATIONAL = "national", "全国"
        PROVINCE = "province", "省"
        OWN = "own", "本单位"

    class Shape(models.TextChoices):
        PER_YEAR = "per_year", "每人每年"
        PER_FESTIVAL = "per_festival", "每人每节"
        ONCE = "once", "每人每次"
        ILLNESS = "once_per_illness", "同一病每年一次"
        PER_DAY = "per_day", "每人每天"
        TIMES = "times_per_year", "每年次数"
        BUDGET = "percent_of_budget", "占本级预算"
        RETAINED = "percent_of_retained", "占留成经费"
        RATIO = "ratio", "占参加人数"
        SHARE = "share_at_least", "最低占比"
        DUES = "multiple_of_dues", "会费收入倍数"
        FORBIDDEN = "forbidden", "禁止"
        NOTE = "note", "规定文字"

    class Mark(models.TextChoices):
        FOUND = "found", "已查到出处"
        CONFLICTING = "conflicting", "出处不一致"
        RECALL = "recall", "凭经验"
        OWN = "own", "本单位规定"
        FICTION = "fiction", "虚构示例"

    pack = models.CharField("标准包", max_length=40)
    pack_name = models.CharField("标准包名称", max_length=80, blank=True)
    level = models.CharField("层级", max_length=10, choices=Level, default=Level.OWN)
    rule = models.CharField("规则编号", max_length=20, blank=True)
    item = models.CharField("项目", max_length=30, choices=Item)
    shape = models.CharField("形式", max_length=20, choices=Shape)
    tier = models.CharField("档次", max_length=40, blank=True)
    amount_fen = models.BigIntegerField("金额", null=True)
    ratio = models.CharField("比例", max_length=12, blank=True)
    count = models.PositiveSmallIntegerField("次数", null=True)
    text = models.CharField("内容", max_length=500, blank=True)
    source = models.CharField("依据", max_length=200, blank=True)
    mark = models.CharField("来源标记", max_length=12, choices=Mark, default=Mark.OWN)
    first = models.DateField("施行日期")
    end = models.DateField("失效日期", null=True)
    confirmed_by = models.CharField("确认人", max_length=60, blank=True)
    confirmed_on = models.DateField("确认日期", null=True)

    class Meta:
        verbose_name = "标准"
        indexes = [models.Index(fields=["union", "item", "first"], name="standard_by_item")]

    def __str__(self) -> str:
        return f"{self.pack_name or self.pack} {self.get_item_display()}"


class Phrase(UnionRecord):
    """An official phrase (官方表述) in use from `first` up to, not including, `end`."""

    class Kind(models.TextChoices):
        GUIDING = "guiding_ideology", "指导思想"
        LEADERSHIP = "leadership", "领导表述"
        BASIS = "basis", "依据"
        FUNCTIONS = "functions", "职能"
        GOAL = "goal", "奋斗目标"
        SLOGAN = "slogan", "口号"
        FORMULA = "formula", "常用语"
        CLOSING = "closing", "结束语"

    kind = models.CharField("类别", max_length=20, choices=Kind)
    text = models.CharField("表述", max_length=500)
    source = models.CharField("出处", max_length=200, blank=True)
    first = models.DateField("启用日期", null=True)
    end = models.DateField("停用日期", null=True)
    confirmed_by = models.CharField("确认人", max_length=60, blank=True)
    confirmed_on = models.DateField("确认日期", null=True)

    class Meta:
        verbose_name = "官方表述"
        indexes = [models.Index(fields=["union", "kind", "first"], name="phrase_by_kind")]

    def __str__(self) -> str:
        return self.text[:20]


class CalendarDay(UnionRecord):
    """A day on which the union's office works or rests otherwise than the national calendar says (工作日历)."""

    day = models.DateField("日期")
    works = models.BooleanField("上班")
    note = models.CharField("说明", max_length=60, blank=True)

    class Meta:
        verbose_name = "工作日历"
        constraints = [models.UniqueConstraint(fields=["union", "day"], name="calendar_day_once")]

    def __str__(self) -> str:
        return str(self.day)


class OwnNumber(UnionRecord):
    """A number of years, months or days that no law fixes, as the union has settled it (年限和天数).

    `key` names what is settled: the rooms declare their keys with what holds until then. It holds from `first` until
    the next one of the same key begins; without `first` it holds for all the time before. See `numbers`.
    """

    key = models.CharField("事项", max_length=60)
    first = models.DateField("从哪天起", null=True)
    number = models.PositiveSmallIntegerField("数")
    source = models.CharField("依据", max_length=200, blank=True)
    confirmed_by = models.CharField("确认人", max_length=60)
    confirmed_on = models.DateField("确认日期")

    class Meta:
        verbose_name = "年限和天数"
        constraints = [
            models.UniqueConstraint(
                fields=["union", "key", "first"], condition=models.Q(withdrawn_on__isnull=True), name="own_number_once"
            ),
            models.UniqueConstraint(
                fields=["union", "key"],
                condition=models.Q(withdrawn_on__isnull=True, first__isnull=True),
                name="own_number_always_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key}：{self.number}"
