"""Everything that the documents of one package are told from, measured once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from zhijia.core import checks, claims, evidence, facts
from zhijia.core.cells import Item
from zhijia.core.claims import ClaimValue, Exemption
from zhijia.core.cube import Rate
from zhijia.core.dates import chinese_date
from zhijia.core.facts import FactValue
from zhijia.core.feature_types import ClaimSpec, FactSpec, Feature, Finding, Scope, SingleSpec
from zhijia.reports.naming import NAMELESS, Names, names_of
from zhijia.reports.pattern import Ask
from zhijia.standards.rules import Standards
from zhijia.standards.services import load

Spec = FactSpec | SingleSpec
Codes = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Got:
    """A value asked for, with what figures.json tells of it."""

    value: Any
    unit: str
    by: Mapping[str, str]
    items: tuple[Item, ...] = ()


@dataclass(slots=True)
class Material:
    """One scope's measured facts. `parts` are facts narrowed to categories: (key, codes) -> value.

    `rules` says what is checked: (rule, "app.Model") -> title.
    """

    scope: Scope
    names: Names
    standards: Standards
    specs: Mapping[str, Spec]
    values: Mapping[str, FactValue]
    parts: Mapping[tuple[str, Codes], FactValue]
    claims: Mapping[str, ClaimValue] = field(default_factory=dict)
    findings: Sequence[Finding] = ()
    rules: Mapping[tuple[str, str], str] = field(default_factory=dict)
    papers: Sequence[Any] = ()
    _counts: dict[tuple[str, tuple[str, ...]], dict[tuple[str, ...], int]] = field(default_factory=dict)

    def fact(self, key: str) -> FactValue | None:
        """A fact by its key; None where no room declares it."""
        return self.values.get(key)

    def year(self, word: str) -> str:
        """The year meant by "first", "last", "before" (the last whole one) or its digits."""
        years, last = self.scope.years, self.scope.last
        whole = last.year if (last.month, last.day) == (12, 31) else last.year - 1
        return str({"first": years[0], "last": years[-1], "before": whole}.get(word, word))

    def alone(self, key: str, codes: Codes) -> str:
        """The latest year in which exactly one record is behind a part of a fact; empty where there is none."""
        years = [
            str(year) for year in self.scope.years if self.evidence_count(key, dict(codes) | {"year": str(year)}) == 1
        ]
        return years[-1] if years else ""

    def get(self, ask: Ask) -> Got | None:
        """The value asked for; None where the fact, the category or the year does not exist here."""
        fact = self.parts.get((ask.key, ask.codes)) if ask.codes else self.values.get(ask.key)
        if fact is None:
            return None
        by = dict(ask.codes)
        if not ask.year:
            return Got(fact.value, fact.unit, by, fact.items)
        year = self.alone(ask.key, ask.codes) if ask.year == "alone" else self.year(ask.year)
        if year not in fact.by.get("year", {}):
            return None
        items = tuple(item for item in fact.items if str(item.year) == year)
        return Got(fact.by["year"][year], fact.unit, by | {"year": year}, items)

    def evidence_count(self, key: str, by: Mapping[str, str]) -> int:
        """How many records are behind a value or a part of it; all parts of one breakdown cost one query."""
        spec, fact = self.specs[key], self.values[key]
        if not by or isinstance(spec, SingleSpec):
            return fact.evidence_count
        axes = tuple(sorted(by))
        rows = spec.rows
        if len(by) == 1 and spec.measure in ("count", "items") and axes[0] in fact.by:
            return int(str(fact.by[axes[0]].get(by[axes[0]], 0)))
        if "year" in by and (rows.since or spec.measure == "running"):
            place = (key, axes)
            code = tuple(by[axis] for axis in axes)
            known = self._counts.setdefault(place, {})
            if code not in known:
                known[code] = evidence.queryset(spec, self.scope, by=by).order_by().count()
            return known[code]
        return self._grouped(spec, axes).get(tuple(by[axis] for axis in axes), 0)

    def _grouped(self, spec: FactSpec, axes: tuple[str, ...]) -> dict[tuple[str, ...], int]:
        place = (spec.key, axes)
        if place not in self._counts:
            from django.db.models import Count

            paths = [evidence.year_column(spec.rows) if axis == "year" else spec.rows.dims[axis] for axis in axes]
            found = evidence.queryset(spec, self.scope).order_by().values_list(*paths).annotate(evidence_n=Count("pk"))
            self._counts[place] = {}
            for *codes, number in found:
                code = tuple(evidence.code_of(value) for value in codes)
                self._counts[place][code] = self._counts[place].get(code, 0) + number
        return self._counts[place]

    def rows(self, key: str, *, by: Mapping[str, Any] | None = None) -> list[evidence.Evidence]:
        """The records behind a fact, by date; empty where no room declares it."""
        spec = self.specs.get(key)
        return list(evidence.rows(spec, self.scope, by=by)) if spec is not None else []

    def label_of(self, key: str, dim: str, code: str) -> str:
        """A category's name for people."""
        spec = self.specs.get(key)
        labels = spec.rows.dim_labels.get(dim, {}) if isinstance(spec, FactSpec) else {}
        return str(labels.get(code, code))

    def holds(self, claim: str) -> bool:
        """Whether the records confirm a claim; a claim that no room declares does not hold."""
        return claim in self.claims and self.claims[claim].state == "holds"


def specs_of(features: Iterable[Feature]) -> dict[str, Spec]:
    """Every fact of the rooms by its key, lowest room first."""
    return {spec.key: spec for feature in features for spec in feature.facts}


def claim_specs(features: Iterable[Feature]) -> list[ClaimSpec]:
    """Every claim of the rooms."""
    return [spec for feature in features for spec in feature.claims]


def narrowed(specs: Mapping[str, Spec], asked: Iterable[Ask]) -> dict[tuple[str, Codes], FactSpec]:
    """One fact for each part asked for whose room declares fact and categories; they share the sets' queries."""
    found: dict[tuple[str, Codes], FactSpec] = {}
    for ask in asked:
        spec, place = specs.get(ask.key), (ask.key, ask.codes)
        if not ask.codes or place in found or not isinstance(spec, FactSpec):
            continue
        if any(dim not in spec.rows.dims for dim, _code in ask.codes):
            continue
        where = dict(spec.where)
        for dim, code in ask.codes:
            wanted = tuple(code.split("|"))
            given = where.get(dim)
            where[dim] = wanted if given is None else tuple(one for one in given if evidence.code_of(one) in wanted)
        name = ",".join(f"{dim}={code}" for dim, code in ask.codes)
        found[place] = replace(spec, key=f"{spec.key}|{name}", where=where, by=("year",))
    return found


def by_role(specs: Mapping[str, Spec], keys: Iterable[str]) -> list[FactSpec]:
    """One breakdown by the union's role for each fact that chooses a verb, and whose set knows roles."""
    found = {}
    for key in keys:
        spec = specs.get(key)
        if isinstance(spec, FactSpec) and "role" in spec.rows.dims:
            found[key] = replace(spec, key=f"{key}|role", measure="count", by=("role",))
    return list(found.values())


def gather(
    features: Sequence[Feature],
    scope: Scope,
    *,
    asked: Iterable[Ask] = (),
    verbs: Iterable[str] = (),
) -> Material:
    """Measure all facts and the parts asked for, judge the claims and run the rules over the records."""
    specs = specs_of(features)
    parts = narrowed(specs, asked)
    every: list[Spec] = [*specs.values(), *parts.values(), *by_role(specs, verbs)]
    measured = facts.compute(every, scope)
    values = {key: fact for key, fact in measured.items() if "|" not in key or key.endswith("|role")}
    found = {place: measured[spec.key] for place, spec in parts.items()}
    material = Material(scope, names_of(scope), load(scope.union), specs, values, found)
    judged = claims.judge(claim_specs(features), scope, values, exemptions=_exemptions(material))
    material.claims = {claim.key: claim for claim in judged}
    checked = [spec for feature in features for spec in feature.checks]
    material.findings = checks.run(checked, scope)
    material.rules = {(spec.rule, spec.label): spec.title for spec in checked}
    return material


def light(
    features: Sequence[Feature],
    scope: Scope,
    asked: Iterable[Ask],
    *,
    names: bool = True,
    careful: bool = True,
    cache: bool = True,
) -> Material:
    """Only the facts and parts asked for, and (if `careful`) the rules that keep named records out; no claims.

    A page that prints figures alone does without the `names`.
    """
    wanted = list(asked)
    known = specs_of(features)
    specs = {one.key: known[one.key] for one in wanted if one.key in known}
    parts = narrowed(specs, wanted)
    measured = facts.compute([*specs.values(), *parts.values()], scope, cache=cache)
    values = {key: measured[key] for key in specs}
    rules = {one.clean for one in wanted if one.clean} if careful else set()
    found = checks.run([spec for feature in features for spec in feature.checks if spec.rule in rules], scope)
    by_part = {place: measured[spec.key] for place, spec in parts.items()}
    called = names_of(scope) if names else NAMELESS
    return Material(scope, called, Standards(), specs, values, by_part, findings=found)


def _exemptions(material: Material) -> dict[str, dict[int, Exemption]]:
    """Years exempted from yearly claims, from the plans room's records (claim key, year, reason, document number)."""
    found: dict[str, dict[int, Exemption]] = {}
    for row in material.rows("plans.exemptions"):
        words = dict(zip(("claim", "year", "reason", "doc"), row.label, strict=False))
        year = words.get("year", "") or row.dims.get("year", "")
        if year.isdigit():
            exemption = Exemption(words.get("reason", ""), words.get("doc", ""))
            found.setdefault(words.get("claim", ""), {})[int(year)] = exemption
    return found


@dataclass(slots=True)
class YearMaterial(Material):
    """One calendar year of a term's material: the same measured values, read at the year. No query of its own."""

    term: Material | None = None
    number: str = ""

    def get(self, ask: Ask) -> Got | None:
        """The value in this year; None for facts that have no years."""
        assert self.term is not None
        return self.term.get(replace(ask, by=(*ask.codes, ("year", self.number))))

    def evidence_count(self, key: str, by: Mapping[str, str]) -> int:
        """How many records of this year are behind a value."""
        assert self.term is not None
        return self.term.evidence_count(key, dict(by) | {"year": self.number})


def of_year(material: Material, year: int) -> YearMaterial | None:
    """The year's material; None where no day of it counts."""
    scope = within(material.scope, year)
    if scope is None:
        return None
    whole = scope.last == date(year, 12, 31)
    words = {"so_far": "全年", "at_end": "年末"} if whole else {"so_far": "今年以来", "at_end": "目前"}
    words["last"] = chinese_date(scope.last)
    names = replace(material.names, words={**material.names.words, **words})
    return YearMaterial(
        scope, names, material.standards, material.specs, material.values, material.parts, material.claims,
        material.findings, material.rules, term=material, number=str(year),
    )  # fmt: skip


def within(scope: Scope, year: int) -> Scope | None:
    """The days of a calendar year that belong to the scope and are over; None where there are none."""
    first, end = max(scope.first, date(year, 1, 1)), min(scope.end, date(year + 1, 1, 1))
    if first >= min(end, scope.until):
        return None
    return Scope(scope.union, first, end, scope.today, f"{year}年", scope.term)


def told(got: Got | None) -> bool:
    """Whether there is something to tell: a number above zero, a rate with a denominator, a text."""
    if got is None or got.value is None:
        return False
    return got.value.den > 0 if isinstance(got.value, Rate) else bool(got.value)
