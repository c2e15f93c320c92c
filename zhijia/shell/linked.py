"""Records that refer to a record: how many of each register, and the latest ones. Two queries, however many tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import CharField, IntegerField, QuerySet, TextField, Value
from django.db.models.functions import Cast

from zhijia.core.access import Access
from zhijia.core.pages import words
from zhijia.core.sheets.declare import Column
from zhijia.shell.registers import BY_LABEL, REGISTERS, Register

LATEST = 10
_WORDS = 3  # what names a linked record
_TELLING = ("date", "choice", "text", "name", "year", "month", "money", "whole", "long_text", "last_day")


@dataclass(slots=True)
class Link:
    """The rows of one register that refer to a record through one of its columns."""

    label: str
    column: str
    count: int
    list_url: str
    rows: list[tuple[str, str]] = field(default_factory=list)  # (text, address)


@dataclass(frozen=True, slots=True)
class _Source:
    register: Register
    column: Column
    rows: QuerySet[Any]
    shown: tuple[Column, ...]


def links(register: Register, row: Any, access: Access) -> list[Link]:
    """What refers to the record, of the registers that the access may open; those without a row are left out."""
    sources = list(_sources(register, row, access))
    if not sources:
        return []
    found: list[Link | None] = []
    for source, count in zip(sources, _counts([source.rows for source in sources]), strict=True):
        url = f"{source.register.url()}?{source.column.field}={row.uid}"
        partly = source.register.limited(access) and not register.limited(access)  # of an activity, those of the group
        name = source.register.sheet.name + ("（本组）" if partly else "")
        found.append(Link(name, source.column.header, count, url) if count else None)
    filled = [(number, source) for number, (source, link) in enumerate(zip(sources, found, strict=True)) if link]
    for number, texts, uid in _latest(filled):
        link = found[number]
        assert link is not None
        source = sources[number]
        parts = [word_of(column, text) for column, text in zip(source.shown, texts, strict=False)]
        text = " ".join(part for part in parts if part) or source.register.sheet.name
        link.rows.append((text, source.register.url("record", UUID(uid))))
    return [link for link in found if link]


def _sources(register: Register, row: Any, access: Access) -> Iterator[_Source]:
    for other in REGISTERS:
        if not other.may_open(access) or not other.sheet.records.tenant:
            continue
        for column in other.sheet.columns:
            if column.kind.target == register.label:
                rows = other.rows(access).filter(**{column.field: row.pk}).order_by("-pk")
                yield _Source(other, column, rows, telling(other.narrowed(access), column))


def telling(register: Register, but: Column | None = None) -> tuple[Column, ...]:
    """The columns that name a row of the register without another query; not `but`, the one that refers here."""
    columns = [
        column
        for column in register.sheet.columns
        if (column.kind.name in _TELLING or naming_field(column))
        and column is not but
        and not words.is_secret(register.sheet, column)
    ]
    first = [column for column in columns if column.required] + [column for column in columns if not column.required]
    return tuple(first[:_WORDS])


def naming_field(column: Column) -> str:
    """The field by which the row that a reference means is called (title); empty where there is no such one."""
    target = BY_LABEL.get(column.kind.target)
    first = target.sheet.records.handles[0] if target and target.sheet.records.handles else ()
    field = target.sheet.records.model._meta.get_field(first[0]) if target and len(first) == 1 else None
    return str(first[0]) if isinstance(field, CharField) and target and target.label != "members.Person" else ""


def _counts(querysets: Sequence[QuerySet[Any]]) -> list[int]:
    """The numbers of rows of several tables in one query."""
    parts, values = [], []
    for number, rows in enumerate(querysets):
        sql, params = rows.order_by().annotate(n=Value(number, IntegerField())).values("n").query.sql_with_params()
        parts.append(f"SELECT {number}, COUNT(*) FROM ({sql}) AS t{number}")  # noqa: S608 - compiled by the ORM
        values += params
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        found = dict(cursor.fetchall())
    return [found[number] for number in range(len(querysets))]


def _latest(sources: Sequence[tuple[int, _Source]]) -> list[tuple[int, tuple[Any, ...], str]]:
    """The latest rows of several tables in one query: (number of the source, texts that name the row, 编号)."""
    if not sources:
        return []
    parts, values = [], []
    for number, source in sources:
        names = [path_of(source.register, column) for column in source.shown]
        texts = [Cast(name, TextField()) for name in names]
        texts += [Cast(Value(""), TextField()) for _ in range(_WORDS - len(names))]
        cells = {f"c{place}": text for place, text in enumerate(texts)}
        rows = source.rows.annotate(n=Value(number, IntegerField()), u=Cast("uid", TextField()), **cells)
        sql, params = rows.values_list("n", "u", *cells)[:LATEST].query.sql_with_params()
        parts.append(f"SELECT * FROM ({sql}) AS t{number}")  # noqa: S608 - compiled by the ORM
        values += params
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        return [(row[0], tuple(row[2:]), str(row[1])) for row in cursor.fetchall()]


def path_of(register: Register, column: Column) -> str:
    """Where the column's value is stored; of a reference the name of the row meant."""
    if column.kind.target:
        return f"{column.field}__{naming_field(column)}"
    return words.attname(register.sheet, column)


def word_of(column: Column, text: Any) -> str:
    """A value that came as text, in words."""
    if text in (None, ""):
        return ""
    if column.kind.name in {"date", "last_day", "month"}:
        return words.word(column, date.fromisoformat(str(text)[:10]))
    if column.kind.name in {"money", "whole", "year"}:
        return words.word(column, int(text))
    if column.kind.name == "choice":
        return words.word(column, text) or words.word(column, int(text) if str(text).isdecimal() else text)
    word = str(text)
    return word if len(word) <= 40 else word[:40] + "…"
