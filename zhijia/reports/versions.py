"""Frozen packages: stored when made, and compared with today's records when opened again."""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import accumulate
from typing import Any

from django.apps import apps
from django.db import transaction
from django.utils import timezone

from zhijia.core import audit, evidence, fact_cache, facts
from zhijia.core.access import Access
from zhijia.core.cube import Rate
from zhijia.core.db import snapshot
from zhijia.core.facts import FactValue
from zhijia.core.feature_types import FactSpec, Scope, SingleSpec
from zhijia.core.outcomes import Refused, Violation
from zhijia.features import FEATURES
from zhijia.reports.models import PackageVersion, VersionFigure
from zhijia.standards.services import load

Spec = FactSpec | SingleSpec


@dataclass(frozen=True, slots=True)
class Frozen:
    """A fact as a version keeps it."""

    key: str
    label: str
    value: Any
    ids: bytes


@dataclass(frozen=True, slots=True)
class Line:
    """What the audit chain tells of a change since."""

    seq: int
    verb: str
    subject: str
    subject_id: int | None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Drift:
    """A fact that is no longer what the version says: both values, records that came or went, and the lines since."""

    key: str
    label: str
    old: Any
    new: Any
    added: tuple[int, ...]
    removed: tuple[int, ...]
    lines: tuple[Line, ...]


def packed(ids: Iterable[int]) -> bytes:
    """Sorted ids, packed: their distances, compressed."""
    numbers = sorted(ids)
    distances = array("q", (here - before for before, here in zip([0, *numbers], numbers, strict=False)))
    return zlib.compress(distances.tobytes(), 6)


def unpacked(data: bytes) -> list[int]:
    """The ids of `packed`, sorted."""
    distances = array("q")
    distances.frombytes(zlib.decompress(data))
    return list(accumulate(distances))


def _plain(value: Any) -> Any:
    return {"num": value.num, "den": value.den} if isinstance(value, Rate) else value


def _kept(fact: FactValue) -> dict[str, Any]:
    by = {axis: {code: _plain(part) for code, part in parts.items()} for axis, parts in fact.by.items()}
    kept: dict[str, Any] = {"value": _plain(fact.value), "by": by}
    if fact.items:
        kept["items"] = [[str(item.on or ""), *item.label] for item in fact.items]
    return kept


def freeze(specs: Mapping[str, Spec], values: Mapping[str, FactValue], scope: Scope) -> list[Frozen]:
    """Every fact with its records' ids; call it inside the snapshot in which the values were measured."""
    found = []
    for key, spec in specs.items():
        fact = values[key]
        ids = evidence.ids(spec, scope) if fact.evidence_count else []
        found.append(Frozen(key, fact.label, _kept(fact), packed(ids)))
    return found


@transaction.atomic
def store(
    scope: Scope, frozen: Sequence[Frozen], documents: Sequence[Mapping[str, Any]], *, audit_seq: int, by: Access
) -> PackageVersion:
    """Keep a version: its facts, the audit line it was made at, its documents ({file, sha256, size})."""
    last = (
        PackageVersion.objects.filter(union_id=scope.union).order_by("-number").values_list("number", flat=True).first()
    )
    version = PackageVersion.objects.create(
        union_id=scope.union,
        number=(last or 0) + 1,
        label=scope.label or f"{scope.first}至{scope.last}",
        term=scope.term,
        first=scope.first,
        end=scope.end,
        today=scope.today,
        audit_seq=audit_seq,
        created_at=timezone.now(),
        created_by=by.name,
        documents=[dict(document) for document in documents],
    )
    VersionFigure.objects.bulk_create(
        VersionFigure(version=version, key=one.key, label=one.label, value=one.value, ids=one.ids) for one in frozen
    )
    audit.record(
        union=scope.union, by=by, verb="reports.packaged", subject=version, changes={"documents": len(documents)}
    )
    return version


def listed(union: int) -> list[PackageVersion]:
    """The union's versions, newest first."""
    return list(PackageVersion.objects.filter(union_id=union).order_by("-number"))


@transaction.atomic
def confirm(version: PackageVersion, *, name: str, by: Access, today: date) -> PackageVersion:
    """A named person vouches for the official phrases and the leading bodies' names: the version is final.

    Refused: no name, a version already confirmed, phrases in use that nobody has confirmed in the union's standards.
    """
    problems = []
    if not name.strip():
        problems.append(Violation("name", "请写明由谁确认", mend="填写确认人的姓名"))
    if version.confirmed_by:
        problems.append(Violation("confirmed", f"这一稿已由{version.confirmed_by}确认", mend="有改动请重新生成"))
    open_phrases = [phrase for phrase in load(version.union_id).all_phrases if not phrase.confirmed]
    problems += [
        Violation("phrase", "官方表述还没有人确认", phrase.source, value=phrase.text[:40], mend="先在官方表述里确认")
        for phrase in open_phrases
    ]
    if problems:
        raise Refused(problems)
    version.confirmed_by, version.confirmed_on = name.strip(), today
    version.save(update_fields=["confirmed_by", "confirmed_on"])
    audit.record(union=version.union_id, by=by, verb="reports.confirmed", subject=version)
    return version


def scope_of(version: PackageVersion) -> Scope:
    """The scope that the version was made for, as seen on its day."""
    return Scope(version.union_id, version.first, version.end, version.today, version.label, version.term)


def drift(version: PackageVersion) -> list[Drift]:
    """What has changed since: facts whose value or records differ, with the audit lines of those records since.

    Measured over the version's own scope and day, so that only changed records show. Facts whose key no room declares
    any more are left out. Lines are of the changed records' own kind.
    """
    scope = scope_of(version)
    specs = {spec.key: spec for feature in FEATURES for spec in feature.facts}
    stored = {figure.key: figure for figure in version.figures.all() if figure.key in specs}
    with snapshot():
        values = facts.compute([specs[key] for key in stored], scope)
        return [
            drifted
            for key, figure in stored.items()
            if (drifted := _drift(figure, specs[key], values[key], scope, version.audit_seq))
        ]


def _drift(figure: VersionFigure, spec: Spec, fact: FactValue, scope: Scope, seq: int) -> Drift | None:
    before = set(unpacked(bytes(figure.ids)))
    now = set(evidence.ids(spec, scope)) if fact.evidence_count else set()
    kept = _kept(fact)
    if before == now and figure.value == kept:
        return None
    return Drift(
        key=figure.key,
        label=figure.label,
        old=figure.value["value"],
        new=kept["value"],
        added=tuple(sorted(now - before)),
        removed=tuple(sorted(before - now)),
        lines=tuple(lines_since(spec, scope, seq)),
    )


def lines_since(spec: Spec, scope: Scope, seq: int) -> Iterable[Line]:
    """The lines since then that wrote a table which the fact reads, and imports."""
    statement = fact_cache.statement(evidence.queryset(spec, scope))
    tables = fact_cache.tables_in(statement[0]) if statement else set()
    kinds = {model._meta.label_lower for model in apps.get_models() if model._meta.db_table in tables}
    for line in audit.since(scope.union, seq):
        kind = line.subject.lower() or line.verb.rpartition(".")[0]
        if line.batch_id or kind in kinds:
            yield Line(line.seq, line.verb, line.subject, line.subject_id, line.at)
