"""What people do together, win and give: hobby groups, activities, recuperation, honours, model deeds, donations.

Learning sessions are the learning room's; everything else that people do together, or win, or give, stands here.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from zhijia.members.models import Person
from zhijia.unions.models import DeedRole, Group, OutsideBody, Payer, UnionRecord


class HobbyGroup(UnionRecord):
    """A culture or sport group (文体小组, 1+1), in being from `founded_on` until `ended_on` (excluded)."""

    class Sort(models.TextChoices):
        SPORT = "sport", "体育"
        CULTURE = "culture", "文化"

    name = models.CharField("小组名称", max_length=60)
    sort = models.CharField("类型", max_length=8, choices=Sort, default=Sort.SPORT)
    leader = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="组长")
    leader_name = models.CharField("组长姓名", max_length=60, blank=True)
    founded_on = models.DateField("成立日期")
    ended_on = models.DateField("停办日期", null=True)
    yearly_fen = models.BigIntegerField("年度经费", null=True)
    remark = models.CharField("备注", max_length=200, blank=True)

    class Meta:
        verbose_name = "文体小组"
        constraints = [models.UniqueConstraint(fields=["union", "name"], name="hobby_group_once")]

    def __str__(self) -> str:
        return self.name


class HobbyMember(UnionRecord):
    """A person's time in a hobby group, from `joined_on` until `left_on` (the first day outside)."""

    hobby = models.ForeignKey(HobbyGroup, models.PROTECT, related_name="+", verbose_name="文体小组")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_constraint=False, verbose_name="姓名")
    joined_on = models.DateField("加入日期")
    left_on = models.DateField("退出日期", null=True)

    class Meta:
        verbose_name = "小组成员"
        indexes = [models.Index(fields=["union", "person", "joined_on"], name="hobby_member_by_person")]


class Activity(UnionRecord):
    """An activity of any kind from day `on` to `last_on` (included; empty for one day). Money in fen, people as heads.

    `invited` comes from the notice or the register, `attended` from the signatures: their ratio is the turnout.
    `hobby` is set for the sessions of a hobby group; their cost is the group's money.
    """

    class Kind(models.TextChoices):
        ANGLING = "angling", "垂钓"
        SHOOTING = "shooting", "射击"
        HILL_CLIMBING = "hill_climbing", "登山"
        TREE_PLANTING = "tree_planting", "植树"
        STUDY_VISIT = "study_visit", "考察"
        WOMEN_DAY = "women_day", "三八节活动"
        GATHERING = "gathering", "团拜会"
        CONTEST = "contest", "比赛"
        SPORTS_MEET = "sports_meet", "运动会、健步走"
        CHARITY = "charity", "志愿公益"
        LECTURE = "lecture", "报告会"
        TALK = "talk", "座谈会"
        CULTURE = "culture", "文化活动"
        EDUCATION = "education", "思想教育"
        SLOGAN = "slogan", "主题倡导"
        OUTING = "outing", "春游秋游"
        HOBBY = "hobby", "文体小组活动"
        OTHER = "other", "其他"

    class Function(models.TextChoices):
        ORGANISE = "organise", "组织职工"
        GUIDE = "guide", "引导职工"
        SERVE = "serve", "服务职工"
        PROTECT = "protect", "维护职工合法权益"
        LINK = "link", "联系党和群众"

    title = models.CharField("活动名称", max_length=120)
    kind = models.CharField("类别", max_length=16, choices=Kind)
    on = models.DateField("日期")
    last_on = models.DateField("结束日期", null=True)
    place = models.CharField("地点", max_length=100, blank=True)
    organiser = models.ForeignKey(OutsideBody, models.PROTECT, null=True, related_name="+", verbose_name="主办单位")
    organiser_name = models.CharField("主办单位名称", max_length=100, blank=True)
    role = models.CharField("工会角色", max_length=10, choices=DeedRole, default=DeedRole.LEAD)
    payer = models.CharField("经费承担", max_length=16, choices=Payer, default=Payer.UNION)
    cost_fen = models.BigIntegerField("费用", null=True)
    invited = models.PositiveIntegerField("应到人数", null=True)
    attended = models.PositiveIntegerField("实到人数", null=True)
    winners = models.PositiveIntegerField("获奖人数", null=True)
    top_prize_fen = models.BigIntegerField("最高奖品金额", null=True)
    women_only = models.BooleanField("女职工专场", default=False)
    function = models.CharField("职能", max_length=10, choices=Function, blank=True)
    campaign = models.CharField("主题活动", max_length=100, blank=True)
    hobby = models.ForeignKey(HobbyGroup, models.PROTECT, null=True, related_name="+", verbose_name="文体小组")
    group = models.ForeignKey(Group, models.PROTECT, null=True, related_name="+", verbose_name="工会小组")
    remark = models.CharField("备注", max_length=200, blank=True)

    class Meta:
        verbose_name = "活动"
        indexes = [
            models.Index(fields=["union", "kind", "on"], name="activity_by_kind"),
            models.Index(fields=["union", "on"], name="activity_by_day"),
            models.Index(fields=["union", "hobby", "on"], name="activity_by_hobby", condition=Q(hobby__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.title


class Participation(UnionRecord):
    """A person on the list of an activity: present or excused. Lists are optional."""

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="+", db_constraint=False, verbose_name="活动")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_constraint=False, verbose_name="姓名")
    present = models.BooleanField("到场", default=True)

    class Meta:
        verbose_name = "参加活动"
        indexes = [models.Index(fields=["union", "activity", "person"], name="participation_by_activity")]


class Recuperation(UnionRecord):
    """One person's recuperation leave (疗休养), the form that trips of several days have today."""

    person = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", db_constraint=False, verbose_name="姓名"
    )
    person_name = models.CharField("人员姓名", max_length=60, blank=True)
    on = models.DateField("开始日期")
    days = models.PositiveSmallIntegerField("天数", default=1)
    place = models.CharField("地点", max_length=100)
    role = models.CharField("工会角色", max_length=10, choices=DeedRole, default=DeedRole.LEAD)
    payer = models.CharField("经费承担", max_length=16, choices=Payer, default=Payer.UNION)
    cost_fen = models.BigIntegerField("费用", null=True)

    class Meta:
        verbose_name = "疗休养"
        indexes = [models.Index(fields=["union", "on", "person"], name="recuperation_by_day")]


class Honour(UnionRecord):
    """A placing in a contest, or an honour given, to the union, the organ, a group or a person."""

    class Kind(models.TextChoices):
        PLACING = "placing", "比赛名次"
        HONOUR = "honour", "荣誉称号"

    class Event(models.TextChoices):
        TABLE_TENNIS = "table_tennis", "乒乓球"
        FITNESS = "fitness", "体能测试"
        BADMINTON = "badminton", "羽毛球"
        BALL = "ball", "其他球类"
        ATHLETICS = "athletics", "田径、健步走"
        CHESS = "chess", "棋牌"
        CULTURE = "culture", "书画、摄影、文艺"
        SKILL = "skill", "业务技能"
        OTHER = "other", "其他"

    class Level(models.TextChoices):
        NATIONAL = "national", "国家级"
        PROVINCE = "province", "省级"
        DEPARTMENT = "department", "厅级"
        CITY = "city", "市级"
        COUNTY = "county", "县区级"
        STREET = "street", "街道级"
        UNIT = "unit", "本单位"

    class Subject(models.TextChoices):
        UNIT = "unit", "单位"
        UNION = "union", "工会"
        GROUP = "group", "小组"
        PERSON = "person", "个人"

    on = models.DateField("日期")
    title = models.CharField("名称", max_length=100)
    kind = models.CharField("类别", max_length=8, choices=Kind)
    contest = models.CharField("比赛名称", max_length=120, blank=True)
    event = models.CharField("项目", max_length=16, choices=Event, blank=True)
    awarder = models.ForeignKey(OutsideBody, models.PROTECT, null=True, related_name="+", verbose_name="授予单位")
    awarder_name = models.CharField("授予单位名称", max_length=100, blank=True)
    level = models.CharField("级别", max_length=10, choices=Level)
    subject = models.CharField("获奖对象", max_length=8, choices=Subject, default=Subject.UNION)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="获奖人")
    person_name = models.CharField("获奖人姓名", max_length=60, blank=True)
    group = models.ForeignKey(Group, models.PROTECT, null=True, related_name="+", verbose_name="工会小组")
    recipient = models.CharField(max_length=100, blank=True)  # derived: the person's or the group's name
    rank = models.PositiveSmallIntegerField("名次", null=True)
    team = models.BooleanField("团体", default=False)
    certificate_no = models.CharField("证书编号", max_length=60, blank=True)
    certificate_kept = models.CharField("证书存放", max_length=100, blank=True)
    historical = models.BooleanField("仅存史", default=False)

    class Meta:
        verbose_name = "比赛荣誉"
        indexes = [models.Index(fields=["union", "kind", "on"], name="honour_by_kind")]

    def __str__(self) -> str:
        return self.title


class ModelDeed(UnionRecord):
    """A model deed told to all (典型事迹), a commitment at one's post (岗位承诺) or what became of it (岗位建功)."""

    class Kind(models.TextChoices):
        DEED = "deed", "典型事迹"
        COMMITMENT = "commitment", "岗位承诺"
        ACHIEVEMENT = "achievement", "岗位建功"

    on = models.DateField("日期")
    kind = models.CharField("类别", max_length=12, choices=Kind, default=Kind.DEED)
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", db_constraint=False, verbose_name="姓名"
    )
    person_name = models.CharField("人员姓名", max_length=60, blank=True)
    group = models.ForeignKey(Group, models.PROTECT, null=True, related_name="+", verbose_name="工会小组")
    title = models.CharField("题目", max_length=120)
    content = models.TextField("内容", blank=True)
    campaign = models.CharField("主题活动", max_length=100, blank=True)
    shown = models.CharField("宣传方式", max_length=100, blank=True)

    class Meta:
        verbose_name = "典型建功"
        indexes = [models.Index(fields=["union", "kind", "on"], name="model_deed_by_kind")]

    def __str__(self) -> str:
        return self.title


class Donation(UnionRecord):
    """A campaign of one sort: cash (`amount_fen`), pieces of `goods` or blood (`ml`); `people` are heads."""

    class Kind(models.TextChoices):
        CASH = "cash", "捐款"
        GOODS = "goods", "捐物"
        BLOOD = "blood", "献血"

    title = models.CharField("名称", max_length=120)
    on = models.DateField("日期")
    kind = models.CharField("类别", max_length=8, choices=Kind)
    object = models.CharField("受助对象", max_length=100, blank=True)
    organiser = models.ForeignKey(OutsideBody, models.PROTECT, null=True, related_name="+", verbose_name="组织单位")
    organiser_name = models.CharField("组织单位名称", max_length=100, blank=True)
    role = models.CharField("工会角色", max_length=10, choices=DeedRole, default=DeedRole.LEAD)
    people = models.PositiveIntegerField("人数", null=True)
    amount_fen = models.BigIntegerField("金额", null=True)
    goods = models.PositiveIntegerField("物品件数", null=True)
    ml = models.PositiveIntegerField("献血量", null=True)
    receipt_no = models.CharField("票据或证书号", max_length=100, blank=True)
    campaign = models.CharField("主题活动", max_length=100, blank=True)

    class Meta:
        verbose_name = "公益捐助"
        indexes = [models.Index(fields=["union", "kind", "on"], name="donation_by_kind")]

    def __str__(self) -> str:
        return self.title
