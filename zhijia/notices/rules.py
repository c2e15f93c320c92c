"""How long a public notice stays up and when it is finished. Pure.

Sources: 工会基层组织选举工作条例 (总工发〔2016〕27号) for candidates; for the other
kinds the custom of organs, which only warns.
"""

from __future__ import annotations

from datetime import date

ELECTION_RULES_ON = date(2016, 10, 9)  # the day on which 总工发〔2016〕27号 was issued
ELECTION_RULES = "《工会基层组织选举工作条例》（总工发〔2016〕27号）"
CUSTOM = "机关公示惯例"
# Working days that a notice stays up; kinds that are not named here have no least period.
LEAST_DAYS = {"candidates": 5, "housing": 5, "subsidy": 5, "aid": 5, "commendation": 3}
WHOLE_DEPARTMENT = frozenset(("department", "public"))


def least_days(kind: str) -> int:
    """Working days that a notice of the kind has to stay up; 0 where nothing is laid down."""
    return LEAST_DAYS.get(kind, 0)


def fixed_by_rule(kind: str, on: date) -> bool:
    """True when a published rule, not only custom, fixed the period on that day (candidates since October 2016)."""
    return kind == "candidates" and on >= ELECTION_RULES_ON


def count_problem(objections: int, answered: int) -> str:
    """Why the two counts can not both be right; empty when they can."""
    return "已答复的异议比收到的多" if answered > objections else ""
