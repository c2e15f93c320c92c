"""What a room holds about one person, read from its tables: every reference to a person counts, sheet or no sheet.

A table's `person` is whom its rows are about; other references (who typed it in) name a helper, who is told of the
help and not of the person helped. Nothing is listed by hand, so no table can be forgotten: a room says
`exporter("care", SHEETS)` and is done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection, models

from zhijia.core.fields import Sealed, SecretField
from zhijia.core.pages import words
from zhijia.core.pages.words import Words
from zhijia.core.person_keys import PERSON, SUBJECT
from zhijia.core.record_types import Records
from zhijia.core.sheets.declare import Column, Kind, Sheet

_PLAIN = frozenset(("date", "last_day", "month", "year", "choice"))  # kinds that tell a helper nothing of the person
_HOUSE = frozenset(("id", "union", "uid", "version", "origin", "withdrawn_on", "withdrawn_by", "withdrawn_reason"))
WITHDRAWN = "状态"


@dataclass(frozen=True, slots=True)
class Source:
    """One table with rows about persons, and its fields that name one (none: its rows are the persons themselves).

    `aside`: the rows are about somebody else; the person of `fields` only helped.
    """

    sheet: Sheet | None
    model: Any
    fields: tuple[str, ...]
    aside: bool = False

    @property
    def label(self) -> str:
        """`app.Model`."""
        return str(self.model._meta.label)

    @property
    def room(self) -> str:
        """The room's word in addresses."""
        return str(self.model._meta.app_label)

    @property
    def kind(self) -> str:
        """The table's word in addresses."""
        return "-".join((str(self.model._meta.model_name), *(self.fields if self.aside else ())))

    @property
    def title(self) -> str:
        """What its rows are called."""
        name = self.sheet.name if self.sheet else str(self.model._meta.verbose_name)
        return f"{name}（{self.model._meta.get_field(self.fields[0]).verbose_name}）" if self.aside else name

    @property
    def columns(self) -> tuple[Column, ...]:
        """What is told of a row: the sheet's columns, or the fields that have a name for people."""
        if self.sheet:
            found = tuple(column for column in self.sheet.columns if column.field != "uid")
        else:
            found = tuple(_column(field) for field in _telling(self.model))
        return tuple(one for one in found if self._for_helper(one)) if self.aside else found

    def _for_helper(self, column: Column) -> bool:
        reference = bool(column.kind.target) and column.field != SUBJECT
        return column.field in self.fields or reference or column.kind.name in _PLAIN

    @property
    def secrets(self) -> tuple[Column, ...]:
        """The columns stored encrypted."""
        return tuple(one for one in self.columns if isinstance(self.model._meta.get_field(one.field), SecretField))

    def about(self, person: int) -> models.QuerySet[Any]:
        """The rows about the person, withdrawn ones too: they are held as well."""
        rows: models.QuerySet[Any] = self.model._base_manager.all()
        if not self.fields:
            return rows.filter(pk=person)
        named = models.Q()
        for field in self.fields:
            named |= models.Q(**{field: person})
        return rows.filter(named)


def _telling(model: Any) -> list[models.Field[Any, Any]]:
    return [
        field
        for field in model._meta.concrete_fields
        if field.name not in _HOUSE and not str(field.verbose_name).isascii()
    ]


def _column(field: models.Field[Any, Any]) -> Column:
    target = field.related_model._meta.label if isinstance(field, models.ForeignKey) else ""
    choices = dict(field.flatchoices)
    kind = Kind("text", lambda _values: ([], []), lambda value: choices.get(value, value), target=target)
    return Column(str(field.verbose_name), field.name, kind)


def sources(room: str, sheets: Sequence[Sheet]) -> tuple[Source, ...]:
    """The tables of the room that hold rows about persons."""
    by_label = {sheet.records.label: sheet for sheet in sheets}
    found = []
    for model in apps.get_app_config(room).get_models():
        if model._meta.proxy or not model._meta.managed:
            continue
        fields = tuple(
            field.name
            for field in model._meta.concrete_fields
            if isinstance(field, models.ForeignKey) and getattr(field.related_model, "__name__", "") == PERSON
        )
        sheet = by_label.get(model._meta.label)
        if SUBJECT in fields:
            found.append(Source(sheet, model, (SUBJECT,)))
            found += [Source(sheet, model, (name,), aside=True) for name in fields if name != SUBJECT]
        elif fields or model.__name__ == PERSON:
            found.append(Source(sheet, model, fields))
    return tuple(found)


def counts(found: Sequence[Source], person: int) -> list[int]:
    """How many rows of each table are about the person; one query for all."""
    if not found:
        return []
    parts: list[str] = []
    values: list[Any] = []
    for number, source in enumerate(found):
        sql, params = source.about(person).order_by().values("pk").query.sql_with_params()
        parts.append(f"SELECT {number}, COUNT(*) FROM ({sql}) AS t{number}")  # noqa: S608 - compiled by the ORM
        values += params
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        held = dict(cursor.fetchall())
    return [held[number] for number in range(len(found))]


def told(source: Source, person: int, *, full: bool, most: int | None = None) -> Iterator[dict[str, str]]:
    """The rows about the person in words, latest first: header → text. Secrets in full only where asked for.

    Columns that say nothing of a row are left out. One query, and one for each table that the rows refer to.
    """
    columns, hidden = source.columns, {column.field for column in source.secrets}
    sheet = source.sheet or Sheet(source.title, Records(source.model, key=()), columns)
    names = {field.name for field in source.model._meta.concrete_fields}
    paths = ["pk", *words.paths(sheet, columns), *hidden, *({"withdrawn_on"} & names)]
    found = source.about(person).order_by("-pk").values(*dict.fromkeys(paths))
    rows = list(found[:most] if most else found)
    said = Words(sheet, columns, rows)
    for row in rows:
        line = {}
        for column in columns:
            text = said.text(row, column)
            if column.field in hidden:
                text = _secret(row[column.field], text, full)
            if text:
                line[column.header] = text
        if row.get("withdrawn_on"):
            line[WITHDRAWN] = f"{row['withdrawn_on'].isoformat()}撤回"
        yield line


def _secret(sealed: Any, masked: str, full: bool) -> str:
    if not isinstance(sealed, Sealed):
        return ""
    return sealed.reveal() if full else masked


def exporter(room: str, sheets: Sequence[Sheet]) -> Callable[[int], Mapping[str, Any]]:
    """The room's `export_person`: everything it holds about one person, in full, by what the rows are called."""

    def export(person: int) -> Mapping[str, Any]:
        found = sources(room, sheets)
        held = zip(found, counts(found, person), strict=True)
        return {source.title: list(told(source, person, full=True)) for source, count in held if count}

    return export
