"""Public notices (公示): what was posted, for whom to see, from when to when, who objected and what came of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from zhijia.unions.models import UnionRecord


class Notice(UnionRecord):
    """A public notice, posted from `posted_on` until `end` (the day after its last day)."""

    class Kind(models.TextChoices):
        HOUSING = "housing", "住房"
        SUBSIDY = "subsidy", "住房补贴"
        AID = "aid", "困难补助"
        CANDIDATES = "candidates", "候选人"
        COMMENDATION = "commendation", "评优"
        ACCOUNTS = "accounts", "账目"
        OTHER = "other", "其他"

    class Reach(models.TextChoices):
        DEPARTMENT = "department", "全厅"
        UNION = "union", "工会内"
        PUBLIC = "public", "社会"

    title = models.CharField("标题", max_length=120)
    kind = models.CharField("类别", max_length=14, choices=Kind)
    scope = models.CharField("范围", max_length=12, choices=Reach, default=Reach.DEPARTMENT)
    posted_on = models.DateField("公示日期")
    end = models.DateField("截止日期", null=True)
    working_days = models.PositiveSmallIntegerField("工作日数", null=True)
    text = models.TextField("正文", blank=True)
    people = models.PositiveIntegerField("公示对象人数", null=True)
    basis = models.CharField("依据", max_length=120, blank=True)
    contact = models.CharField("联系人", max_length=80, blank=True)
    objections = models.PositiveIntegerField("异议数", default=0)
    answered = models.PositiveIntegerField("已答复数", default=0)
    conclusion = models.CharField("结论", max_length=200, blank=True)
    place = models.CharField("张贴处和凭证", max_length=200, blank=True)

    class Meta:
        verbose_name = "公示"
        indexes = [models.Index(fields=["union", "kind", "posted_on"], name="notice_by_kind")]
        constraints = [
            models.CheckConstraint(condition=Q(end=None) | Q(end__gt=models.F("posted_on")), name="notice_has_a_day")
        ]

    def __str__(self) -> str:
        return self.title
