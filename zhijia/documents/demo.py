"""The demo's papers: superior documents studied every year, requests and their answers."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from zhijia.core.demo import World
from zhijia.documents import services
from zhijia.documents.models import IncomingPaper, Submission

Topic = IncomingPaper.Topic
YEARLY = (
    ("关于做好{year}年工会工作的意见", Topic.SUPERIOR, (1, 18), "委员和小组长"),
    ("关于学习贯彻上级工会全委会精神的通知", Topic.SUPERIOR, (3, 6), "委员和小组长"),
    ("关于{year}年机关党建和群团工作要点的通知", Topic.PARTY, (2, 25), "全体会员"),
    ("关于加强基层工会经费管理的通知", Topic.FUNDS, (5, 12), "会计、经审人员"),
)
ONCE = (
    ("关于开展“创建学习型组织，争做知识型职工”活动的通知", Topic.CAMPAIGN, date(2021, 3, 15), "全体会员"),
    ("中华人民共和国工会法（2021年修正）", Topic.LAW, date(2022, 1, 6), "委员和小组长"),
    ("工会会计制度（财会〔2021〕7号）", Topic.FUNDS, date(2021, 6, 2), "会计、经审人员"),
    ("中国工会章程（2023年修改）", Topic.LAW, date(2023, 11, 8), "全体会员"),
    ("机关工会工作暂行条例", Topic.LAW, date(2022, 4, 20), "委员和小组长"),
)


def demo(world: World) -> None:
    """Record what came in and was studied, and what went up and was answered."""
    superior = next(name for name in world.bodies if name.endswith(("建材工会", "联合会")))
    party = list(world.bodies)[1]
    prefix = "江建工" if world.full else "云机工"
    planned = [
        (title.format(year=year), topic, date(year, *day), by)
        for year in world.years
        for title, topic, day, by in YEARLY
    ]
    papers: list[dict[str, Any]] = []
    for serial, (title, topic, day, by) in enumerate([*planned, *ONCE], 1):
        if not world.past(day):
            continue
        sender = party if topic == Topic.PARTY else superior
        named = topic != Topic.LAW
        papers.append(
            {
                "title": title,
                "number": f"{prefix}〔{day.year}〕{serial % 40 + 1}号" if named else "",
                "sender": world.bodies[sender] if named else None,
                "sender_name": sender if named else "",
                "topic": topic,
                "received_on": day,
                "studied_on": day + timedelta(days=world.rng.randint(5, 25)),
                "studied_by": by,
                "action": "",
            }
        )
    papers = [row for row in papers if row["studied_on"] <= world.today]
    world.save(services.save_papers, papers)
    world.save(services.save_submissions, _submissions(world, superior, prefix))


def _submissions(world: World, superior: str, prefix: str) -> list[dict[str, Any]]:
    number = max(world.terms) + 1
    own = "厅工" if world.full else "馆工"
    form = "会员代表大会" if world.full else "会员大会"
    kinds = Submission.Kind
    matters = Submission.Matter
    planned: list[tuple[str, str, str, date, int | None]] = [
        (f"关于{year - 1}年经费决算和{year}年经费预算的报告", kinds.REPORT, matters.BUDGET, date(year, 2, 26), None)
        for year in world.years
    ]
    planned += [
        (f"关于召开第{number}次{form}的请示", kinds.REQUEST, matters.CONGRESS, date(2026, 6, 12), 9),
        (
            "关于工会委员会、经费审查委员会候选人建议人选的请示",
            kinds.REQUEST,
            matters.CANDIDATES,
            date(2026, 10, 20),
            10,
        ),
    ]
    rows: list[dict[str, Any]] = []
    for title, kind, matter, day, wait in planned:
        answered = day + timedelta(days=wait) if wait else None
        serial = len([row for row in rows if row["sent_on"].year == day.year]) + 1
        rows.append(
            {
                "title": title,
                "kind": kind,
                "matter": matter,
                "number": f"{own}〔{day.year}〕{serial}号",
                "to": world.bodies[superior],
                "to_name": superior,
                "sent_on": day,
                "answered_on": answered,
                "answer_number": f"{prefix}复〔{day.year}〕{serial + 4}号" if answered else "",
                "answer": "同意" if answered else "",
            }
        )
    return rows
