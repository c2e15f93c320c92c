"""When plan items are late, when yearly meetings are due, and how many must be there. Pure.

Sources: 中国工会章程 (a congress at least once a year); 会员代表大会条例 (2019) for two thirds present [recall].
"""

from __future__ import annotations

from datetime import date

PLAN_MONTHS = (1, 3)  # 年初: the plan is made from January to March
SUMMARY_MONTHS = (11, 2)  # 年终: the summary is made from November to February of the next year
CONGRESS_A_YEAR_FROM = date(1988, 10, 28)  # the Constitution of 1988 already asks for a congress a year [recall]
# What may follow what while it is being done; "" is the beginning. History is written as it was.
ITEM_TRANSITIONS = {"": ("open",), "open": ("done", "late", "dropped"), "dropped": ("open",), "done": (), "late": ()}
TASK_TRANSITIONS = {"": ("open",), "open": ("done", "dropped"), "dropped": ("open",), "done": ()}
QUORUM_RULE_FROM = date(2019, 1, 1)  # 基层工会会员代表大会条例 in force


def state_of(given: str, due: date | None, done_on: date | None) -> str:
    """The state of a plan item: what was given, made to agree with its dates where they are known."""
    if given == "dropped" or (given == "open" and done_on):
        return given
    if done_on:
        return "late" if due and done_on > due else "done"
    return given or "open"


def state_problem(state: str, done_on: date | None) -> str:
    """Why state and day of completion contradict each other; empty when they do not."""
    if done_on and state == "open":
        return "填了完成日期，状态却是未完成"
    if done_on and state == "dropped":
        return "填了完成日期，状态却是已取消"
    return ""


def heads_problem(due: int | None, present: int | None) -> str:
    """Why the two head counts can not both be right; empty when they can."""
    return "实到人数比应到人数多" if due is not None and present is not None and present > due else ""
