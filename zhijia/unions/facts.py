"""Facts of the terms, groups and outside bodies."""

from __future__ import annotations

from typing import Any

from django.db.models import Subquery, Value
from django.db.models.functions import Coalesce

from zhijia.core.dates import years_between
from zhijia.core.feature_types import EvidenceSet, FactSpec, Scope, SingleSpec
from zhijia.unions.models import Group, OutsideBody, Term


def _term(scope: Scope) -> tuple[Term | None, Any]:
    """The scope's term of office (of a period without one the latest that it touches), and it as records."""
    terms = Term.objects.in_union(scope.union).filter(first__lt=scope.end, end__gt=scope.first)
    latest = Subquery(terms.order_by("-number").values("number")[:1])
    found = terms.filter(number=scope.term or latest)
    return next(iter(found), None), found


def _number(scope: Scope) -> tuple[int | None, Any]:
    term, found = _term(scope)
    return (term.number if term else None), found


def _years(scope: Scope) -> tuple[int | None, Any]:
    term, found = _term(scope)
    return (years_between(term.first, term.end) if term else None), found


def since_known(rows: Any, scope: Scope) -> Any:
    """Rows with `since`: their first day, or the scope's where the ledger tells none: they were there before."""
    return rows.annotate(since=Coalesce("first", Value(scope.first)))


def _groups(scope: Scope) -> Any:
    return since_known(Group.objects.in_union(scope.union), scope)


def _bodies(scope: Scope) -> Any:
    return since_known(OutsideBody.objects.in_union(scope.union), scope)


GROUPS = EvidenceSet("unions.groups", "工会小组", _groups, since="since", until="end", label=("name", "department"))
BODIES = EvidenceSet(
    "unions.bodies",
    "外部单位",
    _bodies,
    since="since",
    until="end",
    label=("name",),
    dims={"role": "role"},
    dim_labels={"role": dict(OutsideBody.Role.choices)},
)

FACTS = (
    SingleSpec("terms.number", "届次", "届", _number, rids=("R01",), label_paths=("number",)),
    SingleSpec("terms.years", "任期年数", "年", _years, rids=("R03",), label_paths=("number",)),
    FactSpec("groups.count", "工会小组数", "个", GROUPS, rids=("R13",)),
    FactSpec("bodies.count", "往来单位数", "个", BODIES, by=("role",), rids=("R04", "R16")),
)
