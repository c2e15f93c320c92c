"""The database view behind `past.Stretch`: memberships of today and before, crossed with places of today and before.

It is taken down before migrations and made anew after them: a table can not be altered under a view on either engine.
Every part names the union, so a register costs what its union has and not what the table holds.
"""

from __future__ import annotations

from typing import Any

from django.db import connections

VIEW = "members_stretch"
TABLES = frozenset(("members_person", "members_earliermembership", "members_placement"))

# A person's own row bears the person's number; the others are negative, so that no two are the same.
_IDS = {
    ("own", "now"): "p.id",
    ("before", "now"): "-(4 * m.id)",
    ("own", "then"): "-(4 * s.id + 1)",
    ("before", "then"): "-(4 * (m.id * 1000000000 + s.id) + 2)",
}
_EARLIER = (
    " JOIN members_earliermembership m ON m.union_id = p.union_id AND m.person_id = p.id AND m.withdrawn_on IS NULL"
)
_THEN = " JOIN members_placement s ON s.union_id = p.union_id AND s.person_id = p.id AND s.withdrawn_on IS NULL"


def _part(vendor: str, membership: str, place: str) -> str:
    """One of the four crossings, with the days on which membership and place both hold."""
    m, s = ("p" if membership == "own" else "m"), ("p" if place == "now" else "s")
    joins = ("" if membership == "own" else _EARLIER) + ("" if place == "now" else _THEN)
    before = "" if place == "now" else ' AND o."end" < s."end"'
    came = (
        '(SELECT MAX(o."end") FROM members_placement o'  # noqa: S608 - words of this module
        f" WHERE o.union_id = p.union_id AND o.person_id = p.id AND o.withdrawn_on IS NULL{before})"
    )
    left, rested, moved = f"{m}.left_on", f"{m}.retained_on", 's."end"'
    latest = "TRUE" if place == "now" else "FALSE"
    if vendor == "postgresql":
        later, gone = "GREATEST", left if place == "now" else f"LEAST({left}, {moved})"
        end = f"LEAST({gone}, {rested})"
    else:
        later, gone = "MAX", left if place == "now" else f"MIN(COALESCE({left}, {moved}), {moved})"
        end = f"COALESCE(MIN({gone}, {rested}), {gone}, {rested})"
    return (
        f"SELECT {_IDS[membership, place]} AS id, p.uid, p.union_id, p.withdrawn_on, p.id AS person_id, {s}.group_id,"  # noqa: S608
        f" p.name, p.sex, {s}.department, {s}.job, {m}.admitted_on, {rested}, {left}, {m}.leaving, {latest} AS latest,"
        f' {later}({m}.admitted_on, COALESCE({came}, {m}.admitted_on)) AS "first", {end} AS "end", {gone} AS gone_on'
        f" FROM members_person p{joins} WHERE {m}.admitted_on IS NOT NULL"
    )


def make(using: str) -> None:
    """Make the view, once its tables are there."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if set(connection.introspection.table_names(cursor)) >= TABLES:
            parts = " UNION ALL ".join(_part(connection.vendor, *crossing) for crossing in _IDS)
            cursor.execute(f"DROP VIEW IF EXISTS {VIEW}")
            cursor.execute(f"CREATE VIEW {VIEW} AS {parts}")


def drop(using: str) -> None:
    """Take the view down."""
    with connections[using].cursor() as cursor:
        cursor.execute(f"DROP VIEW IF EXISTS {VIEW}")


def before_migrations(sender: Any, using: str, **_more: Any) -> None:
    """Signal handler: migrations may alter the tables."""
    drop(using)


def after_migrations(sender: Any, using: str, **_more: Any) -> None:
    """Signal handler: the view as this program reads it."""
    make(using)
