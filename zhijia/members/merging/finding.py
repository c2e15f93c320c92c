"""Rows of the register that look like one person: found in pairs, a page at a time, those judged already left out."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

from zhijia.core.erasing import GONE
from zhijia.members.models import Pair, Person

PAGE = 20
# Each row with those of the same ID number, then with those whose names sound alike and that share birth or place:
# both joins go by an index that begins with the union, so that they cost what the union has.
_ALIKE = (
    "o.pinyin = p.pinyin AND p.pinyin <> '' AND (o.birth_on = p.birth_on OR (o.department = p.department"
    " AND p.department <> '' AND (o.birth_on IS NULL OR p.birth_on IS NULL)"
    " AND (o.id_index IS NULL OR p.id_index IS NULL)))"
)
_JOINS = ("o.id_index = p.id_index", _ALIKE)
_PAIRS = (
    "SELECT p.id AS one, o.id AS other FROM members_person p JOIN members_person o"
    " ON o.union_id = p.union_id AND o.id > p.id AND {join}"
    " WHERE p.union_id = %s AND p.name <> %s AND p.withdrawn_on IS NULL AND o.withdrawn_on IS NULL"
    " AND NOT EXISTS (SELECT 1 FROM members_pair r WHERE r.union_id = p.union_id AND r.withdrawn_on IS NULL"
    " AND r.kept_id = p.id AND r.other_id = o.id)"
)
_PART = f"SELECT * FROM ({_PAIRS} AND (p.id > %s OR (p.id = %s AND o.id > %s)) ORDER BY p.id, o.id LIMIT %s) AS part"  # noqa: S608 - both parts stand above


@dataclass(frozen=True, slots=True)
class Alike:
    """Two rows and why they look like one person."""

    one: Person
    other: Person
    why: str


def pairs(union: int, after: tuple[int, int] = (0, 0), most: int = PAGE) -> list[Alike]:
    """Pairs beyond `after` in the order of their numbers. Two queries."""
    parts = " UNION ".join(_PART.format(join=join) for join in _JOINS)
    values: list[int | str] = [union, GONE, after[0], after[0], after[1], most] * len(_JOINS)
    with connection.cursor() as cursor:
        cursor.execute(f"{parts} ORDER BY 1, 2 LIMIT %s", [*values, most])
        found = cursor.fetchall()
    rows = Person.objects.in_union(union).select_related("group").in_bulk({pk for pair in found for pk in pair})
    return [Alike(rows[one], rows[other], why(rows[one], rows[other])) for one, other in found]


def waiting(union: int) -> tuple[int, int]:
    """How many pairs nobody judged yet, and the latest registered row among them; one query."""
    parts = " UNION ".join(_PAIRS.format(join=join) for join in _JOINS)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*), MAX(other) FROM ({parts}) AS pairs", [union, GONE] * len(_JOINS))  # noqa: S608
        count, latest = cursor.fetchone()
    return int(count), int(latest or 0)


def why(one: Person, other: Person) -> str:
    """What the two have in common."""
    if one.id_index and other.id_index and bytes(one.id_index) == bytes(other.id_index):
        return "身份证号相同"
    name = "姓名" if one.name == other.name else "姓名读音"
    return f"{name}和出生日期相同" if one.birth_on and one.birth_on == other.birth_on else f"{name}和处室相同"


def judged(union: int) -> list[Pair]:
    """Pairs that were judged, latest first."""
    rows = Pair.objects.in_union(union).select_related("kept", "other")
    return list(rows.order_by("-on", "-pk")[:50])


def merged_into(person: int) -> list[int]:
    """The rows that were merged into the person's, those merged into these before included."""
    found, front = list[int](), [person]
    while front:
        rows = Pair.objects.filter(kept__in=front, verdict=Pair.Verdict.MERGED, withdrawn_on=None)
        front = list(rows.exclude(other__in=[person, *found]).values_list("other", flat=True))
        found += front
    return found
