"""Learning sessions, and the continuing education of single persons."""

from __future__ import annotations

from django.db import models

from zhijia.members.models import Person
from zhijia.unions.models import DeedRole, Group, OutsideBody, Payer, UnionRecord


class LearningSession(UnionRecord):
    """A class, a reading campaign, a study of policy or of a model person, from day `on` to `last_on` (included).

    It has a table of its own and is no row of activities: it has hours, an audience, topics, a notice with its four
    parts and a booklist, and none of prizes, hobby groups or rules of outings; and so no learning is told twice.
    """

    class Kind(models.TextChoices):
        READING = "reading", "读书活动"
        THEORY_CLASS = "theory_class", "理论读书班"
        CADRE_TRAINING = "cadre_training", "工会干部培训"
        POLICY_STUDY = "policy_study", "文件政策学习"
        ROLE_MODEL_STUDY = "role_model_study", "学习先进典型"
        EXCHANGE = "exchange", "学习交流"
        CONTINUING_EDUCATION = "continuing_education", "继续教育"
        LECTURE = "lecture", "讲座"

    class Audience(models.TextChoices):
        MEMBERS = "members", "全体会员"
        LEADERS = "leaders", "小组长以上干部"
        COMMITTEE = "committee", "工会委员"
        FINANCE = "finance", "财务、经审人员"
        WOMEN = "women", "女职工"
        YOUNG = "young", "青年职工"
        PARTY = "party", "党员干部"
        OTHER = "other", "其他"

    class Topic(models.TextChoices):
        POLITICS = "politics", "政治理论"
        SUPERIOR = "superior", "上级工会文件"
        LAW = "law", "法律法规"
        UNION_WORK = "union_work", "工会业务"
        FINANCE = "finance", "财务经审"
        READING = "reading", "读书"
        ROLE_MODEL = "role_model", "先进典型"
        PROFESSION = "profession", "业务知识"
        OTHER = "other", "其他"

    title = models.CharField("名称", max_length=120)
    kind = models.CharField("类别", max_length=24, choices=Kind)
    on = models.DateField("日期")
    last_on = models.DateField("结束日期", null=True)
    place = models.CharField("地点", max_length=100, blank=True)
    hours = models.PositiveIntegerField("学时", null=True)
    audience = models.CharField("对象", max_length=10, choices=Audience, blank=True)
    provider = models.ForeignKey(OutsideBody, models.PROTECT, null=True, related_name="+", verbose_name="举办单位")
    provider_name = models.CharField("举办单位名称", max_length=100, blank=True)
    role = models.CharField("工会角色", max_length=10, choices=DeedRole, default=DeedRole.LEAD)
    payer = models.CharField("经费承担", max_length=16, choices=Payer, default=Payer.UNION)
    topic = models.CharField("主题", max_length=10, choices=Topic, blank=True)
    topics = models.CharField("主题词", max_length=200, blank=True)
    model_person = models.CharField("先进典型姓名", max_length=60, blank=True)
    invited = models.PositiveIntegerField("应到人数", null=True)
    attended = models.PositiveIntegerField("实到人数", null=True)
    notice_number = models.CharField("通知文号", max_length=60, blank=True)
    notice_parts = models.CharField("通知要求", max_length=200, blank=True)
    booklist = models.TextField("书目", blank=True)
    slogan = models.CharField("口号", max_length=100, blank=True)
    campaign = models.CharField("主题活动", max_length=100, blank=True)
    group = models.ForeignKey(Group, models.PROTECT, null=True, related_name="+", verbose_name="工会小组")
    result = models.CharField("成果", max_length=200, blank=True)

    class Meta:
        verbose_name = "学习培训"
        indexes = [
            models.Index(fields=["union", "kind", "on"], name="learning_by_kind"),
            models.Index(fields=["union", "on"], name="learning_by_day"),
        ]

    def __str__(self) -> str:
        return self.title


class Education(UnionRecord):
    """One person's continuing education (继续教育), as the certificate says."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_constraint=False, verbose_name="姓名")
    on = models.DateField("完成日期")
    course = models.CharField("课程", max_length=120, blank=True)
    provider = models.ForeignKey(OutsideBody, models.PROTECT, null=True, related_name="+", verbose_name="培训单位")
    provider_name = models.CharField("培训单位名称", max_length=100, blank=True)
    hours = models.PositiveIntegerField("学时", null=True)
    certificate_no = models.CharField("证书编号", max_length=60, blank=True)

    class Meta:
        verbose_name = "继续教育"
        indexes = [models.Index(fields=["union", "on", "person"], name="education_by_day")]
