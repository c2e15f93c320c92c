"""Delegates and elections held: numbers, bands, and what is wrong with a bad one."""

from datetime import date

import pytest

from zhijia.core import evidence, facts
from zhijia.core.outcomes import Refused
from zhijia.elections import checks, rules, services
from zhijia.elections.facts import FACTS
from zhijia.elections.models import Candidacy, Delegate, Election
from zhijia.members import services as members
from zhijia.members.past_records import save_earlier
from zhijia.unions import rules as union_rules
from zhijia.unions import services as unions
from zhijia.unions.models import Group


@pytest.mark.parametrize(("due", "quorum", "majority"), [(86, 58, 44), (3, 2, 2), (100, 67, 51)])
def test_quorum_is_two_thirds_and_a_majority_more_than_half_of_those_due(due, quorum, majority):
    assert (union_rules.quorum(due), rules.majority(due)) == (quorum, majority)


BANDS = [
    (24, (3, 5), None),
    (99, (3, 7), None),
    (100, (3, 7), (30, 40)),
    (201, (7, 15), (40, 60)),
    (1_001, (15, 21), (60, 90)),
]


@pytest.mark.parametrize(("members", "seats", "delegates"), BANDS)
def test_bands_follow_the_number_of_members(members, seats, delegates):
    assert rules.seat_band(members) == seats
    assert rules.delegate_band(members) == delegates


def test_the_demo_has_some_fifty_delegates_and_clean_elections(make_world, scope_of):
    world = make_world("elections", members=260)
    scope = scope_of(world)
    values = facts.compute(FACTS, scope, cache=False)
    assert 45 <= values["elections.delegates"].value <= 55
    leaders = values["elections.delegate_leader_share"].value
    assert leaders.num * 5 <= leaders.den
    assert values["elections.due"].at("body", "committee") == 52
    assert [finding for check in checks.CHECKS for finding in check.run(scope)] == []


def test_a_small_union_meets_in_full_and_has_no_delegates(make_world, scope_of):
    world = make_world("elections", members=86, profile="small")
    assert not Delegate.objects.exists()
    assert [finding for check in checks.CHECKS for finding in check.run(scope_of(world))] == []


def test_delegates_of_a_group_founded_anew_are_told_apart_from_those_of_the_old_one(make_world, scope_of, today):
    world = make_world("elections", members=260)
    day = date(2024, 3, 1)
    groups = {"第九组": (date(2015, 1, 1), day), "第九组（新）": (date(2025, 1, 1), None)}
    rows = [{"name": name, "rank": 90, "first": first, "end": end} for name, (first, end) in groups.items()]
    pks = unions.save_groups(rows, union=world.union, by=world.by, today=today)
    Group.objects.filter(pk=pks[1]).update(name="第九组")
    known = Delegate.objects.order_by("-congress").first()
    for pk, elected_on, human in zip(pks, (date(2023, 5, 1), date(2025, 5, 1)), world.members_on(today), strict=False):
        row = {"person": human.pk, "congress": known.congress, "group": pk, "elected_on": elected_on, "role": "model"}
        services.save_delegates([row], union=world.union, by=world.by, today=today)
    scope = scope_of(world)
    by = facts.compute(FACTS, scope, cache=False)["elections.delegates"].by["group"]
    assert {code: number for code, number in by.items() if code.startswith("第九组")} == {
        "第九组（2024年止）": 1, "第九组（2025年起）": 1,
    }  # fmt: skip
    assert facts.compute(FACTS, scope)["elections.delegates"].by["group"] == by
    assert facts.compute(FACTS, scope)["elections.delegates"].by["group"] == by  # as it was kept
    found = evidence.rows(FACTS[0], scope, by={"group": "第九组（2024年止）"})
    assert [row.label[1] for row in found] == ["第九组（2024年止）"]


@pytest.fixture
def held(make_world):
    world = make_world("elections", members=120)
    return world, Election.objects.filter(body="committee").get()


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"present_count": 30, "issued": 30, "returned": 30, "valid": 29}, "R-ELE-07"),
        ({"issued": 51}, "R-ELE-08"),
        ({"valid": 40}, "R-ELE-10"),
        ({"seats": 8}, "R-ELE-03"),
        ({"seats": 12}, "R-ELE-02"),
        ({"due_count": 200}, "R-ELE-11"),
    ],
)
def test_a_breach_is_found_and_named(held, scope_of, change, rule):
    world, election = held
    Election.objects.filter(pk=election.pk).update(**change)
    found = {finding.rule for check in checks.CHECKS for finding in check.run(scope_of(world))}
    assert rule in found


def test_too_many_leaders_among_the_delegates_are_noticed(make_world, scope_of):
    world = make_world("elections", members=260)
    Delegate.objects.update(role="leader")
    assert [finding.rule for finding in checks.leader_share(scope_of(world))] == ["R-CON-05"]


def test_delegates_below_the_band_are_noticed(make_world, scope_of):
    world = make_world("elections", members=260)
    keep = list(Delegate.objects.values_list("pk", flat=True)[:10])
    Delegate.objects.exclude(pk__in=keep).delete()
    assert [finding.rule for finding in checks.delegate_number(scope_of(world))] == ["R-CON-02"]


def test_a_retained_member_can_not_be_recorded_as_elected_delegate(make_world):
    world = make_world("members", members=260)
    retired = next(
        human for human in world.people if human.admitted_on and human.ended_on and human.ended_on < date(2026, 1, 1)
    )
    with pytest.raises(Refused):
        world.save(services.save_delegates, [{"person": retired.pk, "congress": 6, "elected_on": date(2026, 10, 15)}])


def test_a_delegate_of_an_earlier_congress_may_have_left_and_be_back(make_world):
    world = make_world("members", members=60)
    back = {"name": "王归", "sex": "male", "birth_on": date(1975, 5, 1), "admitted_on": date(2019, 1, 1)}
    (person,) = world.save(members.save_persons, [back])
    dates = {"admitted_on": date(2001, 1, 1), "retained_on": date(2009, 1, 1), "left_on": date(2010, 1, 1)}
    world.save(save_earlier, [{"person": person, **dates}])

    def elect(on):
        world.save(services.save_delegates, [{"person": person, "congress": 5, "elected_on": on}])

    wrong = {date(2000, 1, 1): "not_member", date(2009, 6, 1): "R-ELE-01", date(2012, 1, 1): "not_member"}
    for day, code in wrong.items():
        with pytest.raises(Refused) as refused:
            elect(day)
        assert [one.code for one in refused.value.violations] == [code], day
    elect(date(2005, 1, 1))


def test_a_count_that_does_not_add_up_is_refused_on_entry(make_world):
    world = make_world("members", members=60)
    row = {"title": "选举", "body": "committee", "on": world.first, "due_count": 50, "present_count": 48,
           "issued": 48, "returned": 48, "valid": 40, "invalid": 1, "seats": 5}  # fmt: skip
    with pytest.raises(Refused) as refused:
        world.save(services.save_elections, [row, {**row, "title": "另一次", "present_count": 60}])
    assert [violation.code for violation in refused.value.violations] == ["R-ELE-10", "present", "R-ELE-10"]
    assert not Candidacy.objects.exists()
