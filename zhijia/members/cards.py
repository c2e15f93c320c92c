"""The membership card (会员证): what its holder sees, and what anybody may learn who scans it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from zhijia.core.identity import mask_name
from zhijia.members import rules
from zhijia.members.models import Person, PersonQuerySet

FULL, RETAINED, NONE = "full", "retained", "none"


@dataclass(frozen=True, slots=True)
class Card:
    """A person's card on a day. `standing` is full, retained (保留会籍) or none."""

    uid: UUID
    name: str
    union: str
    group: str
    since: date | None
    standing: str


@dataclass(frozen=True, slots=True)
class Verified:
    """What a stranger is told: whether the card holds today, of which union, and a masked name."""

    standing: str
    name: str = ""
    union: str = ""


def card_of(person: int, today: date) -> Card | None:
    """The card of a person; None for nobody."""
    row = _rows().filter(pk=person).first()
    if row is None:
        return None
    group = row.group.name if row.group else ""
    return Card(row.uid, row.name, row.union.name, group, row.admitted_on, standing(row, today))


def verify(uid: UUID, today: date) -> Verified:
    """What the card with that 编号 is worth today; one that is worth nothing tells nothing, not even that it was."""
    row = _rows().filter(uid=uid).first()
    worth = standing(row, today) if row else NONE
    if row is None or worth == NONE:
        return Verified(NONE)
    return Verified(worth, mask_name(row.name), row.union.name)


def _rows() -> PersonQuerySet:
    """Persons with their union and group."""
    found: PersonQuerySet = Person.objects.filter(withdrawn_on=None).select_related("union", "group")
    return found


def standing(row: Person, today: date) -> str:
    """Full rights, retained, or none on the day."""
    return {rules.MEMBER: FULL, rules.RETAINED: RETAINED}.get(row.dates.state_on(today), NONE)
