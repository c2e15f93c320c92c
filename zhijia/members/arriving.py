"""Somebody not on record, with a 会籍 from elsewhere or a paper form: what was typed, and who it might be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Case, Q, When

from zhijia.core import audit, secrets
from zhijia.core.access import Access
from zhijia.core.names import pinyin_key
from zhijia.core.outcomes import Place, Refused, Violation
from zhijia.core.sheets import kinds
from zhijia.members import standing
from zhijia.members.models import Person
from zhijia.members.standing import Words
from zhijia.unions.models import Group

_KINDS = {
    "name": kinds.name(),
    "sex": kinds.choice(Person.Sex),
    "birth_on": kinds.date_(),
    "id_number": kinds.resident_id(),
    "phone": kinds.phone(),
    "staff_no": kinds.text(30),
    "department": kinds.text(60),
    "job": kinds.text(60),
    "ethnicity": kinds.text(20),
    "politics": kinds.choice(Person.Politics),
    "education": kinds.text(20),
    "hired_on": kinds.date_(),
}
SHOWN = 5
NOBODY = Q(pk__in=())


@dataclass(frozen=True, slots=True)
class Alike:
    """Somebody in the register who might be the same person. `sure`: a number says so."""

    person: Person
    why: str
    sure: bool


def read(texts: Mapping[str, str]) -> tuple[dict[str, Any], list[Violation]]:
    """The fields that were typed, as `save_persons` takes them, and what can not be read."""
    row: dict[str, Any] = {}
    broken: list[Violation] = []
    for name, kind in _KINDS.items():
        text = texts.get(name, "").strip()
        if text:
            values, problems = kind.parse([text])
            row[name] = values[0]
            broken += [Violation(one.code, one.message, place=Place(column=name), mend=one.mend) for one in problems]
    return {name: value for name, value in row.items() if value is not None}, broken


def alike(union: int, row: Mapping[str, Any]) -> list[Alike]:
    """Persons of the register with the same number, then with a name that is written or reads the same. One query.

    Whoever is known to be born on another day is no likeness of a name, however many bear it.
    """
    index = secrets.blind_index(row["id_number"], purpose="resident_id") if row.get("id_number") else None
    number, born = row.get("staff_no"), row.get("birth_on")
    numbered = (Q(id_index=index) if index else NOBODY) | (Q(staff_no=number) if number else NOBODY)
    named = Q(pinyin=pinyin_key(row["name"])) if row.get("name") else NOBODY
    if born:
        named &= Q(birth_on=None) | Q(birth_on=born)
    people = Person.objects.in_union(union).filter(numbered | named).select_related("group")
    surest = people.order_by(Case(When(numbered, then=0), default=1), "pk")[:SHOWN]
    return [_likeness(person, row, index) for person in surest]


def _likeness(person: Person, row: Mapping[str, Any], index: Any) -> Alike:
    if index and person.id_index and bytes(person.id_index) == bytes(index):
        return Alike(person, "身份证号相同", True)
    if row.get("staff_no") and person.staff_no == row["staff_no"]:
        return Alike(person, "工号相同", True)
    both = "姓名相同" if person.name == row.get("name") else "姓名读音相同"
    born = person.birth_on and person.birth_on == row.get("birth_on")
    return Alike(person, f"{both}，出生日期也相同" if born else both, False)


def stop_likeness(row: Mapping[str, Any], *, union: int, anew: bool, mend: str) -> None:
    """Refuse whom a number says to be in the register, and who looks alike while nobody said otherwise (`anew`).

    `mend` says what to do with the record that is there.
    """
    found = [one for one in alike(union, row) if one.sure or not anew]
    if found:
        sure = any(one.sure for one in found)
        told = mend if sure else "打开下面的记录核对；确实不是同一个人，在最后打勾"
        raise Refused([Violation("alike", f"名册里可能已经有{found[0].person.name}", mend=told)])


@transaction.atomic
def arrive(
    row: Mapping[str, Any], *, group: Group | None, on: date, words: Words, anew: bool, by: Access, today: date
) -> Person:
    """Register the person with the transfer in; `anew`: whoever only looks alike is known to be somebody else.

    Refused where a number says that the person is in the register, or somebody looks alike and nobody said otherwise.
    """
    audit.lock(by.union)  # two desks do not enter two who look alike without seeing each other
    stop_likeness(row, union=by.union, anew=anew, mend="打开下面的记录，在“办理变动”里选调入")
    entry = {**row, "group": group.pk if group else None}
    return standing.transfer_in(entry, union=by.union, on=on, words=words, by=by, today=today)
