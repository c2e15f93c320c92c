"""Rules about membership and posts. Pure. Sources: 中国工会章程 ch. 1; 工会会员会籍管理办法 (2016); 会计法."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

VACANCY = timedelta(days=183)  # 机关工会工作暂行条例: a vacant chair is filled within half a year
WOMEN_COMMITTEE_FROM = 10  # 中国工会章程 (2023) ch. 5


def standing_problem(
    *, hired_on: date | None, admitted_on: date | None, retained_on: date | None, left_on: date | None
) -> tuple[str, str] | None:
    """The first impossible order of a person's dates as (field, message), or None."""
    if admitted_on and left_on and left_on <= admitted_on:
        return "left_on", "离会日期早于入会日期"
    if admitted_on and retained_on and retained_on < admitted_on:
        return "retained_on", "保留会籍日期早于入会日期"
    if left_on and not admitted_on:
        return "left_on", "有离会日期却没有入会日期"
    if retained_on and not admitted_on:
        return "retained_on", "有保留会籍日期却没有入会日期"
    return None


def came(arrived_on: date | None, *, hired_on: date | None, admitted_on: date | None) -> bool:
    """Whether somebody in the register with these dates can be the newcomer of one name who arrived on the day.

    Who was a member or came to the organ before is a namesake until a number says otherwise, and so is somebody of whom
    no day is known: a retired cadre, a relative.

    >>> day, before = date(2026, 9, 1), date(1990, 7, 1)
    >>> came(day, hired_on=day, admitted_on=None), came(day, hired_on=before, admitted_on=None)
    (True, False)
    >>> came(day, hired_on=None, admitted_on=day), came(day, hired_on=None, admitted_on=before)
    (True, False)
    """
    if arrived_on is None:
        return False
    return hired_on == arrived_on or (admitted_on is not None and admitted_on >= arrived_on)


class Span(NamedTuple):
    """Days from `first` until `end` (excluded), with the row that tells of them where that is one being saved."""

    first: date
    end: date
    row: int | None = None


def overlapping(spans: Iterable[Span]) -> list[Span]:
    """The spans that share a day with another one.

    >>> a, b = Span(date(2020, 1, 1), date(2021, 1, 1)), Span(date(2021, 1, 1), date(2022, 1, 1))
    >>> overlapping([b, a]), overlapping([a, Span(date(2020, 12, 31), date(2021, 6, 1))])[0] == a
    ([], True)
    """
    found: dict[int, Span] = {}
    reaching: Span | None = None
    for span in sorted(spans, key=lambda one: (one.first, one.end)):
        if reaching and span.first < reaching.end:
            found |= {id(reaching): reaching, id(span): span}
        if reaching is None or span.end > reaching.end:
            reaching = span
    return list(found.values())


# ---------------------------------------------------------------- standing over time

NEVER, MEMBER, RETAINED, GONE = "never", "member", "retained", "gone"
STATES = {NEVER: "还不是会员", MEMBER: "会员", RETAINED: "保留会籍", GONE: "已离会"}


class Dates(NamedTuple):
    """The dates of a membership as they stand."""

    admitted_on: date | None = None
    retained_on: date | None = None
    left_on: date | None = None

    @property
    def state(self) -> str:
        """Where the membership stands, all its dates come true."""
        if self.left_on:
            return GONE
        if self.retained_on:
            return RETAINED
        return MEMBER if self.admitted_on else NEVER

    def state_on(self, day: date) -> str:
        """Where the membership stands on the day; what is still to come counts as not said.

        >>> joined = Dates(date(2020, 1, 1), date(2026, 1, 1))
        >>> [joined.state_on(date(year, 1, 1)) for year in (2019, 2020, 2026)]
        ['never', 'member', 'retained']
        """
        return Dates(*(one if one and one <= day else None for one in self)).state

    def full_on(self, day: date) -> bool:
        """Whether there are full rights on the day: `models.member_on`, said for one row at hand."""
        return self.state_on(day) == MEMBER


class Move(NamedTuple):
    """A change of standing: from which states, the reason that `Person.leaving` keeps, its rule and what it needs."""

    before: frozenset[str]
    leaving: str
    source: str
    needs: tuple[str, ...] = ()


_IN, _OUT = frozenset((NEVER, GONE)), frozenset((MEMBER, RETAINED))
_METHOD, _CONSTITUTION = "《工会会员会籍管理办法》", "《中国工会章程》"
# Sources: 会籍管理办法 (2016) art. 3 (transfer), art. on retained membership; 章程 ch. 1: free to leave, deemed
# withdrawal after six months without dues and activities, expulsion discussed by the group, decided by the committee.
MOVES: Mapping[str, Move] = {
    "admit": Move(_IN, "", _CONSTITUTION + "第二条", ("meeting",)),
    "transfer_in": Move(_IN, "", _METHOD + "第三条", ("other_union",)),
    "retain": Move(frozenset((MEMBER,)), "", _METHOD),
    "resume": Move(frozenset((RETAINED,)), "", _METHOD, ("reason",)),
    "transfer_out": Move(_OUT, "transferred", _METHOD + "第三条", ("other_union",)),
    "withdraw": Move(_OUT, "withdrawn", _CONSTITUTION + "第六条", ("meeting",)),
    "deem": Move(frozenset((MEMBER,)), "deemed", _CONSTITUTION + "第六条", ("reason", "meeting")),
    "expel": Move(_OUT, "expelled", _CONSTITUTION + "第七条", ("reason", "discussed_on", "meeting")),
    "die": Move(_OUT, "died", _METHOD),
}
DEEMED_AFTER = 6  # months without dues and without taking part: 章程 第六条

# state of an application -> the states that may follow; "" is where one begins
ADMISSION: Mapping[str, tuple[str, ...]] = {
    "": ("applied",),
    "applied": ("remarked", "refused"),
    "remarked": ("approved", "refused"),
    "approved": (),
    "refused": (),
}
WAITING = ("applied", "remarked")

PROPOSED = frozenset(("deem",))  # made by a decision on a proposal only: 章程 art. 6 wants a talk before
# state of a proposal to deem somebody withdrawn -> the states that may follow
LAPSE_OPEN, LAPSE_DEEMED, LAPSE_KEPT = "open", "deemed", "kept"
LAPSE: Mapping[str, tuple[str, ...]] = {
    "": (LAPSE_OPEN, LAPSE_KEPT),
    LAPSE_OPEN: (LAPSE_DEEMED, LAPSE_KEPT),
    LAPSE_DEEMED: (),
    LAPSE_KEPT: (),
}


def move_problem(move: str, dates: Dates, on: date, today: date) -> tuple[str, str, str] | None:
    """Why the change can not be made on the day, as (field, message, way out); None where it can.

    >>> move_problem("retain", Dates(date(2020, 1, 1)), date(2026, 1, 1), date(2026, 2, 1)) is None
    True
    """
    if dates.state not in MOVES[move].before:
        mend = "请先看会籍记录；上一次办错了的，在那里撤销"
        return "kind", f"现在是“{STATES[dates.state]}”，不能办这一项", mend
    if on > today:
        return "on", "日期还没有到", "到了那一天再办"
    since = dates.left_on or dates.retained_on or dates.admitted_on
    if since and (on < since or (on == since and dates.state in (MEMBER, RETAINED) and since == dates.admitted_on)):
        return "on", f"日期要在{since}以后", "会籍的各段不能重叠，请核对日期"
    return None


def moved(move: str, dates: Dates, on: date) -> tuple[Dates, Dates | None]:
    """The dates after the change, and those of the membership that now lies before (None where there is none).

    A membership is resumed as a new stretch that begins where the rest ends, so that the rest stays on record.
    """
    if move in ("admit", "transfer_in"):
        return Dates(on), dates if dates.admitted_on else None
    if move == "resume":
        return Dates(on), dates._replace(left_on=on)
    if move == "retain":
        return dates._replace(retained_on=on), None
    return dates._replace(left_on=on), None


def begins(move: str) -> bool:
    """Whether the change begins a membership, so that one of before was put aside."""
    return move in ("admit", "transfer_in", "resume")


def unmoved(move: str, dates: Dates, on: date, put_aside: Dates | None) -> Dates | None:
    """The dates before the change, which is the inverse of `moved`; None where the dates are not what it left.

    >>> unmoved("retain", Dates(date(2020, 1, 1), date(2026, 1, 1)), date(2026, 1, 1), None)
    Dates(admitted_on=datetime.date(2020, 1, 1), retained_on=None, left_on=None)
    """
    if begins(move):
        if dates != Dates(on):
            return None
        before = put_aside or Dates()
        return before._replace(left_on=None) if move == "resume" else before
    if move == "retain":
        return dates._replace(retained_on=None) if dates.retained_on == on and not dates.left_on else None
    return dates._replace(left_on=None) if dates.left_on == on else None
