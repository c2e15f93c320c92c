"""Between reading and planning: one sheet's tables joined to columns, names turned into rows, refused rows left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.apps import apps

from zhijia.core.canonical import canonical
from zhijia.core.frame import Frame
from zhijia.core.lookup import Lookup
from zhijia.core.outcomes import WARN, Place, Violation
from zhijia.core.record_types import Records
from zhijia.core.sheets import reading
from zhijia.core.sheets.cells import text_of
from zhijia.core.sheets.declare import Column, Sheet, Table


def cells(tables: Sequence[Table], problems: list[Violation]) -> tuple[dict[str, list[Any]], Frame]:
    """Parsed columns of one sheet's tables, joined; a column missing in one of several tables is blank there."""
    frame = Frame({}, [], sheet=tables[0].title, sheets=[], headers={})
    headers: dict[str, str] = {}
    parsed = []
    for table in tables:
        columns, found = reading.parse(table)
        problems.extend(found)
        problems.extend(reading.check_totals(table, columns))
        headers.update(table.headers)
        parsed.append(columns)
        frame.rows.extend(table.rows)
        assert frame.sheets is not None
        frame.sheets.extend([table.title] * len(table.rows))
    names = list(dict.fromkeys(name for columns in parsed for name in columns))
    joined: dict[str, list[Any]] = {name: [] for name in names}
    for table, columns in zip(tables, parsed, strict=True):
        for name in names:
            joined[name].extend(columns.get(name) or [None] * len(table.rows))
    frame.headers = headers
    return joined, frame


def resolve(
    sheet: Sheet,
    columns: dict[str, list[Any]],
    frame: Frame,
    lookup: Lookup,
    *,
    known_records: Mapping[str, Records],
    unread: Mapping[str, set[str]],
    problems: list[Violation],
) -> None:
    """Turn the names in reference columns into rows; every name that fits none or several rows is a problem.

    `unread` are names in rows of earlier sheets that are refused already: missing them is not told again.
    """
    for column in sheet.columns:
        target = column.kind.target
        if not target or column.field not in columns:
            continue
        texts = columns[column.field]
        days = _days(column, columns, len(texts))
        known: dict[tuple[str, date | None], tuple[int | None, str]] = {}
        for text, day in {(text, day) for text, day in zip(texts, days, strict=True) if text is not None}:
            tokens = lookup.find(known_records[target], text, day)
            if len(tokens) == 1:
                known[text, day] = (tokens[0], "")
            elif tokens:
                choices = "、".join(lookup.describe(known_records[target], token) for token in tokens[:6])
                known[text, day] = (
                    None,
                    f"“{text}”有{len(tokens)}个，分不清是哪一个|请写明其中之一：{choices}；或填写编号",
                )
            elif column.kind.loose or canonical(text) in unread.get(target, ()):
                known[text, day] = (None, "")
            else:
                name = apps.get_model(target)._meta.verbose_name
                known[text, day] = (None, f"找不到“{text}”|请先在“{name}”表中登记，或改正名称")
        values: list[Any] = []
        for index, (text, day) in enumerate(zip(texts, days, strict=True)):
            token, problem = known[text, day] if text is not None else (None, "")
            values.append(token)
            if problem:
                message, _, mend = problem.partition("|")
                problems.append(
                    Violation("reference", message, place=frame.place(index, column.field), value=text, mend=mend)
                )
        columns[column.field] = values
        if column.kind.loose:
            pairs = zip(texts, values, strict=True)
            columns[column.kind.loose] = [text or "" if token is None else "" for text, token in pairs]


def _days(column: Column, columns: Mapping[str, list[Any]], count: int) -> list[date | None]:
    """For each row the day on which the name in the column is borne; None where the row tells none."""
    name, more = column.day or ("", 0)
    given = columns.get(name) or [None] * count
    return [day + timedelta(days=more) if isinstance(day, date) else None for day in given]


def uids(columns: dict[str, list[Any]], frame: Frame, problems: list[Violation]) -> None:
    """编号 as this system gave them; a ledger's own numbering is told of once and read as none."""
    foreign = 0
    found: list[UUID | None] = []
    for text in columns.get("uid", ()):
        try:
            found.append(UUID(text) if text else None)
        except ValueError:
            found.append(None)
            foreign += 1
    if found:
        columns["uid"] = found
    if foreign:
        message = f"有{foreign}个编号不是本系统给出的，按没有编号读"
        problems.append(Violation("uid.foreign", message, place=Place(frame.sheet), level=WARN))


def defaults(sheet: Sheet, columns: dict[str, list[Any]]) -> None:
    """Blank cells take their column's declared default."""
    for column in sheet.columns:
        if column.default is not None and column.field in columns:
            columns[column.field] = [column.default if value is None else value for value in columns[column.field]]


def names_in(sheet: Sheet, tables: Sequence[Table], rows: set[tuple[str, int]]) -> set[str]:
    """The names by which other sheets may mean the given (title, row) rows, as they stand in the file."""
    if not rows:
        return set()
    fields = {handle[0] for handle in sheet.records.handles}
    found: set[str] = set()
    for table in tables:
        for index, row in enumerate(table.rows):
            if (table.title, row) in rows:
                found.update(canonical(text_of(table.columns[name][index])) for name in fields & table.columns.keys())
    return found


def sound(frame: Frame, broken: set[tuple[str, int]]) -> Frame:
    """The frame without rows whose cells could not be read, so that one typing error does not cause ten complaints."""
    if not broken:
        return frame
    titles = frame.sheets or [frame.sheet] * len(frame)
    places = zip(titles, frame.rows, strict=True)
    keep = [index for index, place in enumerate(places) if place not in broken]
    columns = {name: [column[index] for index in keep] for name, column in frame.columns.items()}
    sheets = [titles[index] for index in keep]
    return Frame(columns, [frame.rows[index] for index in keep], frame.sheet, sheets, frame.headers)
