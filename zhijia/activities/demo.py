"""The demo's activities: trips, gatherings, contests, hobby sessions. All names of people are invented."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from zhijia.activities import demo_honours, services
from zhijia.activities.demo_hobby import hobby_groups
from zhijia.core.demo import World
from zhijia.core.windows import spring_festival

WORK_STYLE, EFFICIENCY = "作风建设年", "机关效能建设"
NO_SPORTS_MEET = 2022  # planted: the one year that refutes 每年组织运动会
# Women's trips: the first one lasts two days (planted: today only recuperation may).
WOMEN_PLACES = ("江西三清山", "临海", "岱山", "龙泉", "武义", "黄岩")
SMALL_WOMEN_PLACES = ("云山植物园", "城郊茶园", "陶艺馆", "东湖绿道", "市博物馆", "南山步道")
SESSION_MONTHS = (3, 6, 9, 11)


def demo(world: World) -> None:
    """Record six years of activities and what came of them."""
    hobbies = hobby_groups(world)
    rows = [row for year in world.years for row in _year(world, year)] + _hobby_sessions(world, hobbies)
    rows = [row for row in rows if world.past(row["on"])]
    pks = world.save(services.save_activities, rows)
    _lists(world, rows, pks)
    _recuperation(world)
    demo_honours.demo(world)


def _row(world: World, title: str, kind: str, on: date, heads: int, **more: Any) -> dict[str, Any]:
    """An activity of the house; nine of ten who were invited came, unless `attended` says otherwise."""
    came = max(heads * world.rng.randint(82, 96) // 100, 1)
    row: dict[str, Any] = {
        "title": title,
        "kind": kind,
        "on": on,
        "last_on": None,
        "place": "",
        "organiser": None,
        "role": "lead",
        "payer": "union",
        "cost_fen": came * world.rng.randint(20, 60) * 100,
        "invited": heads,
        "attended": came,
        "winners": None,
        "top_prize_fen": None,
        "women_only": False,
        "function": "organise",
        "campaign": "",
        "hobby": None,
        "group": None,
    }
    row.update(more)
    return row


def _year(world: World, year: int) -> list[dict[str, Any]]:
    """One year's activities; the small union has only those that every union has."""
    step, body = year - world.years[0], world.bodies.get
    members = len(world.members_on(date(year, 6, 30)))
    gathering = spring_festival(year) - timedelta(days=6)
    rows = [
        _row(
            world,
            f"{year}年春节团拜会",
            "gathering",
            gathering,
            members,
            place="机关礼堂",
            role="assist",
            payer="administration",
            organiser=body("办公室"),
            cost_fen=0,
            function="link",
        ),
        _women_day(world, year, step),
        _row(
            world,
            f"{year}年义务植树",
            "tree_planting",
            date(year, 3, 12),
            members // 3,
            place="城北林场",
            role="assist",
            payer="administration",
            cost_fen=0,
            function="organise",
        ),
        _row(
            world,
            f"{year}年职工乒乓球比赛",
            "contest",
            date(year, 9, 18),
            members // 5,
            place="机关活动室",
            winners=members // 5 // 2,
            top_prize_fen=30_000,
        ),
    ]
    if not (world.full and year == NO_SPORTS_MEET):
        title = f"{year}年职工健步走" if step % 2 else f"{year}年职工运动会"
        rows.append(_row(world, title, "sports_meet", date(year, 10, 20), members, place="滨江绿道"))
    if world.full:
        rows += _full_year(world, year, step, members)
    return rows


def _women_day(world: World, year: int, step: int) -> dict[str, Any]:
    women = sum(human.sex == "female" for human in world.members_on(date(year, 3, 8)))
    places = WOMEN_PLACES if world.full else SMALL_WOMEN_PLACES
    on = date(year, 3, 6) if step == 0 else date(year, 3, 8)
    place = places[step % len(places)]
    last_on = date(year, 3, 7) if world.full and step == 0 else None
    title = f"{year}年三八节女职工{place}{'考察' if world.full else '活动'}"
    return _row(world, title, "women_day", on, women, last_on=last_on, place=place, women_only=True, function="serve")


def _full_year(world: World, year: int, step: int, members: int) -> list[dict[str, Any]]:
    """What the sample report tells besides: angling, shooting, hill climbing, study visits, lectures, campaigns."""
    committee = world.bodies.get("厅直属机关党委")
    rows = [
        _row(
            world,
            f"{year}年新进人员座谈会",
            "talk",
            date(year, 9, 5),
            max(members // 16, 4),
            place="会议室",
            cost_fen=0,
            function="link",
        ),
        _row(
            world,
            f"{year}年职业道德教育",
            "education",
            date(year, 5, 12),
            members,
            place="机关礼堂",
            cost_fen=0,
            role="assist",
            organiser=committee,
            function="guide",
            campaign=WORK_STYLE if step == 2 else EFFICIENCY if step == 4 else "",
        ),
        _row(
            world,
            f"{year}年职工书画摄影展",
            "culture",
            date(year, 10, 8),
            members // 6,
            place="机关走廊",
            function="serve",
        ),
    ]
    if step % 2 == 0:
        rows.append(_row(world, f"{year}年职工登山", "hill_climbing", date(year, 4, 17), members // 2, place="北高峰"))
    if step in (0, 3):
        rows.append(_row(world, f"{year}年职工垂钓", "angling", date(year, 5, 22), members // 8, place="青山湖"))
        rows.append(
            _row(
                world,
                f"{year}年劳模先进事迹报告会",
                "lecture",
                date(year, 4, 28),
                members,
                place="机关礼堂",
                cost_fen=0,
                role="take_part",
                payer="superior",
                organiser=world.bodies.get("建设建材工会"),
                function="guide",
            )
        )
    if step in (1, 4):
        rows.append(
            _row(world, f"{year}年职工射击", "shooting", date(year, 6, 11), members // 8, place="省射击训练中心")
        )
    if step == 1:
        rows.append(
            _row(
                world,
                "“岗位学先进、争创新业绩”主题倡导",
                "slogan",
                date(year, 3, 20),
                members,
                cost_fen=0,
                function="guide",
                campaign=EFFICIENCY,
            )
        )
    if step == 2:
        rows.append(_row(world, "考察杭州城市建设", "study_visit", date(year, 5, 19), members // 4, place="杭州"))
        rows.append(
            _row(
                world,
                "作风建设年专题学习教育",
                "education",
                date(year, 6, 16),
                members,
                cost_fen=0,
                role="assist",
                organiser=committee,
                function="guide",
                campaign=WORK_STYLE,
            )
        )
    if step == 4:
        rows.append(_row(world, "考察余姚新农村建设", "study_visit", date(year, 5, 21), members // 4, place="余姚"))
    return rows


def _hobby_sessions(world: World, hobbies: list[tuple[str, int, int]]) -> list[dict[str, Any]]:
    """Four sessions a year of each group, paid from the group's money."""
    rows = []
    for index, (name, pk, size) in enumerate(hobbies):
        for year in world.years:
            for quarter, month in enumerate(SESSION_MONTHS, 1):
                title = f"{name}{year}年第{quarter}次活动"
                rows.append(
                    _row(
                        world,
                        title,
                        "hobby",
                        date(year, month, 5 + index),
                        size,
                        invited=None,
                        cost_fen=size * 1_500,
                        place="机关活动室",
                        hobby=pk,
                        function="serve",
                    )
                )
    return rows


def _lists(world: World, rows: list[dict[str, Any]], pks: list[int]) -> None:
    """The signatures of the women's days: as many as the activity says came."""
    signed = []
    for row, pk in zip(rows, pks, strict=True):
        if row["women_only"]:
            women = [human for human in world.members_on(row["on"]) if human.sex == "female"]
            signed += [{"activity": pk, "person": human.pk, "present": True} for human in women[: row["attended"]]]
    world.save(services.save_participations, signed)


def _recuperation(world: World) -> None:
    """One member in forty a year goes on recuperation leave; the administration pays."""
    rows = []
    for step, year in enumerate(world.years):
        on = date(year, 6, 7)
        people = sorted(world.members_on(on), key=lambda human: human.pk)
        chosen = people[step % 7 :: 40] if world.past(on) else []
        rows += [
            {
                "person": human.pk,
                "on": on,
                "days": 5,
                "place": "云栖疗养院",
                "role": "assist",
                "payer": "administration",
                "cost_fen": 240_000,
            }
            for human in chosen
        ]
    world.save(services.save_recuperations, rows)
