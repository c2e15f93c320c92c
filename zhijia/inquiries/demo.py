"""The demo's collection forms: an autumn outing of one month ago that is closed, and sizes that most have answered."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from zhijia.core.access import Access
from zhijia.core.demo import Human, World
from zhijia.inquiries import rules, services

NEAR = timedelta(days=6)
ANSWERED = 0.86  # of those asked for their size
HEIGHTS = {"male": range(166, 185), "female": range(156, 172)}
MEN, WOMEN = ("M", "L", "L", "XL", "XL", "XXL"), ("S", "S", "M", "M", "L", "XL")


def demo(world: World) -> None:
    """Write, open, answer and close both forms through the services; the dice are the room's own."""
    if not world.people:
        return
    rng = random.Random(20261010)  # noqa: S311 - a fixed seed is the point; the world's dice stay as they were
    _outing(world, rng)
    _sizes(world, rng)


def _by(world: World, human: Human | None) -> Access:
    return replace(world.by, union=world.union, person=human.pk if human else None)


def _officer(world: World) -> Human | None:
    return next(iter(world.officers.get("committee", ())), None)


def _rows(given: Mapping[int, str], human: Human, typist: Human | None, on: date) -> list[dict[str, Any]]:
    typed_by = typist.pk if typist and typist is not human else None
    return [
        {"question": question, "person": human.pk, "value": value, "on": on, "typed_by": typed_by}
        for question, value in given.items()
    ]


def _save(world: World, rows: list[dict[str, Any]]) -> None:
    """All at once: ten thousand members would answer one by one for minutes."""
    services.save_answers(rows, union=world.union, by=world.by, today=world.today, origin="lived")


def _outing(world: World, rng: random.Random) -> None:
    """秋游报名: two groups were asked; everybody but a few answered, and it was closed after its last day."""
    first = world.today - timedelta(days=42)
    _label, draft = rules.TEMPLATES["attendance"]
    groups = tuple(list(world.groups.values())[:2])
    draft = replace(
        draft,
        title="秋游报名",
        purpose="10月下旬组织秋游，统计人数，安排车辆和用餐。",
        audience=rules.GROUPS if groups else rules.MEMBERS,
        groups=groups,
        first=first,
        last=first + timedelta(days=7),
    )
    by = _by(world, _officer(world))
    inquiry = services.create(draft, union=world.union, by=by, today=first)
    inquiry = services.move(inquiry, "open", by=by, today=first)
    going, wish = services.questions_of(inquiry)
    rows: list[dict[str, Any]] = []
    for number, human in enumerate(human for human in world.members_on(first) if human.group in groups):
        if number % 15 == 14:
            continue
        given = {going.pk: rng.choice((rules.YES, rules.YES, rules.YES, rules.NO))}
        if given[going.pk] == rules.YES and number % 9 == 0:
            given[wish.pk] = rng.choice(("清真餐", "容易晕车，想坐前排", "带一名学龄前孩子"))
        rows += _rows(given, human, human, first + timedelta(days=rng.randrange(7)))
    _save(world, rows)
    services.move(inquiry, "close", by=by, today=first + timedelta(days=8))
    world.books["inquiries.outing"] = inquiry.pk


def _sizes(world: World, rng: random.Random) -> None:
    """工会服尺码: open since a few days; most have answered, some of them on paper to their leaders."""
    first = world.today - timedelta(days=5)
    _label, draft = rules.TEMPLATES["size"]
    draft = replace(draft, title="工会服尺码登记", first=first, last=world.today + NEAR)
    by = _by(world, _officer(world))
    inquiry = services.create(draft, union=world.union, by=by, today=first)
    inquiry = services.move(inquiry, "open", by=by, today=first)
    size, height = services.questions_of(inquiry)
    leaders = {human.group: human for human in world.officers.get("group_leader", ())}
    rows: list[dict[str, Any]] = []
    in_office = {human.pk for holders in world.officers.values() for human in holders}
    asked = world.members_on(first)
    # Who tries the demo as a member (the first without an office) finds something to answer.
    waiting = next((human for human in asked if human.pk not in in_office), None)
    for number, human in enumerate(asked):
        if human is waiting or rng.random() > ANSWERED:
            continue
        given = {size.pk: rng.choice(MEN if human.sex == "male" else WOMEN)}
        if rng.random() < 0.6:
            given[height.pk] = str(rng.choice(HEIGHTS[human.sex]))
        typist = leaders.get(human.group) if number % 12 == 0 else human
        rows += _rows(given, human, typist, first + timedelta(days=rng.randrange(6)))
    _save(world, rows)
    world.books["inquiries.sizes"] = inquiry.pk
