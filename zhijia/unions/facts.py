"""Facts of the terms and outside bodies; groups are counted where their leaders are known."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, CharField, F, Subquery, Value, When
from django.db.models.functions import Coalesce

from zhijia.core import bearers
from zhijia.core.dates import years_between
from zhijia.core.feature_types import EvidenceSet, FactSpec, Scope, SingleSpec
from zhijia.unions import naming
from zhijia.unions.models import OutsideBody, Term


def _term(scope: Scope) -> tuple[dict[str, int | None], Any]:
    """Number and years of the scope's term of office, of a period without one of the latest that it touches."""
    terms = Term.objects.in_union(scope.union).filter(first__lt=scope.end, end__gt=scope.first)
    latest = Subquery(terms.order_by("-number").values("number")[:1])
    found = terms.filter(number=scope.term or latest)
    term = next(iter(found), None)
    number, years = (term.number, years_between(term.first, term.end)) if term else (None, None)
    return {"number": number, "years": years}, found


def since_known(rows: Any, scope: Scope) -> Any:
    """Rows with `since`: their first day, or the scope's where the ledger tells none: they were there before."""
    return rows.annotate(since=Coalesce("first", Value(scope.first)))


def groups_told(rows: Any, scope: Scope) -> Any:
    """Rows of a group with `group_told`: its name, with a day where another group bears it too, as exports write it.

    For sets in whose period two groups of one name may occur; on one day there is never more than one. One query.
    """
    borne = naming.borne(scope.union)
    told = bearers.apart(borne).items()
    named = [When(group=pk, then=Value(name)) for pk, name in told if name != borne[pk][0]]
    return rows.annotate(group_told=Case(*named, default=F("group__name"), output_field=CharField()))


def _bodies(scope: Scope) -> Any:
    return since_known(OutsideBody.objects.in_union(scope.union), scope)


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
    SingleSpec("terms.number", "届次", "届", _term, rids=("R01",), label_paths=("number",), of="number"),
    SingleSpec("terms.years", "任期年数", "年", _term, rids=("R03",), label_paths=("number",), of="years"),
    FactSpec("bodies.count", "往来单位数", "个", BODIES, by=("role",), rids=("R04", "R16")),
)
