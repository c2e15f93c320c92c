"""Rules about posts: who may hold what together, for how long one may be empty, how long a visit may be. Pure.

Sources: 《会计法》 (a cashier keeps no accounts), 《中国工会审计条例》 (who may not review), 《机关工会工作暂行条例》
(vacant chair), 《工会法》 art. 41 (working time of officers who are not full-time).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from zhijia.members.rules import VACANCY, WOMEN_COMMITTEE_FROM

CHAIR, VICE_CHAIR, VISITOR, OPERATOR = "chair", "vice_chair", "visitor", "operator"
HEADS = frozenset({CHAIR, VICE_CHAIR})
BOOKS = frozenset({"accountant", "cashier"})
REVIEW = frozenset({"reviewer", "review_director"})
WATCHED = HEADS | BOOKS | REVIEW | {VISITOR}  # those of which one person may not hold every pair
# Work that somebody may do without being a member: 工会会计制度 allows an entrusted bookkeeper.
FREE = BOOKS | {OPERATOR, VISITOR}
OUTSIDE = frozenset({OPERATOR, VISITOR})  # neither full-time nor part-time officers
SINGLE = frozenset({CHAIR, "review_director", "women_director"})  # one holder at a time, and a deputy beside
APPOINTING = HEADS | {OPERATOR}  # who may register posts: one of them must always be there
ALWAYS = (CHAIR, "review_director", "accountant", "cashier")  # posts that every union fills
WOMEN_DIRECTOR = "women_director"  # filled where there are WOMEN_COMMITTEE_FROM women members
CHAIR_SOURCE = "《机关工会工作暂行条例》：主席、副主席出缺要及时补选，空缺不超过半年"
REMIND_BEFORE = timedelta(days=30)  # of the end of a deputy's time
WARN_AFTER = timedelta(days=122)  # a vacant chair is recalled two months before the half year is over
DAY_TENTHS = 80  # a working day is eight hours, in tenths
MONTH_TENTHS = 3 * DAY_TENTHS  # 《工会法》 art. 41: three working days a month
TIME_SOURCE = "《工会法》第四十一条：非专职委员每月可用不超过三个工作日的工作时间，工资照发"


class Conflict(NamedTuple):
    """Two kinds of posts that one person may not hold at one time: rule, what is wrong, source."""

    rule: str
    message: str
    source: str


_CASH = Conflict("R-FUN-13", "同一个人不能兼任会计和出纳", "《会计法》")
_REVIEW = Conflict("R-ELE-16", "经审委员不能由主席、副主席或财务人员兼任", "《中国工会审计条例》")
_VISIT = Conflict("R-ELE-16", "来访查阅的人不能在本工会任职", "《中国工会审计条例》")


def conflicts(offices: Iterable[str]) -> list[Conflict]:
    """What stands against one person holding all these offices at one time.

    >>> [one.rule for one in conflicts(["cashier", "accountant"])], conflicts(["chair", "committee"])
    (['R-FUN-13'], [])
    """
    held = frozenset(offices)
    found = []
    if held >= BOOKS:
        found.append(_CASH)
    if held & REVIEW and held & (HEADS | BOOKS):
        found.append(_REVIEW)
    if VISITOR in held and len(held) > 1:
        found.append(_VISIT)
    return found


def vacant_too_long(since: date, day: date) -> bool:
    """Whether a chair without a holder since then is empty for more than half a year on the day."""
    return day - since > VACANCY


def unmanned_from(spans: Iterable[tuple[date, date | None]], day: date) -> date | None:
    """The first day, from `day` on, on which none of the posts (first, end excluded) is held; None where there is none.

    >>> a, b = date(2026, 1, 1), date(2026, 3, 1)
    >>> unmanned_from([(b, None), (a, b)], a), unmanned_from([(a, b)], a) == b, unmanned_from([(b, None)], a) == a
    (None, True, True)
    """
    for first, end in sorted(spans, key=lambda span: span[0]):
        if first > day:
            break
        if end is None:
            return None
        day = max(day, end)
    return day


def brought_nearer(before: date | None, after: date | None) -> bool:
    """Whether the day on which nobody is there comes, or comes sooner, than before (`unmanned_from`)."""
    return after is not None and (before is None or after < before)


def last_day(end: date) -> date:
    """The last day of a post whose end (the first day after it) is known."""
    return end - timedelta(days=1)


def day_after(last: date) -> date:
    """The end of a post whose last day is known."""
    return last + timedelta(days=1)


def needed(women: int) -> tuple[str, ...]:
    """The posts that a union with so many women members fills."""
    return (*ALWAYS, WOMEN_DIRECTOR) if women >= WOMEN_COMMITTEE_FROM else ALWAYS


def visit_problem(first: date, last: date, today: date, *, most: int) -> tuple[str, str, str] | None:
    """Why a visit can not be so long, as (field, message, way out); None where it can. `most` is in days.

    >>> visit_problem(date(2026, 1, 1), date(2026, 3, 31), date(2026, 1, 1), most=90) is None
    True
    """
    if last < first:
        return "last", "最后一天早于第一天", "请核对日期"
    if last < today:
        return "last", "最后一天已经过去", "来访已经结束的，不用再开通"
    if (last - first).days + 1 > most:
        return "last", f"最长{most}天", f"最后一天不晚于{first + timedelta(days=most - 1)}；没查完的到时再开"
    return None


def over_limit(tenths: int) -> bool:
    """Whether a month's hours are more than the law gives with pay."""
    return tenths > MONTH_TENTHS
