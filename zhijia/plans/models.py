"""What the union set out to do and met about: key tasks, campaigns, plans, meetings, summaries, next tasks."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from zhijia.members.models import Person
from zhijia.unions.models import DeedRole, Group, OutsideBody, Term, UnionRecord


class Block(models.TextChoices):
    """The parts of the work by which plans, ratings and next tasks are ordered."""

    CENTRAL = "central", "围绕大局"
    LEARNING = "learning", "学习教育"
    RIGHTS = "rights", "民主维权"
    CARE = "care", "服务职工"
    CULTURE = "culture", "文体活动"
    BUILDING = "building", "自身建设"
    FUNDS = "funds", "经费管理"


class Yearly(models.TextChoices):
    """The yearly claims of the house by their keys: what a year can be exempted from."""

    PLAN = "claims.yearly_plan", "年度计划"
    SUMMARY = "claims.yearly_summary", "年终总结"
    WARMTH = "claims.yearly_warmth", "春节前走访慰问"
    BOOK_COUPONS = "claims.yearly_book_coupons", "书票"
    CHECKUP = "claims.yearly_checkup", "职工体检"
    WOMEN_CHECKUP = "claims.yearly_women_checkup", "妇科体检"
    WOMEN_DAY = "claims.yearly_women_day", "三八节活动"
    GATHERING = "claims.yearly_gathering", "春节团拜会"
    SPORTS_MEET = "claims.yearly_sports_meet", "运动会"
    READING = "claims.yearly_reading", "读书活动"
    THEORY_CLASS = "claims.yearly_theory_class", "理论读书班"
    CADRE_TRAINING = "claims.yearly_cadre_training", "工会干部培训"
    BUDGET = "claims.yearly_budget", "年度预算"
    AID_LINE = "claims.yearly_aid_line", "困难补助预算"
    REVIEW = "claims.yearly_review", "经费审查"


class KeyTask(UnionRecord):
    """A key task of the organ in a year (重点工作) and what the union did beside it (`linked`, empty for nothing)."""

    class State(models.TextChoices):
        OPEN = "open", "进行中"
        DONE = "done", "已完成"
        DROPPED = "dropped", "已取消"

    year = models.PositiveSmallIntegerField("年度")
    task = models.CharField("单位重点工作", max_length=200)
    body = models.ForeignKey(OutsideBody, models.PROTECT, null=True, related_name="+", verbose_name="部署单位")
    body_name = models.CharField("部署单位名称", max_length=100, blank=True)
    doc_number = models.CharField("部署文号", max_length=60, blank=True)
    linked = models.CharField("工会联动举措", max_length=300, blank=True)
    role = models.CharField("工会角色", max_length=10, choices=DeedRole, default=DeedRole.ASSIST)
    state = models.CharField("状态", max_length=8, choices=State, default=State.OPEN)
    outcome = models.CharField("成效", max_length=300, blank=True)

    class Meta:
        verbose_name = "重点工作"
        indexes = [models.Index(fields=["union", "year"], name="key_task_by_year")]

    def __str__(self) -> str:
        return self.task


class Campaign(UnionRecord):
    """A campaign that the union joined or led (主题活动), from `first` until `end` (excluded, open while it runs)."""

    class Kind(models.TextChoices):
        HARMONY = "harmony", "和谐机关建设"
        EFFICIENCY = "efficiency", "机关效能建设"
        STYLE = "style", "作风建设"
        LEARNING = "learning", "创建学习型组织"
        EDUCATION = "education", "主题教育"
        SLOGAN = "slogan", "岗位建功"
        OTHER = "other", "其他"

    name = models.CharField("活动名称", max_length=120)
    kind = models.CharField("类别", max_length=12, choices=Kind, default=Kind.OTHER)
    first = models.DateField("开始日期")
    end = models.DateField("结束日期", null=True)
    slogan = models.CharField("主题口号", max_length=120, blank=True)
    body = models.ForeignKey(OutsideBody, models.PROTECT, null=True, related_name="+", verbose_name="部署单位")
    body_name = models.CharField("部署单位名称", max_length=100, blank=True)
    doc_number = models.CharField("上级文号", max_length=60, blank=True)
    role = models.CharField("工会角色", max_length=10, choices=DeedRole, default=DeedRole.ASSIST)
    outcome = models.CharField("做法和成效", max_length=300, blank=True)

    class Meta:
        verbose_name = "主题活动"
        indexes = [models.Index(fields=["union", "kind", "first"], name="campaign_by_kind")]

    def __str__(self) -> str:
        return self.name


class PlanItem(UnionRecord):
    """One item of a year's plan (计划). `on` is the day on which it entered the plan, where that is known.

    A late item was done after `due`; an open one is not done; a dropped one was taken off the plan: not done.
    """

    class State(models.TextChoices):
        DONE = "done", "按期完成"
        LATE = "late", "逾期完成"
        OPEN = "open", "未完成"
        DROPPED = "dropped", "已取消"

    year = models.PositiveSmallIntegerField("年度")
    item = models.CharField("工作事项", max_length=200)
    block = models.CharField("板块", max_length=10, choices=Block, blank=True)
    owner = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="责任人")
    owner_name = models.CharField("责任人姓名", max_length=60, blank=True)
    on = models.DateField("列入日期", null=True)
    due = models.DateField("应完成日期", null=True)
    done_on = models.DateField("完成日期", null=True)
    state = models.CharField("状态", max_length=8, choices=State, blank=True)
    outcome = models.CharField("完成情况", max_length=300, blank=True)
    reason = models.CharField("未按期原因", max_length=200, blank=True)

    class Meta:
        verbose_name = "计划"
        indexes = [models.Index(fields=["union", "year"], name="plan_item_by_year")]

    def __str__(self) -> str:
        return self.item


class Meeting(UnionRecord):
    """A meeting with its decisions (会议). `due` and `present` are heads; a group's meeting names the group."""

    class Kind(models.TextChoices):
        COMMITTEE = "committee", "委员会会议"
        PLAN = "plan_meeting", "计划会"
        LEADERS = "leaders", "小组长会议"
        GROUP = "group", "小组会"
        CONGRESS = "congress", "会员（代表）大会"
        ELECTION = "congress_first", "换届大会"
        REVIEW = "review", "经审会会议"
        WOMEN = "women", "女职工委员会会议"
        OTHER = "other", "其他会议"

    kind = models.CharField("类别", max_length=16, choices=Kind)
    on = models.DateField("日期")
    topic = models.CharField("议题", max_length=200)
    group = models.ForeignKey(Group, models.PROTECT, null=True, related_name="+", verbose_name="工会小组")
    place = models.CharField("地点", max_length=100, blank=True)
    chair = models.CharField("主持人", max_length=60, blank=True)
    due = models.PositiveIntegerField("应到人数", null=True)
    present = models.PositiveIntegerField("实到人数", null=True)
    decisions = models.CharField("议定事项", max_length=1000, blank=True)
    minutes_no = models.CharField("纪要编号", max_length=60, blank=True)

    class Meta:
        verbose_name = "会议"
        indexes = [models.Index(fields=["union", "kind", "on"], name="meeting_by_kind")]

    def __str__(self) -> str:
        return self.topic


class Summary(UnionRecord):
    """The summary of a year's work (年度总结) with its three parts: what was achieved, what is wanting, where to go."""

    year = models.PositiveSmallIntegerField("年度")
    on = models.DateField("日期")
    achievements = models.CharField("成绩", max_length=2000, blank=True)
    problems = models.CharField("问题", max_length=2000, blank=True)
    direction = models.CharField("努力方向", max_length=2000, blank=True)
    adopted_at = models.CharField("审议会议", max_length=100, blank=True)
    doc_number = models.CharField("文号", max_length=60, blank=True)

    class Meta:
        verbose_name = "年度总结"
        constraints = [
            models.UniqueConstraint(
                fields=["union", "year"], condition=Q(withdrawn_on=None), name="summary_once_a_year"
            )
        ]

    def __str__(self) -> str:
        return f"{self.year}年度总结"


class NextTask(UnionRecord):
    """A task put to the next term (下届任务), proposed on `on`, and the problem of this term that it answers."""

    term = models.ForeignKey(Term, models.PROTECT, null=True, related_name="+", verbose_name="提出届次")
    order = models.PositiveSmallIntegerField("序号")
    block = models.CharField("板块", max_length=10, choices=Block, blank=True)
    text = models.CharField("任务", max_length=300)
    problem = models.CharField("针对的问题", max_length=300, blank=True)
    on = models.DateField("提出日期")

    class Meta:
        verbose_name = "下届任务"
        indexes = [models.Index(fields=["union", "on"], name="next_task_by_day")]

    def __str__(self) -> str:
        return self.text


class Exemption(UnionRecord):
    """A year in which yearly work was not due (例外年份), with the reason and the document that says so."""

    claim = models.CharField("事项", max_length=40, choices=Yearly)
    year = models.PositiveSmallIntegerField("年度")
    reason = models.CharField("原因", max_length=200)
    doc_number = models.CharField("依据文号", max_length=60)

    class Meta:
        verbose_name = "例外年份"
        constraints = [
            models.UniqueConstraint(
                fields=["union", "claim", "year"], condition=Q(withdrawn_on=None), name="exemption_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.year}年{self.get_claim_display()}"
