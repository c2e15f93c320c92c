"""The demo's notices of each year: housing, housing subsidy and commendation for all, aid and accounts in the union."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from zhijia.core.demo import World
from zhijia.notices import services
from zhijia.notices.models import Notice

Kind, Reach = Notice.Kind, Notice.Reach
INSIDE = (Kind.AID, Kind.ACCOUNTS)
TEXTS = {
    Kind.COMMENDATION: "经各工会小组推荐、工会委员会研究，拟表彰的同志名单张贴在机关公告栏，现予公示。",
    Kind.AID: "经本人申请、小组核实、工会委员会研究，拟发放困难补助。名单张贴在机关公告栏，只写姓氏和金额，现予公示。",
    Kind.ACCOUNTS: "工会经费收支情况已经经费审查委员会审查，现予公示。明细可到工会办公室查阅。",
    Kind.SUBSIDY: "经本人申报、人事和工会审核，拟发放住房补贴的职工名单张贴在机关公告栏，现予公示。",
    Kind.HOUSING: "经本人申请、资格审核和排序，取得购房资格的职工名单张贴在机关公告栏，现予公示。",
}
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
        "text": TEXTS[kind],
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


def _up_now(world: World) -> list[dict[str, Any]]:
    """Two notices that are still up on the demo's day, so that members find something to read and to object to."""
    monday = world.today - timedelta(days=world.today.weekday())
    aid = _notice(Kind.AID, f"{world.today.year}年冬季送温暖困难职工补助公示", monday, FORTNIGHT)
    room = {
        **aid,
        "title": "职工之家活动室改造方案公示",
        "kind": Kind.OTHER,
        "posted_on": world.today - timedelta(days=1),
        "end": world.today + timedelta(days=7),
        "working_days": 6,
        "text": "活动室拟改造为健身区、阅读区和母婴室三个部分，利用周末施工，预计两周完成。\n"
        "平面图张贴在机关公告栏。施工期间乒乓球活动改在一楼大厅。",
        "contact": "文体委员",
    }
    return [one | {"conclusion": ""} for one in (aid, room)]


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
    if world.full:
        world.save(services.save_notices, _up_now(world))
