"""Asking for a correction, and the committee's answer to it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import partial
from typing import Any

from zhijia.core import records
from zhijia.core.erasing import GONE
from zhijia.core.frame import Frame
from zhijia.core.lookup import Lookup
from zhijia.core.outcomes import Violation
from zhijia.core.record_types import Said
from zhijia.core.records import Records
from zhijia.members import corrections
from zhijia.members.corrections import ERASED, KEPT, REFUSED, TRANSITIONS, WAITING, CorrectionRequest
from zhijia.standards.numbers import DAYS, Number

SOURCE, SOURCE_ERASE = "个人信息保护法第四十六条", "个人信息保护法第四十七条"
ANSWER = Number("members.correction.days", "答复更正请求的期限", 15, DAYS, f"{SOURCE}只说“及时”，天数由工会定")
NUMBER = re.compile(r"\d{7}")


def _derive(frame: Frame, lookup: Lookup) -> dict[str, list[Any]]:
    """The day of the answer is today where the state says that there is one and none was given.

    The answer to who asked for an erasure is told as one.
    """
    rows = frame.zip("state", "answered_on")
    derived: dict[str, list[Any]] = {
        "answered_on": [given if given or state in (None, WAITING) else lookup.today for state, given in rows]
    }
    if "state" in frame.columns and "about" in frame.columns:
        derived["state"] = [
            corrections.answer(about or "", state) if state else state for about, state in frame.zip("about", "state")
        ]
    return derived


def _gone(frame: Frame, lookup: Lookup) -> set[Any]:
    """Those of the persons whose own row tells nobody any more."""
    persons = frame.get("person") if ERASED in frame.get("state") else []
    names = lookup.follow(persons, "members.Person", "name")
    return {person for person, name in zip(persons, names, strict=True) if name == GONE}


def _problems(frame: Frame, lookup: Lookup) -> Iterable[Violation]:
    gone = _gone(frame, lookup)
    for index, (state, answer, person) in enumerate(frame.zip("state", "answer", "person")):
        if state == ERASED and not answer and person not in gone:
            place = frame.place(index, "answer")
            mend = "写删了什么、哪次会议定的；要全部删除的，先在“保存期限和删除”里办"
            yield Violation("erased", "本人的信息还在，没有写删了什么", SOURCE_ERASE, place, mend=mend)
    for index, (state, answer, asked_on, answered_on) in enumerate(
        frame.zip("state", "answer", "asked_on", "answered_on")
    ):
        if state in (REFUSED, KEPT) and not answer:
            place = frame.place(index, "answer")
            yield Violation("answer", "没有更正、不删除的要写明理由", SOURCE, place, mend="写一句理由，本人看得到")
        if asked_on and answered_on and answered_on < asked_on:
            place = frame.place(index, "answered_on")
            yield Violation(
                "answered_on", "答复日期早于提出日期", place=place, value=str(answered_on), mend="请核对日期"
            )
    for name in ("wish", "answer"):
        for index, text in enumerate(frame.get(name)):
            if text and NUMBER.search(text):
                place = frame.place(index, name)
                mend = "证件号、手机号、卡号请当面或在自己的页面上改"
                yield Violation("number", "这里不要写证件号、手机号、卡号", place=place, mend=mend)


CORRECTIONS = Records(
    CorrectionRequest,
    key=("person", "about", "asked_on"),
    check=_problems,
    derive=_derive,
    moves=("state", TRANSITIONS),
    said=Said(("person", "about", "wish", "asked_on")),
)
save_corrections = partial(records.save, CORRECTIONS)
