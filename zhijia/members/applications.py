"""What a person asked of the register: to join, and to have something corrected."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Value

from zhijia.core.person_types import ANSWERED, TURNED_DOWN, WAITING, Application
from zhijia.members import corrections
from zhijia.members.models import Admission, CorrectionRequest

_REQUEST = "members.CorrectionRequest"
_NEXT = {
    "applied": "等所在小组的组长签意见",
    "remarked": "等工会委员会批准",
    corrections.WAITING: "等工会委员会核对、答复",
}
_STANDS = {
    "approved": ANSWERED, "refused": TURNED_DOWN, corrections.DONE: ANSWERED, corrections.REFUSED: TURNED_DOWN,
    corrections.ERASED: ANSWERED, corrections.KEPT: TURNED_DOWN,
}  # fmt: skip


def applications(person: int, _today: date) -> Iterable[Application]:
    """Applications to join and requests for correction; one query."""
    joining = Admission.objects.filter(person=person, withdrawn_on=None).annotate(
        table=Value("members.Admission"), about=Value("")
    )
    asked = CorrectionRequest.objects.filter(person=person, withdrawn_on=None).annotate(table=Value(_REQUEST))
    shared = ("table", "uid", "state")
    rows = joining.values_list(*shared, "about", "applied_on", "decided_on", "reason").union(
        asked.values_list(*shared, "about", "asked_on", "answered_on", "answer"), all=True
    )
    for table, uid, state, about, on, done_on, said in rows:
        title = "申请入会" if table != _REQUEST else about if about == corrections.ERASE else f"更正“{about}”"
        labels = dict((CorrectionRequest if table == _REQUEST else Admission).State.choices)
        words = (f"{done_on.isoformat()}" if done_on else "") + str(labels[state]) + (f"：{said}" if said else "")
        yield Application(title, on, _STANDS.get(state, WAITING), words, _NEXT.get(state, ""), table, str(uid))
