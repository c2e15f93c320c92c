"""Saving applications and the log of changes as whole ledgers: what was decided before the program was there."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from zhijia.core import records
from zhijia.core.frame import Frame
from zhijia.core.lookup import Lookup
from zhijia.core.outcomes import Violation
from zhijia.core.record_types import Said
from zhijia.core.records import Records
from zhijia.core.row_checks import order_problems
from zhijia.members import rules
from zhijia.members.models import Admission, Change


def _admission_problems(frame: Frame, _lookup: Lookup) -> Iterable[Violation]:
    yield from order_problems(frame, "applied_on", "remarked_on", "小组意见日期早于申请日期")
    yield from order_problems(frame, "applied_on", "decided_on", "批准日期早于申请日期")
    for index, (state, decided_on) in enumerate(frame.zip("state", "decided_on")):
        if state in {"approved", "refused"} and decided_on is None:
            place = frame.place(index, "decided_on")
            yield Violation("decided_on", "办完的申请要写批准（决定）日期", place=place, mend="填写委员会开会的日期")
        if state in rules.WAITING and decided_on is not None:
            place = frame.place(index, "state")
            yield Violation("state", "写了批准日期，状态却还在办", place=place, mend="请核对状态")
    seen: set[int] = set()
    for index, (person, state) in enumerate(frame.zip("person", "state")):
        if person is not None and state in rules.WAITING:
            if person in seen:
                place = frame.place(index, "person")
                yield Violation("twice", "一个人只能有一份在办的申请", place=place, mend="请删去重复的一份")
            seen.add(person)


ADMISSIONS = Records(
    Admission,
    key=("person", "applied_on"),
    check=_admission_problems,
    moves=("state", rules.ADMISSION),
    said=Said(("person", "how", "applied_on", "wish"), when=("how", Admission.How.ONLINE)),
)
CHANGES = Records(Change, key=("person", "kind", "on"))

save_admissions = partial(records.save, ADMISSIONS)
save_changes = partial(records.save, CHANGES)
