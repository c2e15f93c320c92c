"""How long a public notice stays up and when it is finished. Pure.

Sources: 工会基层组织选举工作条例 (总工发〔2016〕27号) for candidates; for the other
kinds the custom of organs, which only warns.
"""

from __future__ import annotations

import re
from datetime import date

from zhijia.core.identity import mask_account, mask_id, mask_phone

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


_ID = re.compile(r"(?<![0-9A-Za-z])[1-9][0-9]{16}[0-9Xx](?![0-9A-Za-z])")
_CARD = re.compile(r"(?<![0-9A-Za-z])[0-9]{4}(?:[ -]?[0-9]{4}){3}(?:[ -]?[0-9]{1,3})?(?![0-9A-Za-z])")
_MOBILE = re.compile(r"(?<![0-9A-Za-z])1[3-9][0-9]{9}(?![0-9A-Za-z])")
# Kinds whose text speaks of single persons: their mobile numbers have no place in it. Others may name whom to call.
ABOUT_PERSONS = frozenset(("housing", "subsidy", "aid", "candidates", "commendation"))


def masked(text: str, kind: str) -> str:
    """A notice's text as it may be read: IDs and bank accounts hidden, in notices about persons their phones too.

    >>> masked("张三 330106199003071239，电话 13800001234", "aid")
    '张三 330106********1239，电话 138****1234'
    """
    text = _ID.sub(lambda found: mask_id(found[0]), text)
    text = _CARD.sub(lambda found: mask_account(re.sub(r"[ -]", "", found[0])), text)
    return _MOBILE.sub(lambda found: mask_phone(found[0]), text) if kind in ABOUT_PERSONS else text


def is_open(posted_on: date, end: date | None, on: date) -> bool:
    """Whether objections are taken on the day. Without a last day on record nobody can tell, and it is not."""
    return end is not None and posted_on <= on < end
