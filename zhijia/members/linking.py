"""Two records of one person in two unions: a transfer in here, and the transfer out there that it answers.

A person belongs to one union. Only the pair of changes is tied; neither union sees anything of the other's record but
that it sent the person, or received it, and on which day.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef

from zhijia.members.models import Change, Person
from zhijia.unions.models import Union

OUT, IN = "transfer_out", "transfer_in"


def sent(person: Person, *, on: date, other_union: str) -> UUID | None:
    """The latest transfer out of this person, not answered yet, by another union of the same tree; None for none.

    It is the same person by the number of the identity card; where one is missing, by name and birth date in the union
    that was named. One query for the tree, one for the change.
    """
    top = Union.objects.filter(pk=person.union_id).values_list("path", flat=True).get().split("/")[1:2]
    if not top or not top[0]:
        return None
    answered = Change.objects.filter(counterpart=OuterRef("uid"), withdrawn_on=None)
    rows = Change.objects.filter(kind=OUT, on__lte=on, withdrawn_on=None, union__path__startswith=f"/{top[0]}/")
    rows = rows.exclude(union=person.union_id).filter(~Exists(answered)).order_by("-on", "-pk")
    if person.id_index:
        found = rows.filter(person__id_index=person.id_index).values_list("uid", flat=True).first()
        if found:
            return UUID(str(found))
    if person.birth_on is None:
        return None
    named = rows.filter(person__name=person.name, person__birth_on=person.birth_on, union__name=other_union.strip())
    if person.id_index:
        named = named.filter(person__id_index=None)
    found = named.values_list("uid", flat=True).first()
    return UUID(str(found)) if found else None


def received(changes: Iterable[Change]) -> dict[UUID, date]:
    """Of the given transfers out those that another union answered, with the day on which it took the person in."""
    uids = [change.uid for change in changes if change.kind == OUT]
    if not uids:
        return {}
    rows = Change.objects.filter(counterpart__in=uids, withdrawn_on=None)
    return {uid: on for uid, on in rows.values_list("counterpart", "on") if uid}
