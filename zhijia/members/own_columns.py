"""The own fields of a union as columns of the register of members: `core.beside` asks here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from zhijia.core.lookup import Lookup
from zhijia.core.record_types import Records
from zhijia.core.sheets import beside, kinds
from zhijia.core.sheets.beside import Beside, OwnColumn, Posts
from zhijia.core.sheets.declare import Kind
from zhijia.members.own_fields import LONGEST, OwnField, OwnValue
from zhijia.unions.models import UnionRecord

Sort = OwnField.Sort


def _number(value: Decimal) -> str:
    """42.50 as 42.5: the text by which numbers are compared."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


_DATE = beside.text_kind(kinds.date_(), date.isoformat, date.fromisoformat)
_NUMBER = beside.text_kind(kinds.number(), _number, Decimal)
_TEXT = kinds.text(LONGEST)
_FILE = replace(_TEXT, name=beside.FILE, help="文件")
KINDS: dict[str, Callable[[OwnField], Kind]] = {
    Sort.TEXT: lambda _one: _TEXT,
    Sort.NUMBER: lambda _one: _NUMBER,
    Sort.DATE: lambda _one: _DATE,
    Sort.FILE: lambda _one: _FILE,
    Sort.CHOICE: lambda one: kinds.choice([(answer, answer) for answer in one.answers]),
}


def column(one: OwnField, *, kept: bool = True) -> OwnColumn:
    """The column of a definition."""
    return OwnColumn(
        one.name,
        beside.name_of(one.pk or 0),
        KINDS[one.sort](one),
        required=one.required,
        help="；".join(filter(None, (one.help, "加密保存" if one.sensitive else ""))),
        union=one.union_id or 0,
        key=one.pk or 0,
        stands=beside.stands(sensitive=one.sensitive, purpose="own_field"),
        kept=kept,
    )


def in_use(union: int) -> list[OwnField]:
    """The definitions in force, in their order."""
    return list(OwnField.objects.in_union(union).filter(retired_on=None).order_by("rank", "pk"))


def columns(union: int, posts: Posts) -> list[OwnColumn]:
    """The union's own columns that holders of the posts see; all where `posts` is None."""
    return _seen(in_use(union), posts)


def planned(lookup: Lookup, posts: Posts) -> list[OwnColumn]:
    """The same as they will be with the definitions that stand in the same file."""
    names = [field.name for field in OwnField._meta.fields if field.name not in _OWN]
    rows = lookup.every(OwnField._meta.label, *names)
    known = [
        OwnField(pk=token, union_id=lookup.union or 0, **dict(zip(names, told, strict=True))) for token, *told in rows
    ]
    used = [one for one in known if one.retired_on is None]
    return _seen(sorted(used, key=lambda one: (one.rank, abs(one.pk))), posts)


def _seen(fields: Iterable[OwnField], posts: Posts) -> list[OwnColumn]:
    return [
        column(one, kept=posts is None or bool(posts & one.keepers))
        for one in fields
        if posts is None or posts & one.seers
    ]


_OWN = {field.name for field in UnionRecord._meta.get_fields()} | {"id"}
VALUES = Records(OwnValue, key=("field", "person"))
BESIDE = Beside(VALUES, "person", columns, OwnField._meta.label, planned)


def texts(person: int, fields: Iterable[OwnField]) -> dict[int, Any]:
    """What is on record for a person, by definition: the text, or the sealed text."""
    rows = OwnValue.objects.filter(person=person, field__in=[one.pk for one in fields])
    return {key: secret or text for key, text, secret in rows.values_list("field_id", "text", "secret")}
