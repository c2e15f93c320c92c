"""What a person asked of the register: to join, and to have something corrected."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from zhijia.core.feature_types import ANSWERED, TURNED_DOWN, WAITING, Application
from zhijia.members import corrections
from zhijia.members.models import Admission, CorrectionRequest

_NEXT = {"applied": "等所在小组的组长签意见", "remarked": "等工会委员会批准"}
_STANDS = {"approved": ANSWERED, "refused": TURNED_DOWN, corrections.DONE: ANSWERED, corrections.REFUSED: TURNED_DOWN}


def applications(person: int, _today: date) -> Iterable[Application]:
    """Applications to join and requests for correction, each kind latest first."""
    for one in Admission.objects.filter(person=person, withdrawn_on=None).order_by("-applied_on", "-pk"):
        decided = f"{one.decided_on.isoformat()}{one.get_state_display()}" if one.decided_on else ""
        state = decided + (f"：{one.reason}" if one.reason else "")
        stands = _STANDS.get(one.state, WAITING)
        yield Application(
            "申请入会", one.applied_on, stands, state or one.get_state_display(), _NEXT.get(one.state, ""),
            "members.Admission", str(one.uid),
        )  # fmt: skip
    for row in CorrectionRequest.objects.filter(person=person, withdrawn_on=None).order_by("-asked_on", "-pk"):
        state = row.get_state_display() + (f"：{row.answer}" if row.answer else "")
        stands = _STANDS.get(row.state, WAITING)
        after = "等工会委员会核对、答复" if stands == WAITING else ""
        yield Application(
            f"更正“{row.about}”", row.asked_on, stands, state, after, "members.CorrectionRequest", str(row.uid)
        )
