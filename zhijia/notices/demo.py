"""The demo's notices of each year: housing, housing subsidy and commendation for all, aid and accounts in the union."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from zhijia.core.demo import World
from zhijia.notices import services
from zhijia.notices.models import Notice

Kind, Reach = Notice.Kind, Notice.Reach
INSIDE = (Kind.AID, Kind.ACCOUNTS)
FORTNIGHT, WEEK = 12, 5  # days from a Monday to the Friday of the next week and of the same one, end excluded


def _monday(year: int, month: int, day: int) -> date:
    """The first Monday from the day on."""
    first = date(year, month, day)
    return first + timedelta(days=-first.weekday() % 7)


def _notice(kind: Notice.Kind, title: str, posted_on: date, days: int) -> dict[str, Any]:
    return {
        "title": title,
        "kind": kind,
        "scope": Reach.UNION if kind in INSIDE else Reach.DEPARTMENT,
        "posted_on": posted_on,
        "end": posted_on + timedelta(days=days),
        "working_days": 10 if days == FORTNIGHT else 5,
        "contact": "经审主任" if kind == Kind.ACCOUNTS else "福利委员",
        "objections": 0,
        "answered": 0,
        "conclusion": "公示期满无异议",
        "place": "机关公告栏、内网公告；张贴照片存档",
    }


def _of_year(world: World, year: int) -> list[dict[str, Any]]:
    """Notices of one year. The Mondays lie where no holiday shortens the weeks below the customary period."""
    organ = "厅机关" if world.full else "馆"
    rows = [
        _notice(
            Kind.COMMENDATION,
            f"{year - 1}年度工会积极分子拟表彰人选公示",
            _monday(year, 1, 10),
            WEEK,
        ),
        _notice(Kind.AID, f"{year}年困难职工补助公示", _monday(year, 3, 8), FORTNIGHT),
        _notice(Kind.ACCOUNTS, f"{year - 1}年度工会经费收支情况公示", _monday(year, 3, 15), WEEK),
        _notice(
            Kind.SUBSIDY,
            f"{organ}{year}年住房补贴发放对象公示",
            _monday(year, 5, 8),
            FORTNIGHT,
        ),
        _notice(Kind.HOUSING, f"{organ}{year}年职工购房对象公示", _monday(year, 7, 8), FORTNIGHT),
    ]
    if world.full and year == world.first.year + 2:
        rows[-1].update(objections=1, answered=1, conclusion="收到异议1件，经核实并答复，公示期满无新的异议")
    return rows


def demo(world: World) -> None:
    """Record the notices; the books' `notices.<kind>` gives the rooms above (pk, posted_on, end) by year."""
    rows = [
        row
        for year in world.years
        for row in _of_year(world, year)
        if world.past(row["posted_on"]) and world.past(row["end"])
    ]
    for row, pk in zip(rows, world.save(services.save_notices, rows), strict=True):
        posted_on: date = row["posted_on"]
        world.books.setdefault(f"notices.{row['kind'].value}", {})[posted_on.year] = (pk, posted_on, row["end"])
