"""Packages as they were given out, and the work report as a draft: sections, versions, opinions, returned files."""

from __future__ import annotations

from django.db import models

from zhijia.reports.rules import DRAFTING, FINAL, STAGES
from zhijia.unions.models import Union


class PackageVersion(models.Model):
    """One package, frozen when it was made: its scope, the union's last audit line then, and its files by SHA-256.

    `confirmed_by` names the person who vouched for its official phrases and leading bodies; without it it is a draft.
    """

    union = models.ForeignKey(Union, models.PROTECT, related_name="+", db_constraint=False)
    number = models.PositiveIntegerField("版本号")
    label = models.CharField("名称", max_length=60)
    term = models.PositiveSmallIntegerField("届次", null=True)
    first = models.DateField("起始日期")
    end = models.DateField("截止日期")
    today = models.DateField("统计日期")
    audit_seq = models.BigIntegerField()
    created_at = models.DateTimeField("生成时间")
    created_by = models.CharField("生成人", max_length=60, blank=True)
    confirmed_by = models.CharField("确认人", max_length=60, blank=True)
    confirmed_on = models.DateField("确认日期", null=True)
    documents = models.JSONField(default=list)

    class Meta:
        verbose_name = "材料版本"
        constraints = [models.UniqueConstraint(fields=["union", "number"], name="package_version_once")]

    def __str__(self) -> str:
        return f"{self.label}第{self.number}稿"


class VersionFigure(models.Model):
    """One fact of a version: its value with its breakdowns, and the compressed ids of the records behind it."""

    version = models.ForeignKey(PackageVersion, models.CASCADE, related_name="figures")
    key = models.CharField(max_length=80)
    label = models.CharField(max_length=60)
    value = models.JSONField()
    ids = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "key"], name="version_figure_once")]


class Draft(models.Model):
    """The work report of a term as people work on it; after 定稿 a change begins a new round.

    `withheld` are sentences that were not written ({key, kind, wording, reasons, rules}), `phrases` the official
    phrases that a named person confirmed for this text ({text, who, on}), `reason` why a new round was begun.
    """

    union = models.ForeignKey(Union, models.PROTECT, related_name="+", db_constraint=False)
    number = models.PositiveIntegerField("轮次")
    label = models.CharField("名称", max_length=60)
    term = models.PositiveSmallIntegerField("届次")
    first = models.DateField("起始日期")
    end = models.DateField("截止日期")
    stage = models.CharField("阶段", max_length=12, choices=list(STAGES.items()), default=DRAFTING)
    started_at = models.DateTimeField("开始时间")
    started_by = models.CharField("开始人", max_length=60, blank=True)
    reason = models.CharField("重新起草的原因", max_length=200, blank=True)
    withheld = models.JSONField(default=list)
    phrases = models.JSONField(default=list)

    class Meta:
        verbose_name = "工作报告稿"
        constraints = [models.UniqueConstraint(fields=["union", "term", "number"], name="report_draft_once")]

    def __str__(self) -> str:
        return f"{self.label}工作报告（{self.get_stage_display()}）"

    @property
    def final(self) -> bool:
        """Whether the text is settled."""
        return self.stage == FINAL


class DraftSection(models.Model):
    """One stretch of a draft under its heading (level 0: none). `serial` is the last id given to a sentence or figure.

    Whoever works in it holds it for a while (`locked_…`); what decides between two is `version`.
    """

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="sections")
    number = models.PositiveSmallIntegerField()
    level = models.PositiveSmallIntegerField(default=0)
    heading = models.CharField("标题", max_length=120, blank=True)
    name = models.CharField("在提纲里的名称", max_length=120)
    body = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=1)
    serial = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField("保存时间", null=True)
    saved_by = models.CharField("保存人", max_length=60, blank=True)
    locked_by = models.BigIntegerField(null=True)
    locked_name = models.CharField(max_length=60, blank=True)
    locked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["number"]
        verbose_name = "工作报告的一节"
        constraints = [models.UniqueConstraint(fields=["draft", "number"], name="report_section_once")]

    def __str__(self) -> str:
        return self.name


class DraftVersion(models.Model):
    """The whole text of a draft as it stood: every section, and every figure with the records behind it."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField("版本号")
    name = models.CharField("名称", max_length=60)
    stage = models.CharField("阶段", max_length=12, choices=list(STAGES.items()))
    on = models.DateField("日期")
    note = models.CharField("依据", max_length=200, blank=True)
    audit_seq = models.BigIntegerField()
    frozen_at = models.DateTimeField("存档时间")
    frozen_by = models.CharField("存档人", max_length=60, blank=True)
    sections = models.JSONField()
    figures = models.JSONField()

    class Meta:
        ordering = ["number"]
        verbose_name = "工作报告版本"
        constraints = [models.UniqueConstraint(fields=["draft", "number"], name="report_version_once")]

    def __str__(self) -> str:
        return f"第{self.number}版　{self.name}"


class DraftOpinion(models.Model):
    """What somebody said about a draft, and what was made of it."""

    class Taken(models.TextChoices):
        """What was made of an opinion."""

        OPEN = "open", "待处理"
        YES = "yes", "采纳"
        PARTLY = "partly", "部分采纳"
        NO = "no", "不采纳"

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="opinions")
    who = models.CharField("提出人或单位", max_length=60)
    on = models.DateField("提出日期")
    section = models.ForeignKey(DraftSection, models.CASCADE, null=True, blank=True, related_name="+")
    stage = models.CharField("阶段", max_length=12, choices=list(STAGES.items()))
    text = models.TextField("意见", max_length=2000)
    taken = models.CharField("处理", max_length=8, choices=Taken.choices, default=Taken.OPEN)
    answer = models.TextField("处理说明", max_length=1000, blank=True)
    answered_by = models.CharField("处理人", max_length=60, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["on", "pk"]
        verbose_name = "对工作报告的意见"

    def __str__(self) -> str:
        return f"{self.who}：{self.text[:30]}"


class DraftReturn(models.Model):
    """A docx that came back edited: what differs from the draft, until somebody has gone through it."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="returns")
    name = models.CharField("文件名", max_length=120)
    sha256 = models.CharField(max_length=64)
    read_at = models.DateTimeField("读入时间")
    read_by = models.CharField("读入人", max_length=60, blank=True)
    intact = models.PositiveIntegerField("没有动过的数字", default=0)
    differences = models.JSONField(default=list)
    settled_at = models.DateTimeField("处理时间", null=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = "返回的修改稿"

    def __str__(self) -> str:
        return self.name
