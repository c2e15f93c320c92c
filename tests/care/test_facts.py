from datetime import date, timedelta

import pytest

from zhijia.care import services
from zhijia.care.facts import CLAIMS, FACTS
from zhijia.care.feature import FEATURE
from zhijia.care.models import Visit
from zhijia.core import claims, evidence, facts
from zhijia.core.access import Access
from zhijia.members.models import Person
from zhijia.unions.models import Group

SPECS = {spec.key: spec for spec in FACTS}


@pytest.fixture
def happen(world, by, today, who):
    def run(name="李秀英", kind="hospital", on=date(2024, 3, 5), relation="self"):
        row = {"person": who(name), "relation": relation, "kind": kind, "happened_on": on, "known_on": on}
        return services.save_events([row], union=world.union, by=by, today=today)[0]

    return run


@pytest.fixture
def visit(world, by, today, who):
    def run(name="李秀英", category="hospital", on=date(2024, 3, 8), event=None, **more):
        row = {"person": who(name), "person_name": "", "category": category, "occasion": "", "event": event, "on": on,
               "money_fen": 50000, "goods_fen": 0, "receipt": True, **more}  # fmt: skip
        return services.save_visits([row], union=world.union, by=by, today=today)[0]

    return run


def value(scope, key):
    return facts.compute([SPECS[key]], scope, cache=False)[key].value


def state(scope, key):
    values = facts.compute(FACTS, scope, cache=False)
    return next(claim for claim in claims.judge(CLAIMS, scope, values) if claim.key == key)


def test_a_visit_that_names_the_event_meets_it_however_late(happen, visit, scope):
    visit(event=happen(), on=date(2024, 6, 1))
    rate = value(scope, "care.visit_rate")
    assert (rate.num, rate.den) == (1, 1)


def test_a_visit_without_the_events_name_meets_it_inside_the_window_only(happen, visit, scope):
    happen()
    visit(on=date(2024, 3, 4))
    visit(on=date(2024, 3, 20))
    visit(category="birth")
    visit(name="王小明")
    assert value(scope, "care.visit_rate").num == 0
    visit(on=date(2024, 3, 19))
    assert value(scope, "care.visit_rate").num == 1


def test_an_event_still_in_time_counts_neither_way_until_it_is_visited(happen, visit, scope, today):
    event = happen(on=today - timedelta(days=14))
    happen(name="王小明", on=today - timedelta(days=15))
    rate = value(scope, "care.visit_rate")
    assert (rate.num, rate.den, value(scope, "care.open_events")) == (0, 1, 1)
    visit(event=event, on=today)
    rate = value(scope, "care.visit_rate")
    assert (rate.num, rate.den, value(scope, "care.open_events")) == (1, 2, 0)
    assert value(scope, "care.must_visit_events") == 2


def test_visits_alone_prove_no_rate(visit, scope):
    visit()
    assert value(scope, "care.visit_rate").den == 0
    assert state(scope, "claims.every_must_visit").state == "unknown"


def test_every_death_visited_is_refuted_by_naming_the_one_that_was_not(happen, visit, scope):
    visit(event=happen(kind="relative_death", relation="parent"), category="relative_death")
    assert state(scope, "claims.every_death_visited").state == "holds"
    happen(name="王小明", kind="member_death")
    refuted = state(scope, "claims.every_death_visited")
    assert refuted.state == "refuted"
    assert "王小明" in refuted.missing[0]
    assert "职工去世" in refuted.missing[0]
    assert state(scope, "claims.every_hospital_visited").state == "unknown"


def test_a_withdrawn_visit_meets_nothing(happen, visit, scope, today):
    Visit.objects.filter(pk=visit(event=happen())).update(withdrawn_on=today)
    assert value(scope, "care.visit_rate").num == 0


def test_warmth_is_yearly_only_where_main_leaders_went_every_year(visit, scope):
    for year in range(2021, 2027):
        visit(category="hardship", on=date(year, 1, 15), by_leader=year != 2023)
    refuted = state(scope, "claims.yearly_warmth")
    assert (refuted.state, len(refuted.missing)) == ("refuted", 1)
    assert "2023" in refuted.missing[0]
    visit(category="ill", on=date(2023, 1, 16), by_leader=True)
    assert state(scope, "claims.yearly_warmth").state == "holds"


def test_aided_persons_are_counted_once_and_payments_each(world, by, today, who, scope):
    rows = [
        {"person": person, "person_name": name, "applied_on": on, "cause": cause, "paid_on": on, "amount_fen": 100}
        for person, name, on, cause in (
            (who("李秀英"), "", date(2022, 3, 1), "own_illness"),
            (who("李秀英"), "", date(2023, 3, 1), "family_illness"),
            (None, "陈德福", date(2023, 3, 1), "schooling"),
            (None, "陈德福", date(2024, 3, 1), "schooling"),
        )
    ]
    services.save_aid(rows, union=world.union, by=by, today=today)
    found = facts.compute(FACTS, scope, cache=False)
    assert found["care.aid_people"].value == 2
    assert found["care.aid_people"].by["cause"] == {"illness": 1, "other": 1}
    assert found["care.aid_payments"].value == 4
    assert found["care.aid_amount"].value == 400


def test_unanswered_events_are_reminded_of_without_an_illness(happen, visit, world, today):
    access = Access(union=world.union, on=today, permissions=frozenset({"care.edit"}))
    happen(on=today - timedelta(days=3))
    late = happen(name="王小明", kind="birth", on=today - timedelta(days=30))
    happen(name="周建民", on=date(2022, 1, 1))
    told = list(FEATURE.reminders(access, today))
    assert [reminder.text for reminder in told] == [
        "走访王小明（生育），11月4日以前，已超过期限",
        "走访李秀英（生病住院），12月1日以前",
    ]
    visit(name="王小明", category="birth", event=late, on=today)
    (left,) = FEATURE.reminders(access, today)
    assert left.label == "care.Visit"
    assert dict(left.start)["category"] == "hospital"


def test_those_who_only_report_are_reminded_of_the_groups_that_they_lead(happen, world, today):
    happen(on=today - timedelta(days=3))
    group = Group.objects.create(union_id=world.union, name="一组").pk
    Person.objects.in_union(world.union).update(group=group)

    def told(*groups):
        access = Access(world.union, today, groups=frozenset(groups), permissions=frozenset({"care.report"}))
        return [one.permission for one in FEATURE.reminders(access, today)]

    assert told() == []
    assert told(group) == ["care.report"]


def test_every_fact_is_what_its_evidence_says(make_world, scope_of):
    world = make_world("care", members=60)
    scope = scope_of(world)
    for key, found in facts.compute(FACTS, scope, cache=False).items():
        rows = list(evidence.rows(SPECS[key], scope))
        measure = SPECS[key].measure
        if measure == "rate":
            assert (found.value.num, found.value.den) == (
                sum(row.met is True for row in rows), sum(row.met is not None for row in rows)
            )  # fmt: skip
        else:
            brute = {
                "count": len(rows),
                "distinct": len({row.who for row in rows}),
                "total": sum(row.fen or 0 for row in rows),
            }
            assert found.value == brute[measure], key
        years = found.by["year"]
        if measure in ("count", "total"):
            assert sum(years.values()) == found.value, key
