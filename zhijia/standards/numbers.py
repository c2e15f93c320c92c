"""Numbers that no law fixes (年限和天数): declared with what is usual, settled by the union, 待确认 until then.

A room declares `Number("members.correction.days", "答复更正请求", 15, DAYS, …)` and asks `value(union, NUMBER)`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from zhijia.core import audit
from zhijia.core.access import Access
from zhijia.core.outcomes import Place, Refused, Violation
from zhijia.standards.models import OwnNumber

YEARS, MONTHS, DAYS = "年", "个月", "天"


@dataclass(frozen=True, slots=True)
class Number:
    """What is settled: its key, in words, the usual number with its unit and source; from `least` to `most`.

    `by_law`: the source fixes the number, and nobody changes it.
    """

    key: str
    title: str
    usual: int
    unit: str
    source: str
    by_law: bool = False
    least: int = 1
    most: int = 100


@dataclass(frozen=True, slots=True)
class Settled:
    """A number as it holds in a union: confirmed by a named person on a day, or still the usual one."""

    about: Number
    number: int
    source: str
    confirmed_by: str = ""
    confirmed_on: date | None = None
    version: int = 0

    @property
    def confirmed(self) -> bool:
        """Whether the law or a named person stands behind it."""
        return self.about.by_law or bool(self.confirmed_by)


def settled(union: int, numbers: Iterable[Number]) -> dict[str, Settled]:
    """Each number as it holds in the union, by key; one query."""
    wanted = {number.key: number for number in numbers}
    found = {key: Settled(number, number.usual, number.source) for key, number in wanted.items()}
    open_ = [key for key, number in wanted.items() if not number.by_law]
    for row in OwnNumber.objects.in_union(union).filter(key__in=open_):
        found[row.key] = Settled(
            wanted[row.key], row.number, row.source, row.confirmed_by, row.confirmed_on, row.version
        )
    return found


def value(union: int, number: Number) -> int:
    """The number that holds in the union."""
    return settled(union, (number,))[number.key].number


def _problems(number: Number, count: int | None, source: str) -> Iterable[Violation]:
    if number.by_law:
        yield Violation("law", "这个数是法规规定的，不能改", number.source, mend="按法规执行")
    if count is None or not number.least <= count <= number.most:
        message = f"要写{number.least}到{number.most}之间的整数"
        yield Violation("number", message, place=Place(column="number"), mend=f"如 {number.usual}")
    if len(source.strip()) < 2:
        mend = "哪次会议或哪份文件定的，如“2026年第8次委员会会议”"
        yield Violation("source", "没有写依据", place=Place(column="source"), mend=mend)


@transaction.atomic
def settle(number: Number, count: int | None, source: str, *, version: int = 0, by: Access, today: date) -> Settled:
    """Settle or confirm a number for the union worked in, under the name of whoever does it.

    Refused with everything that is wrong, and where somebody settled it meanwhile (`version` is the one looked at).
    """
    audit.lock(by.union)
    found = list(_problems(number, count, source))
    row = OwnNumber.objects.in_union(by.union).select_for_update().filter(key=number.key).first()
    if (row.version if row else 0) != version:
        found.append(Violation("stale", "这个数刚被别人改过", mend="请看过现在的数再改"))
    if found:
        raise Refused(found)
    assert count is not None
    before = row.number if row else number.usual
    row = row or OwnNumber(union_id=by.union, key=number.key, version=0, origin=OwnNumber.Origin.LIVED)
    row.number, row.source, row.version = count, source.strip()[:200], row.version + 1
    row.confirmed_by, row.confirmed_on = by.name[:60], today
    row.save()
    told: Mapping[str, object] = {"key": number.key, "title": number.title, "before": before, "number": count}
    audit.record(union=by.union, by=by, verb="standards.number.settled", subject=row, changes=told)
    return Settled(number, count, row.source, row.confirmed_by, row.confirmed_on, row.version)
