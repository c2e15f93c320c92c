"""R-PRI-03: children under 14 stand in the household only while a guardian agrees."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef

from zhijia.core.feature_types import CheckSpec, Finding, Scope
from zhijia.core.outcomes import WARN
from zhijia.members.grounds import Consent, in_force
from zhijia.members.household_rules import CHILD_UNTIL, SOURCE, under_14
from zhijia.members.models import Relative


def children(scope: Scope) -> Iterable[Finding]:
    """Children kept on the last day of the scope without a consent in force then; one query. Names nobody."""
    agreed = Consent.objects.filter(
        in_force(scope.last), person=OuterRef("person"), withdrawn_on=None, purpose=Consent.Purpose.CHILD
    )
    rows = Relative.objects.in_union(scope.union).filter(birth_on__year__gte=scope.last.year - CHILD_UNTIL)
    rows = rows.exclude(end__lte=scope.last).annotate(agreed=Exists(agreed)).filter(agreed=False).order_by("pk")
    for uid, birth_on in rows.values_list("uid", "birth_on"):
        if under_14(birth_on, scope.last):
            message = "登记了未满14周岁子女的信息，没有监护人同意（或同意已经撤回）"
            yield Finding("R-PRI-03", WARN, True, True, "家庭成员", message, SOURCE, str(uid), scope.last)


CHECKS = (
    CheckSpec(
        "R-PRI-03",
        "未满14周岁子女的信息有监护人同意",
        children,
        "members.Relative",
        "请监护人同意后登记在“个人信息同意”里；不同意的，删去这名家庭成员的信息",
    ),
)
