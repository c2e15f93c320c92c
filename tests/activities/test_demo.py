"""The demo's activities have the shape of the sample report, and the planted exceptions are found."""

from collections.abc import Callable

from zhijia.activities.checks import CHECKS
from zhijia.activities.facts import CLAIMS, FACTS
from zhijia.activities.models import Activity
from zhijia.core import checks, claims, facts
from zhijia.core.cube import Rate
from zhijia.core.demo import World
from zhijia.core.feature_types import HOLDS, REFUTED, Scope

Build = Callable[..., World]
ScopeOf = Callable[..., Scope]


def test_the_demo_has_the_figures_of_the_sample_report(make_world: Build, scope_of: ScopeOf) -> None:
    world = make_world("activities", members=260)
    found = facts.compute(FACTS, scope_of(world), cache=False)
    assert found["activities.hobby_groups"].value == 8
    assert found["activities.hobby_active"].value == Rate(8, 8)
    share = found["activities.hobby_women_share"].value
    assert isinstance(share, Rate)
    assert 0.3 < share.num / share.den < 0.6
    assert found["activities.women_day"].by["year"] == {
        "2020": 0, "2021": 1, "2022": 1, "2023": 1, "2024": 1, "2025": 1, "2026": 1,
    }  # fmt: skip
    places = [item.label[0] for item in found["activities.women_day_places"].items]
    assert places == ["江西三清山", "临海", "岱山", "龙泉", "武义", "黄岩"]
    visits = [item.label[0] for item in found["activities.places"].items if item.dims["kind"] == "study_visit"]
    assert visits == ["杭州", "余姚"]
    assert found["activities.table_tennis_places"].value == 5
    fitness = [item for item in found["activities.placings"].items if item.dims["event"] == "fitness"]
    assert [(item.label[1], item.label[3], item.dims["rank"]) for item in fitness] == [("团体第三名", "省体育局", "3")]
    assert found["activities.kinds"].value >= 6
    assert found["honours.count"].at("title", "文明单位") == 6
    for key in (
        "donation_amount",
        "donation_goods",
        "donation_people",
        "blood_people",
        "blood_volume",
        "recuperation_people",
    ):
        assert found[f"activities.{key}"].value > 0
    turnout = found["activities.turnout"].value
    assert isinstance(turnout, Rate)
    assert 0.8 < turnout.num / turnout.den < 1


def test_the_demo_claims_hold_but_for_the_planted_year_without_a_sports_meet(
    make_world: Build, scope_of: ScopeOf
) -> None:
    world = make_world("activities")
    scope = scope_of(world)
    judged = {claim.key: claim for claim in claims.judge(CLAIMS, scope, facts.compute(FACTS, scope, cache=False))}
    states = {key: claim.state for key, claim in judged.items()}
    assert states.pop("claims.yearly_sports_meet") == REFUTED
    assert set(states.values()) == {HOLDS}
    assert len(judged["claims.yearly_sports_meet"].missing) == 1
    assert "2022年" in judged["claims.yearly_sports_meet"].missing[0]
    assert judged["claims.yearly_women_day"].years == (2021, 2022, 2023, 2024, 2025, 2026)


def test_the_planted_trip_of_two_days_is_the_only_finding(make_world: Build, scope_of: ScopeOf) -> None:
    world = make_world("activities")
    found = checks.run(CHECKS, scope_of(world))
    assert [(finding.rule, finding.then, finding.now) for finding in found] == [("R-FUN-07", True, True)]
    assert "三清山" in found[0].record


def test_the_small_union_is_clean(make_world: Build, scope_of: ScopeOf) -> None:
    world = make_world("activities", members=86, profile="small")
    scope = scope_of(world)
    assert checks.run(CHECKS, scope) == []
    values = facts.compute(FACTS, scope, cache=False)
    assert {claim.state for claim in claims.judge(CLAIMS, scope, values)} == {HOLDS}
    assert values["activities.hobby_groups"].value == 3


def test_heads_of_the_womens_days_are_the_persons_who_signed(make_world: Build) -> None:
    make_world("activities", members=60)
    days = Activity.objects.filter(women_only=True)
    assert days
    for activity in days:
        from zhijia.activities.models import Participation

        assert Participation.objects.filter(activity=activity, present=True).count() == activity.attended
