"""Facts and the claim of the public notices."""

from __future__ import annotations

from typing import Any

from django.db.models import BooleanField, Case, F, Q, Value, When

from zhijia.core.feature_types import RATE, SHARE, TOTAL, EveryClaim, EvidenceSet, FactSpec, Scope
from zhijia.notices import rules
from zhijia.notices.models import Notice

LABELS = {"kind": dict(Notice.Kind.choices), "scope": dict(Notice.Reach.choices)}
HOUSING = (Notice.Kind.HOUSING.value, Notice.Kind.SUBSIDY.value)


def _notices(scope: Scope) -> Any:
    """Notices; those with objections are met when all are answered, and count neither way while they are still up."""
    met = Case(
        When(objections=0, then=None),
        When(answered__gte=F("objections"), then=Value(True)),
        When(Q(end=None) | Q(end__gt=scope.last), then=None),
        default=Value(False),
        output_field=BooleanField(null=True),
    )
    return Notice.objects.in_union(scope.union).annotate(met=met)


NOTICES = EvidenceSet(
    "notices.notices",
    "公示",
    _notices,
    on="posted_on",
    fen="objections",
    met="met",
    label=("title",),
    dims={"kind": "kind", "scope": "scope"},
    dim_labels=LABELS,
)
FACTS = (
    FactSpec("notices.count", "公示", "次", NOTICES, by=("year", "kind", "scope"), rids=("R64", "R78")),
    FactSpec("notices.objections", "公示收到异议", "件", NOTICES, TOTAL, by=("year", "kind"), rids=("R64",)),
    FactSpec("notices.answered", "有异议的公示全部答复", "%", NOTICES, RATE, rids=("R64", "R79")),
    FactSpec(
        "notices.housing_department",
        "住房和住房补贴公示面向全厅",
        "%",
        NOTICES,
        SHARE,
        {"kind": HOUSING},
        ("year", "kind"),
        ("R64",),
        num_where={"scope": tuple(sorted(rules.WHOLE_DEPARTMENT))},
    ),
)

CLAIMS = (
    EveryClaim(
        "claims.housing_notices_department",
        "机关干部职工购房、住房补贴的发放等都在全厅范围内进行公示",
        "notices.housing_department",
        rids=("R64",),
    ),
)
