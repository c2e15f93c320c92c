"""The union, its terms of office, its groups and the bodies outside it; and the base of every record of a union."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Q

from zhijia.core.dates import ordinal
from zhijia.core.uid import uuid7
from zhijia.unions import naming


class DeedRole(models.TextChoices):
    """The union's part in a deed; it chooses the verb in prose (工会解决了 / 配合行政解决了)."""

    LEAD = "lead", "主办"
    JOINT = "joint", "协办"
    ASSIST = "assist", "配合行政"
    TAKE_PART = "take_part", "参与"


class Payer(models.TextChoices):
    """Who pays."""

    UNION = "union", "工会"
    ADMINISTRATION = "administration", "行政"
    SUPERIOR = "superior", "上级"
    VETERANS = "veterans", "老干部"
    PERSONS = "persons", "个人"


class Union(models.Model):
    """A trade union (工会). `path` holds the ids from the top of the tree down to this union: `/1/7/`."""

    code = models.CharField("工会代码", max_length=40, unique=True)
    name = models.CharField("工会名称", max_length=100)
    short_name = models.CharField("简称", max_length=60, blank=True)
    organ_name = models.CharField("单位名称", max_length=100, blank=True)
    organ_short = models.CharField("单位简称", max_length=40, blank=True)
    uscc = models.CharField("统一社会信用代码", max_length=18, blank=True)
    region = models.CharField("地区", max_length=60, blank=True)
    field_of_work = models.CharField("事业名称", max_length=40, blank=True)
    must_visit_name = models.CharField("必访名称", max_length=20, default="五必访")
    set_up_on = models.DateField("成立日期", null=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    path = models.CharField(max_length=200, db_index=True, blank=True)
    uid = models.UUIDField(default=uuid7, unique=True)
    version = models.IntegerField(default=1)

    class Meta:
        verbose_name = "工会"

    def __str__(self) -> str:
        return self.name


class UnionQuerySet(models.QuerySet[Any]):
    """Rows of unions."""

    def in_union(self, union: int) -> Self:
        """Rows of one union that were not withdrawn."""
        return self.filter(union_id=union, withdrawn_on=None)


class UnionRecord(models.Model):
    """Base of every record of a union.

    `uid` is used outside; `version` grows with each change; a recorded (补录) row may lack steps and is judged by
    `check`; withdrawn rows stay but never count.
    """

    class Origin(models.TextChoices):
        LIVED = "lived", "办理"
        RECORDED = "recorded", "补录"

    # No index of its own: every table has one that begins with the union (tested), and bulk writes pay for each index.
    union = models.ForeignKey(Union, models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    uid = models.UUIDField("编号", default=uuid7, unique=True)
    version = models.IntegerField(default=1)
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.RECORDED)
    withdrawn_on = models.DateField(null=True)
    withdrawn_by = models.BigIntegerField(null=True)
    withdrawn_reason = models.CharField(max_length=200, blank=True)

    objects = UnionQuerySet.as_manager()

    class Meta:
        abstract = True


class OutsideBody(UnionRecord):
    """A body outside the union (外部单位): Party side, superior union, offices, organisers, providers."""

    class Role(models.TextChoices):
        PARTY_GROUP = "party_group", "党组"
        PARTY_COMMITTEE = "party_committee", "机关党委"
        PARTY_BRANCH = "party_branch", "党总支"
        SUPERIOR_UNION = "superior_union", "上级工会"
        OFFICE = "office", "行政处室"
        ORGANISER = "organiser", "主办单位"
        PROVIDER = "provider", "培训单位"
        AWARDER = "awarder", "授奖单位"
        OTHER = "other", "其他"

    name = models.CharField("名称", max_length=100)
    short_name = models.CharField("简称", max_length=40, blank=True)
    role = models.CharField("类别", max_length=20, choices=Role, default=Role.OTHER)
    rank = models.PositiveSmallIntegerField("排序", default=50)
    first = models.DateField("起始日期", null=True)
    end = models.DateField("截止日期", null=True)

    class Meta:
        verbose_name = "外部单位"
        constraints = [models.UniqueConstraint(fields=["union", "name", "role"], name="outside_body_once")]

    def __str__(self) -> str:
        return self.name


class Term(UnionRecord):
    """A term of office (届) from election day `first` to `end`, the day the next one begins (excluded)."""

    class Form(models.TextChoices):
        DELEGATES = "delegates", "会员代表大会"
        MEMBERS = "members", "会员大会"

    number = models.PositiveSmallIntegerField("届次")
    first = models.DateField("开始日期")
    end = models.DateField("届满日期")
    legal_years = models.PositiveSmallIntegerField("法定年限", default=5)
    form = models.CharField("大会形式", max_length=10, choices=Form, default=Form.DELEGATES)
    congress_on = models.DateField("换届大会日期", null=True)
    congress_place = models.CharField("大会地点", max_length=100, blank=True)
    speaker = models.CharField("报告人", max_length=40, blank=True)
    seats = models.PositiveSmallIntegerField("委员名额", null=True)
    extension_doc = models.CharField("延期批复文号", max_length=60, blank=True)
    approval_doc = models.CharField("选举结果批复文号", max_length=60, blank=True)

    class Meta:
        verbose_name = "届次"
        constraints = [
            models.UniqueConstraint(fields=["union", "number"], name="term_once"),
            models.CheckConstraint(condition=Q(end__gt=models.F("first")), name="term_has_a_day"),
        ]

    def __str__(self) -> str:
        return ordinal(self.number)


class Group(UnionRecord):
    """A union group (工会小组), in being from `first` until `end` (open while it lives).

    On any day one group bears a name; another one may bear it before or after. Writers hold the union's chain, so that
    what they see of the other groups stays so until they are done.
    """

    name = models.CharField("小组名称", max_length=60)
    department = models.CharField("所在处室", max_length=100, blank=True)
    rank = models.PositiveSmallIntegerField("排序", default=50)
    first = models.DateField("成立日期", null=True)
    end = models.DateField("撤销日期", null=True)
    # What it was before, in words: lists show it, and whoever looks for the old name finds the new one too.
    formerly = models.CharField("沿革", max_length=200, blank=True)

    class Meta:
        verbose_name = "工会小组"
        indexes = [models.Index(fields=["union", "name"], name="group_by_name")]

    def __str__(self) -> str:
        return self.name

    # Whoever writes rows past the services (undoing a batch, withdrawing and restoring one) asks these.
    guarded = staticmethod(naming.guarded)
    against_restoring = naming.against_restoring


class GroupSuccession(UnionRecord):
    """What became of a group in a reorganisation (机构改革): from `on` its people belong to `after`.

    A rename opens a new group too: whatever points to a group bears the name that it had then.
    """

    class Kind(models.TextChoices):
        RENAMED = "rename", "更名"
        MERGED = "merge", "合并"
        SPLIT = "split", "分设"
        DISSOLVED = "dissolve", "撤销"

    before = models.ForeignKey(Group, models.PROTECT, related_name="+", verbose_name="原小组")
    after = models.ForeignKey(Group, models.PROTECT, related_name="+", verbose_name="后来的小组")
    kind = models.CharField("方式", max_length=8, choices=Kind)
    on = models.DateField("日期")
    paper = models.CharField("文号", max_length=60, blank=True)
    reason = models.CharField("原因", max_length=200, blank=True)

    class Meta:
        verbose_name = "小组沿革"
        constraints = [
            models.UniqueConstraint(fields=["union", "before", "after"], name="group_succession_once"),
            models.CheckConstraint(condition=~Q(before=models.F("after")), name="group_succession_leads_on"),
        ]

    def __str__(self) -> str:
        return f"{self.before}{self.get_kind_display()}（{self.on}）"
