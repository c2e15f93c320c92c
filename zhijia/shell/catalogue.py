"""The rooms' facts, claims, checks and sheets as one catalogue, and how a value is written for people."""

from __future__ import annotations

from zhijia.core import checks, facts
from zhijia.core.claims import ClaimValue
from zhijia.core.cube import Rate
from zhijia.core.evidence import Evidence
from zhijia.core.facts import FactValue
from zhijia.core.feature_types import (
    HOLDS,
    REFUTED,
    UNKNOWN,
    CheckSpec,
    FactSpec,
    Finding,
    Scope,
    SingleSpec,
)
from zhijia.core.money import yuan
from zhijia.core.sheets.declare import Sheet
from zhijia.features import FEATURES
from zhijia.reports.material import Material, gather

STATES = {HOLDS: "成立", REFUTED: "不成立", UNKNOWN: "无法判断"}
FEN = "fen"

SHEETS: tuple[Sheet, ...] = tuple(sheet for feature in FEATURES for sheet in feature.sheets)
FACTS: tuple[FactSpec | SingleSpec, ...] = tuple(spec for feature in FEATURES for spec in feature.facts)
CHECKS: tuple[CheckSpec, ...] = tuple(spec for feature in FEATURES for spec in feature.checks)


def fact_spec(key: str) -> FactSpec | SingleSpec | None:
    """The fact of that key."""
    return next((spec for spec in FACTS if spec.key == key), None)


def measured(scope: Scope) -> dict[str, FactValue]:
    """All facts of the scope, from the cache where nothing has changed."""
    return facts.compute(FACTS, scope)


def told(scope: Scope) -> Material:
    """All facts, claims (with the union's exemptions) and findings of the scope, as the documents take them."""
    return gather(FEATURES, scope)


def judged(scope: Scope) -> list[ClaimValue]:
    """All claims of the scope."""
    return list(told(scope).claims.values())


def findings(scope: Scope) -> list[Finding]:
    """What the checks find in the scope."""
    return checks.run(CHECKS, scope)


def shown(value: object, unit: str) -> str:
    """A value with its unit as tables show it: money in yuan, a rate as a percentage with both numbers."""
    if isinstance(value, Rate):
        return f"{value.num * 100 / value.den:.1f}%（{value.num}/{value.den}）" if value.den else "无法判断"
    if value is None:
        return "—"
    if unit == FEN:
        return f"{yuan(int(str(value)))} 元"
    return f"{value} {unit}" if isinstance(value, int) else str(value)


def is_money(spec: FactSpec | SingleSpec) -> bool:
    """True when the records behind the fact carry amounts in 分."""
    return spec.unit == FEN or (isinstance(spec, FactSpec) and spec.rows.fen.endswith("fen"))


def code_label(spec: FactSpec | SingleSpec, dimension: str, code: str) -> str:
    """How a category is called: its label, or 未填 where it is empty."""
    if isinstance(spec, FactSpec) and dimension == "year":
        return f"{code}年"
    labels = spec.rows.dim_labels.get(dimension, {}) if isinstance(spec, FactSpec) else {}
    return labels.get(code) or {"yes": "是", "no": "否", "": "未填"}.get(code, code)


def record_words(spec: FactSpec | SingleSpec, row: Evidence) -> list[str]:
    """The words that name one record; codes among them are shown by their label."""
    if isinstance(spec, SingleSpec):
        return [word for word in row.label if word]
    dimension_of = {path: name for name, path in spec.rows.dims.items()}
    words = []
    for path, word in zip(spec.rows.label, row.label, strict=True):
        if word:
            words.append(code_label(spec, dimension_of[path], word) if path in dimension_of else word)
    return words
