"""A text that came back edited laid beside the draft: which paragraph and which sentence became what. Pure.

A paragraph is a row of atoms: characters, and whole figures where the file still marks them untouched.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from zhijia.reports.drafts.body import Live, Sentence, Span, Words

Atom = str | Live
ALIKE = 0.4
_ENDS = "。！？；："


def atoms(sentence: Sentence, marked: set[int]) -> list[Atom]:
    """A sentence's atoms; a figure that the file does not mark any more is looked for by its characters."""
    found: list[Atom] = []
    for span in sentence.spans:
        found += [span] if isinstance(span, Live) and span.id in marked else list(span.text)
    return found


def text_of(row: Sequence[Atom]) -> str:
    """The characters of a row of atoms."""
    return "".join(atom.text if isinstance(atom, Live) else atom for atom in row)


def pairs(old: Sequence[str], new: Sequence[str]) -> list[tuple[int | None, int | None]]:
    """Paragraphs side by side in their order; None where one side has none. Equal ones first, then the likest."""
    found: list[tuple[int | None, int | None]] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found += [(a + step, c + step) for step in range(b - a)]
        else:
            found += _likest(old, new, range(a, b), range(c, d))
    return found


def _likest(old: Sequence[str], new: Sequence[str], left: range, right: range) -> list[tuple[int | None, int | None]]:
    """The best pairing in order: as much likeness as there can be (dynamic programming over two short rows)."""
    like = {(i, j): _ratio(old[i], new[j]) for i in left for j in right}
    best: dict[tuple[int, int], float] = {}
    for i in range(left.stop, left.start - 1, -1):
        for j in range(right.stop, right.start - 1, -1):
            skip = max(best.get((i + 1, j), 0.0), best.get((i, j + 1), 0.0))
            taken = like.get((i, j), 0.0)
            best[i, j] = max(skip, taken + best.get((i + 1, j + 1), 0.0)) if taken >= ALIKE else skip
    found: list[tuple[int | None, int | None]] = []
    i, j = left.start, right.start
    while i < left.stop or j < right.stop:
        taken = like.get((i, j), 0.0)
        if taken >= ALIKE and best[i, j] == taken + best.get((i + 1, j + 1), 0.0):
            found.append((i, j))
            i, j = i + 1, j + 1
        elif j >= right.stop or (i < left.stop and best.get((i + 1, j), 0.0) >= best.get((i, j + 1), 0.0)):
            found.append((i, None))
            i += 1
        else:
            found.append((None, j))
            j += 1
    return found


def _ratio(old: str, new: str) -> float:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= ALIKE else 0.0


@dataclass(frozen=True, slots=True)
class Became:
    """What one sentence of a paragraph became (None: a sentence that was not there before). Empty spans: it is gone."""

    sentence: Sentence | None
    spans: tuple[Span, ...]


def sentences(old: Sequence[Sentence], new: Sequence[Atom], marked: set[int]) -> list[Became]:
    """The sentences of one paragraph as they came back, in reading order."""
    rows = [atoms(sentence, marked) for sentence in old]
    before = [atom for row in rows for atom in row]
    first, last, back = _places([_plain(a) for a in before], [_plain(a) for a in new])
    lives = _owners(old, marked)
    found: list[Became] = []
    start = 0
    for place, sentence in enumerate(old):
        end = start + len(rows[place])
        stretch = range(last[start] if place else 0, first[end] if place < len(old) - 1 else len(new))
        extra = range(first[end], last[end]) if place < len(old) - 1 else range(0)
        if extra and text_of([new[at] for at in extra])[-1] not in _ENDS:
            stretch, extra = range(stretch.start, extra.stop), range(0)
        if place and found and last[start] < stretch.start:
            stretch = range(last[start], stretch.stop)
        found.append(Became(sentence, _spans(stretch, new, back, lives)))
        if extra:
            found.append(Became(None, _spans(extra, new, back, lives)))
        start = end
    return found


def _plain(atom: Atom) -> object:
    return ("live", atom.id) if isinstance(atom, Live) else atom


def _places(old: list[object], new: list[object]) -> tuple[dict[int, int], dict[int, int], dict[int, int]]:
    """For each place between old atoms the first and last place in the new row; and new atoms that are old ones."""
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    back: dict[int, int] = {}
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            back |= {c + step: a + step for step in range(b - a)}
        for step in range(b - a + 1):
            at = c + step if tag == "equal" else d if step == b - a else min(c + step, d)
            first.setdefault(a + step, at)
            last[a + step] = at
    first.setdefault(0, 0)
    last.setdefault(0, 0)
    return first, last, back


def _owners(old: Sequence[Sentence], marked: set[int]) -> dict[int, tuple[Live, int]]:
    """Which unmarked figure begins at an old atom, and how many characters it has."""
    found: dict[int, tuple[Live, int]] = {}
    at = 0
    for sentence in old:
        for span in sentence.spans:
            if isinstance(span, Live) and span.id not in marked and span.text:
                found[at] = (span, len(span.text))
            at += 1 if isinstance(span, Live) and span.id in marked else len(span.text)
    return found


def _spans(
    stretch: range, new: Sequence[Atom], back: dict[int, int], lives: dict[int, tuple[Live, int]]
) -> tuple[Span, ...]:
    found: list[Span] = []
    at = stretch.start
    while at < stretch.stop:
        atom, owner = new[at], lives.get(back.get(at, -1))
        if isinstance(atom, Live):
            found.append(atom)
        elif owner and all(back.get(at + step) == back[at] + step for step in range(owner[1])):
            found.append(owner[0])
            at += owner[1]
            continue
        elif found and isinstance(found[-1], Words):
            found[-1] = Words(found[-1].text + atom)
        else:
            found.append(Words(atom))
        at += 1
    return tuple(found)
