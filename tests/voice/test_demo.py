"""The demo's voices have the shape that the sample report tells of."""

from zhijia.core import checks, claims, facts
from zhijia.voice.checks import CHECKS
from zhijia.voice.facts import CLAIMS, FACTS
from zhijia.voice.models import Suggestion


def test_the_full_demo_hears_about_twenty_suggestions_a_year_and_leaves_only_recent_ones_open(make_world, scope_of):
    world = make_world("voice", members=260)
    scope = scope_of(world)
    values = facts.compute(FACTS, scope, cache=False)
    assert all(17 <= values["voice.suggestions"].at("year", year) <= 23 for year in range(2021, 2027))
    open_ones = Suggestion.objects.in_union(world.union).filter(answered_on=None)
    assert [(world.today - row.on).days for row in open_ones.order_by("-on")] == [12, 20]
    assert values["voice.answered_rate"].value.full
    assert 0 < values["voice.adopted"].value < values["voice.suggestions"].value
    assert [claim.state for claim in claims.judge(CLAIMS, scope, values, cache=False)] == ["holds"]
    assert checks.run(CHECKS, scope) == []


def test_the_full_demo_consults_on_housing_and_office_and_guards_the_four_fields_of_rights(make_world, scope_of):
    world = make_world("voice", members=260)
    values = facts.compute(FACTS, scope_of(world), cache=False)
    assert {"housing", "office"} <= set(values["voice.consultations"].by["matter"])
    assert set(values["voice.rights_matters"].by["field"]) == {"political", "democratic", "economic", "women"}
    assert {"pay", "medical", "leave", "health"} <= set(values["voice.rights_matters"].by["sub"])
    assert 0 < values["voice.escalations"].value < values["voice.rights_matters"].value
    assert values["voice.online_home"].items[0].on.year == 2022
    assert values["voice.channels"].value == 5


def test_the_full_demo_has_ratings_of_each_year_and_one_low_area(make_world, scope_of):
    world = make_world("voice", members=260)
    values = facts.compute(FACTS, scope_of(world), cache=False)
    assert values["voice.rating"].by["rater"] == {"superior": 5, "members": 5, "self": 5}
    assert set(values["voice.rating"].by["grade"]) == {"excellent", "good"}
    assert [(item.year, item.dims["topic"]) for item in values["voice.low_ratings"].items] == [(2025, "culture")]


def test_the_small_demo_has_every_kind_in_smaller_numbers(make_world, scope_of):
    world = make_world("voice", members=86, profile="small")
    scope = scope_of(world)
    values = facts.compute(FACTS, scope, cache=False)
    for key in (
        "voice.suggestions",
        "voice.consultations",
        "voice.rules_shared",
        "voice.rights_matters",
        "voice.openness",
    ):
        assert 0 < values[key].value < 50, key
    assert checks.run(CHECKS, scope) == []
    assert [claim.state for claim in claims.judge(CLAIMS, scope, values, cache=False)] == ["holds"]
