"""What stands beside the text: the fact behind a chosen figure, its parts, its records, last term, what changed."""

from __future__ import annotations

from dataclasses import dataclass, replace

from zhijia.core import evidence
from zhijia.core.cube import Rate
from zhijia.core.dates import chinese_number
from zhijia.core.facts import FactValue, Value
from zhijia.core.feature_types import FactSpec, Scope, SingleSpec
from zhijia.core.money import yuan
from zhijia.core.pages.addresses import fact_url, record_url
from zhijia.features import FEATURES
from zhijia.reports.drafts import live as live_figures
from zhijia.reports.drafts.body import Live, Sentence
from zhijia.reports.drafts.candidates import part_name
from zhijia.reports.drafts.live import Reading, Since
from zhijia.reports.material import Material, light
from zhijia.reports.models import DraftVersion
from zhijia.reports.telling import printed_again
from zhijia.unions.models import Term

SHOWN = 10


@dataclass(frozen=True, slots=True)
class Backing:
    """The evidence of one figure. `rows` are its parts by year or category, `records` the first of its records."""

    live: Live
    label: str
    part: str
    text: str
    value: str
    url: str
    help: str
    rows: tuple[tuple[str, str], ...]
    records: tuple[tuple[str, str], ...]  # (what it says, the address of its page)
    count: int
    before: str = ""
    before_label: str = ""
    since: Since | None = None
    version: DraftVersion | None = None
    was: str = ""

    @property
    def more(self) -> bool:
        """Whether not all records are shown."""
        return self.count > len(self.records)


def backing(live: Live, reading: Reading, *, version: DraftVersion | None, last: bool = False) -> Backing | None:
    """Everything that is told about a figure; None where no room declares its fact any more.

    Beside a figure that changed since the version stands what happened to its records; with `last`, as beside any
    other figure, the term before.
    """
    material = reading.material
    spec, by = live_figures.behind(live, material)
    fact = material.values.get(live.key)
    if spec is None or fact is None:
        return None
    found = list(evidence.rows(spec, material.scope, by=by, limit=SHOWN))
    model = evidence.queryset(spec, material.scope).model
    figure = reading.figure(live)
    count = len(found) if len(found) < SHOWN else _count(live, material)
    codes = dict(live.by)
    changed = next(iter(live_figures.moved(version, reading, [Sentence((live,))])), None)
    told = bool(changed and version and not last)
    single = isinstance(spec, SingleSpec)  # of one record, such as the term itself: there is nothing to compare
    before, label = ("", "") if told or single else _last_term(live, material.scope)
    return Backing(
        live=live,
        label=fact.label,
        part="、".join(part_name(fact, axis, code) for axis, code in codes.items()),
        text=figure.text if figure else live.text,
        value=shown(figure.value, fact.unit) if figure else "没有记录",
        url=fact_url(live.key, codes),
        help=getattr(spec, "help", ""),
        rows=_rows(fact, live, material),
        records=tuple((_words(spec, row, material), record_url(model, row.uid)) for row in found),
        count=count,
        before=before,
        before_label=label,
        since=live_figures.since(version, live, material) if told and version else None,
        version=version if changed else None,
        was=changed.old if changed else "",
    )


def _count(live: Live, material: Material) -> int:
    part = material.parts.get((live.key, live.ask.codes))
    return part.evidence_count if part and not live.ask.year else material.evidence_count(live.key, dict(live.by))


def shown(value: Value, unit: str) -> str:
    """A value with its unit: money in yuan, a rate with both numbers."""
    if isinstance(value, Rate):
        return f"{value.num * 100 / value.den:.1f}%（{value.num}/{value.den}）" if value.den else "无法判断"
    if unit == "fen":
        return f"{yuan(int(str(value)))} 元"
    return f"{value} {unit}" if isinstance(value, int) else str(value)


def _rows(fact: FactValue, live: Live, material: Material) -> tuple[tuple[str, str], ...]:
    """The figure's parts by year, else the fact's by its first category."""
    narrowed = material.parts.get((live.key, live.ask.codes), fact)
    axes = [axis for axis in narrowed.by if "+" not in axis]
    axis = "year" if "year" in axes else next(iter(axes), "")
    codes = narrowed.by.get(axis, {})
    return tuple((part_name(fact, axis, code), shown(value, fact.unit)) for code, value in list(codes.items())[:12])


def _words(spec: object, row: evidence.Evidence, material: Material) -> str:
    names = [word for word in row.label if word]
    if isinstance(spec, FactSpec):
        dims = {path: name for name, path in spec.rows.dims.items()}
        pairs = zip(spec.rows.label, row.label, strict=True)
        key = spec.key.partition("|")[0]
        names = [material.label_of(key, dims[path], word) if path in dims else word for path, word in pairs if word]
    return "　".join(([row.on.isoformat()] if row.on else []) + names)


def _last_term(live: Live, scope: Scope) -> tuple[str, str]:
    """The same figure of the term before (whole, or of the part), and that term's name; empty where there is none."""
    term = Term.objects.in_union(scope.union).filter(first__lt=scope.first).order_by("-first").first()
    if term is None or live.ask.year:
        return "", ""
    before = Scope(scope.union, term.first, term.end, scope.today, f"第{chinese_number(term.number)}届", term.number)
    return _text_in(replace(live, clean=""), before), before.label


def _text_in(live: Live, scope: Scope) -> str:
    figure = printed_again(live.ask, light(FEATURES, scope, [live.ask], names=False, careful=False, cache=False))
    return figure.text if figure else "没有记录"
