"""Proposals to deem a member withdrawn (自动退会): the talk that goes first, and what the committee made of it.

Who is proposed is worked out anew from the records each day; a row is written only when somebody acts. Source:
中国工会章程 art. 6: six months without dues and without taking part, and no better after being talked to.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from zhijia.members import rules
from zhijia.unions.models import UnionRecord


class Lapse(UnionRecord):
    """One proposal about one person: `evidence` is what the records said on the day somebody acted first."""

    class State(models.TextChoices):
        OPEN = rules.LAPSE_OPEN, "已谈话，等决定"
        DEEMED = rules.LAPSE_DEEMED, "按自动退会办理"
        KEPT = rules.LAPSE_KEPT, "不算"

    person = models.ForeignKey("members.Person", models.PROTECT, related_name="+", verbose_name="姓名")
    noted_on = models.DateField("提出日期")
    evidence = models.CharField("记录里的情况", max_length=300, blank=True)
    state = models.CharField("状态", max_length=8, choices=State, default=State.OPEN)
    talked_on = models.DateField("谈话日期", null=True)
    talked_by = models.CharField("谈话人", max_length=60, blank=True)
    talk = models.CharField("谈话情况", max_length=200, blank=True)
    decided_on = models.DateField("决定日期", null=True)
    reason = models.CharField("原因", max_length=200, blank=True)
    again_on = models.DateField("这天以前不再提出", null=True)

    class Meta:
        verbose_name = "自动退会提议"
        indexes = [models.Index(fields=["union", "person", "noted_on"], name="lapse_of_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["union", "person"],
                name="one_open_lapse",
                condition=Q(state=rules.LAPSE_OPEN, withdrawn_on__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}（{self.get_state_display()}）"
