"""What inquiries tells of one person: forms answered, and those that still wait for the person."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse

from zhijia.core.feature_types import ANSWERED, TAKING_PART, WAITING, Application, TraceSet
from zhijia.inquiries import people
from zhijia.inquiries.models import Answer
from zhijia.members.models import Person


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


def applications(person: int, today: date) -> Iterable[Application]:
    """Forms that ask the person, and those answered, each with its page."""
    union = Person.objects.filter(pk=person).values_list("union_id", flat=True).get()
    waiting, given = people.forms_of(union, person, today)
    for one, done in (*((one, False) for one in waiting), *((one, True) for one in given)):
        last = f"{one.last.isoformat()}以前填" if one.last else "请填写"
        yield Application(
            f"收集表：{one.title}", one.first, ANSWERED if done else WAITING, "已填写" if done else "等您填写",
            "" if done else last, "inquiries.Inquiry", str(one.uid), reverse("inquiries:answer", args=[one.uid]),
        )  # fmt: skip
