"""The numbers of the first page, kept in memory while the union's records stand still."""

from __future__ import annotations

from collections import Counter, OrderedDict
from dataclasses import dataclass
from threading import Lock

from zhijia.core.claims import ClaimValue
from zhijia.core.feature_types import Finding, Scope
from zhijia.core.models import AuditHead
from zhijia.shell import catalogue

_KEPT = 64


@dataclass(frozen=True, slots=True)
class Overview:
    """What the records of a scope say: how many facts, the claims as judged, what the checks find."""

    facts: int
    claims: tuple[ClaimValue, ...]
    findings: tuple[Finding, ...]

    def by_state(self) -> list[tuple[str, str, int]]:
        """(code, name, number) of claims for each state, all three present."""
        counts = Counter(claim.state for claim in self.claims)
        return [(state, name, counts[state]) for state, name in catalogue.STATES.items()]


_known: OrderedDict[tuple[object, ...], Overview] = OrderedDict()
_lock = Lock()


def overview(scope: Scope) -> Overview:
    """The overview of a scope: one query where nothing was written since it was last asked for."""
    last = AuditHead.objects.filter(union_id=scope.union).values_list("hash", flat=True).first()
    key = (scope, bytes(last or b""))
    with _lock:
        if key in _known:
            _known.move_to_end(key)
            return _known[key]
    told = catalogue.told(scope)
    made = Overview(len(catalogue.FACTS), tuple(told.claims.values()), tuple(told.findings))
    with _lock:
        _known[key] = made
        while len(_known) > _KEPT:
            _known.popitem(last=False)
    return made
