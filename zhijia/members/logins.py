"""Persons as logins need them: whom a typed name, number or phone means, who has no login yet, who leads whom."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from zhijia.core import secrets
from zhijia.core.conditions import holds, lasts
from zhijia.members import rules
from zhijia.members.models import Admission, Newcomer, Person, Post, member_on
from zhijia.unions.models import Union

PHONE = "phone"
# Whoever holds one of these is vouched for by those who lead the union, not by a group's leader.
PLAIN = frozenset({Post.Office.GROUP_LEADER, Post.Office.WOMEN})


@dataclass(frozen=True, slots=True)
class Known:
    """A person as the pages of logins name it."""

    pk: int
    name: str
    staff_no: str = ""
    department: str = ""
    group: int | None = None
    group_name: str = ""
    user: int | None = None
    phone_tail: str = ""


def typed(text: str) -> str:
    """What was typed, in plain width and without spaces."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def _phone(text: str) -> str:
    digits = text.removeprefix("+").replace("-", "")
    return digits.removeprefix("86") if len(digits) == 13 else digits


def users_named(text: str, *, code: str = "") -> list[int]:
    """The logins of the persons with that staff number or phone; `code` names their union. At most three."""
    word = typed(text)
    if not word:
        return []
    meant = Q(staff_no=word) | Q(phone_index=secrets.blind_index(_phone(word), purpose=PHONE))
    rows = Person.objects.filter(meant, user__isnull=False, withdrawn_on=None)
    if code:
        rows = rows.filter(union__code=typed(code))
    return list(rows.order_by("pk").values_list("user_id", flat=True)[:3])


def union_of_user(user: int) -> str:
    """The code of the union whose person a login stands for; empty for none."""
    return Person.objects.filter(user=user, withdrawn_on=None).values_list("union__code", flat=True).first() or ""


def asking(name: str, number: str, *, code: str = "") -> tuple[int, int, int] | None:
    """(person, union, login) of the one person with that name who logs in with that number; None for none.

    The number is a staff number or a phone, as at the login page; for who has neither it is the login's own name.
    """
    word = typed(number)
    if not word:
        return None
    phone = secrets.blind_index(_phone(word), purpose=PHONE)
    meant = Q(staff_no=word) | Q(phone_index=phone) | Q(user__username=word)
    rows = Person.objects.filter(meant, name=typed(name), user__isnull=False, withdrawn_on=None)
    if code:
        rows = rows.filter(union__code=typed(code))
    found = list(rows.values_list("pk", "union_id", "user_id")[:2])
    return found[0] if len(found) == 1 else None


def several_unions() -> bool:
    """Whether the server holds more than one union, so that staff numbers may repeat."""
    return len(Union.objects.values_list("pk", flat=True)[:2]) > 1


def _reached(union: int, groups: Iterable[int] | None) -> QuerySet[Person]:
    rows: QuerySet[Person] = Person.objects.in_union(union)
    return rows if groups is None else rows.filter(group_id__in=list(groups))


def _known(rows: QuerySet[Person]) -> list[Known]:
    names = ("pk", "name", "staff_no", "department", "group_id", "group__name", "user_id", "phone_tail")
    found = []
    for pk, name, staff_no, department, group, group_name, user, tail in rows.values_list(*names):
        found.append(Known(pk, name, staff_no, department, group, group_name or "", user, tail))
    return found


def _coming(union: int) -> Q:
    """Persons of the HR list of newcomers, or with an application on its way, who are no members (yet, or again)."""
    listed = Newcomer.objects.in_union(union).awaited().filter(person__isnull=False).values("person")
    applied = Admission.objects.in_union(union).filter(state__in=rules.WAITING).values("person")
    return Q(pk__in=listed) | Q(pk__in=applied)


def without_login(union: int, on: date, groups: Iterable[int] | None = None) -> list[Known]:
    """Members, officers and newcomers without a login, by group and name; `groups` limits them to those led.

    A newcomer gets a login before the membership, to apply for it alone.
    """
    office = Post.objects.in_union(union).filter(holds(on)).values("person")
    rows = _reached(union, groups).filter(user=None).filter(member_on(on) | Q(pk__in=office) | _coming(union))
    return _known(rows.order_by("group__rank", "group_id", "pinyin", "pk"))


def of(union: int, persons: Iterable[int], groups: Iterable[int] | None = None) -> dict[int, Known]:
    """The persons by key that belong to the union (and to the groups led)."""
    rows = _reached(union, groups).filter(pk__in=list(persons))
    return {one.pk: one for one in _known(rows)}


def vouchable(union: int, persons: Iterable[int], on: date, groups: Iterable[int] | None = None) -> set[int]:
    """Whom one may vouch for: with `groups`, members of those who hold no post of weight; else the whole union."""
    wanted = set(of(union, persons, groups))
    return wanted if groups is None else wanted - of_weight(union, wanted, on)


def of_weight(union: int, persons: Iterable[int], on: date) -> set[int]:
    """Those of the persons who hold a post of weight on the day or are to take one up: their logins open what it does.

    Only who leads the union hands out what such a login begins with.
    """
    held = Post.objects.in_union(union).filter(lasts(on), person__in=list(persons))
    return set(held.exclude(office__in=PLAIN).values_list("person", flat=True))


def held_between(union: int, person: int, offices: Iterable[str], first: date, last: date) -> bool:
    """Whether the person held one of the offices on one of the days."""
    held = Post.objects.in_union(union).filter(lasts(first), person=person, first__lte=last)
    return bool(held.filter(office__in=list(offices)).exists())


def person_in(person: int) -> tuple[Known, int, str, str] | None:
    """A person with the union's key, code and name, as the page of an invitation needs it; None where it is gone."""
    row = (
        Person.objects.filter(pk=person, withdrawn_on=None)
        .values_list("union_id", "union__code", "union__name")
        .first()
    )
    return (of(row[0], [person])[person], *row) if row else None


def users_numbered(staff_no: str, *, code: str) -> list[int]:
    """The logins of the union's persons with that staff number; at most two."""
    number = typed(staff_no)
    rows = Person.objects.filter(staff_no=number, union__code=typed(code), user__isnull=False, withdrawn_on=None)
    return list(rows.values_list("user_id", flat=True)[:2]) if number else []
