"""The demo's placings, honours, model deeds, donations and blood. All names of people are invented."""

from __future__ import annotations

from datetime import date
from typing import Any

from zhijia.activities import services
from zhijia.core.demo import World

# Table tennis of the organs of the province, one line a year: title, rank, team.
TABLE_TENNIS = (
    ("团体第二名", 2, True),
    ("男子单打第三名", 3, False),
    ("团体第三名", 3, True),
    ("混合双打第一名", 1, False),
    ("团体第一名", 1, True),
)
SMALL_TABLE_TENNIS = (("团体第四名", 4, True), ("女子单打第二名", 2, False))
FITNESS_STEP = 3
DEED_TITLES = (
    "窗口服务零差错",
    "抢险加固连续奋战",
    "老旧小区改造包干到底",
    "图纸审查提速一半",
    "帮扶村危房清零",
    "二十年坚守档案岗位",
)


def demo(world: World) -> None:
    """Record honours, deeds and donations of the term."""
    honours = [row for row in _honours(world) if world.past(row["on"])]
    world.save(services.save_honours, honours)
    world.save(services.save_deeds, [row for row in _deeds(world) if world.past(row["on"])])
    world.save(services.save_donations, [row for row in _donations(world) if world.past(row["on"])])


def _honour(title: str, on: date, level: str, certificate: str, **more: Any) -> dict[str, Any]:
    row: dict[str, Any] = {
        "title": title,
        "on": on,
        "kind": "honour",
        "contest": "",
        "event": "",
        "awarder": None,
        "awarder_name": "",
        "level": level,
        "subject": "union",
        "person": None,
        "person_name": "",
        "group": None,
        "rank": None,
        "team": False,
        "certificate_no": certificate,
        "certificate_kept": "",
        "historical": False,
    }
    row.update(more)
    return row


def _honours(world: World) -> list[dict[str, Any]]:
    body = world.bodies.get
    organs = {"awarder": body("省级机关工委")} if world.full else {"awarder": body("市级机关工会联合会")}
    level = "province" if world.full else "city"
    rows = []
    for step, (title, rank, team) in enumerate(TABLE_TENNIS if world.full else SMALL_TABLE_TENNIS):
        year = world.years[0] + step
        winner = None if team else world.members_on(date(year, 11, 6))[5 + step]
        contest = f"{year}年{'省' if world.full else '市'}级机关乒乓球比赛"
        rows.append(
            _honour(
                title,
                date(year, 11, 6),
                level,
                f"机关乒赛〔{year}〕{rank}号",
                kind="placing",
                contest=contest,
                event="table_tennis",
                rank=rank,
                team=team,
                subject="union" if team else "person",
                person=winner and winner.pk,
                **organs,
            )
        )
    for year in world.years:
        if world.full:
            rows.append(
                _honour(
                    "文明单位",
                    date(year, 1, 20),
                    "street",
                    f"街文〔{year}〕3号",
                    awarder=body("辖区街道"),
                    subject="unit",
                )
            )
        rows += _people(world, year)
    if world.full:
        rows += _full(world)
    return rows


def _people(world: World, year: int) -> list[dict[str, Any]]:
    """Each July outstanding Party members and each December model workers: one member in forty each."""
    committee = world.bodies.get("厅直属机关党委") or world.bodies.get("机关党支部")
    rows = []
    for title, on, offset in (("优秀共产党员", date(year, 7, 1), 3), ("先进工作者", date(year - 1, 12, 28), 11)):
        people = sorted(world.members_on(on), key=lambda human: human.pk)
        for number, human in enumerate(people[(offset + year) % 17 :: 40], 1):
            certificate = f"党委表彰〔{on.year}〕{number:02d}号"
            rows.append(
                _honour(title, on, "department", certificate, awarder=committee, subject="person", person=human.pk)
            )
    return rows


def _full(world: World) -> list[dict[str, Any]]:
    """The fitness test's third place and what the superior union gave to the union and to groups."""
    body, year = world.bodies.get, world.years[0]
    fitness = year + FITNESS_STEP
    groups = list(world.groups.values())
    union = {"awarder": body("建设建材工会")}
    return [
        _honour(
            "团体第三名",
            date(fitness, 10, 18),
            "province",
            f"体测〔{fitness}〕18号",
            kind="placing",
            rank=3,
            team=True,
            contest=f"{fitness}年省级机关体能测试",
            event="fitness",
            awarder=body("省体育局"),
        ),
        _honour(
            "羽毛球团体第五名",
            date(year + 2, 6, 9),
            "province",
            f"机关羽赛〔{year + 2}〕5号",
            kind="placing",
            rank=5,
            team=True,
            contest=f"{year + 2}年省级机关羽毛球比赛",
            event="badminton",
            awarder=body("省级机关工委"),
        ),
        _honour("先进职工之家", date(year + 2, 4, 26), "province", f"建工表〔{year + 2}〕7号", **union),
        _honour(
            "先进工会小组",
            date(year + 1, 4, 26),
            "province",
            f"建工表〔{year + 1}〕12号",
            subject="group",
            group=groups[2],
            **union,
        ),
        _honour(
            "先进工会小组",
            date(year + 3, 4, 26),
            "province",
            f"建工表〔{year + 3}〕9号",
            subject="group",
            group=groups[5],
            **union,
        ),
        _honour(
            "优秀工会工作者",
            date(year + 3, 4, 27),
            "province",
            f"建工表〔{year + 3}〕21号",
            subject="person",
            person=world.officers["vice_chair"][0].pk,
            **union,
        ),
    ]


def _deeds(world: World) -> list[dict[str, Any]]:
    """Two model deeds a year, and in the second year commitments of one member in six."""
    rows = []
    for step, year in enumerate(world.years):
        people = world.members_on(date(year, 6, 12))
        for turn in range(2 if world.full else 1):
            human = people[(step * 31 + turn * 17) % len(people)]
            title = DEED_TITLES[(step * 2 + turn) % len(DEED_TITLES)]
            rows.append(
                _deed(title, date(year, 6, 12 + turn), "deed" if turn == 0 else "achievement", human.pk, "网上职工之家")
            )
    on = date(world.years[0] + 1, 3, 25)
    committed = sorted(world.members_on(on), key=lambda human: human.pk)[::6]
    rows += [_deed("岗位学先进、争创新业绩承诺", on, "commitment", human.pk, "小组公示") for human in committed]
    return rows


def _deed(title: str, on: date, kind: str, person: int, shown: str) -> dict[str, Any]:
    campaign = "机关效能建设" if kind == "commitment" else ""
    return {
        "title": title,
        "on": on,
        "kind": kind,
        "person": person,
        "group": None,
        "content": "",
        "campaign": campaign,
        "shown": shown,
    }


def _donations(world: World) -> list[dict[str, Any]]:
    """Each year cash and blood, in the large union goods every other year too."""
    rng = world.rng
    rows = []
    for step, year in enumerate(world.years):
        members = len(world.members_on(date(year, 5, 20)))
        givers = members * rng.randint(80, 92) // 100
        rows.append(
            _donation(
                f"{year}年慈善一日捐",
                date(year, 5, 20),
                "cash",
                "结对帮扶村",
                givers,
                receipt=f"捐字{year}051号",
                amount_fen=givers * rng.randint(90, 140) * 100,
            )
        )
        blood = max(members // 14, 3) + rng.randint(0, 3)
        rows.append(
            _donation(
                f"{year}年义务献血",
                date(year, 6, 14),
                "blood",
                "省血液中心",
                blood,
                receipt=f"血证{year}0614",
                ml=blood * 300,
            )
        )
        if world.full and step % 2 == 0:
            donors = members // 2
            rows.append(
                _donation(
                    f"{year}年冬衣捐赠",
                    date(year, 10, 26),
                    "goods",
                    "结对帮扶村",
                    donors,
                    receipt=f"捐字{year}102号",
                    goods=donors * 2 + rng.randint(0, 20),
                )
            )
    return rows


def _donation(
    title: str, on: date, kind: str, given_to: str, people: int, *, receipt: str, **quantity: int
) -> dict[str, Any]:
    row: dict[str, Any] = {
        "title": title,
        "on": on,
        "kind": kind,
        "object": given_to,
        "organiser": None,
        "role": "lead",
        "people": people,
        "amount_fen": None,
        "goods": None,
        "ml": None,
        "receipt_no": receipt,
        "campaign": "",
    }
    row.update(quantity)
    return row
