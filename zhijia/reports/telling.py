"""Sentences told from the material, or withheld with the reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from zhijia.core.cells import Item
from zhijia.core.cube import Rate
from zhijia.core.dates import chinese_date
from zhijia.core.feature_types import Finding
from zhijia.reports import phrases
from zhijia.reports.material import Got, Material, told
from zhijia.reports.outline.shape import Forbidden, Sentence
from zhijia.reports.pattern import Ask, Called, Maybe, Piece, RoleVerb, Verb
from zhijia.reports.prose import (
    DATED,
    IN_YEAR,
    LISTS,
    NAMES,
    TITLED,
    WON,
    WON_AT,
    WORD,
    Figure,
    Name,
    Ordinal,
    Ref,
    Span,
    Text,
    figure_text,
)

NO_RECORDS, REFUTED, UNJUDGED, FORBIDDEN = "没有记录", "记录不支持", "无法判断", "按现行规定不予表扬"
SPARED = "为精简数字未写"


@dataclass(frozen=True, slots=True)
class Withheld:
    """A sentence that was not written: its key, what it would have said, the kind of reason and the reasons."""

    key: str
    kind: str
    wording: str
    reasons: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()


class _Nothing(Exception):
    """Something that a pattern needs is not there."""


def tell(sentence: Sentence, material: Material, words: Mapping[str, str] | None = None) -> list[Span] | Withheld:
    """The spans of the richest pattern that the records carry, or why nothing is said.

    Refuted or open claims and practices that today's rules forbid withhold the sentence whatever its figures are.
    `words` are names that only this place knows.
    """
    missing = [one.key for one in sentence.needed if not told(material.get(one))]
    silenced = silencing(sentence.forbidden, material) if not missing else []
    if silenced:
        rules = tuple(dict.fromkeys(finding.rule for finding in silenced))
        reasons = _reasons(silenced)
        return Withheld(sentence.key, FORBIDDEN, wording(sentence, material), reasons, rules)
    if missing:
        return Withheld(sentence.key, NO_RECORDS, wording(sentence, material), tuple(missing))
    for key in sentence.claims:
        claim = material.claims.get(key)
        if claim is None or claim.state != "holds":
            kind = REFUTED if claim and claim.state == "refuted" else UNJUDGED
            return Withheld(
                sentence.key, kind, claim.text if claim else key, claim.missing if claim else ("没有这项判断",)
            )
    for pattern in sentence.patterns:
        try:
            return _merged(_spans(pattern, material, sentence.verb, words or {}))
        except _Nothing:
            continue
    return Withheld(sentence.key, NO_RECORDS, wording(sentence, material))


def _reasons(findings: Iterable[Finding]) -> tuple[str, ...]:
    """What the rules say, each once with the number of records; the records' names stay out of papers."""
    counts = Counter(f"{finding.message.rstrip('。')}〔{finding.source}〕" for finding in findings)
    return tuple(f"{words}（{number}件）" for words, number in counts.items())


def leaner(sentence: Sentence, spans: list[Span], material: Material) -> list[Span]:
    """The same sentence with fewer figures: its lean pattern, or without its optional stretches. Never more figures."""
    patterns = (
        [sentence.lean_pattern]
        if sentence.lean
        else [tuple(piece for piece in pattern if not isinstance(piece, Maybe)) for pattern in sentence.patterns]
    )
    for pattern in patterns:
        try:
            found = _merged(_spans(pattern, material, sentence.verb, {}))
        except _Nothing:
            continue
        return found if quantities(found) < quantities(spans) else spans
    return spans


def quantities(spans: Iterable[Span]) -> int:
    """How many figures a reader meets; the length of the term and names that a record stands behind do not count."""
    figures = [span for span in spans if isinstance(span, Figure) and span.key != "terms.years"]
    return sum(any(character.isdecimal() for character in span.text) for span in figures)


def silencing(forbidden: Forbidden | None, material: Material) -> list[Finding]:
    """Findings by today's rules that speak of what the sentence would praise."""
    if forbidden is None:
        return []
    return [
        finding
        for finding in material.findings
        if finding.now
        and (not forbidden.rules or finding.rule in forbidden.rules)
        and (not forbidden.words or any(word in finding.record + finding.message for word in forbidden.words))
    ]


def wording(sentence: Sentence, material: Material) -> str:
    """What the first pattern says, with its figures left open, for the list of withheld sentences."""
    return "".join(_bare(piece, material) for piece in sentence.patterns[0])


def _bare(piece: Piece, material: Material) -> str:
    if isinstance(piece, Text):
        return piece.text
    if isinstance(piece, Called):
        return _name(piece.what, material).text if material.names.get(piece.what) else "……"
    return "" if isinstance(piece, Maybe) else "……"


def _spans(pattern: Iterable[Piece], material: Material, verb: Verb | None, words: Mapping[str, str]) -> list[Span]:
    found: list[Span] = []
    for piece in pattern:
        match piece:
            case Text():
                found.append(piece)
            case Ask():
                found.append(figure(piece, material))
            case Called():
                known = piece.what in words
                found.append(Name(words[piece.what]) if known else _name(piece.what, material))
            case RoleVerb():
                found.append(Text(_chosen(verb, material)))
            case Maybe():
                found += _maybe(piece, material, verb, words)
    return found


def _maybe(piece: Maybe, material: Material, verb: Verb | None, words: Mapping[str, str]) -> list[Span]:
    if not all(material.holds(claim) for claim in piece.claims):
        return []
    try:
        return _spans(piece.pieces, material, verb, words)
    except _Nothing:
        return []


def figure(ask: Ask, material: Material) -> Figure:
    """The figure asked for; _Nothing where there is nothing to tell."""
    got = material.get(ask)
    if got is None or not told(got):
        raise _Nothing
    if isinstance(got.value, Rate) and ask.form == "full" and not got.value.full:
        raise _Nothing
    return Figure(ask.key, _printed(ask, got, material), got.value, got.by, ask.form, ask.unit, ask.clean)


def _printed(ask: Ask, got: Got, material: Material) -> str:
    if ask.form in LISTS:
        return listed(_clean(got.items, ask.clean, material), ask.form, ask.unit)
    if ask.form == IN_YEAR:
        return f"{got.by['year']}年发放的{figure_text(got.value, got.unit)}"
    if ask.form == WORD:
        return ask.unit
    return figure_text(got.value, got.unit, form=ask.form, measure_word=ask.unit)


def printed_again(ask: Ask, material: Material) -> Figure | None:
    """The figure as today's records give it; None where there is nothing to tell any more."""
    try:
        return figure(ask, material)
    except _Nothing:
        return None


def _clean(items: tuple[Item, ...], rule: str, material: Material) -> tuple[Item, ...]:
    """The items of days on which no record broke the rule as it stands today."""
    days = {finding.on for finding in material.findings if finding.now and finding.rule == rule} if rule else set()
    return tuple(item for item in items if item.on not in days)


def listed(items: tuple[Item, ...], form: str, limit: str = "") -> str:
    """Named records in their order: names once each, or each with its year, or as whole labels."""
    if not items:
        raise _Nothing
    words: dict[str, None] = {}
    for item in items:
        name = next((word for word in item.label if word), "")
        year = f"{item.year}年" if item.year else chinese_date(item.on) if item.on else ""
        shown = {
            NAMES: name,
            DATED: f"{name}（{year}）",
            TITLED: f"{item.label[-1]}（{year}）",
            WON: f"{year}在{name.removeprefix(year)}中获得{_at(item, 1)}",
            WON_AT: f"{year}在{_at(item, 3)}组织的{name.removeprefix(year)}中获得{_at(item, 1)}",
        }[form]
        if name:
            words.setdefault(shown)
    if not words:
        raise _Nothing
    shown_words = list(words)[: int(limit)] if limit else list(words)
    return "、".join(shown_words) + ("等" if len(shown_words) < len(words) else "")


def _at(item: Item, place: int) -> str:
    return item.label[place] if len(item.label) > place else ""


def left_out(sentence: Sentence, material: Material) -> Withheld | None:
    """The named records that a sentence does not mention because today's rule forbids them."""
    for one in sentence.asked():
        got = material.get(one) if one.clean else None
        if got is None:
            continue
        kept = _clean(got.items, one.clean, material)
        dropped = [item for item in got.items if item not in kept]
        if dropped:
            rules = [f for f in material.findings if f.now and f.rule == one.clean and f.on in {i.on for i in dropped}]
            reasons = _reasons(rules)
            names = "、".join(f"{item.year}年{next((word for word in item.label if word), '')}" for item in dropped)
            return Withheld(sentence.key, FORBIDDEN, f"点名写出：{names}", reasons, (one.clean,))
    return None


def _name(what: str, material: Material) -> Span:
    names = material.names
    if what == "term":
        return Ordinal(names.number)
    if what == "next":
        return Ordinal(names.number + 1)
    if what == "meeting":
        return Ordinal(names.number + 1, "次")
    if what == "years":
        return figure(Ask("terms.years", form="numeral"), material)
    if what in phrases.KINDS:
        phrase = phrases.on(what, names.congress_on, material.standards)
        if phrase is None:
            raise _Nothing
        return Ref(phrase.text, phrase.source)
    if not names.get(what):
        raise _Nothing
    return Name(names.get(what))


def _chosen(verb: Verb | None, material: Material) -> str:
    """The verb of the role that most deeds were done in; where no role is recorded, the most modest one given."""
    if verb is None:
        raise _Nothing
    fact = material.values.get(f"{verb.fact}|role")
    counts = {code: count for code, count in (fact.by["role"] if fact else {}).items() if code in verb.words}
    if not counts:
        return list(verb.words.values())[-1]
    return verb.words[max(counts, key=lambda code: (int(str(counts[code])), code))]


def _merged(spans: list[Span]) -> list[Span]:
    """Neighbouring literals as one, so that the paper has few runs."""
    found: list[Span] = []
    for span in spans:
        if isinstance(span, Text) and found and isinstance(found[-1], Text):
            found[-1] = Text(found[-1].text + span.text)
        else:
            found.append(span)
    return found
