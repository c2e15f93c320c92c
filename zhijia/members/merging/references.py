"""Everything that refers to a person, in whichever room: found from the tables themselves, moved in sets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import models

from zhijia.core import db
from zhijia.core.batches import Written
from zhijia.core.outcomes import Refused, Violation
from zhijia.members.merging.choosing import apart, twins
from zhijia.members.models import EarlierMembership, Pair, Person, Placement
from zhijia.members.rules import Span
from zhijia.unions.models import UnionRecord

_HOUSE = frozenset(("id", "uid", "version", "origin", "withdrawn_on", "withdrawn_by", "withdrawn_reason"))


@dataclass(frozen=True, slots=True)
class Reference:
    """A column that names a person."""

    model: Any
    name: str


@dataclass(slots=True)
class Rows:
    """The rows of one column that name the person: those that move, and those that stay and are withdrawn because the
    other record has the same already.
    """

    reference: Reference
    move: list[tuple[int, int]] = field(default_factory=list)  # pk, version
    drop: list[tuple[int, int]] = field(default_factory=list)


def references() -> list[Reference]:
    """The columns of all rooms' records that name a person, pairs aside."""
    found = []
    for relation in Person._meta.get_fields(include_hidden=True):
        if not isinstance(relation, models.ManyToOneRel):
            continue
        model: Any = relation.related_model
        if issubclass(model, UnionRecord) and model._meta.managed and model is not Pair:
            found.append(Reference(model, str(relation.field.name)))
    return sorted(found, key=lambda one: (one.model._meta.label, one.name))


def named(person: Person, known: Sequence[Reference]) -> dict[int, list[tuple[int, int]]]:
    """Pks and versions of the rows in force that name the person, by the place of the column; one query for all."""
    parts = []
    for place, one in enumerate(known):
        rows = one.model._base_manager.filter(**{one.name: person.pk}, withdrawn_on=None).order_by()
        mark = models.Value(place, output_field=models.IntegerField())
        parts.append(rows.annotate(column_place=mark).values_list("column_place", "pk", "version"))
    found: dict[int, list[tuple[int, int]]] = {}
    for place, pk, version in parts[0].union(*parts[1:], all=True):
        found.setdefault(place, []).append((pk, version))
    return found


def sorted_out(kept: Person, other: Person, current: date | None) -> Iterator[Rows]:
    """For each column what moves to the kept person and what does not; a few queries for each that names the other.

    `current` is the first day of the membership that the kept person will have.
    """
    known = references()
    mine, theirs = named(kept, known), named(other, known)
    for place, rows in sorted(theirs.items()):
        reference = known[place]
        drop = _doubled(reference, rows, mine.get(place, []), current)
        yield Rows(
            reference, [row for row in rows if row[0] not in drop], [row for row in rows if row[0] in drop]
        )  # fmt: skip


def _doubled(
    reference: Reference, rows: Sequence[tuple[int, int]], mine: Sequence[tuple[int, int]], current: date | None
) -> set[int]:
    """The rows that would stand twice: with the same content, against a constraint, or in stretches that overlap."""
    model = reference.model
    if model in (EarlierMembership, Placement):
        return _overlapping(model, rows, mine, current)
    if not mine:
        return set()
    constraints = [
        tuple(name for name in one.fields if name != reference.name)
        for one in model._meta.constraints
        if isinstance(one, models.UniqueConstraint) and reference.name in one.fields
    ]
    every = tuple(
        one.attname for one in model._meta.concrete_fields if one.name not in _HOUSE and one.name != reference.name
    )
    found: set[int] = set()
    for names in (every, *constraints):
        found.update(twins(_marks(model, rows, names), [marks for _pk, marks in _marks(model, mine, names)]))
    return found


def _marks(model: Any, rows: Sequence[tuple[int, int]], names: Sequence[str]) -> list[tuple[int, tuple[Any, ...]]]:
    found = model._base_manager.filter(pk__in=[pk for pk, _version in rows]).values_list("pk", *names)
    return [(row[0], tuple(bytes(cell) if isinstance(cell, memoryview) else cell for cell in row[1:])) for row in found]


def _overlapping(
    model: Any, rows: Sequence[tuple[int, int]], mine: Sequence[tuple[int, int]], current: date | None
) -> set[int]:
    """History rows that share days with those of the kept person (of places also the last day)."""
    first, end = ("admitted_on", "left_on") if model is EarlierMembership else ("first", "end")

    def spans(of: Sequence[tuple[int, int]]) -> list[tuple[int, date | None, date]]:
        found = model._base_manager.filter(pk__in=[pk for pk, _version in of]).order_by(end)
        return list(found.values_list("pk", first, end))

    held = spans(mine)
    ends = Counter(stop for _pk, _start, stop in held)
    stretches = [Span(start, stop) for _pk, start, stop in held if start]
    found = set()
    for pk, start, stop in spans(rows):
        late = model is EarlierMembership and (current is None or stop > current)
        if late or ends[stop] or (start and not apart(Span(start, stop), stretches)):
            found.add(pk)
        elif start:
            stretches.append(Span(start, stop))
    return found


def moved(found: Sequence[Rows], kept: Person, other: Person, withdrawal: dict[str, Any]) -> list[Written]:
    """Move the rows and withdraw those that would stand twice; what was written, to be taken back."""
    written: list[Written] = []
    bumped: Counter[tuple[Any, int]] = Counter()  # a row may name the person in two columns
    in_force = {"withdrawn_on": None, "withdrawn_by": None, "withdrawn_reason": ""}

    def write(model: Any, rows: Sequence[tuple[int, int]], values: dict[str, Any], before: dict[str, Any]) -> None:
        if not rows:
            return
        now = [(pk, version + bumped[model, pk]) for pk, version in rows]
        columns = {name: [value] * len(now) for name, value in values.items()}
        count = db.update(model, [pk for pk, _version in now], [version for _pk, version in now], columns)
        if count != len(now):
            raise Refused([stale()])
        bumped.update((model, pk) for pk, _version in now)
        written.append(Written(model, changed=[(pk, version + 1, before) for pk, version in now]))

    for rows in found:
        model, name = rows.reference.model, rows.reference.name
        write(model, rows.move, {name: kept.pk}, {name: other.pk})
        write(model, rows.drop, withdrawal, in_force)
    return written


def stale() -> Violation:
    """Somebody wrote the same rows meanwhile."""
    return Violation("stale", "这两个人的记录刚被别人改过", mend="请看过现在的情况，再合并")
