"""Search over everything a person may open: people, records by their names, facts, and places of the navigation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.apps import apps
from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Cast

from zhijia.core import bearers
from zhijia.core.access import Access
from zhijia.core.pages import asking
from zhijia.core.sheets.declare import Sheet
from zhijia.shell import hallway
from zhijia.shell.registers import BY_LABEL, REGISTERS, Register

PEOPLE, EACH, READ = 10, 5, 200
PERSON, MERGED = "members.Person", "members.Pair"


@dataclass(frozen=True, slots=True)
class Found:
    """One hit: what it is called, where it is, and what kind of thing it is."""

    text: str
    url: str
    note: str = ""
    uid: Any = None  # of a record


def people(access: Access, text: str) -> list[Found]:
    """Persons by name, full pinyin, initials, staff number or last four digits; the department tells them apart."""
    register = BY_LABEL[PERSON]
    if not register.may_open(access) or not text:
        return []
    sought = asking.condition(register.sheet, _query(register.sheet, text), today=access.on)
    found = register.rows(access).filter(sought)
    rows = list(found.order_by("pinyin", "pk").values_list("uid", "name", "department")[:PEOPLE])
    if not rows:
        return _merged(register, access, text)
    return [Found(name, register.url("record", uid), department) for uid, name, department in rows]


def _merged(register: Register, access: Access, text: str) -> list[Found]:
    """Persons with whom a row of that staff number was merged: people go on looking by the old number."""
    pairs: Any = apps.get_model(MERGED)
    found = pairs.objects.filter(union_id__in=access.subtree, staff_no=text, verdict="merged", withdrawn_on=None)
    rows = register.rows(access).filter(pk__in=found.values("kept")).values_list("uid", "name", "staff_no")[:PEOPLE]
    return [Found(name, register.url("record", uid), f"原工号{text}，现在{staff_no}") for uid, name, staff_no in rows]


def _query(sheet: Sheet, text: str) -> asking.Asked:
    return asking.asked(sheet, {"q": text})


def records(access: Access, text: str) -> list[tuple[Register, list[Found]]]:
    """Records whose naming column holds the text, by register; one query over all registers."""
    if not text:
        return []
    parts = [part for register in REGISTERS if (part := _part(register, access, text)) is not None]
    if not parts:
        return []
    rows = parts[0].union(*parts[1:], all=True)[:READ] if len(parts) > 1 else parts[0][:READ]
    found: dict[str, list[Found]] = {}
    for label, uid, name in rows:
        hits = found.setdefault(label, [])
        if len(hits) < EACH:
            hits.append(Found(name, BY_LABEL[label].url("record", uid), uid=uid))
    for label, hits in found.items():
        found[label] = _apart(BY_LABEL[label], hits)
    return [(register, found[register.label]) for register in REGISTERS if register.label in found]


def _apart(register: Register, hits: list[Found]) -> list[Found]:
    """Hits of one name with the day that tells them apart, where rows bear names one after the other."""
    borne = register.sheet.records.borne
    if not borne or len({hit.text for hit in hits}) == len(hits):
        return hits
    rows = register.sheet.records.model.objects.filter(uid__in=[hit.uid for hit in hits])
    names = bearers.apart({uid: tuple(row) for uid, *row in rows.values_list("uid", *borne)})
    return [replace(hit, text=names.get(hit.uid, hit.text)) for hit in hits]


def _part(register: Register, access: Access, text: str) -> QuerySet[Any] | None:
    """The register's rows that hold the text in a naming column, as (label, uid, name)."""
    if register.label == PERSON or not register.sheet.searched or not register.may_open(access):
        return None
    named = [c.field for c in register.sheet.columns if c.required and c.kind.name in ("text", "name")]
    if not named:
        return None
    fits = Q()
    for name in (*named, *register.sheet.known_by):
        fits |= Q(**{f"{name}__icontains": text})
    rows = register.rows(access).filter(fits).order_by()
    kind = Value(register.label, output_field=CharField())
    named_by = Cast(F(named[0]), CharField())
    return rows.annotate(of_register=kind, found_as=named_by).values_list("of_register", "uid", "found_as")


def places(access: Access, text: str) -> Iterator[Found]:
    """Entries of the navigation whose name holds the text."""
    for section in hallway.sections(access):
        for entry in section.entries:
            if text and text in entry.label:
                yield Found(entry.label, entry.url, section.label)
