"""Where a fact is told: the claims that it proves and the sentences of the reports that print it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from zhijia.core.evidence import code_of
from zhijia.core.feature_types import ClaimSpec, FactSpec, YearlyClaim
from zhijia.features import FEATURES
from zhijia.reports import outline
from zhijia.shell import catalogue

CLAIMS: tuple[ClaimSpec, ...] = tuple(spec for feature in FEATURES for spec in feature.claims)
_CLAIM = re.compile(r"\[(?:claims\.\w+[, ]*)*:?|\]")


@dataclass(frozen=True, slots=True)
class Told:
    """One sentence of a report, with □ where figures stand, and the rows of the sample report that it tells."""

    text: str
    rids: tuple[str, ...]


@cache
def _sentences() -> dict[str, tuple[Told, ...]]:
    found: dict[str, dict[Told, None]] = {}
    for sentence in (*outline.every(), *outline.of_years()):
        keys = {ask.key for ask in sentence.asked()}
        keys |= {spec.key for name in sentence.claimed() for spec in evidence_of(name)}
        told = Told(_words(sentence.say[0]), sentence.rids)
        for key in keys:
            found.setdefault(key, {})[told] = None
    return {key: tuple(told) for key, told in found.items()}


def sentences(key: str) -> tuple[Told, ...]:
    """The sentences that print the fact, or that stand on a claim which it proves."""
    return _sentences().get(key, ())


def words_of(claim: ClaimSpec) -> str:
    """The claim as people read it, with □ where its number will stand."""
    return _words(claim.text)


def _words(pattern: str) -> str:
    """The pattern as people read it."""
    return _CLAIM.sub("", re.sub(r"\{[^{}]*\}", "□", pattern))


def claims(key: str) -> tuple[ClaimSpec, ...]:
    """The claims that the fact's records confirm or refute."""
    return tuple(claim for claim in CLAIMS if any(spec.key == key for spec in evidence_of(claim.key)))


@cache
def claim_spec(key: str) -> ClaimSpec | None:
    """The claim of that key."""
    return next((claim for claim in CLAIMS if claim.key == key), None)


@cache
def evidence_of(key: str) -> tuple[FactSpec, ...]:
    """The facts whose records a claim stands on, the one that fits best first; none for a set without a fact."""
    claim = claim_spec(key)
    if claim is None:
        return ()
    if not isinstance(claim, YearlyClaim):
        spec = catalogue.fact_spec(claim.fact)
        return (spec,) if isinstance(spec, FactSpec) else ()
    # A yearly claim may give its set a name of its own; the same rows function is the same set.
    same = [spec for spec in catalogue.FACTS if isinstance(spec, FactSpec) and spec.rows.rows is claim.rows.rows]
    wanted = _plain(claim.where)
    return tuple(spec for spec in _nearest(same, wanted) if _plain(spec.where).items() <= wanted.items())[:1]


def _nearest(specs: Iterable[FactSpec], wanted: dict[str, frozenset[str]]) -> list[FactSpec]:
    """Facts that keep the most of what is wanted first; plain counts before sums of the same records."""
    return sorted(
        specs, key=lambda spec: (-len(_plain(spec.where).items() & wanted.items()), spec.measure != "count", spec.key)
    )


def _plain(where: Mapping[str, tuple[Any, ...]]) -> dict[str, frozenset[str]]:
    return {name: frozenset(code_of(code) for code in codes) for name, codes in where.items()}
