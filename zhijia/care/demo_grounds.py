"""The demo's grounds: whoever applied for aid signed for the own data and the family's, parents as guardians."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

TEXTS = {
    "aid": "同意工会为办理困难补助使用病情、家庭和收入情况",
    "family": "已告知家庭成员并取得同意",
    "child": "作为监护人同意使用未满14周岁子女的信息",
}


def consents(cases: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Two for each case, signed with the application."""
    return list({(one["person"], one["purpose"], one["given_on"]): one for one in _each(cases)}.values())


def _each(cases: Sequence[Mapping[str, Any]]) -> Iterable[dict[str, Any]]:
    for case in cases:
        other = "child" if case["cause"] == "schooling" else "family"
        for purpose in ("aid", other):
            ground = "guardian" if purpose == "child" else "consent"
            yield {
                "person": case["person"], "purpose": purpose, "ground": ground, "given_on": case["applied_on"],
                "ended_on": None, "text": TEXTS[purpose],
            }  # fmt: skip


def relatives(cases: Sequence[Mapping[str, Any]], surnames: Mapping[int, str]) -> list[dict[str, Any]]:
    """Whom the applications name: a child at school, or a parent who is ill; one row however often somebody applied."""
    found: dict[tuple[int, str], dict[str, Any]] = {}
    for number, case in enumerate(cases):
        child = case["cause"] == "schooling"
        if not child and case["cause"] != "family_illness":
            continue
        relation = "child" if child else "parent"
        year = case["applied_on"].year
        born = date(year - 12, 5, 6) if child else date(year - 68, 3, 2)
        found.setdefault((case["person"], relation), {
            "person": case["person"], "relation": relation,
            "name": surnames.get(case["person"], "王") + ("子涵" if child else "秀兰" if number % 2 else "建国"),
            "sex": "male" if child or number % 2 == 0 else "female", "birth_on": born, "id_number": None,
            "work": "市第三中学" if child else "", "illness": None if child else "慢性肾病，定期透析",
            "income_fen": None if child else 180_000, "together": True, "dependent": True,
            "first": case["applied_on"], "end": None,
        })  # fmt: skip
    return list(found.values())
