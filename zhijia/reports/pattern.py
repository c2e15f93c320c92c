"""Sentences as patterns: literal words with places for figures, names and verbs, read once when they are declared.

`{key}` a fact; `{key:dim=code|code,year=first;form=about;unit=名;clean=R-FUN-07}` a part of it (`clean`
leaves out named records that today's rule forbids); `{@name}` a name of this union;
`{verb}` the verb that the union's role chooses; `[claims.x: …]` an optional stretch
that is printed only where all its figures have something to tell and the claims before the colon hold. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from zhijia.reports.prose import Text

_PIECE = re.compile(r"\{([^{}]+)\}|\[((?:claims\.\w+[, ]*)*:)?|(\])")


@dataclass(frozen=True, slots=True)
class Ask:
    """A figure asked for. `by` holds codes, years also as first, last, before (the last whole one), alone."""

    key: str
    by: tuple[tuple[str, str], ...] = ()
    form: str = ""
    unit: str = ""
    clean: str = ""

    @property
    def codes(self) -> tuple[tuple[str, str], ...]:
        """The categories without the year."""
        return tuple((dim, code) for dim, code in self.by if dim != "year")

    @property
    def year(self) -> str:
        """The year asked for; empty for the whole scope."""
        return dict(self.by).get("year", "")


@dataclass(frozen=True, slots=True)
class Called:
    """A name of the union or the term: {@union}."""

    what: str


@dataclass(frozen=True, slots=True)
class RoleVerb:
    """The place of the verb."""


@dataclass(frozen=True, slots=True)
class Maybe:
    """An optional stretch."""

    pieces: tuple[Piece, ...]
    claims: tuple[str, ...] = ()


Piece = Text | Ask | Called | RoleVerb | Maybe


@dataclass(frozen=True, slots=True)
class Verb:
    """Which verb the union's part in the deeds behind `fact` chooses; `words` are by role code."""

    fact: str
    words: Mapping[str, str] = field(default_factory=dict)


def parse(pattern: str) -> tuple[Piece, ...]:
    """The pieces of a pattern; a loose numeral, a bracket left open or an empty place is refused (ValueError)."""
    levels: list[tuple[list[Piece], tuple[str, ...]]] = [([], ())]
    last = 0
    for found in _PIECE.finditer(pattern):
        if words := pattern[last : found.start()]:
            levels[-1][0].append(Text(words))
        last = found.end()
        if found[1]:
            levels[-1][0].append(_place(found[1]))
        elif found[3]:
            pieces, claims = levels.pop()
            if not levels:
                raise ValueError(f"没有开头的括号：{pattern}")
            levels[-1][0].append(Maybe(tuple(pieces), claims))
        else:
            levels.append(([], tuple(re.findall(r"claims\.\w+", found[2] or ""))))
    if len(levels) > 1:
        raise ValueError(f"括号没有合上：{pattern}")
    if words := pattern[last:]:
        levels[0][0].append(Text(words))
    return tuple(levels[0][0])


def _place(words: str) -> Piece:
    if words == "verb":
        return RoleVerb()
    if words.startswith("@"):
        return Called(words[1:])
    return ask(words)


def ask(words: str) -> Ask:
    """A figure as patterns write it: `key:dim=code;form=about`. Options it does not know are refused (ValueError)."""
    head, *options = words.split(";")
    key, _, part = head.partition(":")
    by = tuple((dim, code) for dim, _, code in (pair.partition("=") for pair in part.split(",") if pair))
    named = dict(option.split("=", 1) for option in options)
    if set(named) - {"form", "unit", "clean"}:
        raise ValueError(f"看不懂的写法：{words}")
    return Ask(key, by, named.get("form", ""), named.get("unit", ""), named.get("clean", ""))


def asks(pieces: tuple[Piece, ...]) -> Iterator[Ask]:
    """Every figure that a pattern may print."""
    for piece in pieces:
        if isinstance(piece, Ask):
            yield piece
        elif isinstance(piece, Maybe):
            yield from asks(piece.pieces)


def claims(pieces: tuple[Piece, ...]) -> Iterator[str]:
    """Every claim that a pattern reads."""
    for piece in pieces:
        if isinstance(piece, Maybe):
            yield from piece.claims
            yield from claims(piece.pieces)
