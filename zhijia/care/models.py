"""Care as stored: what should be visited, what was visited, aid, applications upward, mutual aid."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from zhijia.care import rules
from zhijia.core.fields import SecretField
from zhijia.members.models import Person
from zhijia.unions.models import DeedRole, Payer, UnionQuerySet, UnionRecord


class Discreet(models.Manager.from_queryset(UnionQuerySet)):  # type: ignore[misc]  # django-stubs: dynamic base
    """Leaves the encrypted columns in the database until they are asked for by name."""

    secret: ClassVar[tuple[str, ...]] = ()

    def get_queryset(self) -> UnionQuerySet:
        """Rows without their encrypted columns."""
        return super().get_queryset().defer(*self.secret)


class EventManager(Discreet):
    """Events without what happened in detail."""

    secret = ("illness",)


class VisitManager(Discreet):
    """Visits without their confidential notes."""

    secret = ("notes",)


class AidManager(Discreet):
    """Cases without illness, family and income."""

    secret = ("illness", "family", "income")


class Kind(models.TextChoices):
    """What happens to a member and asks for a visit."""

    HOSPITAL = "hospital", "生病住院"
    MEMBER_DEATH = "member_death", "职工去世"
    RELATIVE_DEATH = "relative_death", "家属去世"
    MARRIAGE = "marriage", "结婚"
    BIRTH = "birth", "生育"
    RETIREMENT = "retirement", "退休离岗"
    ACCIDENT = "accident", "发生意外"
    HARDSHIP = "hardship", "生活困难"


class Relation(models.TextChoices):
    """Who is meant: the member or someone of the member's family."""

    SELF = "self", "本人"
    SPOUSE = "spouse", "配偶"
    PARENT = "parent", "父母"
    CHILD = "child", "子女"
    IN_LAW = "in_law", "配偶父母"
    OTHER = "other", "其他亲属"


class MustVisit(UnionRecord):
    """One entry of the union's list of must-visits (必访项目); without entries all kinds are on it, 14 days each."""

    kind = models.CharField("事项", max_length=20, choices=Kind)
    name = models.CharField("名称", max_length=40, blank=True)
    days = models.PositiveSmallIntegerField("走访期限", default=rules.DUE_DAYS)
    first = models.DateField("施行日期", null=True)
    end = models.DateField("停止日期", null=True)

    class Meta:
        verbose_name = "必访项目"
        indexes = [models.Index(fields=["union", "kind"], name="must_visit_by_kind")]

    def __str__(self) -> str:
        return self.name or self.get_kind_display()


class Event(UnionRecord):
    """What happened and asks for a visit (应访事项), reported independently of the visit.

    `must` and `due_on` come from the list of must-visits as it stood when the union knew.
    """

    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="职工")
    person_name = models.CharField("职工（不在册）", max_length=60, blank=True)
    relation = models.CharField("与职工关系", max_length=10, choices=Relation, default=Relation.SELF)
    kind = models.CharField("事项", max_length=20, choices=Kind)
    happened_on = models.DateField("发生日期")
    known_on = models.DateField("得知日期")
    reported_by = models.CharField("报告人", max_length=60, blank=True)
    illness = SecretField("情况说明", null=True)
    must = models.BooleanField("必访", default=True)
    due_on = models.DateField("应访期限", null=True)

    objects: ClassVar[EventManager] = EventManager()

    class Meta:
        verbose_name = "应访事项"
        indexes = [
            models.Index(fields=["union", "kind", "happened_on"], name="event_by_kind"),
            models.Index(fields=["union", "due_on"], name="event_by_due"),
        ]

    def __str__(self) -> str:
        return f"{self.person.name if self.person else self.person_name}（{self.get_kind_display()}）"


class Visit(UnionRecord):
    """A visit made (走访慰问): whom, why, who went, what was brought and who paid. `amount_fen` is money and goods."""

    class Category(models.TextChoices):
        HOSPITAL = "hospital", "生病住院"
        MEMBER_DEATH = "member_death", "职工去世"
        RELATIVE_DEATH = "relative_death", "家属去世"
        MARRIAGE = "marriage", "结婚"
        BIRTH = "birth", "生育"
        RETIREMENT = "retirement", "退休离岗"
        ACCIDENT = "accident", "发生意外"
        HARDSHIP = "hardship", "困难职工"
        RETIRED = "retired", "离退休干部"
        POSTED = "posted", "援派干部"
        ILL = "ill", "患病职工"
        FRONTLINE = "frontline", "一线值守职工"
        MODEL = "model", "劳模先进"
        OTHER = "other", "其他"

    class Occasion(models.TextChoices):
        MUST = "must", "必访"
        SPRING = "spring", "春节送温暖"
        SUMMER = "summer", "夏送清凉"
        AUTUMN = "autumn", "金秋助学"
        OTHER = "other", "其他慰问"

    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="慰问对象")
    person_name = models.CharField("慰问对象（不在册）", max_length=60, blank=True)
    relation = models.CharField("与职工关系", max_length=10, choices=Relation, default=Relation.SELF)
    category = models.CharField("慰问类别", max_length=20, choices=Category)
    occasion = models.CharField("慰问活动", max_length=10, choices=Occasion, blank=True)
    event = models.ForeignKey(Event, models.PROTECT, null=True, related_name="+", verbose_name="应访事项")
    on = models.DateField("走访日期")
    visitors = models.CharField("走访人", max_length=200, blank=True)
    by_leader = models.BooleanField("主要领导走访", default=False)
    money_fen = models.BigIntegerField("慰问金", default=0)
    goods = models.CharField("慰问品", max_length=100, blank=True)
    goods_fen = models.BigIntegerField("慰问品价值", default=0)
    amount_fen = models.BigIntegerField("合计", default=0)
    payer = models.CharField("经费承担", max_length=20, choices=Payer, default=Payer.UNION)
    role = models.CharField("工会角色", max_length=20, choices=DeedRole, default=DeedRole.LEAD)
    fund_source = models.CharField("经费来源", max_length=60, blank=True)
    receipt = models.BooleanField("已签收", default=False)
    opinion = models.CharField("听取的意见", max_length=500, blank=True)
    notes = SecretField("备注", null=True)

    objects: ClassVar[VisitManager] = VisitManager()

    class Meta:
        verbose_name = "走访慰问"
        indexes = [
            models.Index(fields=["union", "category", "on"], name="visit_by_category"),
            models.Index(fields=["union", "on"], name="visit_by_day"),
            # which events were answered: each event asks for its visits
            models.Index(fields=["union", "event"], name="visit_by_event"),
            models.Index(fields=["union", "person", "category", "on"], name="visit_by_person"),
            models.Index(fields=["union", "person_name", "category", "on"], name="visit_by_name"),
        ]

    def __str__(self) -> str:
        return f"{self.person.name if self.person else self.person_name}（{self.get_category_display()}）"


class Source(models.TextChoices):
    """Where aid money comes from."""

    OWN = "own", "本级工会"
    SUPERIOR = "superior", "上级工会"
    GOVERNMENT = "government", "政府"
    DONATION = "donation", "捐款"


class AidCase(UnionRecord):
    """A case of hardship aid (困难补助) from application to file. Reports quote `cause_group`, never the secrets."""

    class Cause(models.TextChoices):
        OWN_ILLNESS = "own_illness", "本人患病"
        FAMILY_ILLNESS = "family_illness", "家庭成员患病"
        SCHOOLING = "schooling", "子女上学"
        ACCIDENT = "accident", "意外灾害"
        DISABILITY = "disability", "残疾"
        SINGLE_PARENT = "single_parent", "单亲"
        LOW_INCOME = "low_income", "家属失业或收入低"
        OTHER = "other", "其他"

    class CauseGroup(models.TextChoices):
        ILLNESS = "illness", "因病"
        OTHER = "other", "其他原因"

    class Grade(models.TextChoices):
        NONE = "", "—"
        DEEP = "deep", "深度困难"
        RELATIVE = "relative", "相对困难"
        ACCIDENT = "accident", "意外致困"

    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="姓名")
    person_name = models.CharField("姓名（不在册）", max_length=60, blank=True)
    applied_on = models.DateField("申请日期")
    cause = models.CharField("致困原因", max_length=20, choices=Cause, default=Cause.OTHER)
    cause_group = models.CharField("原因归类", max_length=10, choices=CauseGroup, default=CauseGroup.OTHER)
    grade = models.CharField("困难类别", max_length=10, choices=Grade, blank=True)
    asked_fen = models.BigIntegerField("申请金额", null=True)
    approved_fen = models.BigIntegerField("批准金额", null=True)
    decided_on = models.DateField("研究日期", null=True)
    minutes = models.CharField("会议纪要", max_length=60, blank=True)
    notice_first = models.DateField("公示开始", null=True)
    notice_end = models.DateField("公示结束", null=True)
    objections = models.PositiveSmallIntegerField("异议数", default=0)
    objections_answered = models.BooleanField("异议已答复", default=False)
    paid_on = models.DateField("发放日期", null=True)
    amount_fen = models.BigIntegerField("补助金额", null=True)
    source = models.CharField("资金来源", max_length=12, choices=Source, default=Source.OWN)
    receipt = models.BooleanField("已签收", default=False)
    closed_on = models.DateField("办结日期", null=True)
    illness = SecretField("病情", null=True)
    family = SecretField("家庭情况", null=True)
    income = SecretField("收入情况", null=True)

    objects: ClassVar[AidManager] = AidManager()

    class Meta:
        verbose_name = "困难补助"
        indexes = [models.Index(fields=["union", "cause_group", "paid_on"], name="aid_by_cause")]

    def __str__(self) -> str:
        return f"{self.person.name if self.person else self.person_name}（{self.get_cause_group_display()}）"


class UpwardApplication(UnionRecord):
    """An application to the superior union for aid money (向上申请) and what became of it."""

    class State(models.TextChoices):
        APPLIED = "applied", "已申请"
        GRANTED = "granted", "已批准"
        REFUSED = "refused", "未批准"
        WITHDRAWN = "withdrawn", "已撤回"

    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="姓名")
    person_name = models.CharField("姓名（不在册）", max_length=60, blank=True)
    superior = models.CharField("上级工会", max_length=100, blank=True)
    doc_no = models.CharField("文号", max_length=60, blank=True)
    applied_on = models.DateField("申请日期")
    asked_fen = models.BigIntegerField("申请金额", null=True)
    state = models.CharField("状态", max_length=10, choices=State, default=State.APPLIED)
    decided_on = models.DateField("批复日期", null=True)
    granted_fen = models.BigIntegerField("批准金额", null=True)

    class Meta:
        verbose_name = "向上申请"
        indexes = [models.Index(fields=["union", "applied_on"], name="upward_by_day")]

    def __str__(self) -> str:
        return f"{self.person.name if self.person else self.person_name}（向上申请）"


class MutualAid(UnionRecord):
    """One person's enrolment in a scheme of mutual aid (互助保障) for a year, and what it paid."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="姓名", db_constraint=False)
    scheme = models.CharField("保障项目", max_length=40)
    year = models.PositiveSmallIntegerField("年度")
    enrolled_on = models.DateField("参加日期")
    fee_fen = models.BigIntegerField("保费", default=0)
    payer = models.CharField("经费承担", max_length=20, choices=Payer, default=Payer.UNION)
    claimed_on = models.DateField("申领日期", null=True)
    paid_on = models.DateField("赔付日期", null=True)
    paid_fen = models.BigIntegerField("赔付金额", default=0)

    class Meta:
        verbose_name = "互助保障"
        indexes = [
            models.Index(fields=["union", "year"], name="mutual_aid_by_year"),
            models.Index(fields=["union", "claimed_on"], name="mutual_aid_by_claim"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(paid_on=None) | Q(claimed_on__isnull=False), name="mutual_aid_paid_was_claimed"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}（{self.scheme}{self.year}）"
