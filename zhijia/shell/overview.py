"""The numbers of the first page, kept in memory while the union's records stand still."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from zhijia.core import facts
from zhijia.core.claims import ClaimValue
from zhijia.core.facts import FactValue
from zhijia.core.feature_types import FactSpec, Finding, Scope, SingleSpec
from zhijia.shell import catalogue
from zhijia.shell.kept import Kept, mark


@dataclass(frozen=True, slots=True)
class Overview:
    """What the records of a scope say: how many facts and their values, the claims as judged, what the checks find."""

    facts: int
    claims: tuple[ClaimValue, ...]
    findings: tuple[Finding, ...]
    values: Mapping[str, FactValue] = field(default_factory=dict)


_known: Kept[Overview] = Kept(64)
_single: Kept[FactValue] = Kept(512)
_measured: Kept[Mapping[str, FactValue]] = Kept(32)


def overview(scope: Scope) -> Overview:
    """The overview of a scope: one query where nothing was written since it was last asked for."""
    return _known.get((scope, mark(scope.union)), lambda: _made(scope))


def values(scope: Scope) -> Mapping[str, FactValue]:
    """All facts of any scope, kept like the overview."""
    return _measured.get((scope, mark(scope.union)), lambda: catalogue.measured(scope))


def value(spec: FactSpec | SingleSpec, scope: Scope, state: bytes) -> FactValue:
    """One fact of any scope, kept like the overview; `state` is the records' `mark`."""
    return _single.get((spec.key, scope, state), lambda: facts.compute([spec], scope)[spec.key])


def _made(scope: Scope) -> Overview:
    told = catalogue.told(scope)
    return Overview(len(catalogue.FACTS), tuple(told.claims.values()), tuple(told.findings), dict(told.values))
