"""Figures of a draft as today's records give them, and what changed since a version was frozen."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from zhijia.core import evidence
from zhijia.core.cube import Rate
from zhijia.core.feature_types import Scope
from zhijia.features import FEATURES
from zhijia.reports.drafts.body import Body, Live, Sentence, from_json
from zhijia.reports.material import Material, light, narrowed
from zhijia.reports.models import Draft, DraftSection, DraftVersion
from zhijia.reports.pattern import Ask
from zhijia.reports.prose import Figure
from zhijia.reports.telling import printed_again
from zhijia.reports.versions import Line, lines_since, packed, unpacked


def scope_of(draft: Draft, today: date) -> Scope:
    """The draft's term, seen from today."""
    return Scope(draft.union_id, draft.first, draft.end, today, draft.label, draft.term)


@dataclass(frozen=True, slots=True)
class Reading:
    """Figures measured once for a page or a paper.

    Where it was not `careful` with the rules that keep named records out of lists, such lists read as last saved.
    """

    material: Material
    figures: Mapping[Ask, Figure | None]
    careful: bool = True

    def figure(self, live: Live) -> Figure | None:
        """The figure today; None where the records tell nothing any more."""
        return self.figures.get(live.ask)

    def text(self, live: Live) -> str:
        """How the figure reads today; how it read when saved where the records tell nothing any more."""
        figure = self.figure(live)
        return figure.text if figure and (self.careful or not live.clean) else live.text

    def lost(self, live: Live) -> bool:
        """Whether the records tell nothing of it any more."""
        return self.figure(live) is None

    def shown(self, body: Iterable[Sentence]) -> dict[int, str]:
        """How the figures of the sentences read today, by id."""
        return {live.id: self.text(live) for sentence in body for live in sentence.lives}

    def fresh(self, body: Body) -> Body:
        """The body with its figures as they read today."""
        return tuple(
            replace(s, spans=tuple(replace(x, text=self.text(x)) if isinstance(x, Live) else x for x in s.spans))
            for s in body
        )


def bodies(sections: Iterable[DraftSection]) -> dict[int, Body]:
    """The sentences of each section by its number."""
    return {section.number: from_json(section.body) for section in sections}


def asks_of(found: Iterable[Body]) -> list[Ask]:
    """Every different figure of the bodies."""
    return list(dict.fromkeys(live.ask for body in found for sentence in body for live in sentence.lives))


def read(scope: Scope, found: Iterable[Body], *, names: bool = True, careful: bool = True) -> Reading:
    """Measure the figures of the bodies; from the cache where no record has changed."""
    asks = asks_of(found)
    material = light(FEATURES, scope, asks, names=names, careful=careful)
    return Reading(material, {ask: printed_again(ask, material) for ask in asks}, careful)


def from_material(material: Material, found: Iterable[Body]) -> Reading:
    """The figures of the bodies read from what a package measured."""
    return Reading(material, {ask: printed_again(ask, material) for ask in asks_of(found)})


def as_frozen(reading: Reading, version: DraftVersion) -> Reading:
    """The figures as a version printed them: a settled text does not move with the records."""
    figures = dict(reading.figures)
    for kept in version.figures:
        value = kept["value"]
        rich = Rate(value["num"], value["den"]) if isinstance(value, dict) else value
        figures[_ask(kept)] = Figure(kept["key"], kept["text"], rich, kept["by"])
    return Reading(reading.material, figures, reading.careful)


def behind(live: Live, material: Material) -> tuple[Any, dict[str, str]]:
    """The fact behind a figure, narrowed to its part, and the year if it is one year's; (None, {}) where none is."""
    spec = material.specs.get(live.key)
    if spec is None:
        return None, {}
    part = narrowed(material.specs, [live.ask]).get((live.ask.key, live.ask.codes), spec)
    return part, {"year": live.ask.year} if live.ask.year else {}


def _ids(live: Live, material: Material) -> list[int]:
    spec, by = behind(live, material)
    if spec is None:
        return []
    return sorted(evidence.queryset(spec, material.scope, by=by).order_by().values_list("pk", flat=True))


def frozen_figures(reading: Reading, found: Iterable[Body]) -> list[dict[str, Any]]:
    """Every different figure of the bodies as a version keeps it: how it reads, its value, the records behind it."""
    kept: dict[Ask, dict[str, Any]] = {}
    for live in (live for body in found for sentence in body for live in sentence.lives):
        if live.ask in kept:
            continue
        figure = reading.figure(live)
        value = figure.value if figure else None
        kept[live.ask] = {
            "key": live.key, "by": dict(live.by), "form": live.form, "unit": live.unit, "clean": live.clean,
            "text": reading.text(live),
            "value": {"num": value.num, "den": value.den} if isinstance(value, Rate) else value,
            "ids": base64.b64encode(packed(_ids(live, reading.material))).decode(),
        }  # fmt: skip
    return list(kept.values())


@dataclass(frozen=True, slots=True)
class Moved:
    """A figure that no longer reads as the version says."""

    live: Live
    old: str
    new: str


def moved(version: DraftVersion | None, reading: Reading, body: Iterable[Sentence]) -> list[Moved]:
    """The figures of the sentences that read differently since the version; no query."""
    if version is None:
        return []
    frozen = {_ask(one): one["text"] for one in version.figures}
    found: dict[Ask, Moved] = {}
    for live in (live for sentence in body if not sentence.hidden for live in sentence.lives):
        now = "（已无记录）" if reading.lost(live) else reading.text(live)
        old = frozen.get(live.ask)
        if old is not None and old != now:
            found.setdefault(live.ask, Moved(live, old, now))
    return list(found.values())


@dataclass(frozen=True, slots=True)
class Since:
    """What happened to the records behind one figure since a version: how many came and went, and the audit lines."""

    added: tuple[int, ...]
    removed: tuple[int, ...]
    lines: Sequence[Line]


def since(version: DraftVersion, live: Live, material: Material) -> Since | None:
    """What happened behind a figure since the version; None where the version does not hold it."""
    kept = next((one for one in version.figures if _ask(one) == live.ask), None)
    spec, _by = behind(live, material)
    if kept is None or spec is None:
        return None
    before, now = set(unpacked(base64.b64decode(kept["ids"]))), set(_ids(live, material))
    lines = tuple(lines_since(spec, material.scope, version.audit_seq))
    return Since(tuple(sorted(now - before)), tuple(sorted(before - now)), lines)


def _ask(kept: Mapping[str, Any]) -> Ask:
    return Ask(kept["key"], tuple(sorted(kept["by"].items())), kept["form"], kept["unit"], kept["clean"])
