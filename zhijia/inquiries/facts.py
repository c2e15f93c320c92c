"""Facts of collection forms: how many, how many answers, and how many of those asked answered."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, Count, F, IntegerField, OuterRef, Subquery, When
from django.db.models.functions import Coalesce

from zhijia.core.feature_types import SHARE, TOTAL, EvidenceSet, FactSpec, Scope
from zhijia.inquiries import rules
from zhijia.inquiries.models import Answer, Inquiry
from zhijia.unions.models import UnionRecord


def _closed(scope: Scope) -> Any:
    """Forms whose collecting is over, with how many answered.

    A form recorded afterwards without any answer tells nothing about how many answered: unknown rather than nobody.
    """
    found = Answer.objects.in_union(scope.union).filter(question__inquiry=OuterRef("pk"), question__withdrawn_on=None)
    people = found.order_by().values("question__inquiry").annotate(n=Count("person", distinct=True)).values("n")
    closed = Inquiry.objects.in_union(scope.union).filter(state=rules.CLOSED)
    return closed.annotate(people=Coalesce(Subquery(people), 0)).annotate(
        answered=Case(
            When(people=0, origin=UnionRecord.Origin.RECORDED, then=None),
            default=F("people"),
            output_field=IntegerField(null=True),
        )
    )


CLOSED = EvidenceSet(
    "inquiries.closed",
    "已结束的收集表",
    _closed,
    on="first",
    fen="answered",
    sums={"asked": "asked", "answered": "answered"},
    label=("title", "purpose"),
    dims={"audience": "audience"},
    dim_labels={"audience": dict(Inquiry.Audience.choices)},
)

FACTS = (
    FactSpec("inquiries.count", "收集表", "张", CLOSED, by=("year", "audience")),
    FactSpec("inquiries.answered", "填写收集表", "人次", CLOSED, TOTAL, of="answered"),
    FactSpec(
        "inquiries.answer_rate",
        "收集表填写率",
        "%",
        CLOSED,
        SHARE,
        of="answered",
        per="asked",
        help="填写人次与开始、结束收集时按会员名册数出的应填人数之比",
    ),
)
