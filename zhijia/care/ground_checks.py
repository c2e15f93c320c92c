"""R-PRI-02: illness, family and income are recorded on a ground: consent of whom it concerns, or a duty in law."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When

from zhijia.care.models import AidCase
from zhijia.core.feature_types import CheckSpec, Finding, Scope
from zhijia.core.outcomes import WARN
from zhijia.members.grounds import Consent

SOURCE = "个人信息保护法第二十九条、第三十一条"
IN_FORCE = date(2021, 11, 1)  # the law's first day
_FAMILY = (Consent.Purpose.FAMILY, Consent.Purpose.CHILD)
_OF_CHILDREN = (AidCase.Cause.FAMILY_ILLNESS, AidCase.Cause.SCHOOLING)


def _grounds(*purposes: str) -> Exists:
    rows: QuerySet[Consent] = Consent.objects.filter(
        person=OuterRef("person"), withdrawn_on=None, purpose__in=purposes, given_on__lte=OuterRef("applied_on")
    )
    return Exists(rows.filter(Q(ended_on=None) | Q(ended_on__gt=OuterRef("applied_on"))))


def grounds(scope: Scope) -> Iterable[Finding]:
    """Cases of the scope that hold sealed texts without a ground on the day of the application; one query."""
    sealed = Q(illness__isnull=False) | Q(family__isnull=False) | Q(income__isnull=False)
    family = Q(family__isnull=False) | Q(cause__in=_OF_CHILDREN)
    rows = (
        AidCase.objects.in_union(scope.union)
        .filter(sealed | family, person__isnull=False, applied_on__gte=scope.first, applied_on__lt=scope.until)
        .annotate(
            own=_grounds(Consent.Purpose.AID),
            others=Case(When(family, then=_grounds(*_FAMILY)), default=Value(True)),
        )
        .filter(Q(own=False) | Q(others=False))
        .order_by("applied_on", "pk")
    )
    for uid, name, on, own, others in rows.values_list("uid", "person__name", "applied_on", "own", "others"):
        lacking = [*(() if own else ("本人",)), *(() if others else ("家庭成员（未满14周岁的由监护人）",))]
        message = f"没有登记{'、'.join(lacking)}的同意或法律依据"
        yield Finding("R-PRI-02", WARN, on >= IN_FORCE, True, f"{name} {on}", message, SOURCE, str(uid), on)


CHECKS = (
    CheckSpec(
        "R-PRI-02",
        "困难补助里的敏感信息有同意或法律依据",
        grounds,
        "care.AidCase",
        "在这条记录的页面上点“登记个人信息同意”；不用同意的写明法律依据",
    ),
)
