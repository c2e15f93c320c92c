"""Papers that come in (收文) and submissions upward with their replies (请示、报告与批复)."""

from __future__ import annotations

from django.db import models

from zhijia.core.uid import uuid7
from zhijia.unions.models import OutsideBody, Union, UnionRecord


class IncomingPaper(UnionRecord):
    """A paper from outside: from a superior union, the Party side, or a law; and when the union studied it."""

    class Topic(models.TextChoices):
        SUPERIOR = "superior", "上级工会文件"
        PARTY = "party", "党组织文件"
        LAW = "law", "法律法规"
        FUNDS = "funds", "财务经审规定"
        CAMPAIGN = "campaign", "活动部署"
        OTHER = "other", "其他"

    number = models.CharField("文号", max_length=60, blank=True)
    title = models.CharField("标题", max_length=200)
    sender = models.ForeignKey(OutsideBody, models.PROTECT, null=True, related_name="+", verbose_name="来文单位")
    sender_name = models.CharField("来文单位", max_length=100, blank=True)
    topic = models.CharField("类别", max_length=12, choices=Topic, default=Topic.OTHER)
    received_on = models.DateField("收文日期")
    studied_on = models.DateField("学习日期", null=True)
    studied_by = models.CharField("学习范围", max_length=60, blank=True)
    action = models.CharField("落实情况", max_length=200, blank=True)

    class Meta:
        verbose_name = "收文学习"
        indexes = [models.Index(fields=["union", "received_on"], name="paper_by_day")]

    def __str__(self) -> str:
        return self.title


class Submission(UnionRecord):
    """A paper sent upward, and the answer to it."""

    class Kind(models.TextChoices):
        REQUEST = "request", "请示"
        REPORT = "report", "报告"

    class Matter(models.TextChoices):
        CONGRESS = "congress", "换届"
        CANDIDATES = "candidates", "候选人"
        RESULT = "result", "选举结果"
        BUDGET = "budget", "预决算"
        AID = "aid", "困难补助"
        OTHER = "other", "其他"

    kind = models.CharField("文种", max_length=10, choices=Kind)
    matter = models.CharField("事项", max_length=12, choices=Matter, default=Matter.OTHER)
    number = models.CharField("发文字号", max_length=60, blank=True)
    title = models.CharField("标题", max_length=200)
    to = models.ForeignKey(OutsideBody, models.PROTECT, null=True, related_name="+", verbose_name="主送单位")
    to_name = models.CharField("主送单位", max_length=100, blank=True)
    sent_on = models.DateField("报送日期")
    answered_on = models.DateField("批复日期", null=True)
    answer_number = models.CharField("批复文号", max_length=60, blank=True)
    answer = models.CharField("批复内容", max_length=200, blank=True)

    class Meta:
        verbose_name = "上报文件"
        indexes = [models.Index(fields=["union", "sent_on"], name="submission_by_day")]

    def __str__(self) -> str:
        return self.title


class Attachment(models.Model):
    """A file (照片、文件) that belongs to one record, named by its table and 编号; its bytes lie under their digest.

    `version` grows when the file goes over to another record, so that this can be taken back.
    """

    union = models.ForeignKey(Union, models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    uid = models.UUIDField(default=uuid7, unique=True)
    label = models.CharField(max_length=60)
    record = models.UUIDField()
    version = models.PositiveIntegerField(default=1)
    sha256 = models.CharField(max_length=64)
    name = models.CharField("文件名", max_length=120)
    mime = models.CharField(max_length=80)
    size = models.PositiveIntegerField()
    added_at = models.DateTimeField()
    added_by = models.BigIntegerField(null=True)
    withdrawn_on = models.DateField(null=True)
    withdrawn_by = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = "附件"
        indexes = [models.Index(fields=["union", "label", "record"], name="attachment_of_record")]

    def __str__(self) -> str:
        return self.name
