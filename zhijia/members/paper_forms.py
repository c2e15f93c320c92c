"""A paper 入会申请书 of somebody who is not on record, typed in: who of the personnel list it is, if anybody.

A number tells, and so does the day of arrival. A name never does: whoever types it in is asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from zhijia.core import audit
from zhijia.core.access import Access
from zhijia.core.outcomes import Place, Refused, Violation
from zhijia.members import arriving, joining, rules
from zhijia.members.models import Admission, Newcomer

LISTED = "listed"  # the box in which it is said who of the list it is
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Meant:
    """What was said of the personnel list: it is that newcomer, or (`other`) nobody on it."""

    newcomer: Newcomer | None = None
    other: bool = False


UNSAID = Meant()


def named(union: int, row: Mapping[str, Any]) -> list[Newcomer]:
    """Those of the list, not in the register yet, who bear the name and no other number. One query."""
    rows = Newcomer.objects.in_union(union).filter(person=None, name=row.get("name", "")).order_by("arrived_on", "pk")
    number = row.get("staff_no", "")
    return [one for one in rows[:_SHOWN] if not (number and one.staff_no and one.staff_no != number)]


def sure(union: int, row: Mapping[str, Any]) -> Newcomer | None:
    """Who of the list it is by number, or by name and day of arrival; None where nothing tells. Two queries."""
    number = row.get("staff_no", "")
    rows = Newcomer.objects.in_union(union).filter(person=None)
    found = list(rows.filter(staff_no=number)[:2]) if number else []
    if not found:
        hired_on = row.get("hired_on")
        found = [one for one in named(union, row) if rules.came(one.arrived_on, hired_on=hired_on, admitted_on=None)]
    return found[0] if len(found) == 1 else None


def _listed(row: Mapping[str, Any], meant: Meant, union: int) -> Newcomer | None:
    """Who of the list the form tells of; None for nobody. Refused where that is for people to say."""
    if meant.newcomer is not None:
        return _agreeing(row, meant.newcomer)
    if meant.other:
        return None
    found = sure(union, row)
    if found is None and named(union, row):
        mend = "请选是哪一位；都不是的，选“是另一个人”"
        raise Refused([Violation(LISTED, "人事名单上有同名的人", place=Place(column=LISTED), mend=mend)])
    return found


def _agreeing(row: Mapping[str, Any], newcomer: Newcomer) -> Newcomer:
    broken = []
    if row.get("name") != newcomer.name:
        mend = "是同一个人的，姓名照名单写；不是的，从“办理入会”另录一份"
        broken.append(Violation("name", f"名单上写的是{newcomer.name}", place=Place(column="name"), mend=mend))
    number = row.get("staff_no", "")
    if number and newcomer.staff_no and number != newcomer.staff_no:
        message = f"名单上{newcomer.name}的工号是{newcomer.staff_no}"
        place, mend = Place(column="staff_no"), "请核对工号；不是同一个人的，选“是另一个人”或另录一份"
        broken.append(Violation("staff_no", message, place=place, mend=mend))
    if broken:
        raise Refused(broken)
    return newcomer


@transaction.atomic
def type_in(
    row: Mapping[str, Any], *, group: int | None, on: date, wish: str = "", anew: bool, meant: Meant = UNSAID,
    by: Access, today: date,
) -> Admission:  # fmt: skip
    """Type in a paper form of somebody who is not on record: entered as no member, with the application.

    Refused where a number says that the person is in the register, or somebody looks alike and nobody said otherwise.
    Whoever waits on the personnel list is taken from there, so that nobody waits twice: a namesake is asked about.
    """
    audit.lock(by.union)  # two desks do not enter two who look alike without seeing each other
    arriving.stop_likeness(row, union=by.union, anew=anew, mend="打开下面的记录，在那里录入申请")
    newcomer = _listed(row, meant, by.union)
    if newcomer is not None:
        person = joining.entered(newcomer, joining.Entry(row, group, anew=anew), by=by, today=today)
    else:
        person = joining.written({**row, "group": group}, union=by.union, by=by, today=today)
    return joining.apply(person, on=on, wish=wish, how=Admission.How.PAPER, by=by, today=today)
