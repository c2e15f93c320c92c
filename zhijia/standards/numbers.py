"""Numbers that no law fixes (年限和天数): declared with what is usual, settled by the union, 待确认 until then.

A room declares `Number("members.correction.days", "答复更正请求", 15, DAYS, …)` and asks `value(union, NUMBER)`.
A number may be settled anew from a day on: what began before that day goes by the number of then (`due`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import (
    DateField,
    DurationField,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)  # fmt: skip
from django.db.models.functions import Cast, Coalesce

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
    first: date | None = None

    @property
    def confirmed(self) -> bool:
        """Whether the law or a named person stands behind it."""
        return self.about.by_law or bool(self.confirmed_by)


def settled(union: int, numbers: Iterable[Number]) -> dict[str, Settled]:
    """Each number as it holds in the union now, by key; one query."""
    wanted = {number.key: number for number in numbers}
    found = {key: Settled(number, number.usual, number.source) for key, number in wanted.items()}
    open_ = [key for key, number in wanted.items() if not number.by_law]
    for row in _in_order(OwnNumber.objects.in_union(union).filter(key__in=open_)):
        found[row.key] = _as_settled(wanted[row.key], row)
    return found


def _in_order(rows: QuerySet[OwnNumber]) -> QuerySet[OwnNumber]:
    return rows.order_by(F("first").asc(nulls_first=True), "pk")


def _as_settled(about: Number, row: OwnNumber) -> Settled:
    return Settled(about, row.number, row.source, row.confirmed_by, row.confirmed_on, row.version, row.first)


def history(union: int, number: Number) -> list[Settled]:
    """Every number that was settled, earliest first; what holds now is the last."""
    return [_as_settled(number, row) for row in _in_order(OwnNumber.objects.in_union(union).filter(key=number.key))]


def due(union: int, number: Number, column: str) -> Cast:
    """The day that lies as many days after the row's `column` as the number says that held on that day.

    An expression to annotate rows with, so that facts, checks and lists ask no query of their own and what they keep
    is measured anew when a number is settled.
    """
    rows = OwnNumber.objects.in_union(union).filter(key=number.key)
    rows = rows.filter(Q(first=None) | Q(first__lte=OuterRef(column)))
    held = rows.order_by(F("first").desc(nulls_last=True)).values("number")[:1]
    days = Coalesce(Subquery(held, output_field=IntegerField()), Value(number.usual))
    within = ExpressionWrapper(days * Value(timedelta(days=1)), DurationField())
    return Cast(ExpressionWrapper(F(column) + within, DateField()), DateField())


def value(union: int, number: Number) -> int:
    """The number that holds in the union."""
    return settled(union, (number,))[number.key].number


def _problems(number: Number, count: int | None, source: str) -> Iterable[Violation]:
    if number.by_law:
        yield Violation("law", "这个数是法规规定的，不能改", number.source, mend="按法规执行")
    if count is None or not number.least <= count <= number.most:
        message = f"要写{number.least}到{number.most}之间的整数"
        yield Violation("number", message, place=Place(column="number"), mend=f"如 {number.usual}")
    yield from _source_problems(source)


def _source_problems(source: str) -> Iterable[Violation]:
    if len(source.strip()) < 2:
        mend = "哪次会议或哪份文件定的，如“2026年第8次委员会会议”"
        yield Violation("source", "没有写依据", place=Place(column="source"), mend=mend)


def _day_problems(first: date | None, now: OwnNumber | None, today: date) -> Iterable[Violation]:
    place = Place(column="first")
    if first and first > today:
        yield Violation("first", "这一天还没有到", place=place, mend="到了那一天再改")
    if now and now.first and (first is None or first < now.first):
        mend = f"写{now.first.isoformat()}或以后的日子；以前的数还管以前的事"
        yield Violation("first", f"现在的数从{now.first.isoformat()}起", place=place, mend=mend)


@transaction.atomic
def settle(
    number: Number,
    count: int | None,
    source: str,
    *,
    first: date | None = None,
    known: Iterable[Violation] = (),
    version: int = 0,
    by: Access,
    today: date,
) -> Settled:
    """Settle or confirm a number for the union worked in, under the name of whoever does it.

    With `first` it holds from that day on, and the one of before for what began earlier; without, for all time.
    Refused with everything that is wrong (what the form could not read is `known`), and where somebody settled it
    meanwhile (`version` is the one looked at).
    """
    audit.lock(by.union)
    now = _in_order(OwnNumber.objects.in_union(by.union).select_for_update().filter(key=number.key)).last()
    found = [*known, *_problems(number, count, source), *(() if known else _day_problems(first, now, today))]
    seen = now.version if now else 0
    if seen != version:
        found.append(Violation("stale", "这个数刚被别人改过", mend="请看过现在的数再改"))
    if found:
        raise Refused(found)
    assert count is not None
    before = now.number if now else number.usual
    row = now if now and now.first == first else OwnNumber(union_id=by.union, key=number.key, first=first)
    row.origin = OwnNumber.Origin.LIVED
    row.number, row.source, row.version = count, source.strip()[:200], seen + 1
    row.confirmed_by, row.confirmed_on = by.name[:60], today
    row.save()
    told: dict[str, object] = {"key": number.key, "title": number.title, "before": before, "number": count}
    if first:
        told["first"] = first.isoformat()
    audit.record(union=by.union, by=by, verb="standards.number.settled", subject=row, changes=told)
    return _as_settled(number, row)


@transaction.atomic
def confirm(those: Iterable[Number], source: str, *, by: Access, today: date) -> int:
    """Stand behind several numbers as they are usual, all settled by one meeting or paper; returns how many.

    All or none, in one audit line. Refused where one of them was settled already: that one is looked at first.
    """
    audit.lock(by.union)
    wanted = [number for number in those if not number.by_law]
    found = list(_source_problems(source))
    if not wanted:
        found.append(Violation("none", "还没有选要确认的", mend="在要确认的前面打勾"))
    settled_now = OwnNumber.objects.in_union(by.union).filter(key__in=[number.key for number in wanted])
    taken = set(settled_now.values_list("key", flat=True))
    found += [
        Violation("stale", f"“{number.title}”刚被别人确认过", mend="请看过现在的数")
        for number in wanted if number.key in taken
    ]  # fmt: skip
    if found:
        raise Refused(found)
    told = [f"{number.title}{number.usual}{number.unit}" for number in wanted]
    rows = [
        OwnNumber(
            union_id=by.union, key=number.key, number=number.usual, source=source.strip()[:200], version=1,
            origin=OwnNumber.Origin.LIVED, confirmed_by=by.name[:60], confirmed_on=today,
        )
        for number in wanted
    ]  # fmt: skip
    OwnNumber.objects.bulk_create(rows)
    changes = {"keys": [number.key for number in wanted], "title": "、".join(told)}
    audit.record(union=by.union, by=by, verb="standards.number.settled", tables=[OwnNumber], changes=changes)
    return len(rows)
