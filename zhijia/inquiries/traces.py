"""What inquiries tells of one person: forms answered."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse

from zhijia.core.person_types import ANSWERED, TAKING_PART, Application, TraceSet
from zhijia.inquiries.models import Answer, Inquiry


def _answered(union: int) -> Any:
    """One row for each form and person: the answer to its first question that was answered."""
    rows = Answer.objects.in_union(union).filter(question__withdrawn_on=None, on__isnull=False)
    earlier = rows.filter(
        person=OuterRef("person"), question__inquiry=OuterRef("question__inquiry"), pk__lt=OuterRef("pk")
    )
    return rows.filter(~Exists(earlier))


TRACES = (
    TraceSet(
        "填表", _answered, "on", ("question__inquiry__title",), ground=TAKING_PART, label="inquiries.Inquiry",
        uid="question__inquiry__uid",
    ),
)  # fmt: skip


def applications(person: int, _today: date) -> Iterable[Application]:
    """The forms that the person answered, each with its page; those that wait stand on the first page."""
    rows = Inquiry.objects.filter(withdrawn_on=None).filter(
        Exists(
            Answer.objects.filter(
                person=person, question__inquiry=OuterRef("pk"), question__withdrawn_on=None, withdrawn_on=None
            )
        )
    )
    for one in rows.order_by("-first", "-pk"):
        yield Application(
            f"收集表：{one.title}", one.first, ANSWERED, "已填写", "", "inquiries.Inquiry", str(one.uid),
            reverse("inquiries:answer", args=[one.uid]),
        )  # fmt: skip
