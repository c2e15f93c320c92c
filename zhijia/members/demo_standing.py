"""The demo's memberships on their way and over time: two who wait, one who came back, one who changed groups.

Takes no dice: the rest of the demo stays as it is. Nobody here changes how many members there are.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from zhijia.core.demo import World
from zhijia.members import change_records, past_records, services
from zhijia.members.models import Person

LEFT_ON = date(2008, 9, 1)
MOVED_ON = date(2023, 3, 1)
OTHER_UNION = "江州市规划局工会"


def _applicant(world: World, name: str, sex: str, group: str, days: int) -> dict[str, Any]:
    return {
        "name": name, "sex": sex, "birth_on": date(1999, 5, 17), "staff_no": f"0{900 + days}", "ethnicity": "汉族",
        "politics": Person.Politics.LEAGUE, "education": "研究生", "department": group.removesuffix("小组"),
        "group": world.groups[group], "hired_on": world.today - timedelta(days=days + 6),
        "applied_on": world.today - timedelta(days=days),
    }  # fmt: skip


def demo_standing(world: World) -> None:
    """Record the applications under way, the earlier membership and the move."""
    first, second, *_rest = world.groups
    rows = [_applicant(world, "欧阳晓晨", "female", first, 12), _applicant(world, "司徒明远", "male", second, 26)]
    waiting, remarked = world.save(services.save_persons, rows)
    said = {"remark": "同意入会", "remarked_on": world.today - timedelta(days=20), "remarked_by": "小组长"}
    nothing = {"remark": "", "remarked_on": None, "remarked_by": ""}
    world.save(
        change_records.save_admissions,
        [
            {"person": waiting, "state": "applied", "how": "online", "applied_on": rows[0]["applied_on"], **nothing},
            {"person": remarked, "state": "remarked", "how": "paper", "applied_on": rows[1]["applied_on"], **said},
        ],
    )
    _past(world)


def _past(world: World) -> None:
    """One who left and came back and one who moved, where the union is large enough to have them."""
    steady = [one for one in world.people if one.admitted_on and one.ended_on is None and one.group]
    old = [one for one in steady if one.admitted_on and one.admitted_on > LEFT_ON and one.birth_on < date(1982, 1, 1)]
    here = [one for one in steady if one not in old[:1] and one.admitted_on and one.admitted_on < world.first]
    lines: list[tuple[Any, ...]] = []
    for back in old[:1]:
        joined = {"person": back.pk, "admitted_on": date(2005, 9, 1), "left_on": LEFT_ON, "leaving": "transferred"}
        world.save(past_records.save_earlier, [joined])
        lines += [(back.pk, "transfer_out", LEFT_ON, OTHER_UNION, "工作调动")]
        lines += [(back.pk, "transfer_in", back.admitted_on, OTHER_UNION, "")]
    for moved in here[:1]:
        former = next(name for name, pk in world.groups.items() if pk != moved.group)
        place = {
            "person": moved.pk, "group": world.groups[former], "department": former.removesuffix("小组"), "job": "",
            "first": moved.admitted_on, "end": MOVED_ON, "reason": "调整处室",
        }  # fmt: skip
        world.save(past_records.save_placements, [place])
        lines += [(moved.pk, "move", MOVED_ON, "", "调整处室")]
    fields = ("person", "kind", "on", "other_union", "reason")
    world.save(change_records.save_changes, [dict(zip(fields, line, strict=True)) for line in lines])
