"""Checks and reminders of voice: each finds its breach and leaves the clean record alone."""

from dataclasses import replace
from datetime import timedelta

import pytest

from zhijia.core import checks
from zhijia.standards import numbers
from zhijia.voice import terms
from zhijia.voice.checks import CHECKS
from zhijia.voice.models import RightsMatter, Suggestion
from zhijia.voice.reminders import reminders


@pytest.fixture
def world(make_world):
    return make_world("voice", members=86, profile="small")


def test_an_answer_exactly_at_the_end_of_its_time_is_in_time_and_a_day_later_it_is_not(world, scope_of):
    row = Suggestion.objects.filter(on__year=2022).first()
    for days, rules_found in ((0, []), (1, ["R-VOI-01"])):
        answered_on = row.on + timedelta(days=terms.ANSWER.usual + days)
        Suggestion.objects.filter(pk=row.pk).update(answered_on=answered_on)
        assert [finding.rule for finding in checks.run(CHECKS, scope_of(world))] == rules_found


def test_a_suggestion_never_answered_is_found_as_to_be_confirmed(world, scope_of):
    row = Suggestion.objects.filter(on__year=2022).first()
    Suggestion.objects.filter(pk=row.pk).update(answered_on=None)
    (finding,) = checks.run(CHECKS, scope_of(world))
    assert (finding.rule, finding.level, finding.uid) == ("R-VOI-01", "待确认", str(row.uid))


def test_a_matter_of_rights_left_open_is_found(world, scope_of):
    row = RightsMatter.objects.filter(on__year=2022).first()
    RightsMatter.objects.filter(pk=row.pk).update(settled_on=None)
    (finding,) = checks.run(CHECKS, scope_of(world))
    assert (finding.rule, finding.record) == ("R-VOI-02", row.matter)


def test_a_refusal_without_a_reason_is_found(world, scope_of):
    row = Suggestion.objects.filter(adopted=False).first()
    Suggestion.objects.filter(pk=row.pk).update(answer="")
    (finding,) = checks.run(CHECKS, scope_of(world))
    assert finding.rule == "R-VOI-03"


def test_reminders_name_the_open_suggestions_with_their_days(world, by):
    (reminder,) = reminders(replace(by, union=world.union), world.today)
    row = Suggestion.objects.get(answered_on=None)
    assert reminder.due == row.on + timedelta(days=terms.ANSWER.usual)
    assert row.text in reminder.text


def test_the_days_that_the_union_settled_are_those_that_checks_and_reminders_go_by(world, by, scope_of):
    access = replace(by, union=world.union)
    row = Suggestion.objects.filter(on__year=2022).first()
    Suggestion.objects.filter(pk=row.pk).update(answered_on=row.on + timedelta(days=40))
    assert not [one for one in checks.run(CHECKS, scope_of(world)) if one.uid == str(row.uid)]
    numbers.settle(terms.ANSWER, 30, "2026年第8次委员会会议", by=access, today=world.today)
    (finding,) = [one for one in checks.run(CHECKS, scope_of(world)) if one.uid == str(row.uid)]
    assert (finding.rule, finding.message) == ("R-VOI-01", "40天后才答复，超过30天")
    open_ = Suggestion.objects.get(answered_on=None)
    assert next(one.due for one in reminders(access, world.today)) == open_.on + timedelta(days=30)


def test_what_began_before_a_number_is_judged_by_the_one_of_then(world, by, scope_of):
    access = replace(by, union=world.union)
    row = Suggestion.objects.filter(on__year=2022).first()
    Suggestion.objects.filter(pk=row.pk).update(answered_on=row.on + timedelta(days=40))
    numbers.settle(
        terms.ANSWER, 30, "2026年第8次委员会会议", first=row.on + timedelta(days=1), by=access, today=world.today
    )
    assert not [one for one in checks.run(CHECKS, scope_of(world)) if one.uid == str(row.uid)]
    assert numbers.value(world.union, terms.ANSWER) == 30
