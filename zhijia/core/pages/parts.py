"""The values that component templates draw (`core/components/*.html`). Pure: no request, no database.

Tones: done, info, due, late, honour, quiet. A tone always comes with a word, never alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

DONE, INFO, DUE, LATE, HONOUR, QUIET = "done", "info", "due", "late", "honour", "quiet"


@dataclass(frozen=True, slots=True)
class Badge:
    """A state: word, icon and colour together."""

    word: str
    tone: str = QUIET


@dataclass(frozen=True, slots=True)
class Action:
    """Something that can be done: a link, or with `post` a button of a form of its own."""

    label: str
    url: str
    icon: str = ""
    post: bool = False


@dataclass(frozen=True, slots=True)
class Tab:
    """One of several views of the same thing; `count` is shown behind the label."""

    label: str
    url: str
    active: bool = False
    count: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that a field offers."""

    value: str
    label: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """One question of a form, with what was typed and what is wrong with it.

    control: text | textarea | select | radios | checks | check | date | money | number | picker | file | hidden |
    secret | secret_text | password. `hint` is the example inside an empty box, `help` the sentence under the label.
    `pick_url` answers `?q=` with options of a picker; `before` tells what is stored where the box does not show it.
    `keys` are the keys that a phone shows for it (inputmode: numeric, tel).
    """

    name: str
    label: str
    control: str = "text"
    value: str = ""
    help: str = ""
    hint: str = ""
    errors: tuple[str, ...] = ()
    required: bool = False
    choices: tuple[Choice, ...] = ()
    pick_url: str = ""
    before: str = ""
    autocomplete: str = "off"
    multiple: bool = False
    accept: str = ""
    rows: int = 4
    wide: bool = False
    focus: bool = False
    keys: str = ""

    @property
    def id(self) -> str:
        """The id of the control."""
        return f"f-{self.name}"

    @property
    def described_by(self) -> str:
        """The ids of what explains the control, for aria-describedby."""
        parts = [("help", self.help), ("before", self.before), ("wrong", self.errors)]
        return " ".join(f"{self.id}-{name}" for name, there in parts if there)


@dataclass(frozen=True, slots=True)
class FieldGroup:
    """Fields under one heading."""

    title: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a table's column. `sorted` is "", "up" or "down"."""

    label: str
    number: bool = False
    sort_url: str = ""
    sorted: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as it is shown."""

    text: str = ""
    url: str = ""
    number: bool = False
    badge: Badge | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One row; its first cell names it. `key` is the value of its selection box, which is `ticked` where chosen."""

    cells: tuple[Cell, ...]
    key: str = ""
    ticked: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table that becomes cards on a phone. With `select`, each row has a box named so, for the form `select_form`."""

    heads: tuple[Head, ...]
    rows: Sequence[Row]
    caption: str = ""
    select: str = ""
    select_form: str = "bulk"


@dataclass(frozen=True, slots=True)
class Pager:
    """The way through a long list: addresses of the neighbouring pages, and where one is."""

    previous: str = ""
    next: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in force, with the address of the list without it."""

    label: str
    clear_url: str


@dataclass(frozen=True, slots=True)
class FilterBar:
    """The form above a list: it asks with GET, `kept` are hidden values that it passes on."""

    action: str
    fields: tuple[Field, ...] = ()
    more: tuple[Field, ...] = ()
    chips: tuple[Chip, ...] = ()
    kept: tuple[tuple[str, str], ...] = ()
    saved: tuple[Tab, ...] = ()
    target: str = "#list"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a way. state: done | now | todo."""

    label: str
    state: str = "todo"


@dataclass(frozen=True, slots=True)
class Change:
    """One field before and after; where `shown` is false only that it changed is told."""

    label: str
    before: str = ""
    after: str = ""
    shown: bool = True


@dataclass(frozen=True, slots=True)
class Moment:
    """One entry of a timeline."""

    at: datetime | None
    who: str
    what: str
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class FileLink:
    """A file that belongs to a record."""

    name: str
    url: str
    size: str = ""
    note: str = ""
    image: bool = False
    delete_url: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure whose evidence can be opened."""

    label: str
    text: str
    url: str = ""
    note: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that is said once above the content. tone: done | info | due | late."""

    text: str
    tone: str = INFO
    title: str = ""
    lines: tuple[str, ...] = ()
    actions: tuple[Action, ...] = field(default=())


def size_words(size: int) -> str:
    """Bytes as people read them: 312 KB, 4.2 MB."""
    if size < 1024:
        return f"{size} B"
    if size < 1024 * 1024:
        return f"{size / 1024:.0f} KB"
    return f"{size / 1024 / 1024:.1f} MB"


def shown(value: Any) -> str:
    """A cell's value as tables show it: nothing is a dash."""
    return "—" if value in (None, "") else str(value)
