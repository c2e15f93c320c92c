"""The lines of the catalogue of facts: value, small bars, section, and how they are found."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from django.utils.safestring import SafeString

from zhijia.core.names import pinyin_key
from zhijia.features import FEATURES
from zhijia.shell import catalogue, figures, hallway, overview
from zhijia.shell.kept import Kept, mark
from zhijia.shell.links import fact_url
from zhijia.shell.periods import Asked

GROUND = "基本情况"
PLAIN = ("", "设置")  # rooms whose facts are nobody's field of work


@dataclass(frozen=True, slots=True)
class FactLine:
    """One fact in the catalogue."""

    key: str
    label: str
    value: str
    count: int
    url: str
    spark: SafeString


_drawn: Kept[tuple[FactLine, ...]] = Kept(32)


def lines(asked: Asked) -> tuple[FactLine, ...]:
    """Every fact of the scope, kept until something is written."""
    return _drawn.get((asked.scope, asked.query, mark(asked.scope.union)), lambda: _lines(asked))


def _lines(asked: Asked) -> tuple[FactLine, ...]:
    """Every fact of the scope with its small bars, in the order of the sections."""
    values = overview.values(asked.scope)
    return tuple(
        FactLine(
            fact.key, fact.label, catalogue.shown(fact.value, fact.unit), fact.evidence_count,
            fact_url(fact.key, period=asked.query), figures.spark(fact),
        )
        for fact in (values[key] for key in _sections())
    )  # fmt: skip


def fits(fact: FactLine, wanted: str) -> bool:
    """Whether the words asked for are in the fact's name or key, or begin the initials of a part of its name."""
    words = wanted.lower()
    return not words or words in fact.label.lower() or words in fact.key or words in _letters(fact.label)


@cache
def _letters(label: str) -> str:
    return pinyin_key(label)


@cache
def _sections() -> dict[str, str]:
    found = {
        spec.key: GROUND if feature.section in PLAIN else feature.section
        for feature in FEATURES
        for spec in feature.facts
    }
    order = [label for label, _word, _icon in hallway.SECTIONS] + [GROUND]
    return dict(sorted(found.items(), key=lambda pair: order.index(pair[1])))


def sections() -> tuple[str, ...]:
    """The sections that have facts, in the order of the navigation."""
    return tuple(dict.fromkeys(_sections().values()))


def section_of(key: str) -> str:
    """The section of the navigation under which the fact's room stands."""
    return _sections().get(key, GROUND)
