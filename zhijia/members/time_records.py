"""Working time of officers: entries, and each person's month against what the law gives. Optional: nothing reminds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.db.models import Sum
from django.db.models.functions import ExtractMonth

from zhijia.core import records
from zhijia.core.access import Access
from zhijia.core.frame import Frame
from zhijia.core.lookup import Lookup
from zhijia.core.outcomes import WARN, Refused, Violation
from zhijia.core.records import Records
from zhijia.members import post_rules
from zhijia.members.models import WorkTime
from zhijia.members.standing import refusal

_DAY = 240  # tenths of the hours of a day


def _problems(frame: Frame, lookup: Lookup) -> Iterable[Violation]:
    for index, (on, tenths) in enumerate(frame.zip("on", "tenths")):
        if on and on > lookup.today:
            mend = "做完了再记"
            yield Violation("ahead", "日期还没有到", place=frame.place(index, "on"), value=str(on), mend=mend)
        if tenths is not None and not 0 < tenths <= _DAY:
            place = frame.place(index, "tenths")
            yield Violation("hours", "一天的小时数要在0和24之间", place=place, mend="请核对小时数")
        elif tenths is not None and tenths > post_rules.DAY_TENTHS:
            place = frame.place(index, "tenths")
            yield Violation(
                "long", "一天超过8小时", post_rules.TIME_SOURCE, place, mend="占用的工作时间一天最多算8小时", level=WARN
            )


TIMES = Records(WorkTime, key=("person", "on", "what"), check=_problems)
save_times = partial(records.save, TIMES)


def add(*, on: date, tenths: int, what: str, by: Access, today: date) -> int:
    """Note the own hours of a day. Refused without a person, and where nothing is said of what they were for."""
    if by.person is None:
        raise Refused([Violation("person", "这个登录名没有对应的人", mend="请用自己的登录名记")])
    if not what.strip():
        raise Refused([refusal("what", "还没有写做什么", "写一句，如“筹备职工运动会”")])
    row = {"person": by.person, "on": on, "tenths": tenths, "what": what.strip()[:100]}
    return save_times([row], union=by.union, by=by, today=today)[0]


def own(by: Access, most: int = 20) -> list[WorkTime]:
    """The own entries, the newest first."""
    return list(WorkTime.objects.in_union(by.union).filter(person=by.person).order_by("-on", "-pk")[:most])


@dataclass(frozen=True, slots=True)
class Year:
    """One person's hours of a year: tenths by month, January first."""

    name: str
    months: tuple[int, ...]

    @property
    def total(self) -> int:
        """Tenths of the whole year."""
        return sum(self.months)

    @property
    def over(self) -> int:
        """In how many months more was noted than the law gives with pay."""
        return sum(post_rules.over_limit(tenths) for tenths in self.months)


def year(union: int, number: int, *, person: int | None = None) -> list[Year]:
    """Everybody's hours of a year (or one person's), by name; one query."""
    rows = WorkTime.objects.in_union(union).filter(on__year=number)
    if person is not None:
        rows = rows.filter(person=person)
    found: dict[tuple[str, int], list[int]] = {}
    summed = rows.order_by().values("person", "person__name", month=ExtractMonth("on")).annotate(tenths=Sum("tenths"))
    for row in summed:
        months = found.setdefault((row["person__name"], row["person"]), [0] * 12)
        months[row["month"] - 1] = row["tenths"]
    return [Year(name, tuple(months)) for (name, _pk), months in sorted(found.items())]


def hours(tenths: int) -> str:
    """Tenths as hours: 80 → 8, 35 → 3.5."""
    return f"{tenths // 10}" if tenths % 10 == 0 else f"{tenths / 10:.1f}"
