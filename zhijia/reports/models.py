"""Packages as they were given out: the values, the records behind them and the files of each version."""

from __future__ import annotations

from django.db import models

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
