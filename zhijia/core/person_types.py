"""What rooms tell of one person: traces, applications, what was done for all members. Pure, as `feature_types` is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

DUES, TAKING_PART = "dues", "taking_part"


@dataclass(frozen=True, slots=True)
class TraceSet:
    """Rows that each tell of one `person` on a day: what was received, paid, attended, learnt (see `core.traces`).

    `rows(union)` gives the union's rows that are not withdrawn; `on` is the path of the day, `told` are the paths that
    name a row, `fen` that of an amount. With a `ground` the rows are signs of life (章程 art. 6): DUES of the month
    `on` were paid, or the person was TAKING_PART; `missing(union)` are rows that say expressly that it was not so.
    `label` ("app.Model") is the register whose record `uid` opens; by default the row's own.
    """

    name: str
    rows: Callable[[int], Any]
    on: str
    told: tuple[str, ...] = ()
    fen: str = ""
    ground: str = ""
    missing: Callable[[int], Any] | None = None
    label: str = ""
    uid: str = "uid"


WAITING, ANSWERED, TURNED_DOWN = "waiting", "answered", "turned_down"


@dataclass(frozen=True, slots=True)
class Application:
    """Something that a person asked for: `state` in words, how it `stands`, and what comes next and by whom.

    `label` and `uid` say which record it is, for those who may open it; `url` is a page for the person.
    """

    title: str
    on: date
    stands: str
    state: str
    next: str = ""
    label: str = ""
    uid: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Shared:
    """What was done for all members of a day, one person among them; `fen` is what each was to get, where known.

    Nobody recorded that the person got it: the page says so. `label` and `uid` say which record it is.
    """

    title: str
    on: date
    fen: int | None = None
    help: str = ""
    label: str = ""
    uid: str = ""
