"""Two people change the same record: what the second typed and what the first saved, brought together. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Merged:
    """The texts to go on with; the fields that only the other changed; those that both changed, with both texts."""

    values: dict[str, str]
    taken: tuple[str, ...]
    both: dict[str, tuple[str, str]]


def merge(base: Mapping[str, str], mine: Mapping[str, str], theirs: Mapping[str, str]) -> Merged:
    """Bring together what I typed and what is on record now, both having begun from `base`.

    What only I changed is kept, what only the other changed is taken over; where both changed, mine stays in the box
    and both are told as (mine, theirs).

    >>> merge({"a": "1", "b": "1", "c": "1"}, {"a": "2", "b": "1", "c": "2"}, {"a": "1", "b": "3", "c": "3"})
    Merged(values={'a': '2', 'b': '3', 'c': '2'}, taken=('b',), both={'c': ('2', '3')})
    """
    values: dict[str, str] = {}
    taken: list[str] = []
    both: dict[str, tuple[str, str]] = {}
    for name, text in mine.items():
        before, now = base.get(name, ""), theirs.get(name, "")
        values[name] = text
        if now in {text, before}:
            continue
        if text == before:
            values[name] = now
            taken.append(name)
        else:
            both[name] = (text, now)
    return Merged(values, tuple(taken), both)
