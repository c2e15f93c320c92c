"""What was true of a person before: memberships that ended before the one of today, and places held before.

`Person` is now; a row here covers the days from `first` (unknown: always) until `end` (excluded) and is never changed
by living on. Who was a member, and of which group, on a day of the past is read from both: `Stretch` is their view.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from zhijia.core.conditions import holds, lasts
from zhijia.members import rules
from zhijia.unions.models import Group, UnionQuerySet, UnionRecord


class EarlierMembership(UnionRecord):
    """A membership (会籍) that ended before the person was admitted again; rested from `retained_on`, if ever."""

    person = models.ForeignKey("members.Person", models.PROTECT, related_name="+", verbose_name="姓名")
    admitted_on = models.DateField("入会日期")
    retained_on = models.DateField("保留会籍日期", null=True)
    left_on = models.DateField("离会日期")
    leaving = models.CharField("离会原因", max_length=12, blank=True)

    class Meta:
        verbose_name = "以前会籍"
        indexes = [models.Index(fields=["union", "person"], name="earlier_membership_of")]
        constraints = [
            models.CheckConstraint(condition=Q(left_on__gt=F("admitted_on")), name="earlier_membership_has_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.person}（{self.admitted_on}至{self.left_on}）"

    @property
    def dates(self) -> rules.Dates:
        """Its dates, as `Person.dates` are those of today's."""
        return rules.Dates(self.admitted_on, self.retained_on, self.left_on)


def was_member(day: date) -> Exists:
    """Whether a person had full rights on the day in a membership that ended before that of today."""
    rows = EarlierMembership.objects.filter(union=OuterRef("union"), person=OuterRef("pk"), withdrawn_on=None)
    return Exists(rows.filter(lasts(day, "retained_on"), admitted_on__lte=day, left_on__gt=day))


class Placement(UnionRecord):
    """Group, department and post that a person had until `end`, before those of today."""

    person = models.ForeignKey("members.Person", models.PROTECT, related_name="+", verbose_name="姓名")
    group = models.ForeignKey(Group, models.PROTECT, null=True, related_name="+", verbose_name="工会小组")
    department = models.CharField("处室", max_length=60, blank=True)
    job = models.CharField("职务", max_length=60, blank=True)
    # Where it is known since when; until then nothing else is known, so the register of an older day names this place.
    first = models.DateField("起始日期", null=True)
    end = models.DateField("截止日期")
    reason = models.CharField("原因", max_length=60, blank=True)

    class Meta:
        verbose_name = "以前岗位"
        indexes = [models.Index(fields=["union", "person", "end"], name="placement_of")]
        constraints = [
            models.CheckConstraint(condition=Q(first=None) | Q(end__gt=F("first")), name="placement_has_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.person}（{self.department or self.group or '—'}，至{self.end}）"


class StretchQuerySet(UnionQuerySet):
    """Stretches of unions."""

    def on(self, day: date) -> StretchQuerySet:
        """Those in force on the day, retained membership included: at most one of each person."""
        return self.filter(holds(day, end="gone_on"))


class Stretch(models.Model):
    """Days on which a person's membership and place stood still: a view of persons and what was true of them before.

    From `first` (both the membership and the place had begun) full rights last until `end` and the 会籍 until
    `gone_on`, both excluded; a stretch may be empty. `latest` marks one row of each membership.
    `stretch_view` makes the view.
    """

    stands_for: ClassVar = "members.Person"  # whose 编号 the rows bear
    reads: ClassVar = ("members_person", "members_earliermembership", "members_placement")  # for `core.fact_cache`

    uid = models.UUIDField("编号")  # the person's
    union = models.ForeignKey("unions.Union", models.DO_NOTHING, related_name="+")
    withdrawn_on = models.DateField(null=True)
    person = models.ForeignKey("members.Person", models.DO_NOTHING, related_name="+")
    group = models.ForeignKey(Group, models.DO_NOTHING, null=True, related_name="+")
    name = models.CharField("姓名", max_length=60)
    sex = models.CharField("性别", max_length=6)
    department = models.CharField("处室", max_length=60)
    job = models.CharField("职务", max_length=60)
    admitted_on = models.DateField("入会日期")
    retained_on = models.DateField("保留会籍日期", null=True)
    left_on = models.DateField("离会日期", null=True)
    leaving = models.CharField("离会原因", max_length=12)
    latest = models.BooleanField()
    first = models.DateField()
    end = models.DateField(null=True)
    gone_on = models.DateField(null=True)

    objects = StretchQuerySet.as_manager()

    class Meta:
        managed = False
        db_table = "members_stretch"
        verbose_name = "会员"

    def __str__(self) -> str:
        return self.name
