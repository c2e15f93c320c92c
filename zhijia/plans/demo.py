"""The demo's plans: a plan meeting every January, a summary every December, items and meetings between."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from zhijia.core.dates import chinese_number
from zhijia.core.demo import World
from zhijia.plans import demo_texts as texts
from zhijia.plans import services
from zhijia.plans.models import Meeting, PlanItem

DAY = timedelta(days=1)
NO_SPORTS_MEET = 2022  # the year in which the sports meet is planted to be missing
SPORTS_MEET = "组织健步走活动"
Kind = Meeting.Kind


def _weekday(year: int, month: int, day: int) -> date:
    """The day, or the Monday after it where it falls on a weekend."""
    found = date(year, month, day)
    return found + DAY * (7 - found.weekday()) if found.weekday() > 4 else found


def _owner(world: World, office: str, number: int) -> int | None:
    holders = world.officers.get(office) or world.officers.get("chair") or []
    return holders[number % len(holders)].pk if holders else None


def _item(year: int, item: str, block: str, owner: int | None, due: date) -> dict[str, Any]:
    return {
        "year": year,
        "item": item,
        "block": block,
        "owner": owner,
        "on": _weekday(year, 1, 12),
        "due": due,
        "done_on": None,
        "state": PlanItem.State.OPEN,
        "outcome": "",
        "reason": "",
    }


def _items(world: World) -> Iterator[dict[str, Any]]:
    """The standing items of every year, done some days ahead; in the full union the late ones of the last years."""
    standing = texts.FULL_ITEMS if world.full else texts.SMALL_ITEMS
    for year in world.years:
        for number, (item, block, (office, place), (month, day)) in enumerate(standing):
            row = _item(year, item, block, _owner(world, office, place), date(year, month, day))
            done_on = row["due"] - timedelta(days=2 + (number * 5 + year) % 11)
            if world.full and item == SPORTS_MEET and year == NO_SPORTS_MEET:
                row.update(state=PlanItem.State.DROPPED, reason=texts.CANCELLED)
            elif world.past(done_on):
                row.update(state=PlanItem.State.DONE, done_on=done_on, outcome="已按计划落实")
            yield row
    for back, item, block, (month, day), days, reason in texts.LATE_ITEMS if world.full else ():
        year = world.years[-1] - back
        row = _item(year, item, block, _owner(world, "committee", 1), date(year, month, day))
        row["reason"] = reason
        if days is not None:
            row.update(state=PlanItem.State.LATE, done_on=row["due"] + timedelta(days=days), outcome="已补办完成")
        yield row


def _meeting(kind: str, on: date, topic: str, due: int, present: int, **more: Any) -> dict[str, Any]:
    return {
        "kind": kind,
        "on": on,
        "topic": topic,
        "group": None,
        "place": "机关会议室",
        "chair": "",
        "due": due,
        "present": present,
        "decisions": "",
        "minutes_no": "",
        **more,
    }


def _delegates(world: World, day: date) -> int:
    """How many sit in the congress: delegates in the full union (about a fifth), all members in the small one."""
    return min(max(30, world.members // 5), 240) if world.full else len(world.members_on(day))


def _congress(world: World, kind: str, on: date, topic: str, **more: Any) -> dict[str, Any]:
    due = _delegates(world, on)
    return _meeting(kind, on, topic, due, due - max(due // 17, 1), place="机关大会议室", **more)


def _meetings(world: World) -> Iterator[dict[str, Any]]:
    form = "会员代表大会" if world.full else "会员大会"
    leaders = len(world.groups)
    committee = 1 + sum(len(world.officers.get(office, ())) for office in ("vice_chair", "committee"))
    name = f"第{chinese_number(max(world.terms))}次{form}"
    yield _congress(world, Kind.ELECTION, world.first, f"{name}：选举工会委员会和经费审查委员会")
    for year in world.years:
        both = committee + leaders
        yield _meeting(
            Kind.PLAN,
            _weekday(year, 1, 12),
            f"研究{year}年工作思路，提出年度工作计划",
            both,
            both - year % 2,
            decisions=f"通过{year}年工作计划，明确各事项责任人和完成时限",
            minutes_no=f"工会纪要〔{year}〕1号",
        )
        yield _congress(
            world,
            Kind.CONGRESS,
            _weekday(year, 3, 26),
            f"{year}年{form}：审议工作报告、经费收支情况和经费审查报告",
            decisions="通过各项报告",
            minutes_no=f"工会纪要〔{year}〕3号",
        )
        for number, (kind, (month, day), topic) in enumerate(
            texts.FULL_MEETINGS if world.full else texts.SMALL_MEETINGS
        ):
            due = 3 if kind == Kind.REVIEW else committee
            present = due - (1 if number == 1 and year % 2 else 0)
            yield _meeting(
                kind, _weekday(year, month, day), topic, due, present, minutes_no=f"工会纪要〔{year}〕{5 + number}号"
            )
        yield from _group_meetings(world, year)


def _group_meetings(world: World, year: int) -> Iterator[dict[str, Any]]:
    for (month, day), topic in texts.GROUP_MEETINGS if world.full else texts.GROUP_MEETINGS[:1]:
        on = _weekday(year, month, day)
        sizes = Counter(human.group for human in world.members_on(on))
        for number, group in enumerate(world.groups.values()):
            due = sizes[group]
            yield _meeting(
                Kind.GROUP, on, topic, due, due - min((number + year) % 4, due // 4), group=group, place="处室"
            )


def _summaries(world: World) -> Iterator[dict[str, Any]]:
    for number, year in enumerate(world.years):
        on = _weekday(year, 12, 20 + number)
        if world.past(on):
            yield {
                "year": year,
                "on": on,
                "achievements": f"{year}年，{texts.ACHIEVEMENTS}",
                "problems": texts.PROBLEMS[number % len(texts.PROBLEMS)],
                "direction": texts.DIRECTION,
                "adopted_at": "工会委员会会议",
                "doc_number": f"机关工会〔{year}〕{8 + number}号",
            }


def _key_tasks(world: World) -> Iterator[dict[str, Any]]:
    tasks = texts.FULL_KEY_TASKS if world.full else texts.SMALL_KEY_TASKS
    bodies = ("机关党总支", "厅党组") if world.full else ("馆党组",)
    for number, year in enumerate(world.years):
        for place, (task, linked, role, outcome) in enumerate(tasks[number % len(tasks)]):
            over = year < world.today.year
            yield {
                "year": year,
                "task": task,
                "body": world.bodies[bodies[place]],
                "doc_number": "",
                "linked": linked,
                "role": role,
                "state": "done" if over else "open",
                "outcome": outcome,
            }


def _campaigns(world: World) -> Iterator[dict[str, Any]]:
    campaigns = texts.FULL_CAMPAIGNS if world.full else texts.SMALL_CAMPAIGNS
    for name, kind, after, (month, day), days, slogan, body, doc_number, role, outcome in campaigns:
        first = date(world.years[0] + after, month, day)
        if world.past(first):
            yield {
                "name": name,
                "kind": kind,
                "first": first,
                "end": first + timedelta(days=days) if days else None,
                "slogan": slogan,
                "body": world.bodies[body],
                "doc_number": doc_number,
                "role": role,
                "outcome": outcome,
            }


def demo(world: World) -> None:
    """Record plans and meetings; `plans.campaigns` in the world's books are the campaigns by name."""
    world.save(services.save_key_tasks, list(_key_tasks(world)))
    campaigns = list(_campaigns(world))
    pks = world.save(services.save_campaigns, campaigns)
    world.books["plans.campaigns"] = {row["name"]: pk for row, pk in zip(campaigns, pks, strict=True)}
    world.save(services.save_items, list(_items(world)))
    world.save(services.save_meetings, [row for row in _meetings(world) if world.past(row["on"])])
    world.save(services.save_summaries, list(_summaries(world)))
    tasks = texts.FULL_NEXT_TASKS if world.full else texts.SMALL_NEXT_TASKS
    rows = [
        {
            "order": number,
            "block": block,
            "text": text,
            "problem": problem,
            "term": world.terms[max(world.terms)],
            "on": texts.NEXT_TASKS_ON,
        }
        for number, (block, text, problem) in enumerate(tasks, 1)
    ]
    world.save(services.save_next_tasks, rows if world.past(texts.NEXT_TASKS_ON) else [])
