"""A section's sentences and what they are made of. Pure.

A sentence is a row of spans: Words as written (no loose numeral), Sourced words with a numeral that a record or a name
stands behind, Live figures (printed from today's facts) and Typed numbers, which are unsupported until somebody
confirms them or ties them to a fact. `tidy` gives the one form in which a row of spans is stored.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from zhijia.reports.pattern import Ask
from zhijia.reports.vocabulary import stretches

GENERATED, EDITED, ADDED = "generated", "edited", "added"
TITLE, SUBTITLE, SALUTATION = "title", "subtitle", "salutation"


@dataclass(frozen=True, slots=True)
class Words:
    """Words without a loose numeral."""

    text: str


@dataclass(frozen=True, slots=True)
class Sourced:
    """Words with a numeral that a record, a name or an official phrase stands behind."""

    text: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Live:
    """A figure: which fact, which part, how printed. `text` is how it read when the section was last saved.

    `id` is its own within the draft (0: not stored yet) and names its bookmark in the docx.
    """

    key: str
    by: tuple[tuple[str, str], ...] = ()
    form: str = ""
    unit: str = ""
    clean: str = ""
    text: str = ""
    id: int = 0

    @property
    def ask(self) -> Ask:
        """The figure as it is asked of the material."""
        return Ask(self.key, self.by, self.form, self.unit, self.clean)


@dataclass(frozen=True, slots=True)
class Typed:
    """A number typed by hand; with `why` and `who` somebody answers for it."""

    text: str
    why: str = ""
    who: str = ""
    on: str = ""

    @property
    def confirmed(self) -> bool:
        """Whether somebody answers for it."""
        return bool(self.why and self.who)


Span = Words | Sourced | Live | Typed


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence (or a few that stand and fall together). `key` is its place in the outline, empty if added by hand.

    `opens` begins a paragraph. `withheld` names a sentence that the records or today's rules do not carry and whose
    words stand here all the same, `reason` why. `id` is its own within the draft (0: not stored yet).
    """

    spans: tuple[Span, ...]
    key: str = ""
    origin: str = GENERATED
    hidden: bool = False
    opens: bool = False
    role: str = ""
    bold: bool = False
    withheld: str = ""
    reason: str = ""
    id: int = 0

    @property
    def text(self) -> str:
        """The characters as they stood when last saved."""
        return plain(self.spans)

    @property
    def lives(self) -> list[Live]:
        """Its live figures."""
        return [span for span in self.spans if isinstance(span, Live)]

    @property
    def unsupported(self) -> list[Typed]:
        """Numbers that nobody answers for; none while the sentence is hidden."""
        return [s for s in self.spans if isinstance(s, Typed) and not s.confirmed] if not self.hidden else []

    @property
    def unexplained(self) -> bool:
        """Whether withheld words stand here without a reason."""
        return bool(self.withheld and not self.reason and not self.hidden)


Body = tuple[Sentence, ...]


def plain(spans: Iterable[Span]) -> str:
    """The characters of a row of spans, figures as last saved."""
    return "".join(span.text for span in spans)


def tidy(spans: Iterable[Span], known: Iterable[Span] = ()) -> tuple[Span, ...]:
    """The spans in their stored form: literals cut anew, loose numerals typed, known words and numbers recognised.

    `known` are spans that stood here before: their sourced words and confirmed numbers keep what is behind them.
    """
    rows = list(spans)
    before = list(known)
    sourced: dict[str, Sourced] = {}
    for span in [*before, *rows]:
        if isinstance(span, Sourced):
            sourced.setdefault(span.text, span)
    found: list[Span] = []
    literal = ""
    for span in rows:
        if isinstance(span, Live):
            found += _cut(literal, sourced)
            found.append(span)
            literal = ""
        else:
            literal += span.text
    found += _cut(literal, sourced)
    return _vouched(found, [s for s in (before or rows) if isinstance(s, Typed)])


def _cut(text: str, sourced: Mapping[str, Sourced]) -> Iterator[Span]:
    for kind, part in stretches(text, sourced):
        yield sourced[part] if kind == "sourced" else Typed(part) if kind == "number" else Words(part)


def _vouched(spans: list[Span], before: Sequence[Typed]) -> tuple[Span, ...]:
    """The typed numbers with what was confirmed of them: in their order, and only as long as none came or went."""
    olds: dict[str, list[Typed]] = {}
    for old in before:
        olds.setdefault(old.text, []).append(old)
    news: dict[str, list[int]] = {}
    for place, span in enumerate(spans):
        if isinstance(span, Typed):
            news.setdefault(span.text, []).append(place)
    for text, places in news.items():
        known = olds.get(text, [])
        if known and (len(set(known)) == 1 or len(known) == len(places)):
            for place, old in zip(places, known if len(known) == len(places) else known[:1] * len(places), strict=True):
                spans[place] = old
    return tuple(spans)


def essence(sentence: Sentence | None) -> Any:
    """What makes two states of a sentence the same to a reader: all but ids and how figures read when saved."""
    if sentence is None:
        return None
    spans = tuple(replace(span, id=0, text="") if isinstance(span, Live) else span for span in sentence.spans)
    return (spans, sentence.hidden, sentence.opens, sentence.role, sentence.bold, sentence.withheld, sentence.reason)


def to_json(body: Body) -> list[dict[str, Any]]:
    """The body as it is stored; empty fields are left out."""
    return [_sentence_json(sentence) for sentence in body]


def from_json(rows: Iterable[Mapping[str, Any]]) -> Body:
    """The stored body."""
    return tuple(
        Sentence(**{name: value for name, value in row.items() if name != "spans"}, spans=spans_of(row["spans"]))
        for row in rows
    )


def _sentence_json(sentence: Sentence) -> dict[str, Any]:
    row = {name: getattr(sentence, name) for name in Sentence.__slots__ if name != "spans" and getattr(sentence, name)}
    return row | {"origin": sentence.origin, "spans": [span_json(span) for span in sentence.spans]}


_KINDS: dict[str, type[Any]] = {"words": Words, "sourced": Sourced, "live": Live, "typed": Typed}
_NAMES = {kind: name for name, kind in _KINDS.items()}


def span_json(span: Span) -> dict[str, Any]:
    """One span as it is stored."""
    fields = {name: getattr(span, name) for name in type(span).__slots__ if getattr(span, name)}
    if isinstance(span, Live) and span.by:
        fields["by"] = dict(span.by)
    return {"is": _NAMES[type(span)], "text": span.text} | fields


def spans_of(rows: Iterable[Mapping[str, Any]]) -> tuple[Span, ...]:
    """Stored spans."""
    return tuple(_span(row) for row in rows)


def _span(row: Mapping[str, Any]) -> Span:
    fields = {name: value for name, value in row.items() if name != "is"}
    if "by" in fields:
        fields["by"] = tuple(sorted(fields["by"].items()))
    span: Span = _KINDS[row["is"]](**fields)
    return span


def paragraphs(body: Iterable[Sentence]) -> list[list[Sentence]]:
    """Sentences by paragraph, in reading order."""
    found: list[list[Sentence]] = []
    for sentence in body:
        if sentence.opens or sentence.role or not found or found[-1][-1].role:
            found.append([])
        found[-1].append(sentence)
    return found


def numbered(body: Body, number: int, serial: int) -> tuple[Body, int]:
    """The body with an id of its own for every new sentence and figure, and for copies; with the last id given out."""
    seen: set[int] = set()

    def own(given: int) -> int:
        nonlocal serial
        if given and given not in seen and given // 1000 == number:
            seen.add(given)
            return given
        serial += 1
        seen.add(number * 1000 + serial)
        return number * 1000 + serial

    made = []
    for sentence in body:
        spans = tuple(replace(span, id=own(span.id)) if isinstance(span, Live) else span for span in sentence.spans)
        made.append(replace(sentence, id=own(sentence.id), spans=spans))
    return tuple(made), serial
