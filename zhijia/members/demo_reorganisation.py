"""The demo's reorganisations of long ago: one group had another name, one was dissolved and founded anew.

They lie before the term that is told, take no dice and change no number: every group of the term is there throughout.
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
AGAIN, HOST = ("监察室小组", "机关纪委"), ("办公室小组", "办公室")
GONE, BACK = date(2016, 7, 1), date(2017, 7, 1)
PAPERS = ("江编办〔2016〕5号", "江编办〔2017〕8号")


def demo_reorganisation(world: World) -> None:
    """Record the old groups, what became of them, and that their people were in them."""
    first = date(world.first.year - 5, world.first.month, world.first.day)
    if not first < GONE < BACK < ON < world.first:
        return
    known = set(Placement.objects.in_union(world.union).values_list("person", flat=True))
    _renamed(world, first, known)
    _founded_anew(world, first, known)


def _renamed(world: World, first: date, known: set[int]) -> None:
    formerly = rules.formerly(rules.RENAME, [OLD], ON, new=True)
    old = _ended(world, OLD, DEPARTMENT, NEW, (first, ON))
    world.save(unions.save_groups, [{"name": NEW, "first": ON, "formerly": formerly}])
    row = {"before": old, "after": world.groups[NEW], "kind": rules.RENAME, "on": ON, "paper": PAPER}
    world.save(unions.save_successions, [row | {"reason": "厅机关内设机构调整"}])
    _were(world, NEW, (old, DEPARTMENT, None, ON), known)


def _founded_anew(world: World, first: date, known: set[int]) -> None:
    """For a year its people belonged to another group; the new one bears the name that the old one had."""
    (name, department), (host, host_department) = AGAIN, HOST
    now, there = world.groups[name], world.groups[host]
    formerly = rules.formerly(rules.SPLIT, [host], BACK, new=True)
    world.save(unions.save_groups, [{"name": name, "first": BACK, "formerly": formerly}])
    old = _ended(world, name, department, name, (first, GONE))
    gone = {"before": old, "after": there, "kind": rules.DISSOLVE, "on": GONE, "paper": PAPERS[0]}
    back = {"before": there, "after": now, "kind": rules.SPLIT, "on": BACK, "paper": PAPERS[1]}
    world.save(unions.save_successions, [gone | {"reason": "监察职能划转"}, back | {"reason": "恢复设立监察室"}])
    _were(world, name, (there, host_department, GONE, BACK), known)
    _were(world, name, (old, department, None, GONE), known)


def _ended(world: World, name: str, department: str, after: str, life: tuple[date, date]) -> int:
    """A group that was there before the term, placed where the present one stands."""
    rank = list(world.groups).index(after) + 1
    row = {"name": name, "department": department, "rank": rank, "first": life[0], "end": life[1], "formerly": ""}
    return world.save(unions.save_groups, [row])[0]


def _were(world: World, group: str, where: tuple[int, str, date | None, date], known: set[int]) -> None:
    """Who is in the group now was elsewhere until a day; people of whom a past is told already are left out."""
    there, department, first, end = where
    places = [
        {"person": one.pk, "group": there, "department": department, "job": "",
         "first": first and max(first, one.admitted_on), "end": end, "reason": "机构改革"}
        for one in world.people
        if one.group == world.groups[group] and one.pk not in known
        and one.admitted_on and one.admitted_on < end and not (one.ended_on and one.ended_on <= end)
    ]  # fmt: skip
    world.save(past_records.save_placements, places)
