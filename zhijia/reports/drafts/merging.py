"""Two people's changes to one section put together, sentence by sentence. Pure.

Where only one side changed a sentence, that side stands; where both did, both are offered and somebody chooses. Sides
are equal: without a conflict it does not matter which is mine and which theirs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from zhijia.reports.drafts.body import Body, Sentence, essence

MINE, THEIRS, BOTH = "mine", "theirs", "both"


@dataclass(frozen=True, slots=True)
class Row:
    """One sentence in its three states; None where it is not there. `conflict`: both sides changed it, differently.

    `choice` is what stands unless somebody chooses otherwise; in a conflict nothing is decided and both stand.
    """

    base: Sentence | None
    mine: Sentence | None
    theirs: Sentence | None
    choice: str
    conflict: bool = False

    def chosen(self, choice: str = "") -> list[Sentence]:
        """What stands after the choice."""
        word = choice or self.choice
        sides = [self.mine] if word == MINE else [self.theirs] if word == THEIRS else [self.theirs, self.mine]
        return [side for side in sides if side is not None]


@dataclass(frozen=True, slots=True)
class Merge:
    """All sentences in their merged order. `reordered`: both sides moved sentences, differently; theirs is kept."""

    rows: tuple[Row, ...]
    reordered: bool = False

    @property
    def clean(self) -> bool:
        """Whether nothing has to be chosen."""
        return not self.reordered and not any(row.conflict for row in self.rows)

    def body(self) -> Body:
        """The body by the standing choices."""
        return tuple(sentence for row in self.rows for sentence in row.chosen())


def merge(base: Body, mine: Body, theirs: Body) -> Merge:
    """Both sides' states, seen from the state that both began with."""
    known = [sentence.id for sentence in base]
    sides = [_Side(side, known) for side in (mine, theirs)]
    order, reordered = _order(known, *sides)
    before = {sentence.id: sentence for sentence in base}
    rows: list[Row] = []
    for anchor in (0, *order):
        if anchor:
            row = _row(before[anchor], *(side.kept.get(anchor) for side in sides))
            rows += [row] if row else []
        rows += _new(*(side.new.get(anchor, []) for side in sides))
    return Merge(tuple(rows), reordered)


class _Side:
    """One side's state: what it kept of the base, in which order, and its new sentences by the one they follow."""

    def __init__(self, body: Body, known: Sequence[int]) -> None:
        self.kept: dict[int, Sentence] = {}
        self.new: dict[int, list[Sentence]] = {}
        anchor = 0
        for sentence in body:
            if sentence.id in known and sentence.id not in self.kept:
                anchor = sentence.id
                self.kept[anchor] = sentence
            else:
                self.new.setdefault(anchor, []).append(sentence)
        self.order = _with_removed(list(self.kept), known)


def _with_removed(order: list[int], known: Sequence[int]) -> list[int]:
    """The order with the sentences that are gone put back behind those they followed."""
    found = list(order)
    for place, number in enumerate(known):
        if number not in found:
            found.insert(found.index(known[place - 1]) + 1 if place else 0, number)
    return found


def _order(known: list[int], mine: _Side, theirs: _Side) -> tuple[list[int], bool]:
    if theirs.order in (mine.order, known):
        return mine.order, False
    return theirs.order, mine.order != known


def _row(base: Sentence, mine: Sentence | None, theirs: Sentence | None) -> Row | None:
    was, here, there = essence(base), essence(mine), essence(theirs)
    if mine is None and theirs is None:
        return None
    if here in (there, was):
        return Row(base, mine, theirs, THEIRS)
    if there == was:
        return Row(base, mine, theirs, MINE)
    return Row(base, mine, theirs, BOTH, conflict=True)


def _new(mine: list[Sentence], theirs: list[Sentence]) -> list[Row]:
    """New sentences at one place: the same ones once, else both runs, in an order that does not depend on the side."""
    if [essence(one) for one in mine] == [essence(one) for one in theirs]:
        return [Row(None, None, one, THEIRS) for one in theirs]
    runs = [[Row(None, one, None, MINE) for one in mine], [Row(None, None, one, THEIRS) for one in theirs]]
    texts: list[Any] = [[(one.text, repr(essence(one))) for one in run] for run in (mine, theirs)]
    first, second = (runs[1], runs[0]) if texts[1] < texts[0] else (runs[0], runs[1])
    return [*first, *second]
