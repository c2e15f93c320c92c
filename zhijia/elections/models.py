"""Delegates, elections held, and the votes each candidate got, as recorded; the vote itself is a later room's work."""

from __future__ import annotations

from django.db import models

from zhijia.members.models import Person
from zhijia.unions.models import Group, Term, UnionRecord


class Delegate(UnionRecord):
    """A delegate (会员代表) of a congress, elected by a group; standing until the term ends or until recalled."""

    class Role(models.TextChoices):
        STAFF = "staff", "普通职工"
        LEADER = "leader", "处级以上领导"
        MODEL = "model", "劳模先进"

    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="姓名")
    term = models.ForeignKey(Term, models.PROTECT, null=True, related_name="+", verbose_name="届次")
    congress = models.PositiveSmallIntegerField("第几次代表大会")
    group = models.ForeignKey(Group, models.PROTECT, null=True, related_name="+", verbose_name="选举单位")
    role = models.CharField("代表身份", max_length=10, choices=Role, default=Role.STAFF)
    elected_on = models.DateField("当选日期")
    due_count = models.PositiveIntegerField("应到", null=True)
    present_count = models.PositiveIntegerField("实到", null=True)
    votes = models.PositiveIntegerField("得票", null=True)
    end = models.DateField("代表资格终止日期", null=True)

    class Meta:
        verbose_name = "代表"
        indexes = [models.Index(fields=["union", "congress"], name="delegate_by_congress")]

    def __str__(self) -> str:
        return f"{self.person} 代表"


class Election(UnionRecord):
    """One election of one body: who was due and present, ballots issued and returned."""

    class Body(models.TextChoices):
        COMMITTEE = "committee", "工会委员会"
        STANDING = "standing", "常务委员会"
        REVIEW = "review", "经费审查委员会"
        CHAIR = "chair", "主席、副主席"
        WOMEN = "women", "女职工委员会"

    title = models.CharField("选举名称", max_length=100)
    body = models.CharField("选举机构", max_length=12, choices=Body)
    on = models.DateField("选举日期")
    due_count = models.PositiveIntegerField("应到")
    present_count = models.PositiveIntegerField("实到")
    issued = models.PositiveIntegerField("发出选票")
    returned = models.PositiveIntegerField("收回选票")
    valid = models.PositiveIntegerField("有效票")
    invalid = models.PositiveIntegerField("废票", default=0)
    seats = models.PositiveSmallIntegerField("名额")
    approval_number = models.CharField("批复文号", max_length=60, blank=True)

    class Meta:
        verbose_name = "选举记录"
        constraints = [models.UniqueConstraint(fields=["union", "title", "on"], name="election_once")]

    def __str__(self) -> str:
        return self.title


class Candidacy(UnionRecord):
    """The votes of one candidate in one election."""

    election = models.ForeignKey(Election, models.PROTECT, related_name="+", verbose_name="选举名称")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="姓名")
    votes_for = models.PositiveIntegerField("赞成")
    votes_against = models.PositiveIntegerField("不赞成", default=0)
    abstained = models.PositiveIntegerField("弃权", default=0)
    elected = models.BooleanField("当选", default=False)
    write_in = models.BooleanField("另选", default=False)

    class Meta:
        verbose_name = "选举得票"
        constraints = [models.UniqueConstraint(fields=["union", "election", "person"], name="candidacy_once")]

    def __str__(self) -> str:
        return f"{self.person} {self.votes_for}票"
