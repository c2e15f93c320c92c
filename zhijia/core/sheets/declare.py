"""One declaration per sheet of the ledger workbook: reading, checking, writing, help and drop-downs come from it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from zhijia.core.record_types import Records


@dataclass(frozen=True, slots=True)
class Problem:
    """One cell that a kind can not read: its index in the column, why, and how to mend it."""

    index: int
    code: str
    message: str
    mend: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """How cells of one sort are read and written.

    `parse(values)` takes the raw cells of a column (str, int, float, bool, date, datetime, None or '') none of which is
    blank, and returns one value per cell (None where a `Problem` is reported).
    `show(value)` gives the cell back for an export: str, int, float, date or None.
    """

    name: str
    parse: Callable[[Sequence[Any]], tuple[list[Any], list[Problem]]]
    show: Callable[[Any], Any] = lambda value: value
    help: str = ""
    choices: tuple[str, ...] = ()
    number_format: str = ""
    width: int = 14
    summed: bool = False
    target: str = ""  # for references: "app.Model"
    loose: str = ""  # for references: the field that keeps the text when nobody is found
    secret: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its header as unions write it, the model field it fills, and how its cells are read."""

    header: str
    field: str
    kind: Kind
    required: bool = False
    synonyms: tuple[str, ...] = ()
    help: str = ""
    examples: tuple[Any, Any] = ("", "")
    default: Any = None  # stored for a blank cell of a new row
    # For references to rows that bear names for a time: the field whose day tells which is meant, and days added to it.
    day: tuple[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Filter:
    """A question that a list asks besides those of its columns; `name` stands in the address.

    With `answers` (code, words) one is chosen, else something of the `kind`, or a text, is typed. `rows(value, today)`
    gives the condition (a `Q`) of the rows that fit; the value is the code, or what was typed as the kind reads it.
    """

    name: str
    label: str
    rows: Callable[[Any, date], Any]
    answers: tuple[tuple[str, str], ...] = ()
    kind: Kind | None = None
    hint: str = ""

    def value(self, text: str) -> Any:
        """What was asked for; None where it is no answer."""
        text = text.strip()[:60]
        if self.answers:
            return text if text in dict(self.answers) else None
        if self.kind:
            values, problems = self.kind.parse([text])
            return None if problems else values[0]
        return text or None

    def told(self, value: Any) -> str:
        """The value in words."""
        return dict(self.answers).get(value, str(value))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: `name` as shown, `records` (how its rows are stored), its columns, and the sample rows it carries.

    On pages the same declaration is a register: `show` are the columns of its list (none: the first ones), `parts` say
    at which field each group of a form begins. Without seeing the whole register, one sees the rows of the groups that
    one leads, found by `group_path`, with the permission `led`; with `report` one records them too, and sees only the
    fields `reported`.
    `reveal` is the permission with which a field stored encrypted is shown in full (`core.revealing`).
    `view` and `edit` are the permissions to read and to write the register where the room's own (`room.view`,
    `room.edit`) would open it to too many; the search of the house looks only into sheets that are `searched`.
    `pages` are what a page of the room's own does to the rows picked in the list: (words, url name, permission).
    `filters` narrow the list by what is no column, or no single one. `known_by` are columns besides the naming ones by
    which a search over everything finds a record (what it was called before). `typed` is how a form stores its rows,
    where it is judged by more than a file: a form says what is so from now on, a file what was.
    """

    name: str
    records: Records
    columns: tuple[Column, ...]
    help: str = ""
    synonyms: tuple[str, ...] = ()
    rids: tuple[str, ...] = ()
    order_by: tuple[str, ...] = ()
    show: tuple[str, ...] = ()
    parts: tuple[tuple[str, str], ...] = ()  # (title, first field)
    led: str = ""
    report: str = ""
    group_path: str = ""
    reported: tuple[str, ...] = ()
    reveal: str = ""
    view: str = ""
    edit: str = ""
    searched: bool = True
    pages: tuple[tuple[str, str, str], ...] = ()
    filters: tuple[Filter, ...] = ()
    known_by: tuple[str, ...] = ()
    typed: Records | None = None

    @property
    def room(self) -> str:
        """The room that the sheet belongs to."""
        return str(self.records.model._meta.app_label)

    @property
    def kind(self) -> str:
        """The word for the sheet in addresses."""
        return str(self.records.model._meta.model_name)

    @property
    def grows(self) -> bool:
        """Whether a union may add columns to it."""
        return getattr(self.records, "beside", None) is not None

    def stored(self, column: Column) -> Any:
        """The model field that the column fills, or that a column of the union's own is like."""
        return getattr(column, "stands", None) or self.records.model._meta.get_field(column.field)

    def column(self, field_name: str) -> Column:
        """The column that fills `field_name`."""
        return next(column for column in self.columns if column.field == field_name)


@dataclass(slots=True)
class Table:
    """One table found in a file and matched to a declared sheet; cells are raw, rows are the data rows only.

    `columns[field]` are raw cells; `rows` their Excel row numbers; `header_row` is 1-based. `letters[field]` is the
    zero-based column index in the file, for marking. `unknown` are the columns that the sheet does not know, by header:
    index and, where the sheet may come to know them (`Sheet.grows`), cells. `totals` maps a field to the row and the
    amount that a trailing totals row states; `subtotals` are (row, first, end, {field: amount}) for rows first up to,
    not including, end.
    """

    sheet: Sheet
    title: str
    header_row: int
    columns: dict[str, list[Any]]
    rows: list[int]
    letters: dict[str, int] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    unknown: dict[str, tuple[int, list[Any]]] = field(default_factory=dict)
    totals: dict[str, tuple[int, Any]] = field(default_factory=dict)
    subtotals: list[tuple[int, int, int, dict[str, Any]]] = field(default_factory=list)
    year: int | None = None


def blank(value: Any) -> bool:
    """True for an empty cell: None, '' or only spaces (full-width ones too)."""
    return value is None or (isinstance(value, str) and not value.strip())
