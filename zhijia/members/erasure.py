"""What the members room erases of a person: the own rows, and what they tell of relatives and in own fields."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.db.models import F

from zhijia.core import erasing
from zhijia.core.access import Access
from zhijia.core.sheets.declare import Sheet
from zhijia.members import household_records
from zhijia.members.corrections import ERASE, ERASED, WAITING, CorrectionRequest
from zhijia.members.models import OwnField, OwnValue, Pair


def eraser(sheets: Sequence[Sheet]) -> Callable[[int, Access], None]:
    """The room's `erase_person`. Of own fields only answers of a choice stay: they are counted and tell nobody.

    Whoever asked to be erased is answered by the erasure itself.
    """
    own = erasing.eraser("members", sheets)

    def erase(person: int, by: Access) -> None:
        own(person, by)
        household_records.forget(person)
        Pair._base_manager.filter(other=person).update(staff_no="")
        asked = CorrectionRequest.objects.filter(person=person, about=ERASE, state=WAITING)
        asked.update(state=ERASED, answered_on=by.on, version=F("version") + 1)
        values = OwnValue._base_manager.filter(person=person)
        values.exclude(field__in=OwnField._base_manager.filter(sort=OwnField.Sort.CHOICE)).update(text="")

    return erase
