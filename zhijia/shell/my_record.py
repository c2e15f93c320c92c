"""What whoever asks received and took part in, year by year, and what was asked for: from every room, of nobody else.

Everything starts from the person behind the login; no address names a person.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from zhijia.core import traces
from zhijia.core.access import Access
from zhijia.core.person_types import WAITING, Application, Shared
from zhijia.core.traces import Trace
from zhijia.features import FEATURES
from zhijia.shell.links import seen_url

SETS = tuple(one for feature in FEATURES for one in feature.traces)


@dataclass(frozen=True, slots=True)
class Kind:
    """What there is of one kind in a year: its rows, latest first, each with its page where it may be opened."""

    name: str
    rows: tuple[tuple[Trace, str], ...]
    fen: int


@dataclass(frozen=True, slots=True)
class Year:
    """One year: its kinds in the order of the house, and what was done for all members, each with its page.

    `years` are all that there are with their numbers of rows.
    """

    year: int
    kinds: tuple[Kind, ...]
    shared: tuple[tuple[Shared, str], ...]
    years: tuple[tuple[int, int], ...]


def year_of(access: Access, wanted: int | None = None) -> Year | None:
    """The year asked for, else the latest with anything in it; None where nothing is recorded."""
    found = traces.of_person(SETS, access.union, access.person or 0)
    for_all = [
        one for feature in FEATURES if feature.shared and access.person
        for one in feature.shared(access.person, access.on)
    ]  # fmt: skip
    counted = Counter(day.year for day in [*(trace.on for trace in found), *(one.on for one in for_all)])
    if not counted:
        return None
    year = wanted if wanted is not None and wanted in counted else max(counted)
    kinds = []
    for one in SETS:
        rows = tuple(trace for trace in found if trace.of is one and trace.on.year == year)
        if rows:
            linked = tuple((trace, seen_url(access, trace.label, trace.uid)) for trace in rows)
            kinds.append(Kind(one.name, linked, sum(trace.fen or 0 for trace in rows)))
    shared = sorted((one for one in for_all if one.on.year == year), key=lambda one: one.on, reverse=True)
    seen = tuple((one, seen_url(access, one.label, one.uid)) for one in shared)
    return Year(year, tuple(kinds), seen, tuple(sorted(counted.items(), reverse=True)))


@dataclass(frozen=True, slots=True)
class Asked:
    """An application with the page where the person may see it."""

    one: Application
    url: str


def asked(access: Access) -> tuple[list[Asked], list[Asked]]:
    """What waits, the latest first, and what was answered, from every room."""
    found: list[Application] = []
    for feature in FEATURES:
        if feature.applications and access.person:
            found += feature.applications(access.person, access.on)
    lines = [Asked(one, one.url or seen_url(access, one.label, one.uid)) for one in _latest(found)]
    open_ = [line for line in lines if line.one.stands == WAITING]
    return open_, [line for line in lines if line.one.stands != WAITING]


def _latest(found: Iterable[Application]) -> list[Application]:
    return sorted(found, key=lambda one: (one.on, one.title), reverse=True)
