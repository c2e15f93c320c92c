"""A section as text that people edit: each live figure stands in brackets, 【8位】, and is found again by them.

Two different figures that read alike bear a number, 【8位】 and 【8位#2】. Brackets that name no figure are words like
any others. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from zhijia.reports.drafts.body import Live, Sentence, Span, Words, tidy

_BRACKETS = re.compile(r"【([^【】]*)】")
_GAP = "\x00"

Labels = Mapping[str, Sequence[Live]]


def one_line(text: str) -> str:
    """Text as a stored sentence holds it: no line ends, no marks of our own."""
    return re.sub(r"[\r\n\x00]+", "", text)


def labels(sentences: Iterable[Sentence], shown: Mapping[int, str] | None = None) -> dict[str, list[Live]]:
    """The name of each figure in the form, and the figures that bear it in reading order (the same figure twice).

    `shown` is how figures read today, by id.
    """
    rows = list(sentences)
    literal = _GAP.join(
        "".join(_GAP if isinstance(span, Live) else span.text for span in sentence.spans) for sentence in rows
    )
    names: dict[object, str] = {}
    found: dict[str, list[Live]] = {}
    for live in (live for sentence in rows for live in sentence.lives):
        if live.ask not in names:
            names[live.ask] = _free((shown or {}).get(live.id, live.text), found, literal)
        found.setdefault(names[live.ask], []).append(live)
    return found


def bare(text: str) -> str:
    """A figure's text as it may stand between brackets."""
    return re.sub(r"[【】\r\n\x00]", "", text) or "数字"


def _free(text: str, taken: Mapping[str, object], literal: str) -> str:
    base = bare(text)
    name, number = base, 1
    while name in taken or f"【{name}】" in literal:
        number += 1
        name = f"{base}#{number}"
    return name


def rendered(sentence: Sentence, names: Labels) -> str:
    """The sentence as the form shows it."""
    by_ask = {lives[0].ask: name for name, lives in names.items()}
    return "".join(f"【{by_ask[s.ask]}】" if isinstance(s, Live) else s.text for s in sentence.spans)


class Reader:
    """Reads the sentences of one form in their order: a figure used again is a copy with an id of its own."""

    def __init__(self, names: Labels, elsewhere: Mapping[str, Live] | None = None) -> None:
        self._left = {name: list(lives) for name, lives in names.items()}
        self._names, self._elsewhere = names, elsewhere or {}

    def spans(self, text: str, before: Sentence | None = None) -> tuple[Span, ...]:
        """The spans of a text; `before` is the sentence that stood there, whose sources and confirmations it keeps."""
        found: list[Span] = []
        last = 0
        for match in _BRACKETS.finditer(text):
            live = self._live(match[1])
            if live is None:
                continue
            found += [Words(one_line(text[last : match.start()])), live]
            last = match.end()
        found.append(Words(one_line(text[last:])))
        return tidy(found, before.spans if before else ())

    def _live(self, name: str) -> Live | None:
        if name in self._names:
            left = self._left[name]
            return left.pop(0) if left else replace(self._names[name][0], id=0)
        other = self._elsewhere.get(name)
        return replace(other, id=0) if other else None
