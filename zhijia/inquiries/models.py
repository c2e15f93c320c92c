"""Collection forms as stored: the form, the groups it asks, its questions, the answers, and who was reminded."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import models
from django.db.models import Q

from zhijia.core.fields import SecretField
from zhijia.inquiries import rules
from zhijia.members.models import Person
from zhijia.unions.models import Group, UnionRecord


class Inquiry(UnionRecord):
    """A collection form (收集表), to be answered from `first` until `end` (the day after its last day).

    `asked` is how many were asked, counted in the register when it was opened and again when it was closed.
    """

    class Audience(models.TextChoices):
        MEMBERS = rules.MEMBERS, "全体会员"
        GROUPS = rules.GROUPS, "指定小组的会员"
        LEADERS = rules.LEADERS, "小组长"

    class State(models.TextChoices):
        DRAFT = rules.DRAFT, "草稿"
        OPEN = rules.OPEN, "收集中"
        CLOSED = rules.CLOSED, "已结束"

    title = models.CharField("表名", max_length=100)
    purpose = models.CharField("用途", max_length=300, blank=True)
    audience = models.CharField("填写范围", max_length=8, choices=Audience, default=Audience.MEMBERS)
    state = models.CharField("状态", max_length=6, choices=State, default=State.DRAFT)
    first = models.DateField("开始日期")
    end = models.DateField("截止日期", null=True)
    asked = models.PositiveIntegerField("应填人数", null=True)
    asker = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="发起人")

    class Meta:
        verbose_name = "收集表"
        indexes = [models.Index(fields=["union", "state", "end"], name="inquiry_by_state")]
        constraints = [
            models.CheckConstraint(condition=Q(end=None) | Q(end__gt=models.F("first")), name="inquiry_has_a_day")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def last(self) -> date | None:
        """The last day on which it may be answered."""
        return self.end - timedelta(days=1) if self.end else None

    def standing(self, today: date) -> str:
        """How it stands on the day: see `rules.standing`."""
        return rules.standing(self.state, self.first, self.end, today)


class AskedGroup(UnionRecord):
    """A group whose members a form asks (收集范围)."""

    inquiry = models.ForeignKey(Inquiry, models.PROTECT, related_name="+", verbose_name="收集表")
    group = models.ForeignKey(Group, models.PROTECT, related_name="+", verbose_name="工会小组")

    class Meta:
        verbose_name = "收集范围"
        indexes = [models.Index(fields=["union", "inquiry"], name="asked_group_by_inquiry")]

    def __str__(self) -> str:
        return f"{self.inquiry} {self.group}"


class Question(UnionRecord):
    """A question of a form (收集题目). `personal` answers are sealed."""

    class Kind(models.TextChoices):
        TEXT = rules.TEXT, "文字"
        NUMBER = rules.NUMBER, "数字"
        CHOICE = rules.CHOICE, "选一个"
        SEVERAL = rules.SEVERAL, "选几个"
        YESNO = rules.YESNO, "是或否"
        SIZE = rules.SIZE, "尺码"
        DATE = rules.DATE, "日期"
        ACCOUNT = rules.ACCOUNT, "银行卡号"
        PHONE = rules.PHONE, "手机号"
        ID = rules.ID, "身份证号"

    inquiry = models.ForeignKey(Inquiry, models.PROTECT, related_name="+", verbose_name="收集表")
    rank = models.PositiveSmallIntegerField("序号", default=1)
    text = models.CharField("题目", max_length=100)
    kind = models.CharField("类型", max_length=12, choices=Kind, default=Kind.TEXT)
    required = models.BooleanField("必填", default=True)
    options = models.CharField("选项", max_length=500, blank=True)
    personal = models.BooleanField("保密", default=False)

    class Meta:
        verbose_name = "收集题目"
        indexes = [models.Index(fields=["union", "inquiry", "rank"], name="question_by_inquiry")]

    def __str__(self) -> str:
        return self.text


class Answer(UnionRecord):
    """What one person answered to one question (收集答复): in `value`, or sealed where the question is personal.

    `typed_by` is whoever typed it in from paper; empty where the person did it. A reply is the answers of one person
    to one form; its version is the sum of theirs, which only grows.
    """

    question = models.ForeignKey(Question, models.PROTECT, related_name="+", db_index=False, verbose_name="题目")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="会员")
    value = models.CharField("答复", max_length=rules.ANSWER_LONGEST, blank=True)
    secret = SecretField("保密答复", null=True, purpose="inquiries.answer")
    secret_tail = models.CharField(max_length=4, blank=True)
    on = models.DateField("填写日期", null=True)
    typed_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", db_index=False, verbose_name="代填人"
    )

    class Meta:
        verbose_name = "收集答复"
        constraints = [
            models.UniqueConstraint(
                fields=["union", "question", "person"], condition=Q(withdrawn_on=None), name="answer_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.question}"


class Nudge(UnionRecord):
    """A reminder to those of a group (all, where empty) who have not answered: their home shows the form first."""

    inquiry = models.ForeignKey(Inquiry, models.PROTECT, related_name="+", verbose_name="收集表")
    group = models.ForeignKey(Group, models.PROTECT, null=True, related_name="+", verbose_name="工会小组")
    on = models.DateField("提醒日期")
    nudger = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="提醒人")

    class Meta:
        verbose_name = "催填"
        indexes = [models.Index(fields=["union", "inquiry", "on"], name="nudge_by_inquiry")]

    def __str__(self) -> str:
        return f"{self.inquiry} {self.on}"
