"""The world in which rooms build their part of the demo union, lowest room first, through their own services."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from zhijia.core.access import Access

FULL, SMALL = "full", "small"


@dataclass(frozen=True, slots=True)
class Human:
    """A person of the demo, as upper rooms need it."""

    pk: int
    name: str
    sex: str
    birth_on: date
    department: str
    group: int | None
    hired_on: date | None
    admitted_on: date | None
    ended_on: date | None  # end of full rights: left or retained
    retired: bool = False

    def member_on(self, day: date) -> bool:
        """Full member on the day."""
        return (
            self.admitted_on is not None and self.admitted_on <= day and (self.ended_on is None or day < self.ended_on)
        )


@dataclass(slots=True)
class World:
    """State handed from room to room. `profile` is full (the sample report's union) or small (86 members, no plants).

    `members` is how many members to make (the benches make up to 10,000). Everything random comes from `rng`.
    """

    today: date
    by: Access
    profile: str = FULL
    members: int = 260
    union: int = 0
    first: date = date(2020, 12, 10)
    end: date = date(2026, 12, 10)
    rng: random.Random = field(default_factory=lambda: random.Random(20201210))  # noqa: S311 - a fixed seed is the point
    terms: dict[int, int] = field(default_factory=dict)
    groups: dict[str, int] = field(default_factory=dict)
    bodies: dict[str, int] = field(default_factory=dict)
    people: list[Human] = field(default_factory=list)
    officers: dict[str, list[Human]] = field(default_factory=dict)  # office code -> holders now
    books: dict[str, Any] = field(default_factory=dict)  # what a room leaves for higher ones, under "room.what"

    @property
    def full(self) -> bool:
        """True for the union of the sample report, with its planted exceptions."""
        return self.profile == FULL

    @property
    def years(self) -> range:
        """Calendar years in which the term's yearly work falls (2021 to 2026)."""
        return range(self.first.year + 1, self.today.year + 1)

    def save(self, save: Callable[..., list[int]], rows: Sequence[Mapping[str, Any]]) -> list[int]:
        """Record rows through a room's own `save` service; dates after today are the caller's mistake."""
        return save(rows, union=self.union, by=self.by, today=self.today, origin="recorded") if rows else []

    def members_on(self, day: date) -> list[Human]:
        """Full members on the day."""
        return [human for human in self.people if human.member_on(day)]

    def past(self, day: date) -> bool:
        """True when the day lies inside the term and not in the demo's future."""
        return self.first <= day <= min(self.today, self.end - timedelta(days=1))
