"""Erasing what tells who a person was, in every table of a room; what is counted stays as it is.

Names give way to `GONE`; secrets, blind indexes and tails go; of the birth date the year stays. Rows, days, amounts,
kinds and the reference to the nameless person stay, so that no total and no count of heads changes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import models

from zhijia.core import person_keys
from zhijia.core.access import Access
from zhijia.core.fields import IndexField, SecretField
from zhijia.core.person_keys import PERSON, SUBJECT
from zhijia.core.personal import Source, counts, sources
from zhijia.core.sheets.declare import Sheet

GONE = "已删除人员"
ERASED = "core.person.erased"  # the verb of the one line that outlasts what it tells of
_AT_ONCE = 500
_FIGURES = 5  # digits from which a number is nobody's year, meeting or count


@dataclass(slots=True)
class Identity:
    """By what a person is recognised in free text."""

    pk: int
    words: tuple[str, ...] = field(default=())


def identity(model: Any, pk: int) -> Identity:
    """What is searched for: the name; a staff number counts only where it is all that a field holds."""
    row = model._base_manager.filter(pk=pk).values_list("name", "staff_no").first() or ("", "")
    return Identity(pk, tuple(row))


def identities(model: Any, pks: Iterable[int]) -> list[Identity]:
    """The same of several rows that tell of one person; those erased already are left out. One query."""
    rows = model._base_manager.filter(pk__in=list(pks)).exclude(name=GONE).order_by("pk")
    return [Identity(pk, (name, staff_no)) for pk, name, staff_no in rows.values_list("pk", "name", "staff_no")]


def is_named(known: Identity, text: str) -> bool:
    """Whether the text tells of the person by name, however spaced, or by a staff number that is no plain figure.

    >>> one = Identity(1, ("王归", "JG-12")), Identity(2, ("王归", "12"))
    >>> [is_named(one[0], text) for text in ("王 归申请", "jg-12申请", "JG-123申请", "第12次会议")]
    [True, True, False, False]
    >>> is_named(one[1], "第12次会议"), is_named(Identity(3, ("王归", "20417")), "工号20417")
    (False, True)
    """
    name, staff_no = known.words
    if name and "".join(name.split()) in "".join(text.split()):
        return True
    if not staff_no or (staff_no.isdecimal() and len(staff_no) < _FIGURES):
        return False
    return bool(re.search(rf"(?<![0-9A-Za-z]){re.escape(staff_no)}(?![0-9A-Za-z])", text, re.IGNORECASE))


def forget_texts(union: int, known: Sequence[Identity]) -> None:
    """Destroy the keys of reasons of other deeds that name the person."""
    named = [
        line for line in person_keys.free_lines(union)
        if any(is_named(one, str(line.told.get(name, ""))) for one in known for name in person_keys.FREE)
    ]  # fmt: skip
    person_keys.destroy_free(named)


def unname(source: Source, person: int, known: Identity) -> None:
    """Take the words of one row that was merged out of the texts that are about another row of the same person."""
    if source.fields == (SUBJECT,):
        _replace(source, source.about(person), known)


def eraser(room: str, sheets: Sequence[Sheet], *, named: Sequence[str] = ()) -> Callable[[int, Access], None]:
    """The room's `erase_person`; called by the hallway inside its transaction, which writes the one audit line.

    Rows of the tables `named` are vouchers, or explain them: the law keeps the receiver's name in them.
    """

    def erase(person: int, _by: Access) -> None:
        for source in sources(room, sheets):
            if not source.aside and source.label not in named:
                _erase(source, person)

    return erase


def touched(found: Iterable[Source], person: int) -> list[tuple[Source, int]]:
    """The tables with rows about the person and how many; one query."""
    own = [source for source in found if not source.aside]
    return [(source, count) for source, count in zip(own, counts(own, person), strict=True) if count]


def _person_model(source: Source) -> Any:
    return source.model._meta.get_field(source.fields[0]).related_model if source.fields else source.model


def _erase(source: Source, pk: int) -> None:
    known = identity(_person_model(source), pk)
    rows = source.about(pk)
    names = {one.name for one in source.model._meta.concrete_fields}
    blank: dict[str, Any] = {}
    if source.fields != ("person",) and source.fields:
        return  # the rows are of the union (a plan's item, a hobby group): the person's name goes with the person
    for one in source.model._meta.concrete_fields:
        if isinstance(one, SecretField | IndexField):
            blank[one.name] = None
        elif one.name.endswith("_tail"):
            blank[one.name] = ""
    if source.model.__name__ == PERSON:
        blank |= _nameless(source.model, names)
        blank["withdrawn_reason"] = ""  # of a row that was merged it names the other
        born = rows.values_list("birth_on", flat=True).first()
        blank["birth_on"] = year_only(born)
    else:
        _replace(source, rows, known)
    if "version" in names:
        blank["version"] = models.F("version") + 1
    if blank:
        rows.update(**blank)


def _nameless(model: Any, names: set[str]) -> dict[str, Any]:
    """What is left of the person's own row; `spelt` names the fields computed from others."""
    found: dict[str, Any] = {
        "name": GONE,
        **dict.fromkeys({"staff_no", "ethnicity", "education", "department", "job"} & names, ""),
    }
    for name, (target, spell) in getattr(model, "spelt", {}).items():
        if name == "name":
            found[target] = spell(GONE)
    return found


def _replace(source: Source, rows: models.QuerySet[Any], known: Identity) -> None:
    """Take the person's name and staff number out of the free texts of the rows."""
    loose = {column.kind.loose for column in source.columns if column.kind.loose}
    texts = [
        one.name
        for one in source.model._meta.concrete_fields
        if isinstance(one, models.CharField | models.TextField) and not one.choices and one.name != "origin"
    ]
    if not texts:
        return
    name, staff_no = known.words
    changed = []
    for row in rows.only("pk", *texts).iterator(_AT_ONCE):
        before = {text: getattr(row, text) for text in texts}
        for text, value in before.items():
            if not value:
                continue
            if text in loose or (staff_no and value == staff_no):
                after = GONE if value == name else ("" if value == staff_no else value.replace(name, GONE))
            else:
                after = value.replace(name, GONE) if name else value
            setattr(row, text, _fitting(source.model, text, after))
        if any(getattr(row, text) != value for text, value in before.items()):
            changed.append(row)
    if changed:
        source.model._base_manager.bulk_update(changed, texts, batch_size=_AT_ONCE)


def _fitting(model: Any, name: str, text: str) -> str:
    limit = model._meta.get_field(name).max_length
    return text[:limit] if limit else text


def year_only(day: date | None) -> date | None:
    """Of a birth date the year: ages by year stay what they were."""
    return day.replace(month=1, day=1) if day else None
