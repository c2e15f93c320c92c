"""The way of a work report from the first draft to the text that the congress hears. Pure.

Source: domain reference 7.1 (起草、征求意见、委员会审议、党组织审阅、提交大会).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from zhijia.core.outcomes import Place, Violation

DRAFTING, CONSULTED, COMMITTEE, PARTY, SUBMITTED, FINAL = (
    "drafting", "consulted", "committee", "party", "submitted", "final",
)  # fmt: skip
STAGES = {
    DRAFTING: "起草",
    CONSULTED: "征求意见稿",
    COMMITTEE: "委员会审议",
    PARTY: "党组织审阅",
    SUBMITTED: "审议稿",
    FINAL: "定稿",
}
MEETING, NUMBER = "meeting", "number"
# Someone who has not saved for so long has left the section.
LOCK_LASTS = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Move:
    """One step. `asks`: what has to be named (a meeting, a document number); `back`: a step back, with its reason."""

    source: str
    target: str
    label: str
    asks: str = ""
    asked: str = ""
    back: bool = False


TRANSITIONS: tuple[Move, ...] = (
    Move(DRAFTING, CONSULTED, "发出征求意见"),
    Move(CONSULTED, COMMITTEE, "提交委员会审议", MEETING, "哪次委员会会议审议（如：第五届委员会第12次会议）"),
    Move(COMMITTEE, PARTY, "送党组织审阅", NUMBER, "请示的文号（没有文号的写“口头”和经办人）"),
    Move(PARTY, SUBMITTED, "形成审议稿", NUMBER, "党组织的批复文号或会议（没有文号的写“口头”和经办人）"),
    Move(SUBMITTED, FINAL, "定稿", MEETING, "在哪次会议上通过"),
    Move(CONSULTED, DRAFTING, "退回起草", back=True),
    Move(COMMITTEE, CONSULTED, "退回修改，再征求意见", back=True),
    Move(PARTY, COMMITTEE, "退回委员会", back=True),
    Move(SUBMITTED, PARTY, "退回党组织审阅", back=True),
)


def moves_from(stage: str) -> list[Move]:
    """The steps open from a stage, forward ones first."""
    return [move for move in TRANSITIONS if move.source == stage]


def move_problems(
    source: str, target: str, *, note: str, on: date | None, today: date, open_matters: Sequence[Violation] = ()
) -> list[Violation]:
    """Every reason why the step can not be taken; `open_matters` only hold up the final text."""
    move = next((one for one in TRANSITIONS if (one.source, one.target) == (source, target)), None)
    if move is None:
        mend = "、".join(one.label for one in moves_from(source)) or "定稿后要改，请另起一轮"
        words = f"“{STAGES[source]}”不能直接到“{STAGES.get(target, target)}”"
        return [Violation("move", words, mend=mend)]
    found = []
    if move.asks and not note.strip():
        found.append(Violation("note", "还没有写依据", place=Place(column="note"), mend=move.asked))
    if move.back and not note.strip():
        found.append(Violation("note", "退回要写明原因", place=Place(column="note"), mend="写一句为什么退回"))
    if on is None:
        found.append(Violation("on", "还没有写日期", place=Place(column="on"), mend="填这一步发生的日期"))
    elif on > today:
        found.append(Violation("on", "日期还没有到", place=Place(column="on"), value=str(on), mend="填实际发生的日期"))
    return found + (list(open_matters) if target == FINAL else [])


def locked(locked_at: datetime | None, now: datetime) -> bool:
    """Whether somebody is still at work in the section."""
    return locked_at is not None and now - locked_at < LOCK_LASTS
