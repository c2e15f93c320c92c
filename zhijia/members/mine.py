"""One's own values of the fields that the union added: all are seen by the person, those `by_self` are kept by it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from zhijia.core.access import Access
from zhijia.core.fields import Sealed
from zhijia.core.outcomes import Place, Refused, Violation
from zhijia.core.sheets.beside import OwnColumn
from zhijia.members import own, own_columns, services
from zhijia.members.models import OwnField


@dataclass(frozen=True, slots=True)
class Mine:
    """One field with what is on record of the person: the text as a form holds it; of a secret that it is there."""

    field: OwnField
    column: OwnColumn
    text: str
    sealed: bool


def values(by: Access) -> list[Mine]:
    """All fields in use with the own values; two queries."""
    used = own_columns.in_use(by.union)
    held = own_columns.texts(by.person or 0, used)
    found = []
    for one in used:
        value = held.get(one.pk, "")
        sealed = isinstance(value, Sealed)
        found.append(Mine(one, own_columns.column(one), "" if sealed else value, sealed))
    return found


def keep(texts: Mapping[str, str], *, version: int, cleared: Collection[str] = (), by: Access, today: date) -> bool:
    """Save what the person typed into the fields that it keeps; a secret that was left blank stays. Tells of a change.

    Refused with everything that can not be read, and where the record was changed meanwhile.
    """
    person = own.person_of(by)
    if person is None:
        raise Refused([Violation("nobody", "这个登录名没有对应的人", mend="请联系小组长或主席")])
    row: dict[str, object] = {}
    broken: list[Violation] = []
    for one in values(by):
        name = one.column.field
        if not one.field.by_self or name not in texts or one.field.sort == OwnField.Sort.FILE:
            continue
        text = str(texts[name]).strip()
        if not text and one.sealed and name not in cleared:
            continue
        if not text and one.field.required:
            broken.append(Violation("required", "这一栏要填", place=Place(column=name), mend="填好再保存"))
            continue
        read, problems = one.column.kind.parse([text]) if text else ([None], [])
        row[name] = read[0]
        broken += [Violation(bad.code, bad.message, place=Place(column=name), mend=bad.mend) for bad in problems]
    if broken:
        raise Refused(broken)
    return bool(row) and services.save_part(person, row, version=version, by=by, today=today)
