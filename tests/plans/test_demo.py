"""The demo's plans have the shape that the sample report tells of."""

from zhijia.core import checks, claims, facts
from zhijia.plans.checks import CHECKS
from zhijia.plans.facts import CLAIMS, FACTS
from zhijia.plans.models import Exemption, PlanItem


def test_every_year_of_the_full_demo_has_its_plan_meeting_and_its_summary(make_world, scope_of):
    world = make_world("plans")
    scope = scope_of(world)
    values = facts.compute(FACTS, scope, cache=False)
    judged = {claim.key: claim for claim in claims.judge(CLAIMS, scope, values, cache=False)}
    assert {claim.state for claim in judged.values()} == {"holds"}
    assert judged["claims.yearly_plan"].years == (2021, 2022, 2023, 2024, 2025, 2026)
    assert judged["claims.yearly_summary"].years == (2021, 2022, 2023, 2024, 2025)
    assert values["plans.meetings"].by["kind"]["plan_meeting"] == 6
    assert values["plans.summaries"].value == 5


def test_the_full_demo_is_mostly_done_and_leaves_problems_and_next_tasks_that_answer_them(make_world, scope_of):
    world = make_world("plans")
    values = facts.compute(FACTS, scope_of(world), cache=False)
    rate = values["plans.done_rate"].value
    assert 0.93 < rate.num / rate.den < 1
    assert values["plans.late_items"].by["standing"] == {"late": 2, "overdue": 2, "dropped": 1}
    assert all(item.label[1] for item in values["plans.late_items"].items)
    assert 4 <= values["plans.next_tasks"].value <= 6
    assert all(item.label[1] for item in values["plans.next_tasks"].items)
    assert {"efficiency", "style", "learning"} <= set(values["plans.campaigns"].by["kind"])
    assert all(item.label[2] for item in values["plans.campaigns"].items)
    assert values["plans.linked_tasks"].value == values["plans.key_tasks"].value - 1
    assert not Exemption.objects.exists()


def test_only_the_overdue_items_of_the_last_year_are_found_in_the_full_demo(make_world, scope_of):
    world = make_world("plans")
    found = checks.run(CHECKS, scope_of(world))
    assert [(finding.rule, finding.on.year) for finding in found] == [("R-PLA-01", 2026), ("R-PLA-01", 2026)]


def test_the_small_demo_holds_its_claims_and_breaks_no_rule(make_world, scope_of):
    world = make_world("plans", members=86, profile="small")
    scope = scope_of(world)
    values = facts.compute(FACTS, scope, cache=False)
    assert {claim.state for claim in claims.judge(CLAIMS, scope, values, cache=False)} == {"holds"}
    assert checks.run(CHECKS, scope) == []
    assert not PlanItem.objects.filter(done_on__gt=world.today).exists()
    assert values["plans.next_tasks"].value >= 4
