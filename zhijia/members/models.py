"""Persons, their membership standing, newcomers from the HR list, and posts with dates."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from zhijia.core.conditions import holds, lasts
from zhijia.core.fields import IndexField, SecretField
from zhijia.core.names import pinyin_key
from zhijia.core.outcomes import Violation
from zhijia.members import appointing, rules
from zhijia.unions.models import Group, Term, UnionQuerySet, UnionRecord


def member_on(day: date, path: str = "") -> Q:
    """Full members on the day: admitted, not retained (保留会籍), not left. Source: 工会会员会籍管理办法."""
    return holds(day, f"{path}admitted_on", f"{path}left_on") & lasts(day, f"{path}retained_on")


class PersonQuerySet(UnionQuerySet):
    """Persons of unions; secrets are read only when asked for."""

    def members_on(self, day: date) -> PersonQuerySet:
        """Members with full rights on the day, those included who left since and came back."""
        return self.filter(member_on(day) | Q(was_member(day)))


class PersonManager(models.Manager.from_queryset(PersonQuerySet)):  # type: ignore[misc]  # django-stubs: dynamic base
    """Leaves the secret columns in the database until they are asked for by name."""

    def get_queryset(self) -> PersonQuerySet:
        """Persons without their encrypted columns."""
        return super().get_queryset().defer("id_number", "phone")


class Person(UnionRecord):
    """A person known to the union. The dates give the standing on any day: see `member_on`.

    Membership begins on the day the committee approved (`admitted_on`), rests from `retained_on` and ends
    on `left_on` (the first day outside). Persons without `admitted_on` are not members (retired cadres, relatives).
    """

    class Sex(models.TextChoices):
        MALE = "male", "男"
        FEMALE = "female", "女"

    class Leaving(models.TextChoices):
        NONE = "", "—"
        TRANSFERRED = "transferred", "调出"
        WITHDRAWN = "withdrawn", "退会"
        DEEMED = "deemed", "自动退会"
        EXPELLED = "expelled", "开除会籍"
        DIED = "died", "去世"

    class Politics(models.TextChoices):
        PARTY = "party", "中共党员"
        PROBATION = "probation", "中共预备党员"
        LEAGUE = "league", "共青团员"
        DEMOCRATIC = "democratic", "民主党派"
        NONE = "none", "群众"

    name = models.CharField("姓名", max_length=60)
    pinyin = models.CharField(max_length=160, blank=True)
    sex = models.CharField("性别", max_length=6, choices=Sex)
    birth_on = models.DateField("出生日期", null=True)
    id_number = SecretField("身份证号", null=True)
    id_index = IndexField(null=True, db_index=False)  # person_by_id serves it
    id_tail = models.CharField(max_length=4, blank=True)
    phone = SecretField("手机", null=True)
    phone_index = IndexField(null=True, db_index=False)  # login_by_phone serves it
    phone_tail = models.CharField(max_length=4, blank=True)
    staff_no = models.CharField("工号", max_length=30, blank=True)
    ethnicity = models.CharField("民族", max_length=20, blank=True)
    politics = models.CharField("政治面貌", max_length=12, choices=Politics, blank=True)
    education = models.CharField("学历", max_length=20, blank=True)
    department = models.CharField("处室", max_length=60, blank=True)
    job = models.CharField("职务", max_length=60, blank=True)
    leader = models.BooleanField("处级以上领导", default=False)
    # Bulk table: references are checked by the services; PostgreSQL would check each row's again at the commit.
    group = models.ForeignKey(
        Group,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="工会小组",
        db_index=False,
        db_constraint=False,
    )
    hired_on = models.DateField("到单位日期", null=True)
    applied_on = models.DateField("申请入会日期", null=True)
    admitted_on = models.DateField("入会日期", null=True)
    retained_on = models.DateField("保留会籍日期", null=True)
    left_on = models.DateField("离会日期", null=True)
    leaving = models.CharField("离会原因", max_length=12, choices=Leaving, blank=True)
    spelt: ClassVar = {"name": ("pinyin", pinyin_key)}  # names are found through the index of their readings

    user = models.ForeignKey(
        "accounts.User", models.SET_NULL, null=True, related_name="+", db_index=False, db_constraint=False
    )

    objects = PersonManager()  # type: ignore[misc]  # narrows the manager of the base

    class Meta:
        verbose_name = "会员"
        indexes = [
            models.Index(fields=["union", "pinyin", "id"], name="person_by_name"),
            models.Index(fields=["union", "group"], name="person_by_group", condition=Q(group__isnull=False)),
            models.Index(fields=["union", "staff_no"], name="person_by_staff_no"),
            models.Index(fields=["union", "id_index"], name="person_by_id"),
            # Few persons have a login: these hold only those.
            models.Index(fields=["staff_no"], name="login_by_staff_no", condition=Q(user__isnull=False)),
            models.Index(fields=["phone_index"], name="login_by_phone", condition=Q(user__isnull=False)),
        ]
        # Few persons have a login: the constraint's own index holds only those.
        constraints = [
            models.UniqueConstraint(fields=["user"], name="person_by_login", condition=Q(user__isnull=False))
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def dates(self) -> rules.Dates:
        """The dates of the membership of today."""
        return rules.Dates(self.admitted_on, self.retained_on, self.left_on)

    def against_restoring(self) -> Violation | None:
        """A row that was merged comes back with what it gave away, or not at all."""
        merged = Pair.objects.in_union(self.union_id).filter(other=self, verdict=Pair.Verdict.MERGED)
        mend = "要分开，请到“疑似重复”里撤销这次合并"
        return Violation("merged", "这条记录已经合并到另一条", mend=mend) if merged.exists() else None


class NewcomerQuerySet(UnionQuerySet):
    """Newcomers of unions."""

    def awaited(self) -> NewcomerQuerySet:
        """Those who are no members: not in the register, never admitted, or gone before they came back."""
        return self.filter(Q(person=None) | Q(person__admitted_on=None) | Q(person__left_on__lte=F("arrived_on")))


class Newcomer(UnionRecord):
    """A person who came to the organ, as the personnel office lists it: the denominator of 均及时发展为会员."""

    name = models.CharField("姓名", max_length=60)
    staff_no = models.CharField("工号", max_length=30, blank=True)
    department = models.CharField("处室", max_length=60, blank=True)
    arrived_on = models.DateField("到岗日期")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="会员")

    objects: ClassVar = NewcomerQuerySet.as_manager()

    class Meta:
        verbose_name = "新进人员"
        indexes = [models.Index(fields=["union", "arrived_on"], name="newcomer_by_day")]

    def __str__(self) -> str:
        return self.name


class Post(UnionRecord):
    """A post (任职) held from `first` until it is handed over on `end`, not until the nominal end of the term.

    A deputy (`acting`) and a visitor hold theirs until an end that is known from the first day.
    """

    class Office(models.TextChoices):
        CHAIR = "chair", "主席"
        VICE_CHAIR = "vice_chair", "副主席"
        COMMITTEE = "committee", "委员"
        REVIEW_DIRECTOR = "review_director", "经审主任"
        REVIEWER = "reviewer", "经审委员"
        WOMEN_DIRECTOR = "women_director", "女职工委员会主任"
        WOMEN = "women", "女职工委员"
        GROUP_LEADER = "group_leader", "小组长"
        ACCOUNTANT = "accountant", "会计"
        CASHIER = "cashier", "出纳"
        OPERATOR = "operator", "系统管理员"
        VISITOR = "visitor", "来访查阅"  # auditors of a superior body: reads, writes nothing, until the end that is set

    class Chosen(models.TextChoices):
        ELECTED = "elected", "选举"
        APPOINTED = "appointed", "任命"
        CO_OPTED = "co_opted", "增补"
        RECOMMENDED = "recommended", "推选"

    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="姓名")
    office = models.CharField("职务", max_length=20, choices=Office)
    portfolio = models.CharField("分工", max_length=40, blank=True)
    group = models.ForeignKey(Group, models.PROTECT, null=True, related_name="+", verbose_name="工会小组")
    term = models.ForeignKey(Term, models.PROTECT, null=True, related_name="+", verbose_name="届次")
    first = models.DateField("任职日期")
    end = models.DateField("离任日期", null=True)
    chosen = models.CharField("产生方式", max_length=12, choices=Chosen, default=Chosen.ELECTED)
    full_time = models.BooleanField("专职", default=False)
    union_since = models.DateField("从事工会工作日期", null=True)
    acting = models.BooleanField("代理", default=False)
    purpose = models.CharField("事由", max_length=100, blank=True)
    handover = models.TextField("交接清单", blank=True)

    class Meta:
        verbose_name = "任职"
        indexes = [models.Index(fields=["union", "office", "first"], name="post_by_office")]

    def __str__(self) -> str:
        return f"{self.person} {self.get_office_display()}"

    # Whoever writes rows past the services (withdrawing one, undoing a batch) writes them within this.
    guarded = staticmethod(appointing.guarded)


from zhijia.members.changes import Admission, Change  # noqa: E402 - they refer to Person by name
from zhijia.members.corrections import CorrectionRequest  # noqa: E402
from zhijia.members.grounds import Consent  # noqa: E402
from zhijia.members.household import Relative  # noqa: E402
from zhijia.members.lapses import Lapse  # noqa: E402
from zhijia.members.own_fields import OwnField, OwnValue  # noqa: E402
from zhijia.members.pairs import Pair  # noqa: E402
from zhijia.members.past import (  # noqa: E402
    EarlierMembership,
    Placement,
    Stretch,
    was_member,
)
from zhijia.members.worktime import WorkTime  # noqa: E402

__all__ = [
    "Admission",
    "Change",
    "Consent",
    "CorrectionRequest",
    "EarlierMembership",
    "Lapse",
    "Newcomer",
    "OwnField",
    "OwnValue",
    "Pair",
    "Person",
    "Placement",
    "Post",
    "Relative",
    "Stretch",
    "WorkTime",
    "member_on",
]
