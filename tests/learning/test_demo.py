"""The demo's learning keeps the yearly claims and names the role models, in both unions."""

from collections.abc import Callable

import pytest

from zhijia.core import claims, facts
from zhijia.core.demo import World
from zhijia.core.feature_types import HOLDS, Scope
from zhijia.learning.facts import CLAIMS, FACTS
from zhijia.learning.models import LearningSession

Build = Callable[..., World]
ScopeOf = Callable[..., Scope]


@pytest.mark.parametrize(("profile", "members"), [("full", 120), ("small", 86)])
def test_the_yearly_claims_hold_in_both_unions(
    make_world: Build, scope_of: ScopeOf, profile: str, members: int
) -> None:
    world = make_world("learning", members=members, profile=profile)
    scope = scope_of(world)
    judged = claims.judge(CLAIMS, scope, facts.compute(FACTS, scope, cache=False))
    assert {claim.key: claim.state for claim in judged} == {
        "claims.yearly_theory_class": HOLDS,
        "claims.yearly_cadre_training": HOLDS,
        "claims.yearly_reading": HOLDS,
    }
    assert all(claim.years == (2021, 2022, 2023, 2024, 2025) for claim in judged)


def test_the_demo_has_the_figures_of_the_sample_report(make_world: Build, scope_of: ScopeOf) -> None:
    world = make_world("learning", members=260)
    found = facts.compute(FACTS, scope_of(world), cache=False)
    assert found["learning.reading_campaigns"].value == 6
    assert found["learning.exchanges"].value == 6
    assert found["learning.theory_classes"].value == 6
    assert found["learning.cadre_trainings"].value == 6
    assert found["learning.cadre_hours"].value == 48
    assert [item.label[0] for item in found["learning.models_studied"].items] == ["林致远", "沈秋禾"]
    education = found["learning.finance_education_people"]
    assert education.value == 5
    assert education.by["post"] == {"finance": 2, "review": 3}
    assert education.by["provider"] == {"省审计厅": 3, "省财政厅": 2}


def test_reading_notices_name_the_four_parts(make_world: Build) -> None:
    make_world("learning", members=60)
    reading = LearningSession.objects.filter(kind=LearningSession.Kind.READING)
    assert all(session.notice_number and "交流" in session.notice_parts for session in reading)
