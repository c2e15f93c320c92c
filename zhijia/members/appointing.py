"""Somebody must always be there who may register posts: nothing that is written takes the last one away.

Kept by every way of writing posts: the deeds, the ledger and its imports (`post_records`), taking a record back and
undoing an import or a merge (`Post.guarded`). A union that has nobody, as one that is being set up, is not held up.

Whoever has no login registers nothing either: the last with one does not go while the others have none. That delays a
deed until a successor has opened an invitation, and never forbids it: it is written with the day on which it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any, NamedTuple

from django.apps import apps
from django.db.models import Q

from zhijia.core.frame import Frame
from zhijia.core.outcomes import Refused, Violation
from zhijia.members import post_rules


class Held(NamedTuple):
    """What is asked of a post that may register others."""

    uid: Any
    person: int
    office: str
    group: int | None
    first: date
    end: date | None

    @property
    def key(self) -> tuple[Any, ...]:
        """By what a row without 编号 is found again: the natural key of posts."""
        return self.person, self.office, self.group, self.first


_TOLD = Held._fields[1:]


def stored(union: int, today: date) -> dict[int, Held]:
    """The posts on record that may register others, by pk; those of the dead open nothing. One query."""
    died = Q(person__leaving="died", person__left_on__lte=today)
    rows = apps.get_model("members.Post")._default_manager.filter(
        union_id=union, withdrawn_on=None, office__in=post_rules.APPOINTING
    )
    found = rows.exclude(died).values_list("pk", "uid", "person_id", "office", "group_id", "first", "end")
    return {row[0]: Held(*row[1:]) for row in found}


def problem(before: Iterable[Held], after: Iterable[Held], today: date) -> Violation | None:
    """What stands against a deed that leaves the posts `after` where there were those `before`. At most two queries."""
    was, will = tuple(before), tuple(after)
    if (day := _sooner(was, will, today)) is not None:
        mend = "请先办交接，或登记另一位主席、副主席、系统管理员"
        return Violation("last", f"这样{_since(day, today)}就没有人能登记任职了", mend=mend)
    able = _with_login({one.person for one in was} | {one.person for one in will})
    could, can = ([one for one in held if one.person in able] for held in (was, will))
    day = _sooner(could, can, today)
    if day is None:
        return None
    left = sorted((one for one in will if one.end is None or one.end > day), key=lambda one: one.first, reverse=True)
    message = f"这样{_since(day, today)}能登记任职的人都还没有登录名"
    mend = f"请先给{_names(one.person for one in left)}发邀请条（设置—邀请登录），本人设好口令以后再办，日期照实写"
    return Violation("login", message, mend=mend)


def _sooner(was: Sequence[Held], will: Sequence[Held], today: date) -> date | None:
    """The day from which nobody holds such a post any more, where it comes, or comes sooner, by the deed."""
    before, after = (post_rules.unmanned_from(((one.first, one.end) for one in held), today) for held in (was, will))
    return after if post_rules.brought_nearer(before, after) else None


def _since(day: date, today: date) -> str:
    return "" if day == today else f"{day}起"


def _persons() -> Any:
    return apps.get_model("members.Person")._default_manager


def _with_login(persons: Iterable[int]) -> set[int]:
    """Those of the persons who can come in: an invitation not used yet is no login, and a closed one opens nothing."""
    return set(_persons().filter(pk__in=persons, user__is_active=True).values_list("pk", flat=True))


def _names(persons: Iterable[int]) -> str:
    """The first three, of whom one is enough; who stands in the same file for the first time is not on record yet."""
    wanted = list(dict.fromkeys(persons))[:3]
    known = dict(_persons().filter(pk__in=wanted).values_list("pk", "name"))
    names = [known[pk] for pk in wanted if pk in known]
    return f"{'、'.join(names)}中的一人" if len(names) > 1 else "".join(names) or "接任的人"


def handed(union: int, pk: int, *, to: int, on: date, end: date | None, today: date) -> Violation | None:
    """What stands against the post going over to somebody on the day, until `end`."""
    held = stored(union, today)
    if pk not in held:
        return None
    after = {**held, pk: held[pk]._replace(end=on), 0: held[pk]._replace(person=to, first=on, end=end)}
    return problem(held.values(), after.values(), today)


def ended(union: int, pk: int, on: date, today: date) -> Violation | None:
    """What stands against the post ending on the day."""
    held = stored(union, today)
    after = {**held, pk: held[pk]._replace(end=on)} if pk in held else held
    return problem(held.values(), after.values(), today)


def frame_problems(frame: Frame, union: int | None, today: date) -> Iterable[Violation]:
    """The same for rows that are saved: those on record give way to the rows of the frame that mean them."""
    before = stored(union, today) if union is not None else {}
    if not before:
        return
    after = dict(before)
    by_uid, by_key = ({getattr(held, name): pk for pk, held in before.items()} for name in ("uid", "key"))
    changed = []
    for index, values in enumerate(frame.zip(*Held._fields)):
        row = Held(*values)
        pk = by_uid.get(row.uid) if row.uid else by_key.get(row.key)
        if pk is not None:
            row = before[pk]._replace(**{name: getattr(row, name) for name in _TOLD if name in frame.columns})
            changed += [index] if row != before[pk] else []
        if pk is not None:
            after.pop(pk)
        if row.office in post_rules.APPOINTING and row.first is not None:
            after[-1 - index if pk is None else pk] = row
    found = problem(before.values(), after.values(), today)
    if found and changed:  # told at the last of the rows that do so together
        place = frame.place(changed[-1], "end")
        yield Violation(found.code, found.message, place=place, mend=found.mend)


@contextmanager
def guarded(union: int, today: date) -> Iterator[None]:
    """Let rows be written inside a transaction under `audit.lock`; refused afterwards where nobody would be left.

    While none of those posts' holders has a login the union is set up from the terminal, which needs no post: there
    the first import can be undone.
    """
    before = stored(union, today)
    running = _with_login(one.person for one in before.values())
    yield
    found = problem(before.values(), stored(union, today).values(), today) if running else None
    if found:
        raise Refused([found])
