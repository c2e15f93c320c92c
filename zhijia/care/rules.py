"""Rules about visits and aid. Pure; money is whole fen (分).

A must-visit event is due `days` after the union knew of it, or after it happened where it was known before. Sources:
the union's own list of 必访; 浙财院工〔2004〕16号; the usual flow of 困难补助.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

DUE_DAYS = 14  # what this house counts as 及时 where the union's list names no number of days
NOTICE_DAYS = 5  # working days of a public notice of aid: custom, not law
REMIND_FOR = timedelta(days=60)  # an event that nobody answered stays on the list so long after its due day
# What may follow what in an application upward that is being made; "" is the beginning.
UPWARD_TRANSITIONS = {"": ("applied",), "applied": ("granted", "refused", "withdrawn"), "granted": (), "refused": (),
                      "withdrawn": ()}  # fmt: skip

MUST_KINDS = ("hospital", "member_death", "relative_death", "marriage", "birth", "retirement", "accident", "hardship")
WARMTH_KINDS = ("retired", "posted", "ill", "hardship", "frontline", "model")
ILLNESS_CAUSES = ("own_illness", "family_illness")
SEASON_FROM = (12, 15)  # from here to the end of February visits belong to the Spring Festival's campaign

# The standard (rooms below) that limits what a visit may bring.
ITEM_OF: Mapping[str, str] = {
    "hospital": "hospital", "member_death": "member_death", "relative_death": "relative_death", "marriage": "marriage",
    "birth": "childbirth", "retirement": "retirement", "accident": "warmth", "hardship": "warmth", "retired": "warmth",
    "posted": "warmth", "ill": "warmth", "frontline": "warmth", "model": "warmth",
}  # fmt: skip
GOODS_ONLY = ("retirement",)  # 总工办发〔2017〕32号: a souvenir, not money

# Words that name an illness; they belong into the encrypted column only.
DIAGNOSES = (
    "癌", "肿瘤", "白血病", "尿毒症", "透析", "肝炎", "肝硬化", "艾滋", "梅毒", "抑郁症", "精神分裂", "癫痫",
    "心梗", "心肌梗死", "脑梗", "脑出血", "中风", "流产", "化疗", "放疗",
)  # fmt: skip


def due_on(happened_on: date, known_on: date | None, days: int = DUE_DAYS) -> date:
    """The last day on which a visit is in time."""
    return max(happened_on, known_on or happened_on) + timedelta(days=days)


def cause_group(cause: str) -> str:
    """The split that reports quote: illness (of the member or the family) or other."""
    return "illness" if cause in ILLNESS_CAUSES else "other"


def occasion(category: str, on: date, *, linked: bool) -> str:
    """What a visit was part of where its ledger does not say: must, spring (送温暖) or other."""
    season = (on.month, on.day) >= SEASON_FROM or on.month <= 2
    if linked or (category in MUST_KINDS and not (category in WARMTH_KINDS and season)):
        return "must"
    return "spring" if category in WARMTH_KINDS and season else "other"


def order_problem(
    *, applied_on: date | None, decided_on: date | None, paid_on: date | None, closed_on: date | None
) -> tuple[str, str] | None:
    """The first step of an aid case that lies before the one it follows, as (field, message), or None."""
    steps = (("applied_on", "申请", applied_on), ("decided_on", "研究", decided_on), ("paid_on", "发放", paid_on),
             ("closed_on", "办结", closed_on))  # fmt: skip
    before: tuple[str, date] | None = None
    for name, word, day in steps:
        if day is None:
            continue
        if before and day < before[1]:
            return name, f"{word}日期早于{before[0]}日期"
        before = (word, day)
    return None


def missing_steps(
    *,
    own_money: bool,
    decided_on: date | None,
    minutes: str,
    notice_first: date | None,
    notice_end: date | None,
    receipt: bool,
    objections: int,
    answered: bool,
) -> list[str]:
    """R-AID-01: what a paid or closed case lacks. Money of the superior or the government is decided there."""
    found = []
    if own_money:
        if decided_on is None or not minutes:
            found.append("委员会研究决定的记录")
        if notice_first is None or notice_end is None:
            found.append("公示")
    if objections and not answered:
        found.append("对异议的答复")
    if not receipt:
        found.append("签收")
    return found
