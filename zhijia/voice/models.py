"""What staff say and what becomes of it: suggestions, rule-making, channels, contacts, rights, openness, ratings."""

from __future__ import annotations

from django.db import models

from zhijia.core.fields import SecretField
from zhijia.members.models import Person
from zhijia.unions.models import DeedRole, OutsideBody, UnionRecord


class Area(models.TextChoices):
    """What a suggestion or a consultation is about."""

    MANAGEMENT = "management", "机关管理"
    OFFICE = "office", "办公条件"
    HOUSING = "housing", "住房"
    WELFARE = "welfare", "福利待遇"
    HEALTH = "health", "医疗健康"
    CANTEEN = "canteen", "食堂"
    CULTURE = "culture", "文体活动"
    LEARNING = "learning", "学习培训"
    CAREER = "career", "晋升评选"
    UNION = "union", "工会工作"
    OTHER = "other", "其他"


class Suggestion(UnionRecord):
    """An opinion or suggestion (意见建议). Without `person` and `person_name` it is anonymous: nobody is kept."""

    class Channel(models.TextChoices):
        MEETING = "meeting", "座谈会"
        MAILBOX = "mailbox", "意见信箱"
        ONLINE = "online", "网上职工之家"
        VISIT = "visit", "走访听取"
        GROUP = "group", "小组转达"
        PROPOSAL = "proposal", "提案"
        OTHER = "other", "其他"

    class Reply(models.TextChoices):
        GOOD = "good", "满意"
        FAIR = "fair", "基本满意"
        POOR = "poor", "不满意"

    on = models.DateField("日期")
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", db_constraint=False, verbose_name="提出人"
    )
    person_name = models.CharField("提出人姓名", max_length=60, blank=True)
    channel = models.CharField("途径", max_length=10, choices=Channel, default=Channel.OTHER)
    area = models.CharField("类别", max_length=12, choices=Area, default=Area.OTHER)
    text = models.CharField("内容", max_length=300)
    office = models.ForeignKey(OutsideBody, models.PROTECT, null=True, related_name="+", verbose_name="承办处室")
    office_name = models.CharField("承办处室名称", max_length=100, blank=True)
    answered_on = models.DateField("答复日期", null=True)
    answer = models.CharField("答复内容", max_length=300, blank=True)
    adopted = models.BooleanField("是否采纳", null=True)
    outcome = models.CharField("落实情况", max_length=300, blank=True)
    reply = models.CharField("提出人评价", max_length=6, choices=Reply, blank=True)

    class Meta:
        verbose_name = "意见建议"
        indexes = [models.Index(fields=["union", "area", "on"], name="suggestion_by_area")]

    def __str__(self) -> str:
        return self.text[:30]


class Participation(UnionRecord):
    """A rule that the union helped to make, or a matter on which staff were consulted (制度参与)."""

    class Kind(models.TextChoices):
        RULE = "rule", "参与制定制度"
        CONSULTATION = "consultation", "征求职工意见"

    kind = models.CharField("类别", max_length=14, choices=Kind, default=Kind.RULE)
    matter = models.CharField("事项", max_length=12, choices=Area, default=Area.OTHER)
    document = models.CharField("制度或事项名称", max_length=150)
    on = models.DateField("日期")
    office = models.ForeignKey(OutsideBody, models.PROTECT, null=True, related_name="+", verbose_name="主管处室")
    office_name = models.CharField("主管处室名称", max_length=100, blank=True)
    role = models.CharField("工会角色", max_length=10, choices=DeedRole, default=DeedRole.ASSIST)
    people = models.PositiveIntegerField("听取人数", null=True)
    opinions = models.PositiveIntegerField("意见条数", null=True)
    adopted = models.PositiveIntegerField("采纳条数", null=True)
    opinion = models.CharField("工会意见", max_length=300, blank=True)
    outcome = models.CharField("结果", max_length=300, blank=True)

    class Meta:
        verbose_name = "制度参与"
        indexes = [models.Index(fields=["union", "kind", "on"], name="participation_by_kind")]

    def __str__(self) -> str:
        return self.document


class Way(models.TextChoices):
    """Ways in which the union and staff meet."""

    VISIT = "visit_talk", "走访谈心"
    MAILBOX = "mailbox", "意见信箱"
    FORUM = "forum", "座谈会"
    ONLINE = "online", "网上职工之家"
    SURVEY = "survey", "问卷调查"
    HOTLINE = "hotline", "电话、接待"
    OTHER = "other", "其他"


class Channel(UnionRecord):
    """A channel of democratic management (民主渠道), in being from `first` until `end` (open while it lives)."""

    name = models.CharField("渠道名称", max_length=60)
    kind = models.CharField("类别", max_length=12, choices=Way, default=Way.OTHER)
    first = models.DateField("开设日期")
    end = models.DateField("停办日期", null=True)
    address = models.CharField("位置或网址", max_length=200, blank=True)

    class Meta:
        verbose_name = "民主渠道"
        indexes = [models.Index(fields=["union", "first"], name="channel_by_day")]

    def __str__(self) -> str:
        return self.name


class Contact(UnionRecord):
    """A contact with staff on a day, or through a channel in a period reported on that day (联系职工)."""

    on = models.DateField("日期")
    kind = models.CharField("方式", max_length=12, choices=Way)
    topics = models.CharField("内容", max_length=200)
    people = models.PositiveIntegerField("人数", null=True)
    articles = models.PositiveIntegerField("发布信息条数", null=True)
    visits = models.PositiveIntegerField("浏览次数", null=True)
    feedback = models.PositiveIntegerField("反馈条数", null=True)
    outcome = models.CharField("办理情况", max_length=300, blank=True)

    class Meta:
        verbose_name = "联系职工"
        indexes = [models.Index(fields=["union", "kind", "on"], name="contact_by_kind")]

    def __str__(self) -> str:
        return self.topics


class RightsMatter(UnionRecord):
    """A matter of staff's rights (权益事项): an appeal, or a promotion or selection that the union watched.

    `matter` names no person; what was said and how it was handled is secret.
    """

    class Sort(models.TextChoices):
        APPEAL = "appeal", "职工诉求"
        WATCH = "watch", "关注监督"

    class Field(models.TextChoices):
        POLITICAL = "political", "政治权利"
        DEMOCRATIC = "democratic", "民主权利"
        ECONOMIC = "economic", "经济权利"
        WOMEN = "women", "女职工权益"

    class Sub(models.TextChoices):
        PROMOTION = "promotion", "晋职晋级"
        SELECTION = "selection", "评选先进"
        KNOWING = "knowing", "知情权"
        SPEAKING = "speaking", "发言权"
        PAY = "pay", "工资福利"
        MEDICAL = "medical", "医疗卫生"
        LEAVE = "leave", "劳动休假"
        HEALTH = "health", "身体健康"
        MATERNITY = "maternity", "女职工特殊保护"
        OTHER = "other", "其他"

    sort = models.CharField("性质", max_length=8, choices=Sort, default=Sort.APPEAL)
    field = models.CharField("领域", max_length=12, choices=Field)
    sub = models.CharField("具体方面", max_length=12, choices=Sub, default=Sub.OTHER)
    on = models.DateField("日期")
    matter = models.CharField("事项", max_length=120)
    detail = SecretField("情况", null=True)
    handling = SecretField("处理", null=True)
    escalated_to = models.CharField("报告对象", max_length=60, blank=True)
    escalated_on = models.DateField("报告日期", null=True)
    settled_on = models.DateField("办结日期", null=True)
    outcome = models.CharField("结果", max_length=200, blank=True)

    class Meta:
        verbose_name = "权益事项"
        indexes = [models.Index(fields=["union", "field", "on"], name="rights_matter_by_field")]

    def __str__(self) -> str:
        return self.matter


class OpenItem(UnionRecord):
    """A matter made open to staff (公开事项), shown from `on` until `end` (the day after its last day)."""

    class Kind(models.TextChoices):
        AFFAIRS = "affairs", "政务公开"
        PERSONNEL = "personnel", "干部人事"
        UNION = "union", "会务公开"
        FUNDS = "funds", "经费公开"
        WELFARE = "welfare", "福利待遇"
        OTHER = "other", "其他"

    matter = models.CharField("公开事项", max_length=150)
    kind = models.CharField("类别", max_length=10, choices=Kind, default=Kind.OTHER)
    on = models.DateField("公开日期")
    place = models.CharField("公开位置", max_length=100, blank=True)
    end = models.DateField("截止日期", null=True)
    role = models.CharField("工会角色", max_length=10, choices=DeedRole, default=DeedRole.ASSIST)

    class Meta:
        verbose_name = "公开事项"
        indexes = [models.Index(fields=["union", "kind", "on"], name="open_item_by_kind")]

    def __str__(self) -> str:
        return self.matter


class Evaluation(UnionRecord):
    """A rating of a year's work (评价) by the superior, the members or the union itself, as a whole or in one area."""

    class Rater(models.TextChoices):
        SUPERIOR = "superior", "上级评价"
        MEMBERS = "members", "会员评价"
        SELF = "self", "自我评价"

    class Grade(models.TextChoices):
        EXCELLENT = "excellent", "优秀"
        GOOD = "good", "良好"
        PASS = "pass", "合格"
        FAIL = "fail", "不合格"

    class Topic(models.TextChoices):
        WHOLE = "whole", "总体"
        CENTRAL = "central", "围绕大局"
        LEARNING = "learning", "学习教育"
        RIGHTS = "rights", "民主维权"
        CARE = "care", "服务职工"
        CULTURE = "culture", "文体活动"
        BUILDING = "building", "自身建设"
        FUNDS = "funds", "经费管理"

    year = models.PositiveSmallIntegerField("年度")
    on = models.DateField("评价日期")
    rater = models.CharField("评价方", max_length=10, choices=Rater)
    topic = models.CharField("评价内容", max_length=10, choices=Topic, default=Topic.WHOLE)
    body = models.ForeignKey(OutsideBody, models.PROTECT, null=True, related_name="+", verbose_name="评价单位")
    body_name = models.CharField("评价单位名称", max_length=100, blank=True)
    grade = models.CharField("等次", max_length=10, choices=Grade, blank=True)
    score = models.PositiveSmallIntegerField("得分", null=True)
    satisfied = models.PositiveIntegerField("满意人数", null=True)
    asked = models.PositiveIntegerField("参评人数", null=True)
    remark = models.CharField("评语", max_length=300, blank=True)

    class Meta:
        verbose_name = "评价"
        indexes = [models.Index(fields=["union", "year"], name="evaluation_by_year")]

    def __str__(self) -> str:
        return f"{self.year}年{self.get_rater_display()}"
