"""下届任务: mirrors the blocks of the review; each problem named is answered by a task here."""

from __future__ import annotations

from dataclasses import dataclass

from zhijia.reports.outline.shape import Sentence, effect


@dataclass(frozen=True, slots=True)
class Task:
    """One block of the tasks: the theme it mirrors, its heading and its standing words."""

    theme: str
    heading: str
    sentence: Sentence


LEAD = effect(
    "tasks.lead",
    "今后一个时期，工会工作的总体要求是：坚持{@guiding_ideology}，在{@leaders}的领导下，忠诚履行维护职工合法权益、竭诚服务职工群众的基本职责，"
    "围绕{@field}发展大局，团结引导广大会员立足岗位、建功立业。为此，建议新一届委员会着重做好以下工作。",
    "今后一个时期，工会工作的总体要求是：坚持{@guiding_ideology}，忠诚履行维护职工合法权益、竭诚服务职工群众的基本职责，团结引导广大会员"
    "立足岗位、建功立业。为此，建议新一届委员会着重做好以下工作。",
    rids="R138",
)

TASKS = (
    Task(
        "centre",
        "聚焦中心任务，在凝心聚力上有新作为",
        effect(
            "tasks.centre",
            "深化理想信念教育和先进典型宣传，组织会员围绕重点工作建言献策、岗位建功，把工会的组织优势转化为推动发展的力量。",
        ),
    ),
    Task(
        "learning",
        "建设书香机关，在提升素质上有新进展",
        effect(
            "tasks.learning_block",
            "完善读书学习的组织方式，购置图书、建设职工书屋、举办读书交流，让学习更经常、更有效。",
        ),
    ),
    Task(
        "rights",
        "畅通民主渠道，在维护权益上有新成效",
        effect(
            "tasks.rights",
            "健全意见征集、协商和公示制度，加强女职工特殊权益保护，及时掌握职工思想和诉求，把矛盾化解在初始阶段。",
        ),
    ),
    Task(
        "service",
        "坚持精准服务，在关爱职工上有新举措",
        effect(
            "tasks.service",
            "完善“{@must}”、送温暖和困难帮扶机制，规范福利发放的标准、方式和程序，把好事办到职工心坎上。",
        ),
    ),
    Task(
        "culture",
        "丰富文体生活，在增强活力上有新气象",
        effect(
            "tasks.culture",
            "办好“1+1”文体小组，组织当日往返、就近便捷的集体活动，规范开展职工疗休养，让更多会员参与进来。",
        ),
    ),
    Task(
        "building",
        "加强自身建设，在规范运转上有新提升",
        effect(
            "tasks.building",
            "选优配强工会小组长，及时发展新会员，坚持年初有计划、年终有总结，用制度管人、管事、管经费。",
        ),
    ),
)
FUNDS_THEME = "funds"  # answered in the last block
