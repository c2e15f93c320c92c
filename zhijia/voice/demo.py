"""The demo's voices: suggestions and answers, consultations, contacts, rights, openness, ratings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from zhijia.core.demo import World
from zhijia.voice import demo_texts as texts
from zhijia.voice import services
from zhijia.voice.models import Evaluation, Way

DAY = timedelta(days=1)
USUAL = 260  # members for whom the numbers of a year are given
SETTLED = 26 * DAY  # suggestions of the last days are left to the pending ones
TALKS = "走访谈心，了解思想、工作和生活情况"


def _yearly(world: World, count: int, least: int) -> int:
    """How many of something a union of this size has in a year."""
    return max(least, count * world.members // USUAL)


def _suggestion(world: World, on: date, area: str, text: str, office: str) -> dict[str, Any]:
    return {
        "on": on,
        "person": None,
        "person_name": "",
        "channel": "online",
        "area": area,
        "text": text,
        "office": world.bodies.get(office),
        "answered_on": None,
        "answer": "",
        "adopted": None,
        "outcome": "",
        "reply": "",
    }


def _suggestions(world: World) -> Iterator[dict[str, Any]]:
    """About twenty a year for 260 members, a third anonymous, all answered within a month; then the pending ones."""
    for year in world.years:
        people = world.members_on(date(year, 1, 1)) or world.members_on(world.today)
        for number in range(_yearly(world, 20, 6)):
            area, text, office, outcome = texts.SUGGESTIONS[(number + year * 7) % len(texts.SUGGESTIONS)]
            row = _suggestion(world, date(year, 1, 8) + DAY * (number * 17 % 343), area, text, office)
            if not world.past(row["on"] + SETTLED):
                continue
            channels = texts.CHANNELS_OF_SUGGESTIONS
            row["channel"] = channels[(number + year) % len(channels)]
            if number % 3:
                row["person"] = people[(number * 37 + year) % len(people)].pk
            row.update(
                answered_on=row["on"] + DAY * (5 + number * 5 % 20),
                adopted=bool(outcome),
                outcome=outcome,
                answer=texts.ANSWERED if outcome else texts.DECLINED,
                reply="good" if outcome and number % 2 else "",
            )
            yield row
    for area, text, days in texts.PENDING if world.full else texts.PENDING[:1]:
        yield _suggestion(world, world.today - DAY * days, area, text, "办公室")


def _participations(world: World) -> Iterator[dict[str, Any]]:
    shared = texts.FULL_SHARED if world.full else texts.SMALL_SHARED
    for kind, matter, document, after, (month, day), office, people, opinions, adopted, opinion in shared:
        yield {
            "kind": kind,
            "matter": matter,
            "document": document,
            "on": date(world.years[0] + after, month, day),
            "office": world.bodies.get(office),
            "role": "assist" if world.bodies.get(office) else "lead",
            "people": people * world.members // 100,
            "opinions": opinions,
            "adopted": adopted,
            "opinion": opinion,
            "outcome": "吸纳职工意见后印发施行" if kind == texts.RULE else "方案按职工意见修改",
        }


def _channels(world: World) -> list[dict[str, Any]]:
    channels = texts.FULL_CHANNELS if world.full else texts.SMALL_CHANNELS
    return [
        {"name": name, "kind": kind, "first": date(*first), "address": address}
        for name, kind, *first, address in channels
    ]


def _contact(on: date, kind: str, topics: str, people: int | None, **more: int | None) -> dict[str, Any]:
    empty = {"articles": None, "visits": None, "feedback": None, "outcome": ""}
    return {"on": on, "kind": kind, "topics": topics, "people": people, **empty, **more}


def _contacts(world: World) -> Iterator[dict[str, Any]]:
    opened = next(row["first"] for row in _channels(world) if row["kind"] == Way.ONLINE)
    departments = list(dict.fromkeys(human.department for human in world.people if not human.retired))
    for year in world.years:
        size = _yearly(world, 24, 10)
        yield _contact(date(year, 3, 18), Way.FORUM, "职工代表座谈会", size, feedback=size // 4)
        yield _contact(date(year, 9, 23), Way.FORUM, "青年职工和新进人员座谈会", size - 2, feedback=size // 5)
        if world.full:
            yield _contact(date(year, 11, 18), Way.SURVEY, "年度满意度问卷", world.members * 4 // 5, feedback=size // 2)
        for number in range(_yearly(world, 8, 3)):
            department = departments[(number + year) % len(departments)]
            on = date(year, 2, 10) + DAY * (number * 31 % 280)
            yield _contact(on, Way.VISIT, f"{department}：{TALKS}", 3 + number % 4)
        for month in (3, 6, 9, 12):
            on = date(year, month, 28)
            if on > opened:
                articles = 9 + (year + month) % 7
                visits = world.members * (5 + (year * month) % 4)
                topics = f"{year}年第{month // 3}季度专栏运行情况"
                yield _contact(on, Way.ONLINE, topics, None, articles=articles, visits=visits, feedback=size // 5)


def _rights_matter(world: World, entry: tuple[Any, ...]) -> dict[str, Any]:
    sort, field, sub, matter, after, (month, day), days, reported_to, outcome = entry
    on = date(world.years[0] + after, month, day)
    return {
        "sort": sort,
        "field": field,
        "sub": sub,
        "on": on,
        "matter": matter,
        "detail": f"{matter}，由小组长转达工会。",
        "handling": "工会与有关处室沟通协调，并向本人反馈。",
        "escalated_to": reported_to,
        "escalated_on": on + DAY * 3 if reported_to else None,
        "settled_on": on + DAY * days,
        "outcome": outcome,
    }


def _rights(world: World) -> Iterator[dict[str, Any]]:
    sort, field, sub, matter, day, days, outcome = texts.YEARLY_WATCH
    for after, year in enumerate(world.years if world.full else world.years[::2]):
        step = after if world.full else after * 2
        yield _rights_matter(world, (sort, field, sub, f"{year}年{matter}", step, day, days, "", outcome))
    for entry in texts.FULL_RIGHTS if world.full else texts.SMALL_RIGHTS:
        yield _rights_matter(world, entry)


def _open_items(world: World) -> Iterator[dict[str, Any]]:
    for year in world.years:
        for kind, matter, (month, day), role in texts.OPEN_ITEMS if world.full else texts.OPEN_ITEMS[:3]:
            on = date(year, month, day)
            yield {
                "matter": f"{year}年公开：{matter}",
                "kind": kind,
                "on": on,
                "place": "机关公告栏、内网",
                "end": on + DAY * 10,
                "role": role,
            }


def _evaluation(year: int, on: date, rater: str, **more: Any) -> dict[str, Any]:
    empty = {"topic": "whole", "body": None, "grade": "", "score": None, "satisfied": None, "asked": None, "remark": ""}
    return {"year": year, "on": on, "rater": rater, **empty, **more}


def _evaluations(world: World) -> Iterator[dict[str, Any]]:
    """Each year: the union itself and its members in December, the superior in January; areas in the last full year."""
    superior = world.bodies["建设建材工会" if world.full else "市级机关工会联合会"]
    ratings = texts.FULL_RATINGS if world.full else texts.SMALL_RATINGS
    last = world.today.year - 1
    grades, raters = Evaluation.Grade, Evaluation.Rater
    for number, year in enumerate(world.years):
        good = grades.EXCELLENT if world.full and number % 3 else grades.GOOD
        asked = world.members * (78 + number) // 100
        rated_on = date(year, 12, 18)
        yield _evaluation(year, date(year, 12, 22), raters.SELF, grade=grades.GOOD)
        yield _evaluation(year, date(year + 1, 1, 20), raters.SUPERIOR, body=superior, grade=good, score=90 + number)
        yield _evaluation(
            year, rated_on, raters.MEMBERS, grade=grades.GOOD, satisfied=asked * (91 + number) // 100, asked=asked
        )
        for topic, share in ratings.items() if year == last else ():
            satisfied = asked * share // 100
            yield _evaluation(year, rated_on, raters.MEMBERS, topic=topic, satisfied=satisfied, asked=asked)


def _past(world: World, rows: Iterator[dict[str, Any]]) -> list[dict[str, Any]]:
    return [row for row in rows if world.past(row["on"])]


def demo(world: World) -> None:
    """Record what staff said and what came of it; nothing after the demo's today."""
    world.save(services.save_suggestions, _past(world, _suggestions(world)))
    world.save(services.save_participations, _past(world, _participations(world)))
    world.save(services.save_channels, _channels(world))
    world.save(services.save_contacts, _past(world, _contacts(world)))
    world.save(services.save_rights, _past(world, _rights(world)))
    world.save(services.save_open_items, _past(world, _open_items(world)))
    world.save(services.save_evaluations, _past(world, _evaluations(world)))
