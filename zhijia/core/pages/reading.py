"""From the texts of a form to the row that `records.save` takes: the same kinds, names and defaults as an import."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from zhijia.core.frame import Frame
from zhijia.core.lookup import Lookup
from zhijia.core.outcomes import Violation
from zhijia.core.pages.parts import Field
from zhijia.core.record_types import Records
from zhijia.core.sheets import reading, resolving
from zhijia.core.sheets.declare import Sheet, Table

UID = "uid"


def whole_number(text: str, digits: int = 18) -> int | None:
    """A whole number as a browser sends it, of as many digits as a key may have; None for anything else.

    >>> whole_number("12"), whole_number("-1"), whole_number("一"), whole_number("9" * 5000)
    (12, None, None, None)
    """
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= digits else None


def fields_of(sheet: Sheet) -> tuple[str, ...]:
    """The fields that a form asks for: all but the 编号."""
    return tuple(column.field for column in sheet.columns if column.field != UID)


def row_of(
    sheet: Sheet,
    texts: Mapping[str, str],
    lookup: Lookup,
    *,
    known: Mapping[str, Records],
    stored: Mapping[str, Any] | None = None,
    untouched: Collection[str] = (),
) -> tuple[dict[str, Any], list[Violation]]:
    """The row that the texts mean, and what can not be read. A violation's place names its field.

    `stored` are the values on record and `untouched` the fields that nobody changed: they keep their value as it is,
    whatever its text would be read as. A field that is untouched and not in `stored` (a secret) is left out.
    """
    read = [name for name in fields_of(sheet) if name not in untouched]
    table = Table(sheet, "", 0, {name: [texts.get(name, "")] for name in read}, [0])
    table.headers = {name: name for name in read}
    table.year = lookup.today.year
    columns, problems = reading.parse(table)
    frame = Frame({}, [0])
    resolving.resolve(sheet, columns, frame, lookup, known_records=known, unread={}, problems=problems)
    resolving.defaults(sheet, columns)
    row = {name: column[0] for name, column in columns.items()}
    for column in sheet.columns:
        for name in (column.field, column.kind.loose):
            if column.field in untouched and stored is not None and name in stored:
                row[name] = stored[name]
    return row, problems


def message(problem: Violation) -> str:
    """A violation beside its field: what is wrong, by which rule, and the way out. What was typed stands in the box."""
    parts = [
        problem.message,
        f"〔{problem.source}〕" if problem.source else "",
        f"——{problem.mend}" if problem.mend else "",
    ]
    return "".join(parts)


def marked(fields: Iterable[Field], problems: Sequence[Violation]) -> tuple[Field, ...]:
    """The fields, each with what is wrong with it."""
    said: dict[str, list[str]] = {}
    for problem in problems:
        if problem.place.column:
            said.setdefault(problem.place.column, []).append(f"{problem.message}。{problem.mend}".rstrip("。") + "。")
    return tuple(replace(field, errors=tuple(said.get(field.name, ()))) for field in fields)
