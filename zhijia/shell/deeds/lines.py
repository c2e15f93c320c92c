"""The union's audit lines, newest first, a page at a time: every filter is served by an index, at any size.

Verbs and people are few: each pair gets its own stretch of an index, cut at a page, and the stretches are merged. Days
become numbers of lines first. Lines written anonymously stand in no list beside others, whose times would tell theirs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import product
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from zhijia.core.models import AuditLine

PAGE = 50
_STRETCHES = 400  # SQLite joins 500 queries at most


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which lines. None: no such condition; an empty tuple: nothing fits it."""

    union: int
    since: date | None = None
    until: date | None = None
    verbs: tuple[str, ...] | None = None
    users: tuple[int, ...] | None = None
    subject: str = ""
    subjects: tuple[int, ...] | None = None
    batch: int | None = None
    anonymous: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """Lines newest first, and the numbers behind which the neighbouring pages begin (0: there is none)."""

    lines: list[AuditLine]
    newer: int = 0
    older: int = 0


def verbs_there(union: int) -> list[str]:
    """The verbs that occur in the union's chain: one step of the index for each, not one for each line."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH RECURSIVE found(verb) AS ("
            " SELECT MIN(verb) FROM core_auditline WHERE union_id = %s UNION ALL"
            " SELECT (SELECT MIN(verb) FROM core_auditline WHERE union_id = %s AND verb > found.verb)"
            " FROM found WHERE found.verb IS NOT NULL)"
            " SELECT verb FROM found WHERE verb IS NOT NULL",
            [union, union],
        )
        return [row[0] for row in cursor.fetchall()]


def page(wanted: Wanted, *, before: int = 0, after: int = 0, size: int = PAGE) -> Page:
    """The page older than line `before`, or newer than line `after`, or the newest."""
    found = _found(wanted, before=before, after=after, most=size + 1)
    more, found = len(found) > size, found[:size]
    if not found:
        return Page([])
    if after and not before:
        found.reverse()
        return Page(found, newer=found[0].seq if more else 0, older=found[-1].seq)
    return Page(found, newer=found[0].seq if before else 0, older=found[-1].seq if more else 0)


def everything(wanted: Wanted, most: int, *, chunk: int = 1_000) -> Iterator[list[AuditLine]]:
    """All lines, newest first, in chunks; at most so many."""
    before, left = 0, most
    while left > 0:
        found = page(wanted, before=before, size=min(chunk, left))
        if found.lines:
            yield found.lines
        left -= len(found.lines)
        before = found.older
        if not before:
            return


def _found(wanted: Wanted, *, before: int, after: int, most: int) -> list[AuditLine]:
    """The lines, newest first, or with `after` the nearest newer ones first."""
    if () in (wanted.verbs, wanted.users, wanted.subjects):
        return []
    base = AuditLine.objects.filter(union_id=wanted.union, at__isnull=wanted.anonymous).defer("previous", "hash")
    edges = _edges(wanted)
    if edges is None:
        return []
    first, last = edges
    if first:
        base = base.filter(seq__gte=first)
    if last:
        base = base.filter(seq__lte=last)
    if before:
        base = base.filter(seq__lt=before)
    elif after:
        base = base.filter(seq__gt=after)
    if wanted.batch is not None:
        base = base.filter(batch_id=wanted.batch)
    if wanted.subjects is not None:
        base = base.filter(subject=wanted.subject, subject_id__in=wanted.subjects)
    forward = bool(after and not before)
    order = "seq" if forward else "-seq"
    return _merged([part.order_by(order)[:most] for part in _stretches(base, wanted)], forward=forward, most=most)


def _stretches(base: QuerySet[AuditLine], wanted: Wanted) -> list[QuerySet[AuditLine]]:
    pairs = list(product(wanted.verbs or (None,), wanted.users or (None,)))
    if len(pairs) > _STRETCHES:
        found = base.filter(verb__in=wanted.verbs) if wanted.verbs else base
        return [found.filter(user_id__in=wanted.users) if wanted.users else found]
    parts = []
    for verb, user in pairs:
        part = base if verb is None else base.filter(verb=verb)
        parts.append(part if user is None else part.filter(user_id=user))
    return parts


def _merged(parts: list[QuerySet[AuditLine]], *, forward: bool, most: int) -> list[AuditLine]:
    if len(parts) == 1:
        return list(parts[0])
    texts, values = [], []
    for number, part in enumerate(parts):
        sql, params = part.query.sql_with_params()
        texts.append(f"SELECT * FROM ({sql}) AS t{number}")  # noqa: S608 - compiled by the ORM
        values += params
    order = f"ORDER BY seq {'ASC' if forward else 'DESC'} LIMIT %s"
    return list(AuditLine.objects.raw(f"{' UNION ALL '.join(texts)} {order}", [*values, most]))


def _edges(wanted: Wanted) -> tuple[int, int] | None:
    """Numbers of the first and the last line of the days (0: no such bound); None where no line falls on them."""
    lines: Any = AuditLine.objects.filter(union_id=wanted.union, at__isnull=False).values_list("seq", flat=True)
    first = last = 0
    if wanted.since:
        first = lines.filter(at__gte=_midnight(wanted.since)).order_by("at", "seq").first() or 0
        if not first:
            return None
    if wanted.until:
        end = _midnight(wanted.until + timedelta(days=1))
        last = lines.filter(at__lt=end).order_by("-at", "-seq").first() or 0
        if not last:
            return None
    return first, last


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
