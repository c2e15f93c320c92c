"""Columns that each union adds to a register: their values lie beside the rows, in a table of their own.

To everything that reads a sheet they are columns like others (`Sheet.stored`); `core.own_values` writes them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

from django.db import models
from django.db.models import Case, Exists, FloatField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce

from zhijia.core.fields import Sealed, SecretField
from zhijia.core.lookup import Lookup
from zhijia.core.own_values import FIELD, PREFIX, SECRET, TEXT, name_of
from zhijia.core.record_types import Records
from zhijia.core.sheets.declare import Column, Filter, Kind, Sheet, Table
from zhijia.core.sheets.headers import full_key

__all__ = [
    "PREFIX", "Beside", "OwnColumn", "annotated", "columns_of", "grown", "having", "name_of", "optional", "saying",
    "sealed", "sheet_of", "stands", "text_kind",
]  # fmt: skip

Posts = frozenset[str] | None  # None: whoever has every right
FILE = "file"  # the kind of a column whose value is the name of a file
_RANGES = {"date": "2026-01-01", "number": "40"}  # kinds that are asked for from and to, with a hint
NUMBER = "number"  # the kind of a column that is sorted by the number that its text tells


@dataclass(frozen=True, slots=True)
class OwnColumn(Column):
    """A column of one union. `key` is the pk of its definition, `stands` the model field that it is like.

    `kept`: whoever the sheet was made for may write it; otherwise it is only read.
    """

    union: int = 0
    key: int = 0
    stands: Any = None
    kept: bool = True


@dataclass(frozen=True, slots=True)
class Beside:
    """Where the own columns of a table come from, and the table of their values with its reference `owner`.

    `columns(union, posts)` are those that the posts see (None: all), each with `kept` as the posts may write it;
    `planned(lookup, posts)` the same as they will be when the frame of `definitions` that the lookup holds is written.
    """

    records: Records
    owner: str
    columns: Callable[[int, Posts], Sequence[OwnColumn]]
    definitions: str  # label
    planned: Callable[[Lookup, Posts], Sequence[OwnColumn]]
    title: str = "自定义字段"

    def known(self, lookup: Lookup) -> Sequence[OwnColumn]:
        """All columns as an import or a form sees them."""
        if self.definitions in lookup.plans:
            return self.planned(lookup, None)
        return self.columns(lookup.union, None) if lookup.union else ()


def text_kind(kind: Kind, write: Callable[[Any], str], read: Callable[[str], Any]) -> Kind:
    """The kind with its values as canonical texts, which is how they are stored and compared."""

    def parse(values: Sequence[Any]) -> Any:
        parsed, problems = kind.parse(values)
        return [None if one is None else write(one) for one in parsed], problems

    def show(value: Any) -> Any:
        if value in (None, ""):
            return None
        return kind.show(read(value) if isinstance(value, str) else value)

    return replace(kind, parse=parse, show=show)


def stands(*, sensitive: bool, purpose: str = "") -> models.Field[Any, Any]:
    """The model field that an own column is like; `purpose` is that of the sealed values."""
    return SecretField(null=True, purpose=purpose) if sensitive else models.CharField(blank=True, max_length=200)


def sorted_by(column: OwnColumn) -> str:
    """The name by which rows are sorted by the column: numbers as numbers, everything else by its text."""
    return f"{column.field}_number" if column.kind.name == NUMBER else column.field


def columns_of(sheet: Sheet) -> tuple[OwnColumn, ...]:
    """The own columns of a sheet that was made for a union."""
    return tuple(column for column in sheet.columns if isinstance(column, OwnColumn))


def sheet_of(sheet: Sheet, union: int | None, posts: Posts = None, *, kept: bool = False) -> Sheet:
    """The sheet with the union's own columns that the posts see (with `kept`: may write); one query where there can be.

    Columns whose header the sheet has already give way to it. Files are read only: forms and ledgers hold texts.
    """
    beside = sheet.records.beside
    if beside is None or not union:
        return sheet
    headers = {column.header for column in sheet.columns}
    own = [one for one in beside.columns(union, posts) if one.header not in headers]
    own = [one for one in own if not kept or (one.kept and one.kind.name != FILE)]
    if not own:
        return sheet
    parts = (*sheet.parts, (beside.title, own[0].field)) if sheet.parts else ()
    made = replace(sheet, columns=(*sheet.columns, *own), parts=parts)
    return replace(made, filters=(*sheet.filters, *(one for column in own for one in _ranges(made, column))))


def grown(sheet: Sheet, tables: Sequence[Table], lookup: Lookup, posts: Posts) -> Sheet:
    """The sheet with the columns that a frame of definitions in the same file adds; its tables take up their cells.

    Only what the posts may write is added, as for any ledger (`optional`).
    """
    beside: Beside | None = sheet.records.beside
    if beside is None or beside.definitions not in lookup.plans:
        return sheet
    headers = {column.header for column in sheet.columns if not isinstance(column, OwnColumn)}
    own = [one for one in beside.planned(lookup, posts) if one.kept and one.header not in headers]
    fields = {one.field for one in own}
    rest = (column for column in sheet.columns if column.field not in fields)
    sheet = optional(replace(sheet, columns=(*rest, *own)))
    named = {full_key(column.header): column.field for column in columns_of(sheet)}
    for table in tables:
        table.sheet = sheet
        for header in list(table.unknown):
            name = named.get(full_key(header))
            if name is not None and name not in table.columns:
                table.letters[name], table.columns[name] = table.unknown.pop(header)
                table.headers[name] = header
    return sheet


def optional(sheet: Sheet) -> Sheet:
    """The sheet for files: a ledger without an own column is as good as ever, so files are never refused for one."""
    if not columns_of(sheet):
        return sheet
    columns = (replace(one, required=False) if isinstance(one, OwnColumn) else one for one in sheet.columns)
    return replace(sheet, columns=tuple(one for one in columns if one.kind.name != FILE))


def annotated(sheet: Sheet, rows: QuerySet[Any], *, full: bool = False) -> QuerySet[Any]:
    """The rows with the values of the sheet's own columns; of a secret only whether there is one (`has_…`).

    With `full` (a workbook that is imported again) secrets come sealed.
    """
    beside: Beside | None = sheet.records.beside
    marks: dict[str, Any] = {}
    for column in columns_of(sheet):
        assert beside is not None
        own = beside.records.model._base_manager.filter(**{beside.owner: OuterRef("pk"), FIELD: column.key})
        if isinstance(column.stands, SecretField) and full:
            marks[column.field] = Subquery(own.values(SECRET)[:1], output_field=column.stands)
        elif isinstance(column.stands, SecretField):
            marks[f"has_{column.field}"] = Exists(own.filter(secret__isnull=False))
        else:
            texts = Subquery(own.values(TEXT)[:1], output_field=models.CharField())
            marks[column.field] = Coalesce(texts, Value(""), output_field=models.CharField())
            if column.kind.name == NUMBER:
                numbers = own.exclude(text="").values(number=Cast(TEXT, FloatField()))
                marks[sorted_by(column)] = Subquery(numbers[:1], output_field=FloatField(null=True))
    return rows.annotate(**marks) if marks else rows


def having(sheet: Sheet, column: OwnColumn, text: str) -> Q:
    """The rows whose own column holds the text, found through the index of the values."""
    return Q(pk__in=_values(sheet, (column,)).filter(text=text).values(sheet.records.beside.owner))


def _ranges(sheet: Sheet, column: OwnColumn) -> Iterator[Filter]:
    """The questions from and to of a date or a number."""
    if column.kind.name not in _RANGES or isinstance(column.stands, SecretField):
        return
    for name, word, compared in (("from", "从", "gte"), ("to", "到", "lte")):
        label = f"{column.header}{word}"
        rows = partial(_compared, sheet, column, compared)
        yield Filter(f"{column.field}_{name}", label, rows, kind=column.kind, hint=_RANGES[column.kind.name])


def _compared(sheet: Sheet, column: OwnColumn, compared: str, value: str, _today: date) -> Q:
    """The rows whose own column is (`gte`) at least or (`lte`) at most the value; days compare as texts do."""
    found = _values(sheet, (column,)).exclude(text="")
    if column.kind.name != NUMBER:
        return Q(pk__in=found.filter(**{f"{TEXT}__{compared}": value}).values(sheet.records.beside.owner))
    # Texts of other columns are no numbers: a CASE is what keeps PostgreSQL from reading them first.
    number = Case(When(**{FIELD: column.key}, then=Cast(TEXT, FloatField())), output_field=FloatField())
    found = found.annotate(number=number).filter(**{f"number__{compared}": float(value)})
    return Q(pk__in=found.values(sheet.records.beside.owner))


def saying(sheet: Sheet) -> Callable[[str], Q] | None:
    """What gives the rows with a word in one of the sheet's own texts; None where it has none. Secrets are not read."""
    columns = [one for one in columns_of(sheet) if one.kind.name == "text" and not isinstance(one.stands, SecretField)]
    if not columns:
        return None

    def rows(word: str) -> Q:
        how = "icontains" if word.lower() != word.upper() else "contains"
        found = _values(sheet, columns).filter(**{f"{TEXT}__{how}": word})
        return Q(pk__in=found.values(sheet.records.beside.owner))

    return rows


def _values(sheet: Sheet, columns: Sequence[OwnColumn]) -> QuerySet[Any]:
    """The values of some of the sheet's own columns."""
    manager = sheet.records.beside.records.model._base_manager
    found: QuerySet[Any] = manager.filter(union_id=columns[0].union, field_id__in=[one.key for one in columns])
    return found


def sealed(sheet: Sheet, column: OwnColumn, pk: int) -> Sealed | None:
    """The sealed value of the row's own column."""
    beside: Beside = sheet.records.beside
    rows = beside.records.model._base_manager.filter(**{beside.owner: pk, FIELD: column.key})
    found: Sealed | None = rows.values_list(SECRET, flat=True).first()
    return found
