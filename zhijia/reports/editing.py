"""What the buttons of a section's form do to its sentences, and what its pages need besides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from zhijia.core.pages.reading import whole_number
from zhijia.reports.drafts.body import ADDED, Body, Live, Sentence
from zhijia.reports.drafts.comparing import Stretch, stretches
from zhijia.reports.drafts.form_text import bare
from zhijia.reports.drafts.withheld import BARRED, barred
from zhijia.reports.forms import Line, Typed
from zhijia.reports.models import Draft
from zhijia.reports.telling import SPARED

__all__ = ["BARRED", "Group", "anchor", "done", "elsewhere", "grouped", "raw", "shown_withheld", "with_empty"]


def done(word: str, typed: Typed) -> Body:
    """The body after the button `what:row`: up, down, hide, show, remove. Other buttons only save."""
    what, _, row = word.partition(":")
    body = list(typed.body)
    if row not in typed.rows:
        return typed.body
    at = typed.rows.index(row)
    if what in ("up", "down"):
        to = at - 1 if what == "up" else at + 1
        if 0 <= to < len(body):
            body.insert(to, body.pop(at))
    elif what in ("hide", "show"):
        body[at] = replace(body[at], hidden=what == "hide")
    elif what == "remove" and body[at].origin == ADDED:
        del body[at]
    return tuple(body)


def anchor(word: str, typed: Typed, stored: Body) -> str:
    """Where the form goes on after a button: at the sentence it was about; `add` asks for an empty box behind it."""
    what, _, row = word.partition(":")
    ids = dict(zip(typed.rows, (sentence.id for sentence in stored), strict=False)) if what == "add" else {}
    number = ids.get(row) or typed.base.alias.get(row) or (whole_number(row, 8) or 0)
    if what == "add":
        return f"?after={number}#r-n1"
    return f"#r-{number}" if number else ""


def with_empty(lines: list[Line], after: str) -> list[Line]:
    """The lines with an empty box behind a sentence (0: at the beginning); it is nothing until it is written in."""
    if not after.isdecimal():
        return lines
    at = next((place + 1 for place, line in enumerate(lines) if line.row == after), 0)
    return [*lines[:at], Line("n1", "", Sentence((), origin=ADDED, opens=not at)), *lines[at:]]


def elsewhere(bodies: Mapping[int, Body], number: int) -> dict[str, Live]:
    """Figures of the other sections by how they read, where only one reads so: text may be carried over."""
    found: dict[str, set[Any]] = {}
    lives: dict[str, Live] = {}
    for place, body in bodies.items():
        for live in (live for sentence in body for live in sentence.lives if place != number):
            name = bare(live.text)
            found.setdefault(name, set()).add(live.ask)
            lives.setdefault(name, live)
    return {name: lives[name] for name, asks in found.items() if len(asks) == 1}


def raw(post: Any) -> list[str]:
    """What was typed in a form that can not be read any more, to be copied out."""
    return [value for name, value in post.items() if name.startswith("text-") and value.strip()]


def shown_withheld(draft: Draft) -> list[dict[str, Any]]:
    """The withheld sentences that a page lists: those that need a reason, and those left out for brevity."""
    need = barred(draft.withheld)
    spared = [one for one in draft.withheld if one["kind"] == SPARED]
    return [dict(one) for one in (*need, *spared)]


@dataclass(frozen=True, slots=True)
class Group:
    """Sentences of the merge form that belong together: one that stands, or two versions to choose from."""

    name: str
    lines: tuple[Line, ...]
    mine: tuple[Stretch, ...] = ()
    theirs: tuple[Stretch, ...] = ()


def grouped(lines: Sequence[Line]) -> list[Group]:
    """The lines by the choice they belong to."""
    found: list[Group] = []
    for line in lines:
        if line.group and found and found[-1].name == line.group:
            found[-1] = replace(found[-1], lines=(*found[-1].lines, line))
        else:
            found.append(Group(line.group, (line,)))
    return [_compared(group) for group in found]


def _compared(group: Group) -> Group:
    if len(group.lines) != 2:
        return group
    theirs, mine = sorted(group.lines, key=lambda line: line.side, reverse=True)
    return replace(group, theirs=stretches(mine.text, theirs.text), mine=stretches(theirs.text, mine.text))
