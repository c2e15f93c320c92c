"""A record's values as the words that pages, exports and printed lists show. Secrets show no more than their tail."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.apps import apps
from django.db import models

from zhijia.core.fields import HIDDEN, SecretField
from zhijia.core.money import yuan
from zhijia.core.pages.parts import DONE, DUE, INFO, LATE, QUIET
from zhijia.core.sheets.declare import Column, Sheet

NUMBERS = frozenset({"money", "whole", "hours", "number"})
# Codes of states by what they mean for whoever looks at a list.
_TONES = {
    DONE: {"done", "closed", "granted", "approved", "paid", "finished", "erased"},
    INFO: {"open", "doing", "sent", "active", "lived"},
    DUE: {"draft", "waiting", "pending", "delayed"},
    LATE: {"refused", "late", "overdue", "failed", "dropped"},
}


def is_secret(sheet: Sheet, column: Column) -> bool:
    """Whether the column is stored encrypted."""
    return isinstance(sheet.stored(column), SecretField)


def attname(sheet: Sheet, column: Column) -> str:
    """The name under which rows give the column's value."""
    return getattr(sheet.stored(column), "attname", None) or column.field


def tail_field(sheet: Sheet, column: Column) -> str:
    """The field that keeps the last digits of a secret (`phone_tail`, `id_tail`); empty where there is none."""
    names = {field.name for field in sheet.records.model._meta.get_fields()}
    for name in (f"{column.field}_tail", f"{column.field.partition('_')[0]}_tail"):
        if name in names:
            return name
    return ""


def paths(sheet: Sheet, columns: Iterable[Column]) -> list[str]:
    """What is read of each row to show the columns, without repeats."""
    found: list[str] = []
    for column in columns:
        if is_secret(sheet, column):
            tail = tail_field(sheet, column)
            found += [tail] if tail else []
            continue
        found.append(attname(sheet, column))
        if column.kind.loose:
            found.append(column.kind.loose)
    return list(dict.fromkeys(found))


def word(column: Column, value: Any) -> str:
    """One value as text: amounts in yuan with separators, days as 2026-11-22, choices by their label."""
    if value in (None, ""):
        return ""
    if column.kind.name == "money":
        return yuan(value)
    shown = column.kind.show(value)
    if isinstance(shown, date):
        return shown.isoformat()
    if isinstance(shown, float):
        return f"{shown:.12g}"
    return "" if shown is None else str(shown)


def tone(column: Column, value: Any) -> str:
    """The tone of a state's badge; empty for columns that are no state."""
    if column.field != "state" or value in (None, ""):
        return ""
    return next((tone for tone, codes in _TONES.items() if value in codes), QUIET)


def labels(label: str, pks: Iterable[int]) -> dict[int, tuple[str, str]]:
    """How the rows of `app.Model` are called, and their 编号: {pk: (text, uid)}; one query."""
    model = apps.get_model(label)
    wanted = {pk for pk in pks if pk is not None}
    if not wanted:
        return {}
    manager: Any = model._default_manager
    people = [
        field.name
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey) and getattr(field.related_model, "__name__", "") == "Person"
    ]
    rows = manager.filter(pk__in=wanted)
    if people:
        hidden = [f"{name}__{secret}" for name in people for secret in ("id_number", "phone")]
        rows = rows.select_related(*people).defer(*hidden)
    return {row.pk: (str(row), str(row.uid)) for row in rows}


# Names of rows by table, as `labels` gives them: what a page has read already is not asked for again.
Known = Mapping[str, Mapping[int, tuple[str, str]]]


class Words:
    """The words of a set of rows read with `paths` (as dictionaries): references are named with one query a table."""

    def __init__(
        self, sheet: Sheet, columns: Iterable[Column], rows: Iterable[dict[str, Any]], known: Known | None = None
    ) -> None:
        self.sheet = sheet
        self.rows = list(rows)
        self._attnames: dict[str, str] = {}
        self._tails: dict[str, str] = {}
        self._named: dict[str, dict[int, tuple[str, str]]] = {
            name: dict(names) for name, names in (known or {}).items()
        }
        wanted: dict[str, set[int]] = {}
        for column in columns:
            if is_secret(sheet, column):
                self._tails[column.field] = tail_field(sheet, column)
                continue
            name = self._attnames[column.field] = attname(sheet, column)
            if column.kind.target:
                found = wanted.setdefault(column.kind.target, set())
                found.update(row[name] for row in self.rows if row[name] is not None)
        for target, pks in wanted.items():
            names = self._named.setdefault(target, {})
            names.update(labels(target, pks - names.keys()))

    def value(self, row: dict[str, Any], column: Column) -> Any:
        """What is stored in the column; None for a secret."""
        return row[self._attnames[column.field]] if column.field in self._attnames else None

    def text(self, row: dict[str, Any], column: Column) -> str:
        """The column of the row as text."""
        if column.field in self._tails:
            tail = self._tails[column.field]
            return (f"尾号{row[tail]}" if row[tail] else "") if tail else HIDDEN
        value = self.value(row, column)
        if column.kind.target:
            name = self._named[column.kind.target].get(value, ("", ""))[0]
            return name or (row.get(column.kind.loose) or "" if column.kind.loose else "")
        return word(column, value)

    def target(self, row: dict[str, Any], column: Column) -> str:
        """The 编号 of the row that a reference means; empty for other columns and for nobody."""
        if not column.kind.target:
            return ""
        return self._named[column.kind.target].get(self.value(row, column), ("", ""))[1]
