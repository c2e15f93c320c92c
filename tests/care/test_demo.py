import pytest

from zhijia.care.checks import CHECKS
from zhijia.care.facts import CLAIMS, FACTS
from zhijia.care.models import AidCase, Visit
from zhijia.core import checks, claims, facts


def test_the_demo_has_the_samples_figures_and_all_claims_hold(make_world, scope_of):
    world = make_world("care", members=260)
    scope = scope_of(world)
    values = facts.compute(FACTS, scope, cache=False)
    assert values["care.aid_people"].by["cause"] == {"illness": 8, "other": 4}
    assert values["care.aid_people"].value == 12
    assert values["care.aid_payments"].value > 12
    assert values["care.visit_rate"].value.full
    assert all(rate.full for rate in values["care.visit_rate"].by["kind"].values())
    assert values["care.open_events"].value == world.books["care.open_events"] == 4
    assert values["care.upward_granted"].value >= 3
    assert values["care.opinions_heard"].value > 10
    assert {"retired", "posted", "ill", "hardship"} <= set(values["care.warmth_visits"].by["category"])
    assert [claim.state for claim in claims.judge(CLAIMS, scope, values)] == ["holds"] * len(CLAIMS)


def test_only_the_planted_visits_to_retirees_are_found_and_only_by_todays_rules(make_world, scope_of):
    world = make_world("care", members=120)
    found = checks.run(CHECKS, scope_of(world))
    assert {(one.rule, one.then, one.now) for one in found} == {("R-PAYER", False, True)}
    assert {one.on.year for one in found} == {2021}


def test_the_small_union_is_clean_and_has_nothing_open(make_world, scope_of):
    world = make_world("care", members=86, profile="small")
    scope = scope_of(world)
    values = facts.compute(FACTS, scope, cache=False)
    assert checks.run(CHECKS, scope) == []
    assert values["care.open_events"].value == 0
    assert values["care.aid_people"].by["cause"]["illness"] >= 2
    assert [claim.state for claim in claims.judge(CLAIMS, scope, values)] == ["holds"] * len(CLAIMS)


@pytest.mark.parametrize("members", [100, 400])
def test_rows_grow_with_the_members(make_world, members):
    make_world("care", members=members)
    assert 0.9 < Visit.objects.count() / members < 2.2
    assert AidCase.objects.count() >= members / 26
