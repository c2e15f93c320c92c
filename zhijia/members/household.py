"""Relatives of members (家庭成员), as far as care and aid need them: seen by few, kept by the member.

Source: 个人信息保护法 art. 6 (no more than the purpose needs), 28-31 (sensitive data; children under 14: the guardian).
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from zhijia.core.fields import SecretField
from zhijia.unions.models import UnionRecord


class Relative(UnionRecord):
    """One relative of a person, from `first` (kept since) until `end` (the first day on which it no longer counts)."""

    class Relation(models.TextChoices):
        SPOUSE = "spouse", "配偶"
        CHILD = "child", "子女"
        PARENT = "parent", "父母"
        SPOUSE_PARENT = "spouse_parent", "配偶父母"
        SIBLING = "sibling", "兄弟姐妹"
        GRANDPARENT = "grandparent", "祖父母、外祖父母"
        OTHER = "other", "其他"

    class Sex(models.TextChoices):
        MALE = "male", "男"
        FEMALE = "female", "女"

    person = models.ForeignKey("members.Person", models.PROTECT, related_name="+", verbose_name="会员")
    relation = models.CharField("关系", max_length=14, choices=Relation)
    name = models.CharField("家属姓名", max_length=60)
    sex = models.CharField("家属性别", max_length=6, choices=Sex, blank=True)
    birth_on = models.DateField("家属出生日期", null=True)
    id_number = SecretField("家属身份证号", null=True, purpose="relative_id")
    id_tail = models.CharField(max_length=4, blank=True)
    work = models.CharField("单位或学校", max_length=60, blank=True)
    illness = SecretField("病情或残疾", null=True, purpose="relative_illness")
    income_fen = models.BigIntegerField("月收入", null=True)
    together = models.BooleanField("共同生活", default=True)
    dependent = models.BooleanField("由会员赡养抚养", default=False)
    first = models.DateField("登记起始日期", null=True)
    end = models.DateField("不再登记日期", null=True)

    class Meta:
        verbose_name = "家庭成员"
        indexes = [models.Index(fields=["union", "person"], name="relative_of_person")]
        constraints = [
            models.CheckConstraint(
                condition=Q(first=None) | Q(end=None) | Q(end__gte=F("first")), name="relative_ends_after"
            ),
            models.CheckConstraint(condition=Q(income_fen=None) | Q(income_fen__gte=0), name="relative_income"),
        ]

    def __str__(self) -> str:
        return f"{self.person}的{self.get_relation_display()}"
