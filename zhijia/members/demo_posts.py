"""The demo's posts over time: a group that had no leader for some weeks, a deputy, an officer's working time.

Takes no dice, and leaves the figures of the sample report as they are: today every group has its leader.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from zhijia.core.demo import World
from zhijia.members import services, time_records
from zhijia.members.models import Post

LEFT_ON, FOLLOWED_ON = date(2023, 3, 1), date(2023, 4, 17)
HOURS = ((3, 30, "讨论工会年度工作要点"), (11, 25, "筹备职工运动会"), (38, 80, "到基层单位学习职工之家建设"))


def _leaders(world: World) -> None:
    """One leader was moved; the group recommended another one weeks later."""
    office = Post.Office.GROUP_LEADER
    first = world.officers[office][-1]
    busy = {human.pk for humans in world.officers.values() for human in humans}
    follower = next(
        (
            human
            for human in world.people
            if human.group == first.group and human.pk not in busy and human.ended_on is None
            if human.admitted_on and human.admitted_on < LEFT_ON
        ),
        None,
    )
    if follower is None:
        return
    common: dict[str, Any] = {"office": office, "group": first.group, "chosen": Post.Chosen.RECOMMENDED}
    term = world.terms[max(world.terms)]
    items = "本组名册和联系方式\n没有发完的慰问品2份和签收表"
    world.save(
        services.save_posts,
        [
            {"person": first.pk, "first": world.first, "end": LEFT_ON, "term": term, "handover": items, **common},
            {"person": follower.pk, "first": FOLLOWED_ON, "end": None, "term": term, "handover": "", **common},
        ],
    )
    world.officers[office][-1] = follower


def demo_posts(world: World) -> None:
    """Record the change of leaders, the deputy and the hours of the welfare officer."""
    _leaders(world)
    deputy = world.officers[Post.Office.COMMITTEE][2]
    world.save(
        services.save_posts,
        [
            {
                "person": deputy.pk, "office": Post.Office.WOMEN, "portfolio": "", "group": None,
                "term": world.terms[max(world.terms)], "first": world.today - timedelta(days=40),
                "end": world.today + timedelta(days=26), "chosen": Post.Chosen.RECOMMENDED, "acting": True,
                "purpose": "代一名休产假的女职工委员",
            }
        ],
    )  # fmt: skip
    world.save(
        time_records.save_times,
        [
            {"person": deputy.pk, "on": world.today - timedelta(days=days), "tenths": tenths, "what": what}
            for days, tenths, what in HOURS
        ],
    )
