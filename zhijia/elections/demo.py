"""The demo's elections: how the outgoing committee was elected, and the delegates elected for the coming congress."""

from __future__ import annotations

from datetime import date
from typing import Any

from zhijia.core.demo import Human, World
from zhijia.elections import services
from zhijia.elections.models import Delegate, Election

DELEGATES = 50  # about one in five of 260 members
ELECTED_ON = date(2026, 10, 15)
Body = Election.Body


def demo(world: World) -> None:
    """Record the first elections of the term, and in the larger union the delegates for the next congress."""
    _elections(world)
    if world.full:
        _delegates(world)


def _elections(world: World) -> None:
    number = max(world.terms)
    name = f"第{'零一二三四五六七八九'[number]}届"
    due = 52 if world.full else 80
    present = due - 2
    committee = [*world.officers["chair"], *world.officers["vice_chair"], *world.officers["committee"]]
    review = [*world.officers["review_director"], *world.officers["reviewer"]]
    taken = {human.pk for human in committee + review}
    spare = [human for human in world.members_on(world.first) if human.pk not in taken and human.member_on(world.today)]
    bodies: list[tuple[str, str, list[Human], list[Human]]] = [
        (f"{name}工会委员会选举", Body.COMMITTEE, committee, spare[:1]),
        (f"{name}经费审查委员会选举", Body.REVIEW, review, []),
    ]
    rows = [
        {"title": title, "body": body, "on": world.first, "due_count": due, "present_count": present, "issued": present,
         "returned": present, "valid": present - 1, "invalid": 1, "seats": len(elected), "approval_number": ""}
        for title, body, elected, _others in bodies
    ]  # fmt: skip
    pks = world.save(services.save_elections, rows)
    votes: list[dict[str, Any]] = []
    for pk, (_title, _body, elected, others) in zip(pks, bodies, strict=True):
        for place, human in enumerate(elected + others):
            won = place < len(elected)
            against = world.rng.randint(0, 3) if won else 0
            got = present - 1 - against if won else 9
            abstained = 0 if won else present - 1 - got
            votes.append(
                {
                    "election": pk,
                    "person": human.pk,
                    "votes_for": got,
                    "votes_against": against,
                    "abstained": abstained,
                    "elected": won,
                    "write_in": False,
                }
            )
    world.save(services.save_candidacies, votes)


def _delegates(world: World) -> None:
    """Delegates by group in proportion to members; women about as in the union, leaders below a fifth."""
    members = world.members_on(ELECTED_ON)
    total = min(max(DELEGATES * world.members // 260, 30), 240)
    by_group: dict[int, list[Human]] = {}
    for human in members:
        if human.group is not None:
            by_group.setdefault(human.group, []).append(human)
    officers = {human.pk for holders in world.officers.values() for human in holders}
    rows: list[dict[str, Any]] = []
    for group, humans in by_group.items():
        seats = max(round(total * len(humans) / len(members)), 1)
        first = sorted(humans, key=lambda human: (human.pk not in officers, human.pk))
        for place, human in enumerate(first[:seats]):
            leader = place == 0 and len(rows) % 3 == 0
            rows.append(
                {
                    "person": human.pk,
                    "congress": max(world.terms) + 1,
                    "term": world.terms[max(world.terms)],
                    "group": group,
                    "role": Delegate.Role.LEADER if leader else Delegate.Role.STAFF,
                    "elected_on": ELECTED_ON,
                    "due_count": len(humans),
                    "present_count": len(humans) - len(humans) // 12,
                    "votes": len(humans) - len(humans) // 12 - world.rng.randint(0, 2),
                    "end": None,
                }
            )
    world.save(services.save_delegates, rows)
    world.books["elections.delegates"] = len(rows)
