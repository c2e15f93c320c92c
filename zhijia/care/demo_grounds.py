"""The demo's grounds: whoever applied for aid signed for the own data and the family's, parents as guardians."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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
