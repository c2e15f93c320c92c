"""The words in which an outline is declared: sentences in paragraphs in sections in parts. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from zhijia.reports.pattern import Ask, Piece, Verb, ask, asks, claims, parse


@dataclass(frozen=True, slots=True)
class Forbidden:
    """Findings by today's rules that silence a sentence: of one of `rules`, with one of `words` in their text."""

    rules: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence with its conditions.

    `say` are patterns, richest first: the first whose figures all have something to tell is printed. `needs` are facts
    or parts of facts that must be there besides those printed; `claims` must hold. `company` marks words without
    figures of their own: they stand only in a section where something measured was said. `unless` names sentences of
    the report that make it superfluous. Where a part would print too many figures, `lean` is said instead (without it,
    the optional stretches go), and after that `minor` sentences are left out.
    """

    key: str
    say: tuple[str, ...]
    rids: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    verb: Verb | None = None
    forbidden: Forbidden | None = None
    company: bool = False
    unless: tuple[str, ...] = ()
    lean: str = ""
    minor: bool = False
    patterns: tuple[tuple[Piece, ...], ...] = field(init=False, repr=False, compare=False)
    lean_pattern: tuple[Piece, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "patterns", tuple(parse(pattern) for pattern in self.say))
        object.__setattr__(self, "lean_pattern", parse(self.lean))

    @property
    def needed(self) -> tuple[Ask, ...]:
        """What must be there besides the figures printed."""
        return tuple(ask(words) for words in self.needs)

    def asked(self) -> Iterator[Ask]:
        """Every figure that the sentence reads."""
        yield from self.needed
        for pieces in (*self.patterns, self.lean_pattern):
            yield from asks(pieces)

    def claimed(self) -> Iterator[str]:
        """Every claim that the sentence reads."""
        yield from self.claims
        for pieces in self.patterns:
            yield from claims(pieces)


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch under one heading (none: straight under the part's) of one or more paragraphs.

    With `strands` the paragraphs are counted 一是, 二是 as they are told (`inline` in one paragraph), behind `lead`, in
    which {@strands} says how many there are.
    """

    heading: str
    paragraphs: tuple[tuple[Sentence, ...], ...]
    strands: bool = False
    inline: bool = False
    lead: Sentence | None = None

    def sentences(self) -> Iterator[Sentence]:
        """All sentences in reading order."""
        if self.lead:
            yield self.lead
        for paragraph in self.paragraphs:
            yield from paragraph


@dataclass(frozen=True, slots=True)
class Part:
    """One of the report's themed blocks. `heading` is a pattern of names only; `figures` how many it may hold."""

    key: str
    heading: str
    sections: tuple[Section, ...]
    figures: int = 99

    def sentences(self) -> Iterator[Sentence]:
        """All sentences in reading order."""
        for section in self.sections:
            yield from section.sentences()


def said(key: str, *say: str, rids: str = "", **more: object) -> Sentence:
    """A sentence; `rids` are written "R01 R02"."""
    return Sentence(key, say, tuple(rids.split()), **more)  # type: ignore[arg-type]  # the dataclass's own fields


def effect(key: str, *say: str, rids: str = "", **more: object) -> Sentence:
    """A sentence that needs the company of something measured in its section."""
    return Sentence(key, say, tuple(rids.split()), company=True, **more)  # type: ignore[arg-type]  # see above
