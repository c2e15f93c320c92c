"""What members received: welfare issues, lists of the entitled, housing cases, health checks and annual leave."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from zhijia.members.models import Person
from zhijia.notices.models import Notice
from zhijia.unions.models import DeedRole, Payer, UnionRecord


class Issue(UnionRecord):
    """One handing-out of one item (福利发放) to the members counted on `cut_off_on`, less those left out."""

    class Kind(models.TextChoices):
        FESTIVAL = "festival", "节日慰问"
        BIRTHDAY = "birthday", "生日慰问"
        MARRIAGE = "marriage", "结婚慰问"
        CHILDBIRTH = "childbirth", "生育慰问"
        RETIREMENT = "retirement", "退休离岗"
        FILM = "film", "观影观展"
        BOOK_COUPON = "book_coupon", "书票"
        LAUNDRY_COUPON = "laundry_coupon", "洗衣券"
        HOUSEKEEPING_COUPON = "housekeeping_coupon", "家政券"
        FAMILY = "family", "家庭服务"
        OTHER = "other", "其他"

    class Method(models.TextChoices):
        GOODS = "goods", "实物"
        PICKUP_VOUCHER = "pickup_voucher", "提货券"
        VALUE_VOUCHER = "value_voucher", "代金券"
        CASH = "cash", "现金"
        SERVICE = "service", "服务"

    kind = models.CharField("类别", max_length=20, choices=Kind)
    festival = models.CharField("节日", max_length=20, blank=True)
    item = models.CharField("物品", max_length=100)
    unit_fen = models.BigIntegerField("每份金额", null=True)
    heads = models.PositiveIntegerField("人数", default=0)
    amount_fen = models.BigIntegerField("总金额", null=True)
    cut_off_on = models.DateField("统计截止日", null=True)
    left_out = models.PositiveIntegerField("未发人数", default=0)
    left_out_reason = models.CharField("未发原因", max_length=200, blank=True)
    issued_on = models.DateField("发放日期")
    method = models.CharField("发放方式", max_length=16, choices=Method, default=Method.GOODS)
    payer = models.CharField("经费承担", max_length=16, choices=Payer, default=Payer.UNION)
    role = models.CharField("工会角色", max_length=12, choices=DeedRole, default=DeedRole.LEAD)
    signed = models.BooleanField("已签收", default=True)
    notes = models.CharField("备注", max_length=200, blank=True)

    class Meta:
        verbose_name = "福利发放"
        indexes = [models.Index(fields=["union", "kind", "issued_on"], name="issue_by_kind")]

    def __str__(self) -> str:
        return f"{self.issued_on} {self.festival} {self.item}"


class Entitlement(UnionRecord):
    """A person on a list of the entitled (应享受名单), drawn up by the administration, not by the deed's author."""

    class Matter(models.TextChoices):
        HOUSING_SUBSIDY = "housing_subsidy", "住房补贴"
        HOUSING = "housing", "住房"
        WELFARE = "welfare", "福利"
        CHECKUP = "checkup", "体检"
        OTHER = "other", "其他"

    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="姓名")
    person_name = models.CharField(max_length=200, blank=True)
    matter = models.CharField("享受事项", max_length=16, choices=Matter)
    listed_on = models.DateField("列入日期")
    listed_by = models.CharField("提供部门", max_length=60, blank=True)
    basis = models.CharField("依据", max_length=120, blank=True)

    class Meta:
        verbose_name = "应享受名单"
        indexes = [models.Index(fields=["union", "matter", "listed_on"], name="entitlement_by_matter")]

    def __str__(self) -> str:
        return f"{self.person_name} {self.get_matter_display()}"


class HousingCase(UnionRecord):
    """A staff member's housing (住房): application, check, notice, and the day on which it was solved or paid."""

    class Kind(models.TextChoices):
        PURCHASE = "purchase", "购房"
        ALLOCATION = "allocation", "分配住房"
        SUBSIDY = "subsidy", "住房补贴"

    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="姓名")
    person_name = models.CharField(max_length=200, blank=True)
    kind = models.CharField("类别", max_length=12, choices=Kind)
    applied_on = models.DateField("申请日期", null=True)
    checked_on = models.DateField("审核日期", null=True)
    notice = models.ForeignKey(Notice, models.PROTECT, null=True, related_name="+", verbose_name="公示")
    notice_name = models.CharField(max_length=200, blank=True)
    solved_on = models.DateField("解决日期", null=True)
    amount_fen = models.BigIntegerField("金额", null=True)
    payer = models.CharField("经费承担", max_length=16, choices=Payer, default=Payer.ADMINISTRATION)
    role = models.CharField("工会角色", max_length=12, choices=DeedRole, default=DeedRole.ASSIST)

    class Meta:
        verbose_name = "住房"
        indexes = [
            models.Index(fields=["union", "kind", "solved_on"], name="housing_by_kind"),
            models.Index(fields=["union", "person_name"], name="housing_by_name"),
        ]

    def __str__(self) -> str:
        return f"{self.person_name} {self.get_kind_display()}"


class HealthBatch(UnionRecord):
    """One round of health checks, or one year's account of annual leave (体检休假). Attendance, never results."""

    class Kind(models.TextChoices):
        GENERAL = "general", "职工体检"
        WOMEN = "women", "妇科体检"
        ANNUAL_LEAVE = "annual_leave", "年休假"

    kind = models.CharField("类别", max_length=14, choices=Kind)
    year = models.PositiveSmallIntegerField("年度")
    held_on = models.DateField("日期", null=True)
    clinic = models.CharField("体检机构", max_length=80, blank=True)
    invited = models.PositiveIntegerField("应到人数", null=True)
    attended = models.PositiveIntegerField("实到人数", null=True)
    days_due = models.PositiveIntegerField("应休天数", null=True)
    days_taken = models.PositiveIntegerField("已休天数", null=True)
    payer = models.CharField("经费承担", max_length=16, choices=Payer, default=Payer.ADMINISTRATION)
    role = models.CharField("工会角色", max_length=12, choices=DeedRole, default=DeedRole.ASSIST)
    notes = models.CharField("备注", max_length=200, blank=True)

    class Meta:
        verbose_name = "体检休假"
        indexes = [models.Index(fields=["union", "kind", "year"], name="health_batch_by_kind")]
        constraints = [
            models.CheckConstraint(
                condition=Q(attended=None) | Q(invited=None) | Q(attended__lte=models.F("invited")),
                name="health_batch_attended_of_invited",
            )
        ]

    def __str__(self) -> str:
        return f"{self.year}年{self.get_kind_display()}"
