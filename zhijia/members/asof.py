"""The register of any day: who was a member then, of which group and department, holding which post.

One query reads the union's stretches (`past.Stretch`), one the posts; both cost what the union has, not the table.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce

from zhijia.core.conditions import flag, holds, lasts
from zhijia.members import led
from zhijia.members.models import Post, Stretch
from zhijia.unions.rules import with_formerly

ELECTORS, GIFTS, ALL = "electors", "gifts", "all"
# Retained members neither elect nor stand (选举工作条例 art. 4) and are not counted as members.
PURPOSES = {
    ELECTORS: ("选举人", "有选举权、被选举权和表决权的会员；保留会籍的不在内"),
    GIFTS: ("慰问人数", "按人发放慰问品时的会员人数；保留会籍的不在内，另行决定"),
    ALL: ("全部", "会员和保留会籍的人"),
}
NO_GROUP = "没有编入小组"


def members_on(union: int, day: date, purpose: str = ALL, groups: Collection[int] | None = None) -> QuerySet[Stretch]:
    """The register of a day, each person once, by group and name; `full` says whether with full rights.

    Of some `groups` those who were in one of them on that day, wherever they are now.
    """
    full = lasts(day)
    rows = Stretch.objects.in_union(union).on(day).filter(led.within(groups))
    if purpose != ALL:
        rows = rows.filter(full)
    rows = rows.annotate(full=flag(full))
    # A stretch bears what is told of its person: persons are joined for their order alone, not read as well.
    return rows.select_related("group").order_by(Coalesce("group__rank", 999), "group__name", "person__pinyin", "id")


def posts_on(union: int, day: date) -> dict[int, str]:
    """The posts that persons held on the day, in words."""
    rows = Post.objects.in_union(union).filter(holds(day))
    names, found = dict(Post.Office.choices), dict[int, list[str]]()
    for person, office in rows.order_by("first", "pk").values_list("person_id", "office"):
        words = found.setdefault(person, [])
        if names[office] not in words:
            words.append(str(names[office]))
    return {person: "、".join(words) for person, words in found.items()}


@dataclass(frozen=True, slots=True)
class GroupCount:
    """One group's members on a day; `retained` are not among the others. `formerly`: what the group was before."""

    name: str
    men: int
    women: int
    retained: int
    formerly: str = ""

    @property
    def members(self) -> int:
        """Members with full rights."""
        return self.men + self.women

    @property
    def title(self) -> str:
        """The name with what the group was before."""
        return with_formerly(self.name, self.formerly)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many there were on a day, by group."""

    groups: tuple[GroupCount, ...]

    @property
    def men(self) -> int:
        """Men with full rights."""
        return sum(one.men for one in self.groups)

    @property
    def women(self) -> int:
        """Women with full rights."""
        return sum(one.women for one in self.groups)

    @property
    def members(self) -> int:
        """Members with full rights."""
        return self.men + self.women

    @property
    def retained(self) -> int:
        """Those whose membership rests."""
        return sum(one.retained for one in self.groups)


def counts(union: int, day: date, groups: Collection[int] | None = None) -> Counts:
    """Members of the day by group and sex, in one query; of some `groups` alone."""
    full = lasts(day)
    rows = Stretch.objects.in_union(union).on(day).filter(led.within(groups))
    grouped = rows.values("group__rank", "group__name", "group__formerly")
    counted = grouped.annotate(
        men=Count("id", full & Q(sex="male")), women=Count("id", full & ~Q(sex="male")), retained=Count("id", ~full)
    ).order_by(Coalesce("group__rank", 999), "group__name")
    return Counts(
        tuple(
            GroupCount(
                row["group__name"] or NO_GROUP, row["men"], row["women"], row["retained"], row["group__formerly"] or ""
            )
            for row in counted
        )
    )


@dataclass(frozen=True, slots=True)
class Line:
    """One person of a register as it is read and printed."""

    uid: Any
    name: str
    sex: str
    group: str
    department: str
    job: str
    post: str
    admitted_on: date
    standing: str


def lines(rows: Any, posts: dict[int, str]) -> list[Line]:
    """The rows of `members_on` as lines; no query of its own beyond theirs."""
    words = {"male": "男", "female": "女"}
    return [
        Line(
            row.uid, row.name, words.get(row.sex, ""), row.group.name if row.group else "", row.department, row.job,
            posts.get(row.person_id, ""), row.admitted_on, "会员" if row.full else "保留会籍",
        )
        for row in rows
    ]  # fmt: skip
