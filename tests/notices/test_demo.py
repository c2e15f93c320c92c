from zhijia.core import checks, claims, facts
from zhijia.notices.checks import CHECKS
from zhijia.notices.facts import CLAIMS, FACTS


def test_the_demo_posts_housing_and_subsidy_every_year_and_breaks_no_rule(make_world, scope_of):
    world = make_world("notices", members=60)
    scope = scope_of(world)
    values = facts.compute(FACTS, scope, cache=False)
    assert values["notices.count"].at("kind", "subsidy") == values["notices.count"].at("kind", "housing") == 6
    assert values["notices.objections"].value == 1
    assert values["notices.answered"].value.full
    assert [claim.state for claim in claims.judge(CLAIMS, scope, values, cache=False)] == ["holds"]
    assert checks.run(CHECKS, scope) == []
    assert set(world.books["notices.subsidy"]) == set(world.years)
