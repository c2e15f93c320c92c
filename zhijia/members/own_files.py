"""Own fields that hold a file: the value is the file's name, its bytes belong to the value and are seen with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from zhijia.core import audit
from zhijia.core.access import Access
from zhijia.core.outcomes import Refused, Violation
from zhijia.core.sheets import beside
from zhijia.documents import attaching
from zhijia.documents.models import Attachment
from zhijia.members import services
from zhijia.members.models import OwnField, OwnValue, Person


@dataclass(frozen=True, slots=True)
class Held:
    """One person's file field: the file there is, and whether whoever asks may change it."""

    person: Person
    field: OwnField
    file: Attachment | None
    may_change: bool


def _field(union: int, key: int) -> OwnField | None:
    rows = OwnField.objects.in_union(union).filter(pk=key, sort=OwnField.Sort.FILE, retired_on=None)
    found: OwnField | None = rows.first()
    return found


def held(by: Access, person: Person, key: int) -> Held | None:
    """The field of a person as an officer has it; None where there is none that the posts see."""
    field = _field(by.union, key)
    if field is None or not by.posts & field.seers:
        return None
    return Held(person, field, _file(person, field), by.may("members.edit") and bool(by.posts & field.keepers))


def mine(by: Access, person: Person, key: int) -> Held | None:
    """The field of whoever asks."""
    field = _field(by.union, key)
    return None if field is None else Held(person, field, _file(person, field), field.by_self)


def _file(person: Person, field: OwnField) -> Attachment | None:
    value = OwnValue.objects.filter(person=person, field=field).first()
    return attaching.of_record(value).last() if value else None


@transaction.atomic
def put(held: Held, upload: attaching.Upload, *, by: Access, today: date) -> None:
    """Keep a file in the field in place of the one before; refused where whoever asks may not change it."""
    _allow(held)
    _off(held, by, today)
    _say(held, upload.name[:200], by, today)
    attaching.add(_value(held), [upload], by=by)


@transaction.atomic
def take_off(held: Held, *, by: Access, today: date) -> None:
    """Take the file off; its bytes stay for the history, as those of records do."""
    _allow(held)
    if _off(held, by, today):
        _say(held, None, by, today)


def _off(held: Held, by: Access, today: date) -> bool:
    """Take off the file that is there now, which need not be the one that the page showed."""
    audit.lock(held.person.union_id)
    file = _file(held.person, held.field)
    if file is None:
        return False
    attaching.remove(_value(held), file, by=by, today=today)
    return True


def _allow(held: Held) -> None:
    if not held.may_change:
        raise Refused([Violation("kept", "您不能改这一栏", mend="请管这一栏的人来改")])


def _value(held: Held) -> OwnValue:
    found: OwnValue = OwnValue.objects.get(person=held.person, field=held.field)
    return found


def _say(held: Held, name: str | None, by: Access, today: date) -> None:
    """Write the file's name as the field's value: it is a change of the person like any other."""
    services.save_part(held.person, {beside.name_of(held.field.pk): name}, by=by, today=today)
