"""What was done about memberships: applications on their way, and the log of changes (会籍变动) with its papers' words.

The log tells what was decided and by whom; it never decides who is a member: dates of `Person` and of the past do.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from zhijia.members import rules
from zhijia.unions.models import UnionRecord


class Admission(UnionRecord):
    """An application to join (入会申请): the group leader remarks, the committee decides. See `rules.ADMISSION`."""

    class State(models.TextChoices):
        APPLIED = "applied", "等小组长签意见"
        REMARKED = "remarked", "等委员会批准"
        APPROVED = "approved", "已批准"
        REFUSED = "refused", "没有批准"

    class How(models.TextChoices):
        ONLINE = "online", "网上申请"
        PAPER = "paper", "纸质申请书"

    person = models.ForeignKey("members.Person", models.PROTECT, related_name="+", verbose_name="姓名")
    state = models.CharField("状态", max_length=10, choices=State, default=State.APPLIED)
    how = models.CharField("申请方式", max_length=8, choices=How, default=How.PAPER)
    applied_on = models.DateField("申请日期")
    wish = models.TextField("申请人的话", blank=True)
    remark = models.CharField("小组意见", max_length=200, blank=True)
    remarked_on = models.DateField("小组意见日期", null=True)
    remarked_by = models.CharField("签意见的人", max_length=60, blank=True)
    decided_on = models.DateField("批准日期", null=True)
    meeting = models.CharField("委员会会议", max_length=100, blank=True)
    reason = models.CharField("没有批准的原因", max_length=200, blank=True)

    class Meta:
        verbose_name = "入会申请"
        indexes = [models.Index(fields=["union", "state", "applied_on"], name="admission_by_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["union", "person"],
                name="one_open_admission",
                condition=Q(state__in=rules.WAITING, withdrawn_on__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}的入会申请"


class Change(UnionRecord):
    """One change of a membership or of a place, as it was decided."""

    class Kind(models.TextChoices):
        ADMITTED = "admit", "入会"
        TRANSFERRED_IN = "transfer_in", "调入"
        RETAINED = "retain", "退休保留会籍"
        RETURNED = "resume", "恢复会籍"
        TRANSFERRED_OUT = "transfer_out", "调出"
        WITHDRAWN = "withdraw", "退会"
        DEEMED = "deem", "自动退会"
        EXPELLED = "expel", "开除会籍"
        DIED = "die", "去世"
        MOVED = "move", "换小组或处室"

    person = models.ForeignKey("members.Person", models.PROTECT, related_name="+", verbose_name="姓名")
    kind = models.CharField("变动", max_length=12, choices=Kind)
    on = models.DateField("日期")
    other_union = models.CharField("对方工会", max_length=100, blank=True)
    reason = models.CharField("原因", max_length=200, blank=True)
    discussed_on = models.DateField("小组讨论日期", null=True)
    meeting = models.CharField("委员会会议", max_length=100, blank=True)
    filed = models.CharField("上级备案", max_length=100, blank=True)
    paper_no = models.CharField("介绍信编号", max_length=40, blank=True)
    # Of a transfer in: the uid of the transfer out by which another union of the same tree sent the person. A person
    # belongs to one union; this is all that ties its two records together, and neither shows what the other holds.
    counterpart = models.UUIDField(null=True)

    class Meta:
        verbose_name = "会籍变动"
        indexes = [
            models.Index(fields=["union", "person", "on"], name="change_of_person"),
            models.Index(fields=["counterpart"], name="change_by_counterpart", condition=Q(counterpart__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.person}{self.get_kind_display()}（{self.on}）"
