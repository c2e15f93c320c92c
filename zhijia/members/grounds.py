"""Why personal data may be handled (个人信息同意): consent with its text, or the ground in law that needs none.

Source: 个人信息保护法 art. 13, 23, 25, 28-31. Consent can be taken back: from `ended_on` on it grounds nothing.
"""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from zhijia.core.conditions import holds
from zhijia.unions.models import UnionRecord


def in_force(day: date) -> Q:
    """Grounds that hold on the day."""
    return holds(day, "given_on", "ended_on")


class Consent(UnionRecord):
    """One ground for one purpose, of the person or (a child's data) of the parent as guardian."""

    class Purpose(models.TextChoices):
        AID = "aid", "困难帮扶（病情、家庭、收入）"
        FAMILY = "family", "家庭成员信息"
        CHILD = "child", "未满14周岁子女信息"
        UPWARD = "upward", "提供给上级工会"
        NOTICE = "notice", "公示"
        OTHER = "other", "其他"

    class Ground(models.TextChoices):
        CONSENT = "consent", "本人单独同意"
        GUARDIAN = "guardian", "监护人同意"
        DUTY = "duty", "履行法定职责"
        OTHER = "other", "法律规定的其他情形"

    person = models.ForeignKey("members.Person", models.PROTECT, related_name="+", verbose_name="姓名")
    purpose = models.CharField("用途", max_length=10, choices=Purpose)
    ground = models.CharField("依据", max_length=10, choices=Ground, default=Ground.CONSENT)
    given_on = models.DateField("同意日期")
    ended_on = models.DateField("撤回同意日期", null=True)
    text = models.CharField("同意的内容", max_length=300, blank=True)

    class Meta:
        verbose_name = "个人信息同意"
        indexes = [models.Index(fields=["union", "person", "purpose"], name="consent_of_person")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("given_on")), name="consent_ends_after"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}（{self.get_purpose_display()}）"
