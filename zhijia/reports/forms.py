"""A section as a form: one box per sentence, live figures in brackets; and the state that the form began with.

The form carries that state signed (`base`), so that a save knows what was changed by whom without keeping every
keystroke, and an autosave can hand the open form its new state.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.core import signing

from zhijia.core.outcomes import Refused, Violation
from zhijia.core.pages.reading import whole_number
from zhijia.reports.drafts.body import ADDED, Body, Live, Sentence, from_json, span_json, spans_of, to_json
from zhijia.reports.drafts.form_text import Reader, bare, labels, rendered
from zhijia.reports.drafts.merging import BOTH, MINE, THEIRS, Merge
from zhijia.reports.drafts.writing import noted
from zhijia.reports.models import DraftSection

_SALT = "reports.section"
MOST_LINES, MOST_CHARACTERS = 200, 4000


@dataclass(frozen=True, slots=True)
class Line:
    """One box of the form. `group` joins the two versions of a sentence between which somebody chooses."""

    row: str
    text: str
    sentence: Sentence
    group: str = ""
    side: str = ""

    @property
    def rows(self) -> int:
        """How high the box is."""
        return max(2, min(12, len(self.text) // 34 + 1))

    @property
    def removable(self) -> bool:
        """Whether it can be taken out; what was generated is hidden instead."""
        return self.sentence.origin == ADDED


@dataclass(frozen=True, slots=True)
class Base:
    """The state that a form began with: `names` are the figures by their label, `alias` the ids of boxes saved since.

    `gone` are sentences left out on purpose while two people's changes were put together.
    """

    section: int
    version: int
    body: Body
    names: Mapping[str, list[Live]]
    alias: Mapping[str, int] = field(default_factory=dict)
    gone: tuple[int, ...] = ()

    def signed(self) -> str:
        """For the hidden field."""
        names = {name: [span_json(live) for live in lives] for name, lives in self.names.items()}
        value = [self.section, self.version, to_json(self.body), names, dict(self.alias), list(self.gone)]
        return signing.dumps(value, salt=_SALT, compress=True)

    @classmethod
    def read(cls, text: str, section: DraftSection) -> Base:
        """What the hidden field says. Refused where it is not ours."""
        stale = Refused([Violation("base", "这一页太旧了", mend="请复制没有保存的文字，重新打开这一节")])
        try:
            number, version, rows, names, alias, gone = signing.loads(text, salt=_SALT)
        except (signing.BadSignature, ValueError):
            raise stale from None
        if number != section.pk:
            raise stale
        lives = {name: [one for one in spans_of(given) if isinstance(one, Live)] for name, given in names.items()}
        return cls(number, version, from_json(rows), lives, alias, tuple(gone))


@dataclass(frozen=True, slots=True)
class Typed:
    """What a posted form says: the base, the new body, the heading, and which box became which sentence of it."""

    base: Base
    body: Body
    heading: str
    rows: tuple[str, ...]


def opened(section: DraftSection, body: Body, shown: Mapping[int, str]) -> tuple[Base, list[Line]]:
    """The form of a section as it stands; `shown` is how its figures read today."""
    names = labels(body, shown)
    lines = [Line(str(sentence.id), rendered(sentence, names), sentence) for sentence in body]
    return Base(section.pk, section.version, body, names), lines


def read(post: Any, section: DraftSection, elsewhere: Mapping[str, Live] | None = None) -> Typed:
    """Read a posted form. Nothing typed is dropped: lines inside a box become sentences of their own.

    `elsewhere` are figures of other sections by how they read, for text that was carried over.
    """
    base = Base.read(post.get("base", ""), section)
    before = {sentence.id: sentence for sentence in base.body}
    reader = Reader(base.names, elsewhere)
    body: list[Sentence] = []
    rows: list[str] = []
    for row in post.getlist("row")[:MOST_LINES]:
        if not _stands(row, post):
            continue
        made = _sentences(post, row, reader, before, base)
        rows += [name for name, _sentence in made]
        body += [sentence for _name, sentence in made]
    posted = {sentence.id for sentence in body} | set(base.gone)
    given = set(post.getlist("row"))
    posted |= {_number(row, base) for row in given}
    posted |= {number for name, number in base.alias.items() if name.partition("+")[0] in given}
    body, rows = _kept(base.body, body, rows, posted)
    return Typed(base, noted(tuple(body), base.body), post.get("heading", section.heading), tuple(rows))


def _number(row: str, base: Base) -> int:
    return base.alias.get(row) or (whole_number(row, 8) or 0)


def _stands(row: str, post: Any) -> bool:
    """Whether a box was chosen; both sides stand where nobody chose."""
    choice = post.get(f"choice-{post.get(f'group-{row}', '')}", BOTH)
    return choice not in (MINE, THEIRS) or choice == post.get(f"side-{row}")


def _sentences(
    post: Any, row: str, reader: Reader, before: Mapping[int, Sentence], base: Base
) -> list[tuple[str, Sentence]]:
    """The sentences of one box by name; each line after the first is one of its own and opens a paragraph."""
    old = before.get(_number(row, base))
    text = post.get(f"text-{row}", "")[:MOST_CHARACTERS]
    lines = [line.strip(" \t") for line in text.splitlines() if line.strip()]
    hidden, opens = post.get(f"hidden-{row}") == "1", post.get(f"opens-{row}") == "1"
    if not lines:
        # An emptied box: what was generated or stood before is hidden, never lost; an empty new one is nothing.
        return [(row, replace(old, hidden=True))] if old and old.origin != ADDED else []
    spans = reader.spans(lines[0], old)
    if old is None:
        first = Sentence(spans, origin=ADDED, opens=opens, hidden=hidden)
    else:
        first = replace(old, spans=spans, opens=opens, hidden=hidden)
    found = [(row, first)]
    for place, line in enumerate(lines[1:], start=1):
        name = f"{row}+{place}"
        known = before.get(base.alias.get(name, 0), Sentence((), origin=ADDED, opens=True))
        found.append((name, replace(known, spans=reader.spans(line, known))))
    return found


def _kept(base: Body, body: list[Sentence], rows: list[str], posted: set[int]) -> tuple[list[Sentence], list[str]]:
    """With the sentences of the base that the form did not send at all, where they stood."""
    anchor = 0
    for sentence in base:
        if sentence.id not in posted:
            places = [place for place, one in enumerate(body) if one.id == anchor]
            at = places[-1] + 1 if places else 0
            body.insert(at, sentence)
            rows.insert(at, str(sentence.id))
        anchor = sentence.id
    return body, rows


def saved(typed: Typed, section: DraftSection, body: Body) -> Base:
    """The base for a form that stays open after a save: its boxes know their sentences, its labels their figures."""
    alias = dict(typed.base.alias)
    for row, sentence in zip(typed.rows, body, strict=False):
        if row:
            alias[row] = sentence.id
    lives = [live for sentence in body for live in sentence.lives]
    names = {
        name: [live for live in lives if live.ask == known[0].ask] or known
        for name, known in typed.base.names.items()
    }  # fmt: skip
    labelled = {known[0].ask for known in names.values()}
    for live in lives:
        if live.ask not in labelled:
            names.setdefault(bare(live.text), []).append(live)
    return Base(section.pk, section.version, body, names, alias, typed.base.gone)


def again(typed: Typed, body: Body) -> list[Line]:
    """The boxes with what was typed, for a form that was refused."""
    rows = [*typed.rows, *[""] * len(body)]
    names = labels(body, _texts(typed.base.names))
    known = {**names, **typed.base.names}
    return [
        Line(row or f"n9{place}", rendered(sentence, known), sentence)
        for place, (row, sentence) in enumerate(zip(rows, body, strict=False))
    ]


def _texts(names: Mapping[str, list[Live]]) -> dict[int, str]:
    return {live.id: name.partition("#")[0] for name, lives in names.items() for live in lives}


def put_together(
    merge: Merge, section: DraftSection, theirs: Body, shown: Mapping[int, str]
) -> tuple[Base, list[Line]]:
    """The form in which somebody puts two people's changes together; in a conflict both versions are boxes."""
    every = [one for row in merge.rows for one in (row.theirs, row.mine) if one]
    names = labels(every, shown)
    lines: list[Line] = []
    alias: dict[str, int] = {}
    new = 0
    stand: set[int] = set()
    for place, row in enumerate(merge.rows):
        group = str(place) if row.conflict else ""
        for sentence in row.chosen():
            side = MINE if sentence is row.mine else THEIRS
            known = row.base.id if row.base else sentence.id if side == THEIRS else 0
            new += not known
            name = f"m{known or new}" if side == MINE else str(known)
            if known:
                alias[name] = known
                stand.add(known)
            lines.append(Line(name, rendered(sentence, names), sentence, group, side))
    gone = tuple(sentence.id for sentence in theirs if sentence.id not in stand)
    return Base(section.pk, section.version, theirs, names, alias, gone), lines
