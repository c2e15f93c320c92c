"""Two rows of the register that look like one person: judged to be two people, or merged into one."""

from __future__ import annotations

from django.db import models

from zhijia.unions.models import UnionRecord


class Pair(UnionRecord):
    """What was decided about two rows that looked alike. `other` was merged into `kept`, or is somebody else.

    Where they were merged, `staff_no` is the number that the merged row bore, by which people still look for it, and
    `batch` the number with which the merge can be taken back.
    """

    class Verdict(models.TextChoices):
        DIFFERENT = "different", "不是同一个人"
        MERGED = "merged", "已合并"

    kept = models.ForeignKey("members.Person", models.PROTECT, related_name="+", verbose_name="保留的记录")
    other = models.ForeignKey("members.Person", models.PROTECT, related_name="+", verbose_name="另一条记录")
    verdict = models.CharField("结论", max_length=10, choices=Verdict)
    on = models.DateField("日期")
    staff_no = models.CharField("原工号", max_length=30, blank=True)
    batch = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = "疑似重复"
        indexes = [models.Index(fields=["union", "staff_no"], name="pair_by_staff_no")]
        constraints = [models.UniqueConstraint(fields=["union", "kept", "other"], name="pair_once")]

    def __str__(self) -> str:
        return f"{self.kept}、{self.other}：{self.get_verdict_display()}"
