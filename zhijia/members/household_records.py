"""Recording relatives: what is derived, what is refused, and erasing them with the statistics kept."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import Any

from zhijia.core import records
from zhijia.core.erasing import GONE, year_only
from zhijia.core.frame import Frame
from zhijia.core.identity import birth_and_sex
from zhijia.core.lookup import Lookup
from zhijia.core.outcomes import Violation
from zhijia.core.records import Records
from zhijia.members.grounds import Consent
from zhijia.members.household_rules import SOURCE, under_14
from zhijia.members.models import Relative

CONSENT = Consent._meta.label


def _derive(frame: Frame, _lookup: Lookup) -> dict[str, list[Any]]:
    """The number's tail; birth date and sex from the number where they were left blank."""
    if "id_number" not in frame.columns:
        return {}
    numbers = frame.columns["id_number"]
    known = [birth_and_sex(number) if number else (None, "") for number in numbers]
    return {
        "id_tail": [number[-4:] if number else "" for number in numbers],
        "birth_on": [born or read for born, (read, _sex) in zip(frame.get("birth_on"), known, strict=True)],
        "sex": [sex or read for sex, (_born, read) in zip(frame.get("sex"), known, strict=True)],
    }


def consenting(lookup: Lookup, day: date) -> set[int]:
    """The persons who, as guardians, agreed to their children's data and did not take it back."""
    rows = lookup.every(CONSENT, "person", "given_on", "ended_on", where={"purpose": Consent.Purpose.CHILD})
    return {
        person
        for _token, person, given_on, ended_on in rows
        if given_on and given_on <= day and (ended_on is None or ended_on > day)
    }


def _problems(frame: Frame, lookup: Lookup) -> Iterable[Violation]:
    for index, (birth_on, number) in enumerate(frame.zip("birth_on", "id_number")):
        if birth_on and birth_on > lookup.today:
            yield Violation("born", "出生日期在今天以后", place=frame.place(index, "birth_on"), mend="请核对")
        if number and birth_on and birth_and_sex(number)[0] != birth_on:
            mend = "请核对身份证号或出生日期"
            yield Violation("birth", "出生日期与身份证号不符", "GB 11643", frame.place(index, "birth_on"), mend=mend)
    for index, (first, end) in enumerate(frame.zip("first", "end")):
        if first and end and end < first:
            yield Violation("end", "不再登记早于登记起始", place=frame.place(index, "end"), mend="请核对日期")
    if not frame.sheet:  # a ledger tells what is recorded already: the check R-PRI-03 judges it
        yield from _children(frame, lookup)


def _children(frame: Frame, lookup: Lookup) -> Iterable[Violation]:
    children = [
        index
        for index, (birth_on, end) in enumerate(frame.zip("birth_on", "end"))
        if under_14(birth_on, lookup.today) and end is None
    ]
    if not children:
        return
    agreed = consenting(lookup, lookup.today)
    for index in children:
        if frame.columns["person"][index] not in agreed:
            message = "未满14周岁，还没有监护人同意，不能登记"
            mend = (
                "先在“个人信息同意”里登记：用途选“未满14周岁子女信息”，依据选“监护人同意”；或请本人在“我的家庭”里同意"
            )
            yield Violation("consent", message, SOURCE, frame.place(index, "birth_on"), mend=mend)


# What goes at once when the member takes a relative out (`blank`): children under 14 are among them.
RELATIVES = Records(
    Relative, key=("person", "name", "relation"), check=_problems, derive=_derive,
    private=frozenset({"name", "birth_on", "work"}),
)  # fmt: skip
save_relatives = partial(records.save, RELATIVES)


def blank() -> dict[str, Any]:
    """What is left of a relative who is erased: relation, sex, dependence, income; no name, number, illness, place."""
    return {"name": GONE, "id_number": None, "id_tail": "", "illness": None, "work": ""}


def forget(person: int) -> None:
    """Erase who the relatives of an erased person were; of their birth dates the years stay."""
    rows = list(Relative._base_manager.filter(person=person).only("pk", "birth_on", "version"))
    for row in rows:
        row.birth_on = year_only(row.birth_on)
        row.version += 1
        for name, value in blank().items():
            setattr(row, name, value)
    Relative._base_manager.bulk_update(rows, ["birth_on", "version", *blank()], batch_size=500)
