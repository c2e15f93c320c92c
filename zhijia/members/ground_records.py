"""Recording why personal data may be handled."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from zhijia.core import records
from zhijia.core.frame import Frame
from zhijia.core.lookup import Lookup
from zhijia.core.outcomes import Violation
from zhijia.core.records import Records
from zhijia.members.grounds import Consent

_CHILDREN = "个人信息保护法第三十一条"


def _problems(frame: Frame, _lookup: Lookup) -> Iterable[Violation]:
    rows = frame.zip("purpose", "ground", "given_on", "ended_on")
    for index, (purpose, ground, given_on, ended_on) in enumerate(rows):
        if purpose == Consent.Purpose.CHILD and ground == Consent.Ground.CONSENT:
            place = frame.place(index, "ground")
            yield Violation("guardian", "未满14周岁的要监护人同意", _CHILDREN, place, mend="依据选“监护人同意”")
        if given_on and ended_on and ended_on < given_on:
            place = frame.place(index, "ended_on")
            yield Violation("ended_on", "撤回同意早于同意", place=place, value=str(ended_on), mend="请核对日期")


CONSENTS = Records(Consent, key=("person", "purpose", "given_on"), check=_problems)
save_consents = partial(records.save, CONSENTS)
