"""Checks and reminders of plans: each finds its breach and leaves the clean record alone."""

from dataclasses import replace
from datetime import date

import pytest

from zhijia.core import checks, claims, facts
from zhijia.plans import services
from zhijia.plans.checks import CHECKS
from zhijia.plans.facts import CLAIMS, FACTS
from zhijia.plans.models import Meeting, PlanItem, Summary
from zhijia.plans.reminders import reminders


@pytest.fixture
def world(make_world):
    return make_world("plans", members=86, profile="small")


def test_a_calendar_year_without_a_congress_is_found(world, scope_of):
    Meeting.objects.filter(kind="congress", on__year=2023).update(withdrawn_on=world.today)
    (finding,) = checks.run(CHECKS, scope_of(world))
    assert (finding.rule, finding.record, finding.level) == ("R-CON-04", "2023年", "warn")


def test_a_congress_without_two_thirds_is_found(world, scope_of):
    Meeting.objects.filter(kind="congress", on__year=2024).update(due=60, present=39)
    (finding,) = checks.run(CHECKS, scope_of(world))
    assert finding.rule == "R-PLA-03"
    assert "40人" in finding.message


def test_an_overdue_item_and_a_dropped_one_without_a_reason_are_found(world, scope_of):
    first, second, third = PlanItem.objects.filter(year=2023).order_by("pk")[:3]
    PlanItem.objects.filter(pk=first.pk).update(state="open", done_on=None)
    PlanItem.objects.filter(pk=second.pk).update(state="dropped", done_on=None)
    PlanItem.objects.filter(pk=third.pk).update(state="dropped", done_on=None, reason="合并办理")
    found = checks.run(CHECKS, scope_of(world))
    assert {finding.uid for finding in found} == {str(first.uid), str(second.uid)}
    assert {finding.rule for finding in found} == {"R-PLA-01"}


def test_a_summary_that_lacks_a_part_is_found_and_refutes_its_claim(world, scope_of):
    Summary.objects.filter(year=2022).update(problems="")
    scope = scope_of(world)
    (finding,) = checks.run(CHECKS, scope)
    assert (finding.rule, finding.level, finding.message) == ("R-PLA-02", "待确认", "总结缺少问题")
    values = facts.compute(FACTS, scope, cache=False)
    states = {claim.key: claim.state for claim in claims.judge(CLAIMS, scope, values, cache=False)}
    assert states["claims.yearly_summary"] == states["claims.plan_and_summary"] == "refuted"


def test_a_plan_meeting_in_april_does_not_answer_for_the_beginning_of_the_year(world, scope_of):
    Meeting.objects.filter(kind="plan_meeting", on__year=2023).update(on=date(2023, 4, 3))
    scope = scope_of(world)
    judged = claims.judge(CLAIMS, scope, facts.compute(FACTS, scope, cache=False), cache=False)
    plan = next(claim for claim in judged if claim.key == "claims.yearly_plan")
    assert plan.state == "refuted"
    assert len(plan.missing) == 1


def test_without_any_plan_the_claims_can_not_be_told(world, scope_of):
    PlanItem.objects.update(withdrawn_on=world.today)
    scope = scope_of(world)
    judged = claims.judge(CLAIMS, scope, facts.compute(FACTS, scope, cache=False), cache=False)
    assert next(claim.state for claim in judged if claim.key == "claims.plan_and_summary") == "unknown"


def test_reminders_name_what_is_due_and_fall_silent_when_it_is_done(world, by):
    access = replace(by, union=world.union)
    due = {reminder.key: reminder for reminder in reminders(access, date(2026, 11, 20))}
    assert "plans.summary.2026" in due
    assert "plans.congress.2026" not in due
    summary = {"year": 2026, "on": date(2026, 11, 20), "achievements": "一", "problems": "二", "direction": "三"}
    services.save_summaries([summary], union=world.union, by=access, today=world.today)
    assert "plans.summary.2026" not in {reminder.key for reminder in reminders(access, world.today)}
    assert "plans.meeting.2027" in {reminder.key for reminder in reminders(access, date(2027, 1, 5))}
