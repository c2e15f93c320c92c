"""Fields that a union adds to the register of members (自定义字段), and their values, one row per person and field."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from zhijia.core.fields import SecretField
from zhijia.unions.models import UnionRecord

LONGEST = 200  # signs of a value


class OwnField(UnionRecord):
    """One field of the union's own. Retired ones (`retired_on`) are asked and shown no more; their values stay.

    `seen_by` and `kept_by` are posts, separated by commas; who keeps a field also sees it. `options` are the answers of
    a choice, one a line. The values of a `sensitive` field are stored encrypted and shown in full only when revealed.
    """

    class Sort(models.TextChoices):
        TEXT = "text", "文字"
        NUMBER = "number", "数字"
        DATE = "date", "日期"
        CHOICE = "choice", "选项"
        FILE = "file", "文件"

    name = models.CharField("字段名", max_length=20)
    sort = models.CharField("类型", max_length=8, choices=Sort)
    options = models.TextField("选项", blank=True)
    help = models.CharField("填写说明", max_length=100, blank=True)
    required = models.BooleanField("必填", default=False)
    sensitive = models.BooleanField("敏感", default=False)
    seen_by = models.CharField("能看的职务", max_length=300, blank=True)
    kept_by = models.CharField("能改的职务", max_length=300, blank=True)
    by_self = models.BooleanField("本人可以填", default=False)
    rank = models.IntegerField("次序", default=0)
    retired_on = models.DateField("停用日期", null=True)

    class Meta:
        verbose_name = "自定义字段"
        indexes = [models.Index(fields=["union", "rank"], name="own_field_by_rank")]
        constraints = [
            models.UniqueConstraint(
                fields=["union", "name"],
                condition=Q(withdrawn_on__isnull=True),
                name="own_field_name",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def answers(self) -> tuple[str, ...]:
        """The options of a choice."""
        return tuple(line for line in self.options.splitlines() if line)

    @property
    def seers(self) -> frozenset[str]:
        """The posts that see its values: those named, and those who keep them."""
        return frozenset(filter(None, self.seen_by.split(","))) | self.keepers

    @property
    def keepers(self) -> frozenset[str]:
        """The posts that may write its values."""
        return frozenset(filter(None, self.kept_by.split(",")))


class OwnValue(UnionRecord):
    """What one person's own field holds: its canonical text, or the sealed text of a sensitive field.

    An empty text is no value: the row stays, so that its history does.
    """

    field = models.ForeignKey(
        OwnField, models.PROTECT, related_name="+", verbose_name="字段", db_index=False, db_constraint=False
    )
    # Bulk table, as the persons are: references are checked by the services.
    person = models.ForeignKey(
        "members.Person", models.PROTECT, related_name="+", verbose_name="姓名", db_index=False, db_constraint=False
    )
    text = models.CharField("内容", max_length=LONGEST, blank=True)
    secret = SecretField("加密内容", null=True, purpose="own_field")

    class Meta:
        verbose_name = "自定义字段内容"
        indexes = [models.Index(fields=["union", "field", "text"], name="own_value_by_text")]
        constraints = [models.UniqueConstraint(fields=["person", "field"], name="own_value_of_person")]
