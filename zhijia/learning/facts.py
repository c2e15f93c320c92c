"""Facts and claims of learning sessions and continuing education."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When

from zhijia.core.feature_types import DISTINCT, ITEMS, TOTAL, EvidenceSet, FactSpec, Scope, YearlyClaim
from zhijia.core.windows import whole_year
from zhijia.learning.models import Education, LearningSession
from zhijia.members.models import Post
from zhijia.unions.models import DeedRole

Kind = LearningSession.Kind
FINANCE = (Post.Office.ACCOUNTANT, Post.Office.CASHIER)
REVIEW = (Post.Office.REVIEW_DIRECTOR, Post.Office.REVIEWER)


def _sessions(scope: Scope) -> Any:
    return LearningSession.objects.in_union(scope.union)


def _held(scope: Scope, offices: tuple[str, ...]) -> QuerySet[Any]:
    """Posts of the offices that the person of a row held on the row's day."""
    posts = Post.objects.in_union(scope.union).filter(
        person=OuterRef("person"), office__in=offices, first__lte=OuterRef("on")
    )
    return posts.filter(Q(end=None) | Q(end__gt=OuterRef("on")))


def _education(scope: Scope) -> Any:
    """Continuing education with the post that the person held that day: finance, review, or neither."""
    post = Case(
        When(Exists(_held(scope, FINANCE)), then=Value("finance")),
        When(Exists(_held(scope, REVIEW)), then=Value("review")),
        default=Value(""),
    )
    return Education.objects.in_union(scope.union).annotate(post=post)


SESSIONS = EvidenceSet(
    "learning.sessions",
    "学习培训",
    _sessions,
    on="on",
    fen="attended",
    sums={"hours": "hours"},
    label=("model_person", "title"),
    dims={"kind": "kind", "topic": "topic", "audience": "audience", "role": "role"},
    dim_labels={
        "kind": dict(Kind.choices),
        "topic": dict(LearningSession.Topic.choices),
        "audience": dict(LearningSession.Audience.choices),
        "role": dict(DeedRole.choices),
    },
)
EDUCATION = EvidenceSet(
    "learning.education",
    "继续教育",
    _education,
    on="on",
    who="person_id",
    label=("person__name", "provider_name"),
    dims={"post": "post", "provider": "provider_name"},
    dim_labels={"post": {"finance": "财务人员", "review": "经审人员"}},
)

READING = {"kind": (Kind.READING.value,)}
CADRES = {"kind": (Kind.CADRE_TRAINING.value,)}
THEORY = {"kind": (Kind.THEORY_CLASS.value,)}
MODELS = {"kind": (Kind.ROLE_MODEL_STUDY.value,)}

FACTS = (
    FactSpec(
        "learning.sessions",
        "学习培训",
        "次",
        SESSIONS,
        by=("year", "kind", "topic"),
        rids=("R32", "R22", "R49", "R128", "R129", "R130", "R132"),
    ),
    FactSpec(
        "learning.people_times",
        "参加学习培训人次",
        "人次",
        SESSIONS,
        TOTAL,
        by=("year", "kind"),
        rids=("R57", "R49", "R56"),
    ),
    FactSpec("learning.reading_campaigns", "读书活动", "次", SESSIONS, where=READING, rids=("R50", "R51", "R52")),
    FactSpec("learning.reading_people", "参加读书活动人次", "人次", SESSIONS, TOTAL, where=READING, rids=("R51",)),
    FactSpec(
        "learning.exchanges", "学习成果交流", "次", SESSIONS, where={"kind": (Kind.EXCHANGE.value,)}, rids=("R53",)
    ),
    FactSpec(
        "learning.cadre_trainings",
        "工会干部集中学习",
        "次",
        SESSIONS,
        where=CADRES,
        by=("year", "audience"),
        rids=("R127",),
    ),
    FactSpec(
        "learning.cadre_hours",
        "工会干部集中学习学时",
        "学时",
        SESSIONS,
        TOTAL,
        where=CADRES,
        rids=("R127", "R135"),
        of="hours",
    ),
    FactSpec("learning.theory_classes", "理论读书班", "期", SESSIONS, where=THEORY, rids=("R55",)),
    FactSpec("learning.models_studied", "学习先进典型", "次", SESSIONS, ITEMS, where=MODELS, rids=("R44",)),
    FactSpec(
        "learning.finance_education_people",
        "参加继续教育的财务、经审人员",
        "人",
        EDUCATION,
        DISTINCT,
        where={"post": ("finance", "review")},
        by=("year", "post", "provider"),
        rids=("R14", "R17", "R131", "R132"),
    ),
)

CLAIMS = (
    YearlyClaim(
        "claims.yearly_theory_class",
        "配合机关党委做好一年一度的理论读书班的组织工作",
        replace(SESSIONS, name="learning.theory_class", title="理论读书班"),
        whole_year,
        THEORY,
        rids=("R55",),
    ),
    YearlyClaim(
        "claims.yearly_cadre_training",
        "每年均组织工会小组长以上干部进行集中学习",
        replace(SESSIONS, name="learning.cadre_training", title="工会干部培训"),
        whole_year,
        {**CADRES, "audience": ("leaders", "committee")},
        rids=("R127",),
    ),
    YearlyClaim(
        "claims.yearly_reading",
        "每年在会员中开展读书活动",
        replace(SESSIONS, name="learning.reading", title="读书活动"),
        whole_year,
        READING,
        rids=("R51",),
    ),
)
