"""Claims judged: a sentence that the records confirm (holds), refute (with what is missing) or leave open (unknown)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import islice
from typing import Any, NamedTuple

from django.db.models import Q

from zhijia.core import evidence, facts
from zhijia.core.cube import Rate
from zhijia.core.evidence import code_of
from zhijia.core.facts import FactValue, scope_json
from zhijia.core.feature_types import (
    HOLDS,
    REFUTED,
    UNKNOWN,
    ClaimSpec,
    EveryClaim,
    EvidenceSet,
    FactSpec,
    NumberClaim,
    Scope,
    YearlyClaim,
)

# So many missing records are named; of the others only the number.
NAMED = 20


@dataclass(frozen=True, slots=True)
class Exemption:
    """Why one year of a yearly claim does not count, and the document that says so."""

    reason: str
    doc_number: str


@dataclass(frozen=True, slots=True)
class Exempt:
    """A due year without a record that is left out of a yearly claim."""

    year: int
    reason: str
    doc_number: str


@dataclass(frozen=True, slots=True)
class ClaimValue:
    """A judged claim. `text_final` is the sentence to print where it holds; `years` the due years that were judged.

    `absent` are those among them without a record.
    """

    key: str
    text: str
    state: str
    missing: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    exempt: tuple[Exempt, ...] = ()
    text_final: str = ""
    absent: tuple[int, ...] = ()


class _Row(NamedTuple):
    """What a yearly claim needs to know of a record (of a stock: from when to when, end excluded)."""

    first: date | None
    end: date | None
    year: int | None
    dims: Mapping[str, str]


Exemptions = Mapping[str, Mapping[int, Exemption]]


def judge(
    specs: Sequence[ClaimSpec],
    scope: Scope,
    values: Mapping[str, FactValue],
    *,
    exemptions: Exemptions | None = None,
    cache: bool = True,
) -> list[ClaimValue]:
    """Judge the claims in the order given.

    `values` are the computed facts that the claims name; a fact that is not among them is a KeyError.
    One query per evidence set of the yearly claims; claims that narrow a fact by `where` measure that part.
    """
    yearly = [spec for spec in specs if isinstance(spec, YearlyClaim)]
    rows = _rows_in_windows(yearly, scope)
    narrowed = _narrowed(specs, scope, values, cache=cache)
    found: list[ClaimValue] = []
    for spec in specs:
        if isinstance(spec, YearlyClaim):
            found.append(_judge_yearly(spec, scope, rows[spec.rows.name], (exemptions or {}).get(spec.key, {})))
        elif isinstance(spec, EveryClaim):
            found.append(_judge_every(spec, scope, narrowed[spec.key]))
        else:
            found.append(_judge_number(spec, narrowed[spec.key]))
    return found


def due_windows(spec: YearlyClaim, scope: Scope) -> dict[int, tuple[date, date]]:
    """The windows (end excluded) that lie wholly in the period and are over by today, by year."""
    windows = {year: spec.window(year) for year in scope.years}
    return {year: (first, end) for year, (first, end) in windows.items() if scope.first <= first and end <= scope.until}


def _rows_in_windows(specs: Sequence[YearlyClaim], scope: Scope) -> dict[str, list[_Row]]:
    """The rows that may answer the claims, by evidence set, in one query each."""
    groups: dict[str, list[YearlyClaim]] = {}
    for spec in specs:
        groups.setdefault(spec.rows.name, []).append(spec)
    found: dict[str, list[_Row]] = {}
    for name, group in groups.items():
        windows = [window for spec in group for window in due_windows(spec, scope).values()]
        dims = sorted({dim for spec in group for dim in spec.where})
        found[name] = _read(group[0].rows, scope, windows, dims) if windows else []
    return found


def _read(rows: EvidenceSet, scope: Scope, windows: Sequence[tuple[date, date]], dims: Sequence[str]) -> list[_Row]:
    first, end = min(window[0] for window in windows), max(window[1] for window in windows)
    begins = rows.since or rows.on
    until = rows.until if rows.since else ""
    kept = Q(**{f"{begins}__lt": end}) if begins else Q()
    if until:
        kept &= Q(**{f"{until}__gt": first}) | Q(**{f"{until}__isnull": True})
    elif begins and not rows.since:
        kept &= Q(**{f"{begins}__gte": first})
    paths = [path for path in (begins, until, rows.year, *(rows.dims[dim] for dim in dims)) if path]
    records = evidence.source(rows, scope).filter(kept).values(*dict.fromkeys(paths)).distinct()
    return [
        _Row(
            record[begins] if begins else None,
            record[until] if until else None,
            record[rows.year] if rows.year else None,
            {dim: code_of(record[rows.dims[dim]]) for dim in dims},
        )
        for record in records
    ]


def _answers(spec: YearlyClaim, row: _Row, year: int, window: tuple[date, date]) -> bool:
    if any(row.dims[dim] not in {code_of(code) for code in codes} for dim, codes in spec.where.items()):
        return False
    if spec.rows.year and row.year != year:
        return False
    if row.first is None:
        return not (spec.rows.on or spec.rows.since)
    if spec.rows.since:
        return row.first < window[1] and (row.end is None or row.end > window[0])
    return window[0] <= row.first < window[1]


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _judge_yearly(
    spec: YearlyClaim, scope: Scope, rows: Sequence[_Row], exemptions: Mapping[int, Exemption]
) -> ClaimValue:
    windows = due_windows(spec, scope)
    absent = [year for year, window in windows.items() if not any(_answers(spec, row, year, window) for row in rows)]
    exempt = tuple(
        Exempt(year, exemptions[year].reason, exemptions[year].doc_number) for year in absent if year in exemptions
    )
    left_out = {entry.year for entry in exempt}
    years = tuple(year for year in windows if year not in left_out)
    if not years:
        why = "各应办年度均已登记免办" if exempt else "本期内还没有一个完整结束的应办时段"
        return ClaimValue(spec.key, spec.text, UNKNOWN, (f"{why}，无法判断（依据：{spec.rows.title}）",), exempt=exempt)
    lacking = tuple(year for year in absent if year not in left_out)
    missing = tuple(_absence(spec, year, windows[year]) for year in lacking)
    state = REFUTED if missing else HOLDS
    return ClaimValue(
        spec.key, spec.text, state, missing, years, exempt, _with_exempt(spec.text, sorted(left_out)), lacking
    )


def _absence(spec: YearlyClaim, year: int, window: tuple[date, date]) -> str:
    last = window[1] - timedelta(days=1)
    return f"{year}年缺少“{spec.rows.title}”记录（应在{_day(window[0])}至{_day(last)}之间）"


def _with_exempt(text: str, years: Sequence[int]) -> str:
    """The sentence with the years that are left out, before its full stop."""
    if not years:
        return text
    bare = text.rstrip("。；，")
    return f"{bare}（除{'、'.join(f'{year}年' for year in years)}外）{text[len(bare) :]}"


def _narrowed(
    specs: Sequence[ClaimSpec], scope: Scope, values: Mapping[str, FactValue], *, cache: bool
) -> dict[str, FactValue]:
    """The value that each claim is about: the fact's own, or of the part that the claim's `where` keeps."""
    found: dict[str, FactValue] = {}
    parts: dict[str, FactSpec] = {}
    for claim in specs:
        if isinstance(claim, YearlyClaim):
            continue
        fact = values[claim.fact]
        if not claim.where:
            found[claim.key] = fact
            continue
        assert isinstance(fact.spec, FactSpec), f"{claim.key}: {claim.fact} can not be narrowed"
        parts[claim.key] = _part(fact.spec, claim)
    if parts:
        measured = facts.compute(list(parts.values()), scope, cache=cache)
        found.update({key: measured[part.key] for key, part in parts.items()})
    return found


def _part(spec: FactSpec, claim: EveryClaim | NumberClaim) -> FactSpec:
    where: dict[str, tuple[Any, ...]] = dict(spec.where)
    for dim, codes in claim.where.items():
        wanted = {code_of(code) for code in codes}
        where[dim] = tuple(code for code in where.get(dim, codes) if code_of(code) in wanted)
    return replace(spec, key=f"{spec.key}|{claim.key}", where=where, by=())


def _judge_every(spec: EveryClaim, scope: Scope, fact: FactValue) -> ClaimValue:
    if not isinstance(fact.value, Rate) or not isinstance(fact.spec, FactSpec):
        raise TypeError(f"{spec.key}: {fact.key} is not a rate.")
    title, rate = fact.spec.rows.title, fact.value
    if not rate.den:
        return ClaimValue(spec.key, spec.text, UNKNOWN, (f"没有“{title}”的记录，无法判断",))
    if rate.full:
        return ClaimValue(spec.key, spec.text, HOLDS, text_final=spec.text)
    of_rows = not fact.spec.of  # of money or persons the difference is no number of rows
    unmet = evidence.rows(fact.spec, scope, met=False, limit=NAMED if of_rows else None)
    missing = [_name(record) for record in islice(unmet, NAMED)]
    more = rate.den - rate.num - len(missing) if of_rows else sum(1 for _ in unmet)
    if more > 0:
        missing.append(f"另有{more}条")
    return ClaimValue(spec.key, spec.text, REFUTED, tuple(missing), text_final=spec.text)


def _name(record: evidence.Evidence) -> str:
    words = [_day(record.on)] if record.on else []
    words += [word for word in record.label if word]
    return " ".join(words) or f"记录{record.uid or record.id}"


def _judge_number(spec: NumberClaim, fact: FactValue) -> ClaimValue:
    if not isinstance(fact.value, int):
        raise TypeError(f"{spec.key}: {fact.key} is not a number.")
    value, missing = fact.value, []
    if spec.about and value < 10:
        missing.append(f"“{fact.label}”按记录为{value}{_unit(fact)}，不足10，不能写作约数")
    if spec.least is not None and value < spec.least:
        missing.append(f"“{fact.label}”按记录为{value}{_unit(fact)}，不足{spec.least}{_unit(fact)}")
    text = spec.text.replace("{about}", _about(value)).replace("{value}", str(value))
    return ClaimValue(spec.key, text, REFUTED if missing else HOLDS, tuple(missing), text_final=text)


def _about(value: int) -> str:
    """60多 for 61 to 69; the exact number where it is a multiple of ten or below ten."""
    return str(value) if value < 10 or value % 10 == 0 else f"{value // 10 * 10}多"


def _unit(fact: FactValue) -> str:
    return "分" if fact.unit == "fen" else fact.unit


def claims_json(scope: Scope, union_code: str, judged: Iterable[ClaimValue]) -> dict[str, Any]:
    """What `zhijia claims --json` prints."""
    return {
        "version": 1,
        "union": union_code,
        "scope": scope_json(scope),
        "claims": [
            {
                "key": claim.key,
                "text": claim.text_final or claim.text,
                "state": claim.state,
                "missing": list(claim.missing),
            }
            for claim in judged
        ],
    }
