"""The demo's hobby groups (文体小组, the 1+1 programme) and who is in them."""

from __future__ import annotations

from datetime import date, timedelta

from zhijia.activities import services
from zhijia.core.demo import Human, World

HOBBIES = (
    ("乒乓球小组", "sport", 14),
    ("羽毛球小组", "sport", 13),
    ("登山小组", "sport", 18),
    ("太极拳小组", "sport", 11),
    ("摄影小组", "culture", 10),
    ("书法小组", "culture", 8),
    ("合唱小组", "culture", 15),
    ("读书小组", "culture", 9),
)
SMALL_HOBBIES = (("乒乓球小组", "sport", 10), ("书画小组", "culture", 8), ("健步走小组", "sport", 14))


def hobby_groups(world: World) -> list[tuple[str, int, int]]:
    """The groups of the 1+1 programme with their members; returns name, pk and how many they are."""
    chosen = HOBBIES if world.full else SMALL_HOBBIES
    people = [
        human for human in world.people if human.admitted_on and human.member_on(world.first + timedelta(days=60))
    ]
    joined = world.first + timedelta(days=80)
    circles = [
        _circle(people, index, max(len(people) * share // 150, 3)) for index, (_name, _sort, share) in enumerate(chosen)
    ]
    rows = [
        {
            "name": name,
            "sort": sort,
            "leader": circle[0].pk,
            "founded_on": date(2013, 3, 1 + index),
            "ended_on": None,
            "yearly_fen": len(circle) * 8_000,
            "remark": "",
        }
        for index, ((name, sort, _share), circle) in enumerate(zip(chosen, circles, strict=True))
    ]
    pks = world.save(services.save_hobby_groups, rows)
    members = [
        {"hobby": pk, "person": human.pk, "joined_on": joined, "left_on": _left_on(world, human, joined)}
        for pk, circle in zip(pks, circles, strict=True)
        for human in circle
    ]
    world.save(services.save_hobby_members, members)
    return [(name, pk, len(circle)) for (name, _sort, _share), pk, circle in zip(chosen, pks, circles, strict=True)]


def _circle(people: list[Human], index: int, size: int) -> list[Human]:
    """Different people for each group, chosen by a fixed stride; who stays longest leads."""
    chosen = [people[(index * 7 + step * 5) % len(people)] for step in range(min(size, len(people)))]
    unique = {human.pk: human for human in chosen}
    return sorted(unique.values(), key=lambda human: human.ended_on is not None)


def _left_on(world: World, human: Human, joined: date) -> date | None:
    """Who left the register before today has left the group too."""
    if human.ended_on is None or human.ended_on > world.today:
        return None
    return max(human.ended_on, joined + timedelta(days=1))
