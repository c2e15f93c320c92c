"""What a comparison of the personnel office's list with the register is made of. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from zhijia.members.rules import Dates

JOINED, LEFT, MOVED, CHANGED, DOUBT = "joined", "left", "moved", "changed", "doubt"
KINDS = {JOINED: "新来", LEFT: "不在名册", MOVED: "换岗位", CHANGED: "信息变化", DOUBT: "疑似同一人"}

SKIP = "skip"
NEWCOMER, PERSON = "newcomer", "person"
MOVE, CHANGE, SAME, OTHER = "move", "change", "same", "other"
RETAIN, TRANSFER_OUT, WITHDRAW, DIE = "retain", "transfer_out", "withdraw", "die"

# What may be done about a line of each kind, the words for it, and what has to be written besides.
ACTIONS: Mapping[str, Mapping[str, str]] = {
    JOINED: {NEWCOMER: "登记为新进人员，等办理入会", PERSON: "登记人员和新进人员（还不是会员）", SKIP: "先不登记"},
    LEFT: {
        RETAIN: "退休，保留会籍",
        TRANSFER_OUT: "调出",
        WITHDRAW: "退会",
        DIE: "去世",
        SKIP: "不在名册，先不动",
    },
    MOVED: {MOVE: "改岗位，原岗位留作历史", SKIP: "先不改"},
    CHANGED: {CHANGE: "改成名册上的", SKIP: "先不改"},
    DOUBT: {SAME: "是同一个人，按名册改", OTHER: "是另一个人，登记为新进人员", SKIP: "先不动"},
}
NOTES = {TRANSFER_OUT: "对方工会", WITHDRAW: "委员会会议"}
# Until this age somebody who is not on the list is not proposed for retirement (men, women): a proposal only, the day
# of retirement is the personnel office's to tell. The ages rise step by step since 2025, but one may still choose to go
# at these (国务院关于渐进式延迟法定退休年龄的办法, 2024).
RETIRED_FROM = {"male": 60, "female": 55}

TEXTS = ("name", "staff_no", "sex", "ethnicity", "politics", "education")
DAYS = ("birth_on", "hired_on")
SECRETS = {"id_number": "id_index", "phone": "phone_index"}  # compared by their blind indexes, never shown
SEAT = ("department", "job")


class Row(NamedTuple):
    """One row of the list; what it does not tell is empty. The two numbers are held to be stored, never to be shown."""

    number: int
    name: str
    pinyin: str = ""
    staff_no: str = ""
    sex: str = ""
    birth_on: date | None = None
    id_number: str = ""
    id_index: str = ""
    phone: str = ""
    phone_index: str = ""
    ethnicity: str = ""
    politics: str = ""
    education: str = ""
    department: str = ""
    job: str = ""
    hired_on: date | None = None


class Known(NamedTuple):
    """One person of the register, with the tails of the numbers for showing; `since` the first day of the place."""

    pk: int
    name: str
    pinyin: str = ""
    staff_no: str = ""
    sex: str = ""
    birth_on: date | None = None
    id_index: str = ""
    phone_index: str = ""
    phone_tail: str = ""
    ethnicity: str = ""
    politics: str = ""
    education: str = ""
    department: str = ""
    job: str = ""
    group: int | None = None
    hired_on: date | None = None
    admitted_on: date | None = None
    retained_on: date | None = None
    left_on: date | None = None
    since: date | None = None
    office: bool = False  # holds a post of the union

    @property
    def dates(self) -> Dates:
        """The dates of the membership."""
        return Dates(self.admitted_on, self.retained_on, self.left_on)

    @property
    def gone(self) -> bool:
        """Whether the membership ended."""
        return self.left_on is not None

    @property
    def active(self) -> bool:
        """A member with full rights: whoever the personnel office should still have on its list."""
        return self.admitted_on is not None and self.retained_on is None and self.left_on is None


class Arrival(NamedTuple):
    """A newcomer on record: by name and staff number, and who it is in the register (0 for nobody yet)."""

    name: str
    staff_no: str
    arrived_on: date
    person: int = 0


class Line(NamedTuple):
    """One difference. `at` is the row of the list (-1: none), `person` that of the register (0: nobody).

    `changes` are field → (before, after); a secret's are the tails or empty. `after` is the day that the change has to
    come later than, where there is one.
    """

    key: str
    kind: str
    name: str
    place: str = ""
    at: int = -1
    person: int = 0
    changes: Mapping[str, tuple[Any, Any]] = {}
    why: str = ""
    proposed: str = SKIP
    on: date | None = None
    after: date | None = None
    actions: tuple[str, ...] = ()


class Decision(NamedTuple):
    """What the person reviewing wants done about a line, from which day, with what was written besides."""

    action: str
    on: date | None = None
    note: str = ""


@dataclass(slots=True)
class Comparison:
    """All differences, and how many rows need nothing: equal ones, and newcomers who are on record already."""

    lines: list[Line] = field(default_factory=list)
    equal: int = 0
    waiting: int = 0

    def count(self, kind: str) -> int:
        """Lines of a kind."""
        return sum(1 for line in self.lines if line.kind == kind)


def decided(line: Line, decisions: Mapping[str, Decision]) -> Decision:
    """What is to be done about a line: what was said of it, else of its kind, else what was proposed.

    An answer for the whole kind that is not possible for a line leaves the line as it was proposed.
    """
    own = decisions.get(line.key)
    if own is not None and own.action in line.actions:
        return own._replace(on=own.on or line.on)
    whole = decisions.get(line.kind)
    if whole is not None and whole.action in line.actions:
        later = whole.on or line.on
        return whole._replace(on=line.on if line.after and later and later <= line.after else later)
    return Decision(line.proposed, line.on)


def to_do(lines: Iterable[Line], decisions: Mapping[str, Decision]) -> list[tuple[Line, Decision]]:
    """The lines that something is done about, each with what."""
    every = ((line, decided(line, decisions)) for line in lines)
    return [(line, decision) for line, decision in every if decision.action != SKIP]


def problem(line: Line, decision: Decision, today: date) -> str:
    """What stands against doing so, and what is to be done about it; empty where nothing does."""
    action, on, note = decision
    if action == SKIP:
        return ""
    if action in NOTES and not note.strip():
        return f"还没有写{NOTES[action]}"
    if on is None:
        return "还没有写日期"
    if action in (NEWCOMER, PERSON, OTHER):
        return ""
    if on > today:
        return "日期还没有到，到了那一天再办"
    if line.after and on <= line.after:
        return f"日期要在{line.after}以后"
    return ""


def mark(line: Line) -> str:
    """What the line says, for telling whether it still says so: everything but what was proposed."""
    told = [f"{name}={before}>{after}" for name, (before, after) in sorted(line.changes.items())]
    return "|".join((line.kind, str(line.person), line.name, line.why, *told))


def digest(lines: Iterable[Line]) -> str:
    """Everything that the lines say, proposals too: where it stands, so does all that was reviewed."""
    hasher = hashlib.blake2b(digest_size=32)
    for line in lines:
        hasher.update(repr(tuple(line)).encode(errors="surrogatepass"))
    return hasher.hexdigest()


def named(told: str) -> str:
    """The name in a mark."""
    return told.split("|", 3)[2]
