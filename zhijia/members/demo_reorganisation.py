"""The demo's reorganisation of long ago: the group of the finance office had another name until then.

It lies before the term that is told, takes no dice and changes no number: the group is the same under both names.
"""

from __future__ import annotations

from datetime import date

from zhijia.core.demo import World
from zhijia.members import past_records
from zhijia.members.models import Placement
from zhijia.unions import rules
from zhijia.unions import services as unions

ON = date(2018, 9, 1)
OLD, NEW, DEPARTMENT = "计划处小组", "计财处小组", "计划处"
PAPER = "江编办〔2018〕12号"


def demo_reorganisation(world: World) -> None:
    """Record the old group, what became of it, and that its people were in it."""
    first = date(world.first.year - 5, world.first.month, world.first.day)
    if not first < ON < world.first:
        return
    formerly = rules.formerly(rules.RENAME, [OLD], ON, new=True)
    rank = list(world.groups).index(NEW) + 1
    old = world.save(
        unions.save_groups,
        [{"name": OLD, "department": "计划处", "rank": rank, "first": first, "end": ON, "formerly": ""}],
    )[0]
    world.save(unions.save_groups, [{"name": NEW, "first": ON, "formerly": formerly}])
    row = {"before": old, "after": world.groups[NEW], "kind": rules.RENAME, "on": ON, "paper": PAPER}
    world.save(unions.save_successions, [row | {"reason": "厅机关内设机构调整"}])
    elsewhere = set(Placement.objects.in_union(world.union).values_list("person", flat=True))
    there = [one for one in world.people if one.group == world.groups[NEW] and one.pk not in elsewhere]
    places = [
        {"person": one.pk, "group": old, "department": DEPARTMENT, "job": "", "first": None, "end": ON,
         "reason": "机构改革"}
        for one in there
        if one.admitted_on and one.admitted_on < ON and not (one.ended_on and one.ended_on <= ON)
    ]  # fmt: skip
    world.save(past_records.save_placements, places)
