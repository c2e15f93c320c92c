"""Facts measured: values with their breakdowns, from the cache where the records have not changed since.

Money is whole fen. A rate is `Rate(num, den)`; den 0 can not be judged. Years of the scope are always all present.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from zhijia.core import fact_cache as kept
from zhijia.core.cells import Item, Part, parts
from zhijia.core.cube import Measured, Rate, measure
from zhijia.core.feature_types import FactSpec, Scope, SingleSpec

# To be raised whenever the same rows are folded into other values.
_ENGINE = 2

Value = int | str | Rate


@dataclass(frozen=True, slots=True)
class FactValue:
    """One measured fact. `by[dimension][code]` are its breakdowns, `items` its named records (items facts only)."""

    key: str
    label: str
    unit: str
    value: Value
    by: Mapping[str, Mapping[str, Value]]
    evidence_count: int
    items: tuple[Item, ...] = ()
    spec: FactSpec | SingleSpec | None = field(default=None, repr=False, compare=False)

    def at(self, dimension: str, code: str | int, default: Value = 0) -> Value:
        """The value of one code of a breakdown; `default` where it has no records."""
        return self.by[dimension].get(str(code), default)


@dataclass(frozen=True, slots=True)
class _Single:
    """Facts that are read from one record at once."""

    specs: tuple[SingleSpec, ...]
    scope: Scope


def compute(specs: Sequence[FactSpec | SingleSpec], scope: Scope, *, cache: bool = True) -> dict[str, FactValue]:
    """Measure the facts in the scope and return them by key, in the order given.

    Nearly always one query per evidence set (`query_count`); two in all when nothing has changed since.
    Refuses (ValueError) a key given twice and a fact whose set lacks what it measures.
    """
    by_key = {spec.key: spec for spec in specs}
    if len(by_key) != len(specs):
        raise ValueError("A fact key is given twice.")
    sources = _sources(specs, scope)
    found = _through_cache(sources, scope) if cache else {}
    if not cache:
        for source in sources:
            found.update(_measure(source))
    return {key: _fact(spec, found[key]) for key, spec in by_key.items()}


def query_count(specs: Sequence[FactSpec | SingleSpec], scope: Scope) -> int:
    """How many queries over evidence the facts cost when nothing is cached (each `read` of singles counts as one)."""
    return len(_sources(specs, scope))


def _sources(specs: Sequence[FactSpec | SingleSpec], scope: Scope) -> list[Part | _Single]:
    singles: dict[Any, list[SingleSpec]] = {}
    for spec in specs:
        if isinstance(spec, SingleSpec):
            singles.setdefault(spec.read, []).append(spec)
    read = [_Single(tuple(group), scope) for group in singles.values()]
    return [*read, *parts([spec for spec in specs if isinstance(spec, FactSpec)], scope)]


def _measure(source: Part | _Single) -> dict[str, Any]:
    if isinstance(source, Part):
        return dict(measure(source))
    value, records = source.specs[0].read(source.scope)
    count = records.count()
    return {spec.key: (value[spec.of] if spec.of else value, {}, count, ()) for spec in source.specs}


def _through_cache(sources: Sequence[Part | _Single], scope: Scope) -> dict[str, Any]:
    # The numbers are read before the records: a write in between makes the kept value look old, never new.
    changes = kept.numbers(scope.union)
    keys = [_key(source) for source in sources]
    good = kept.load(scope.union, [key for key in keys if key], changes)
    found: dict[str, Any] = {}
    fresh: list[kept.Entry] = []
    for key, source in zip(keys, sources, strict=True):
        if key in good:
            found.update({name: _decode(payload) for name, payload in good[key].items()})
            continue
        with kept.recorded() as tables:
            measured = _measure(source)
        found.update(measured)
        if key and tables:
            fresh.append(kept.Entry(key, tuple(tables), {name: _encode(value) for name, value in measured.items()}))
    kept.store(scope.union, fresh, changes)
    return found


def _key(source: Part | _Single) -> str:
    """What the value depends on besides the records; empty where it must not be kept."""
    if isinstance(source, _Single):
        singles, scope = [(spec.key, spec.of) for spec in source.specs], source.scope
        days = (scope.union, scope.first, scope.end, scope.today, scope.term)
        return kept.digest(_ENGINE, "single", singles, kept.code_digest(source.specs[0].read), *days)
    statement = kept.statement(source.found)
    if statement is None:
        return ""
    specs = [
        (one.key, one.measure, one.of, one.per, sorted(one.where.items()), sorted(one.num_where.items()), one.by)
        for one in source.specs
    ]
    rows = source.rows
    paths = (rows.on, rows.who, rows.fen, rows.met, sorted(rows.sums.items()), rows.year, rows.since, rows.until)
    order = (rows.label, sorted(rows.dims.items()), [(name, list(labels)) for name, labels in rows.dim_labels.items()])
    period = (source.scope.years, source.scope.last)
    return kept.digest(_ENGINE, rows.name, paths, order, source.manner, specs, period, *statement)


def _encode(value: Any) -> list[Any]:
    whole, by, count, items = value
    plain = [[item.id, item.on and item.on.isoformat(), item.year, item.label, dict(item.dims)] for item in items]
    # Pairs, because PostgreSQL does not keep the order of an object's keys.
    split = [[axis, [[code, _plain(part)] for code, part in codes.items()]] for axis, codes in by.items()]
    return [_plain(whole), split, count, plain]


def _decode(payload: list[Any]) -> Any:
    whole, by, count, plain = payload
    split = {axis: {code: _rich(part) for code, part in codes} for axis, codes in by}
    items = tuple(
        Item(pk, date.fromisoformat(on) if on else None, year, tuple(label), dims)
        for pk, on, year, label, dims in plain
    )
    return _rich(whole), split, count, items


def _plain(value: Value) -> Any:
    return {"num": value.num, "den": value.den} if isinstance(value, Rate) else value


def _rich(value: Any) -> Value:
    return Rate(value["num"], value["den"]) if isinstance(value, dict) else value


def _fact(spec: FactSpec | SingleSpec, measured: Measured | Any) -> FactValue:
    value, by, count, items = measured
    return FactValue(spec.key, spec.label, spec.unit, value, by, count, items, spec)


def scope_json(scope: Scope) -> dict[str, Any]:
    """The period as commands print it: the last day that counts is included."""
    return {"term": scope.term, "first": scope.first.isoformat(), "last": scope.last.isoformat()}


def facts_json(scope: Scope, union_code: str, values: Mapping[str, FactValue]) -> dict[str, Any]:
    """What `zhijia facts --json` prints."""
    return {
        "version": 1,
        "union": union_code,
        "scope": scope_json(scope),
        "facts": [
            {
                "key": fact.key,
                "label": fact.label,
                "unit": fact.unit,
                "value": _plain(fact.value),
                "by": {axis: {code: _plain(part) for code, part in codes.items()} for axis, codes in fact.by.items()},
                "evidence_count": fact.evidence_count,
            }
            for fact in values.values()
        ],
    }
