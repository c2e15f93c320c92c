"""Working time that part-time officers spend on the union (工时记录): optional, nobody is asked for it.

Source: 《工会法》 art. 41: up to three working days a month with pay for committee members who are not full-time.
"""

from __future__ import annotations

from django.db import models

from zhijia.unions.models import UnionRecord


class WorkTime(UnionRecord):
    """Hours on one day, in tenths, and what they were for."""

    person = models.ForeignKey("members.Person", models.PROTECT, related_name="+", verbose_name="姓名")
    on = models.DateField("日期")
    tenths = models.PositiveSmallIntegerField("小时")
    what = models.CharField("做什么", max_length=100)

    class Meta:
        verbose_name = "工时记录"
        indexes = [models.Index(fields=["union", "on", "person"], name="worktime_by_day")]

    def __str__(self) -> str:
        return f"{self.person}（{self.on}）"
