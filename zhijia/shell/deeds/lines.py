"""The union's audit lines, newest first, a page at a time: every filter is served by an index, at any size.

Verbs and people are few: each pair gets its own stretch of an index, cut at a page, and the stretches are merged. Days
become numbers of lines first. Lines written anonymously stand in no list beside others, whose times would tell theirs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
_VERB, _USER = "\0verb", -(1 << 62)  # stand in the pattern of a stretch for its verb and login: no line has them


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
    base = base.order_by("seq" if forward else "-seq")
    pairs = list(product(wanted.verbs or (None,), wanted.users or (None,)))
    if len(pairs) == 1 or len(pairs) > _STRETCHES:
        return list(_narrowed(base, wanted.verbs, wanted.users)[:most])
    return _merged(base, pairs, forward=forward, most=most)


def _narrowed(
    base: QuerySet[AuditLine], verbs: Sequence[str] | None, users: Sequence[int] | None
) -> QuerySet[AuditLine]:
    if verbs:
        base = base.filter(verb=verbs[0]) if len(verbs) == 1 else base.filter(verb__in=verbs)
    if users:
        base = base.filter(user_id=users[0]) if len(users) == 1 else base.filter(user_id__in=users)
    return base


def _merged(
    base: QuerySet[AuditLine], pairs: list[tuple[str | None, int | None]], *, forward: bool, most: int
) -> list[AuditLine]:
    """The stretches of all pairs in one query: written once by the ORM, with each pair's values in it."""
    verb, user = pairs[0]
    stretch = _narrowed(base, (_VERB,) if verb is not None else None, (_USER,) if user is not None else None)
    sql, params = stretch[:most].query.sql_with_params()
    texts, values = [], []
    for number, (verb, user) in enumerate(pairs):
        texts.append(f"SELECT * FROM ({sql}) AS t{number}")  # noqa: S608 - compiled by the ORM
        values += [verb if one == _VERB else user if one == _USER else one for one in params]
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
