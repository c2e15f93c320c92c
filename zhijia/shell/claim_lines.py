"""Claims as the page shows them: evidence, what is missing, and the ways out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from zhijia.core.access import Access
from zhijia.core.claims import ClaimValue, due_windows
from zhijia.core.feature_types import HOLDS, REFUTED, UNKNOWN, Scope, YearlyClaim
from zhijia.core.pages.parts import Action, Badge
from zhijia.shell import usage
from zhijia.shell.catalogue import STATES
from zhijia.shell.links import fact_url, list_url, start_url

ORDER = (REFUTED, UNKNOWN, HOLDS)
TONES = {REFUTED: "late", UNKNOWN: "due", HOLDS: "done"}
EXEMPTION = "plans.Exemption"
# In a window of so many days its first day is a good proposal; a whole year's first day would be a date made up.
_SHORT = timedelta(days=45)


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that is missing, and what can be done about it."""

    text: str
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """A claim as the page shows it."""

    key: str
    text: str
    badge: Badge
    lacks: tuple[Lack, ...]
    evidence: str
    exempt: str


def line(access: Access, scope: Scope, claim: ClaimValue) -> ClaimLine:
    """A judged claim with its evidence and ways out; what is missing may name people, so not everybody reads it."""
    spec = usage.claim_spec(claim.key)
    lacks: tuple[Lack, ...] = ()
    if claim.missing and access.may("shell.records"):
        years = claim.absent or (None,) * len(claim.missing)
        lacks = tuple(
            Lack(text, _ways(access, scope, spec, year)) for text, year in zip(claim.missing, years, strict=True)
        )
    facts = usage.evidence_of(claim.key)
    evidence = fact_url(facts[0].key) if facts else ""
    if not evidence and isinstance(spec, YearlyClaim):
        evidence = list_url(access, _model(spec, scope)._meta.label)
    exempt = "；".join(f"{one.year}年：{one.reason}（{one.doc_number}）" for one in claim.exempt)
    badge = Badge(STATES[claim.state], TONES[claim.state])
    return ClaimLine(claim.key, claim.text_final or claim.text, badge, lacks, evidence, exempt)


def _model(spec: YearlyClaim, scope: Scope) -> Any:
    return spec.rows.rows(scope).model


def _ways(access: Access, scope: Scope, spec: Any, year: int | None) -> tuple[Action, ...]:
    """Record what is missing of a year, or say why the year does not count."""
    if year is None or not isinstance(spec, YearlyClaim):
        return ()
    found = []
    model = _model(spec, scope)
    new = start_url(access, model._meta.label, _known(spec, scope, model, year))
    if new:
        found.append(Action(f"补记{year}年", new, "plus"))
    exempt = start_url(access, EXEMPTION, (("claim", spec.key), ("year", str(year))))
    if exempt:
        found.append(Action(f"{year}年不用办，登记原因", exempt))
    return tuple(found)


def _known(spec: YearlyClaim, scope: Scope, model: Any, year: int) -> list[tuple[str, str]]:
    """What a record that answers the claim has: it is recorded afterwards; its year or day, and its categories."""
    fields = {field.name for field in model._meta.concrete_fields}
    found = [("origin", "recorded")]
    if "year" in fields:
        found.append(("year", str(year)))
    first, end = due_windows(spec, scope)[year]
    if spec.rows.on in fields and end - first <= _SHORT:
        found.append((spec.rows.on, first.isoformat()))
    for name, codes in spec.where.items():
        path = spec.rows.dims.get(name, "")
        if path in fields:
            found.append((path, str(codes[0])))
    return found
