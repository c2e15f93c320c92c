"""体会: parallel phrases, offered for choice; the default are the first four that the records carry."""

from __future__ import annotations

from dataclasses import dataclass

from zhijia.reports.outline.shape import Sentence, effect, said

DEFAULT_COUNT = 4


@dataclass(frozen=True, slots=True)
class Reflection:
    """One 体会: its parallel phrase and what it says. It is offered only where its sentence can be told."""

    key: str
    phrase: str
    sentence: Sentence


LEAD = effect(
    "reflections.lead", "回顾{@years}的工作，我们有这样几点体会：", "回顾过去的工作，我们有这样几点体会：", rids="R137"
)

REFLECTIONS = (
    Reflection(
        "leadership",
        "必须坚持党的领导，把牢工作方向",
        said(
            "reflections.leadership",
            "{@leaders}的重视和支持，是做好工会工作的根本保证。什么时候自觉把工会工作放到全局中去谋划，什么时候工会工作就有方向、有位置。",
            "党组织的重视和支持，是做好工会工作的根本保证。",
            rids="R04 R137",
        ),
    ),
    Reflection(
        "centre",
        "必须坚持围绕中心，找准工作位置",
        said(
            "reflections.centre",
            "工会工作只有同全{@organ}的重点工作贴得紧、接得上，才能有为有位，工会才能真正成为党政放心、职工信赖的组织。",
            needs=("plans.linked_tasks",),
            rids="R09 R137",
        ),
    ),
    Reflection(
        "people",
        "必须坚持职工为本，办好身边小事",
        said(
            "reflections.people",
            "职工看工会，看的是遇到难处时有没有人上门。{@years}来的走访告诉我们，事情再小，只要关系职工冷暖，就是工会的大事。",
            "职工看工会，看的是遇到难处时有没有人上门。事情再小，只要关系职工冷暖，就是工会的大事。",
            rids="R81 R137",
        ),
    ),
    Reflection(
        "openness",
        "必须坚持公开民主，依靠职工办会",
        said(
            "reflections.openness",
            "工会的事大家议、大家办。凡是公示在前、商量在先的事，办起来就顺，职工也服气。",
            needs=("notices.count",),
            rids="R64 R137",
        ),
    ),
    Reflection(
        "rules",
        "必须坚持依规办事，守好经费底线",
        said(
            "reflections.rules",
            "经费使用有预算、有审批、有签收、有审查，工会干部才能放心干事，会员才能信任工会。",
            needs=("funds.expense",),
            rids="R133 R136 R137",
        ),
    ),
    Reflection(
        "team",
        "必须坚持建强队伍，激发小组活力",
        said(
            "reflections.team",
            "工会小组离职工最近，小组长热心，小组就活跃，各小组的实践反复证明了这一点。",
            "工会小组离职工最近，小组长热心，小组就活跃。",
            needs=("posts.leaders",),
            rids="R119 R137",
        ),
    ),
)
