"""A record as pages need it: found by its 编号 in few queries, with its texts and what may be said of its secrets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, ForeignKey, Q, QuerySet
from django.http import Http404

from zhijia.core import naming
from zhijia.core.access import Access
from zhijia.core.pages import words
from zhijia.core.pages.wording import registered, secrets_of, typed
from zhijia.core.sheets import beside
from zhijia.core.sheets.declare import Column
from zhijia.shell.registers import BY_LABEL, Register

_HAS = "has_"


def _with_secrets(register: Register, rows: QuerySet[Any]) -> QuerySet[Any]:
    """The rows with a mark for each secret that is on record; the secret itself stays in the database."""
    secrets = secrets_of(BY_LABEL[register.label].sheet)  # also where whoever reads sees fewer columns
    secrets = tuple(name for name in secrets if not name.startswith(beside.PREFIX))  # those come with their mark
    marks = {
        f"{_HAS}{name}": ExpressionWrapper(Q(**{f"{name}__isnull": False}), output_field=BooleanField())
        for name in secrets
    }
    return rows.annotate(**marks).defer(*secrets) if secrets else rows


def _joined(register: Register, rows: QuerySet[Any]) -> QuerySet[Any]:
    """The rows with those they refer to, and the persons these refer to, without anybody's secrets."""
    paths: list[str] = []
    hidden: list[str] = []
    for column in register.sheet.columns:
        target = BY_LABEL.get(column.kind.target) if column.kind.target else None
        if target is None:
            continue
        paths.append(column.field)
        hidden += [f"{column.field}__{name}" for name in secrets_of(target.sheet)]
        for other in target.sheet.columns:
            if other.kind.target == "members.Person":
                paths.append(f"{column.field}__{other.field}")
                person = BY_LABEL[other.kind.target]
                hidden += [f"{column.field}__{other.field}__{name}" for name in secrets_of(person.sheet)]
    rows = rows.select_related(*paths) if paths else rows
    own = (name for name in secrets_of(register.sheet) if not name.startswith(beside.PREFIX))
    return rows.defer(*hidden, *own) if hidden else rows


def find(register: Register, access: Access, uid: Any, *, withdrawn: bool = False, joined: bool = False) -> Any:
    """The record with that 编号; 404 where it is not there for this access.

    With `withdrawn` also one that was taken back, for those who may change the register.
    """
    rows = _found(register, register.rows(access), uid, joined=joined)
    if rows is None and withdrawn and register.sheet.records.tenant and register.may_edit_all(access):
        manager: Any = register.sheet.records.model._default_manager
        every = beside.annotated(register.sheet, manager.filter(union_id=access.union))
        rows = _found(register, every, uid, joined=joined)
    if rows is None:
        raise Http404("没有这条记录")
    return rows


def _found(register: Register, rows: QuerySet[Any], uid: Any, *, joined: bool) -> Any:
    rows = _with_secrets(register, rows.filter(uid=uid))
    return (_joined(register, rows) if joined else rows).first()


@dataclass(slots=True)
class Stored:
    """A record's values by field (secrets left out), their texts as a form holds them, and what is said of secrets."""

    row: Any
    values: dict[str, Any] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    before: dict[str, str] = field(default_factory=dict)


def stored(register: Register, row: Any) -> Stored:
    """What a form needs of a record; one query for each table that it refers to."""
    found = Stored(row)
    wanted: dict[str, list[tuple[Column, int]]] = {}
    for column in register.sheet.columns:
        if column.field == "uid":
            continue
        if words.is_secret(register.sheet, column):
            if getattr(row, f"{_HAS}{column.field}"):
                tail = words.tail_field(register.sheet, column)
                found.before[column.field] = registered(column, getattr(row, tail) if tail else "")
            continue
        model_field = register.sheet.stored(column)
        value = getattr(row, words.attname(register.sheet, column))
        found.values[column.field] = value
        if column.kind.loose:
            found.values[column.kind.loose] = getattr(row, column.kind.loose)
        if not isinstance(model_field, ForeignKey):
            found.texts[column.field] = typed(column, value)
        elif value is None:
            found.texts[column.field] = getattr(row, column.kind.loose) if column.kind.loose else ""
        else:
            wanted.setdefault(column.kind.target, []).append((column, value))
    for target, references in wanted.items():
        # An untouched box keeps its reference whatever its text would mean, so the text is for people.
        sheet = BY_LABEL[target].sheet
        named = naming.describe(sheet.records, row.union_id, [pk for _column, pk in references], sheet)
        for column, pk in references:
            found.texts[column.field] = named.get(pk, "")
    return found


def headline(register: Register, row: Any) -> str:
    """What a record is called on its page and in messages."""
    named: Any = type(row).__str__
    if named.__qualname__ != "Model.__str__":
        text = str(row)
        if text:
            return text
    shown = [column for column in register.sheet.columns if not column.kind.target and column.required]
    values: Mapping[str, Any] = {column.field: getattr(row, column.field) for column in shown}
    parts = [words.word(column, values[column.field]) for column in shown]
    return " ".join(part for part in parts if part) or register.sheet.name
