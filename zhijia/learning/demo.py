"""The demo's learning: reading campaigns, theory classes, cadre training, role models, finance staff's education."""

from __future__ import annotations

from datetime import date
from typing import Any

from zhijia.core.demo import World
from zhijia.learning import services

SLOGAN = "读好书、强素质、增才干、促效能"
NOTICE = "学习时间、学习内容、学习形式、成果交流"
ROLE_MODELS = {1: "林致远", 4: "沈秋禾"}  # invented: year of the term -> whom all studied
TOPICS = ("politics", "superior", "law", "union_work", "superior", "law")
BOOKS = ("《建筑的故事》", "《行走的城市》", "《工会法释义》", "《乡村营造笔记》", "《高效能工作方法》", "《江州古桥》")


def demo(world: World) -> None:
    """Record the learning of the term's years."""
    rows = [row for year in world.years for row in _year(world, year) if world.past(row["on"])]
    world.save(services.save_sessions, rows)
    _education(world)


def _row(world: World, title: str, kind: str, on: date, heads: int, **more: Any) -> dict[str, Any]:
    row: dict[str, Any] = {
        "title": title,
        "kind": kind,
        "on": on,
        "last_on": None,
        "place": "机关会议室",
        "hours": 3,
        "audience": "members",
        "provider": None,
        "role": "lead",
        "payer": "union",
        "topic": "other",
        "topics": "",
        "model_person": "",
        "invited": heads,
        "attended": max(heads * world.rng.randint(84, 97) // 100, 1),
        "notice_number": "",
        "notice_parts": "",
        "booklist": "",
        "slogan": "",
        "campaign": "",
        "group": None,
        "result": "",
    }
    row.update(more)
    return row


def _year(world: World, year: int) -> list[dict[str, Any]]:
    """One year: reading and its exchange, a theory class, cadre training, study of papers, a model, a lecture."""
    step, short = year - world.years[0], "厅工" if world.full else "馆工"
    members = len(world.members_on(date(year, 6, 30)))
    cadres = len({human.pk for holders in world.officers.values() for human in holders})
    committee = world.bodies.get("厅直属机关党委") or world.bodies.get("机关党支部")
    rows = [
        _row(
            world,
            f"{year}年“{SLOGAN}”读书活动",
            "reading",
            date(year, 4, 23),
            members,
            last_on=date(year, 10, 31),
            hours=40,
            topic="reading",
            notice_number=f"{short}〔{year}〕5号",
            notice_parts=NOTICE,
            slogan=SLOGAN,
            booklist="、".join(BOOKS[step % 3 :: 3]),
            campaign="创建学习型组织，争做知识型职工",
        ),
        _row(
            world,
            f"{year}年读书成果交流会",
            "exchange",
            date(year, 10, 28),
            max(members // 4, 5),
            topic="reading",
            result=f"交流文章{world.rng.randint(18, 40)}篇",
        ),
        _row(
            world,
            f"{year}年理论读书班",
            "theory_class",
            date(year, 7, 14),
            max(members // 3, 5),
            last_on=date(year, 7, 16),
            hours=18,
            audience="party",
            provider=committee,
            role="assist",
            payer="administration",
            topic="politics",
        ),
        _row(
            world,
            f"{year}年工会干部集中学习",
            "cadre_training",
            date(year, 5, 13),
            cadres,
            hours=8,
            audience="leaders",
            topic=TOPICS[step % len(TOPICS)],
            topics="政治理论、上级工会文件、工会法律法规",
            notice_number=f"{short}〔{year}〕7号",
        ),
        _row(world, f"{year}年上级工会文件精神学习", "policy_study", date(year, 3, 18), members, topic="superior"),
        _row(world, f"{year}年普法讲座", "lecture", date(year, 8, 26), max(members // 2, 5), topic="law"),
    ]
    if world.full:
        rows.append(
            _row(
                world,
                f"{year}年党的理论专题学习",
                "policy_study",
                date(year, 10, 12),
                members,
                topic="politics",
                role="assist",
                provider=committee,
            )
        )
    if step in ROLE_MODELS:
        name = ROLE_MODELS[step]
        rows.append(
            _row(
                world,
                f"学习{name}同志先进事迹",
                "role_model_study",
                date(year, 4, 9),
                members,
                topic="role_model",
                model_person=name,
                role="assist",
                provider=committee,
            )
        )
    return rows


def _education(world: World) -> None:
    """Accountant and cashier each year at the finance department, the reviewers every other year at the audit's."""
    finance = [human for office in ("accountant", "cashier") for human in world.officers.get(office, [])]
    review = [human for office in ("review_director", "reviewer") for human in world.officers.get(office, [])]
    provider = world.bodies.get("省财政厅") or world.bodies.get("市财政局")
    audit = world.bodies.get("省审计厅") or provider
    rows = []
    for step, year in enumerate(world.years):
        people = [(human, provider, "会计人员继续教育", 24, date(year, 9, 20)) for human in finance]
        if step % 2 == 0:
            people += [(human, audit, "审计法规与经审业务", 16, date(year, 10, 15)) for human in review]
        rows += [
            {
                "person": human.pk,
                "on": on,
                "course": course,
                "provider": body,
                "hours": hours,
                "certificate_no": f"继教〔{year}〕{human.pk:04d}号",
            }
            for human, body, course, hours, on in people
            if world.past(on)
        ]
    world.save(services.save_education, rows)
