"""The register as the comparison takes it: a few queries, whatever its size; no secret is decrypted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Max

from zhijia.core import db
from zhijia.core.conditions import holds
from zhijia.members.models import Newcomer, Person, Placement, Post
from zhijia.members.roster_sync.lines import Arrival, Known

# The tables that a comparison depends on: while their change numbers stand, so does the comparison.
READ = (Person, Newcomer, Placement, Post)
# In the order of `Known`, whose last fields come from other tables.
_FIELDS = (
    "pk", "name", "pinyin", "staff_no", "sex", "birth_on", "id_index", "phone_index", "phone_tail", "ethnicity",
    "politics", "education", "department", "job", "group_id", "hired_on", "admitted_on", "retained_on", "left_on",
)  # fmt: skip
_INDEXES = (_FIELDS.index("id_index"), _FIELDS.index("phone_index"))
_HIRED, _ADMITTED = _FIELDS.index("hired_on"), _FIELDS.index("admitted_on")


def known(union: int, today: date) -> list[Known]:
    """Everybody of the register, with the first day of the place of today and whether a post is held."""
    placed = Placement.objects.in_union(union).order_by().values_list("person").annotate(last=Max("end"))
    since: dict[int, date] = dict(placed)
    posts = Post.objects.in_union(union).filter(holds(today))
    office = set(posts.values_list("person_id", flat=True))
    rows = db.tuples(Person.objects.in_union(union).order_by("pk").values_list(*_FIELDS))
    return [_known(row, since, office) for row in rows]


def _known(row: Sequence[Any], since: Mapping[int, date], office: set[int]) -> Known:
    pk, values = row[0], list(row)
    for place in _INDEXES:
        values[place] = values[place].hex() if values[place] else ""
    began = since.get(pk) or min(filter(None, (values[_HIRED], values[_ADMITTED])), default=None)
    return Known._make((*values, began, pk in office))


def arrivals(union: int) -> list[Arrival]:
    """Newcomers on record, and which of them are in the register."""
    rows = Newcomer.objects.in_union(union).order_by("arrived_on", "pk")
    found: Iterable[tuple[str, str, date, int | None]] = rows.values_list("name", "staff_no", "arrived_on", "person_id")
    return [Arrival(name, staff_no, arrived_on, person or 0) for name, staff_no, arrived_on, person in found]
