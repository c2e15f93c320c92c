"""Two states of a draft side by side: sentences that came, went or changed, and figures that read differently. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from zhijia.reports.drafts.body import Body, Live, Sentence

SAME, GONE, NEW = "same", "gone", "new"
ADDED, REMOVED, CHANGED = "新增", "删去", "改动"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of text: same, gone (of the earlier state) or new."""

    text: str
    state: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One sentence that is not the same: 新增, 删去 or 改动, with its stretches."""

    section: int
    what: str
    stretches: tuple[Stretch, ...]


def stretches(old: str, new: str) -> tuple[Stretch, ...]:
    """How one text became the other, in reading order."""
    found: list[Stretch] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Stretch(old[a:b], SAME))
            continue
        found += [Stretch(text, state) for text, state in ((old[a:b], GONE), (new[c:d], NEW)) if text]
    return tuple(found)


def told(body: Body) -> list[Sentence]:
    """The sentences that are printed."""
    return [sentence for sentence in body if not sentence.hidden]


def compared(number: int, old: Body, new: Body) -> Iterator[Difference]:
    """What changed for a reader between two states of one section; hidden sentences count as not there."""
    before, after = {s.id: s for s in told(old)}, {s.id: s for s in told(new)}
    for sentence in told(new):
        earlier = before.get(sentence.id)
        if earlier is None:
            yield Difference(number, ADDED, (Stretch(sentence.text, NEW),))
        elif earlier.text != sentence.text:
            yield Difference(number, CHANGED, stretches(earlier.text, sentence.text))
    for sentence in told(old):
        if sentence.id not in after:
            yield Difference(number, REMOVED, (Stretch(sentence.text, GONE),))


def figures_changed(olds: Sequence[Body], news: Sequence[Body]) -> list[tuple[str, str, str]]:
    """Figures that both states print, reading differently: (fact, then, now)."""
    before = {live.id: live for body in olds for live in _lives(body)}
    found = []
    for live in (live for body in news for live in _lives(body)):
        old = before.get(live.id)
        if old is not None and old.text != live.text:
            found.append((live.key, old.text, live.text))
    return found


def _lives(body: Body) -> Iterator[Live]:
    for sentence in told(body):
        yield from sentence.lives
