"""Who left and came back, and who moved: the past is read as it was, by registers, facts and the ledger's checks."""

from datetime import date

import pytest

from zhijia.core import fact_cache, facts
from zhijia.core.feature_types import Scope
from zhijia.core.outcomes import Refused
from zhijia.members import past_records, services
from zhijia.members.facts import FACTS
from zhijia.members.models import Person, Stretch
from zhijia.unions import services as unions

CAME_BACK = {"admitted_on": date(2010, 1, 1), "left_on": date(2014, 6, 1), "leaving": "transferred"}


@pytest.fixture
def union(db, by, today):
    return unions.found({"code": "T", "name": "测试工会"}, by=by, today=today).pk


@pytest.fixture
def save(union, by, today):
    def run(service, **row):
        return service([row], union=union, by=by, today=today, origin="recorded")[0]

    return run


@pytest.fixture
def person(save):
    return save(services.save_persons, name="王归", sex="female", staff_no="1", admitted_on=date(2018, 3, 1))


def full(union: int, day: date) -> set[str]:
    """The names in force on the day, read from the persons; the view must say the same."""
    names = set(Person.objects.in_union(union).members_on(day).values_list("name", flat=True))
    rows = Stretch.objects.in_union(union).on(day)
    assert names == {row.name for row in rows if row.end is None or row.end > day}
    return names


def test_a_membership_that_ended_before_counts_on_its_own_days(union, save, person):
    save(past_records.save_earlier, person=person, **CAME_BACK)
    days = (date(2009, 12, 31), date(2010, 1, 1), date(2014, 5, 31), date(2014, 6, 1), date(2018, 3, 1))
    assert [bool(full(union, day)) for day in days] == [False, True, True, False, True]


def test_a_rest_inside_the_earlier_membership_is_no_full_membership(union, save, person):
    save(past_records.save_earlier, person=person, **CAME_BACK, retained_on=date(2012, 1, 1))
    assert full(union, date(2011, 12, 31)) == {"王归"}
    assert full(union, date(2013, 1, 1)) == set()
    assert Stretch.objects.on(date(2013, 1, 1)).get().end == date(2012, 1, 1)


def test_the_place_of_a_day_is_the_place_of_then(union, save, person):
    first, second = (save(unions.save_groups, name=name) for name in ("一组", "二组"))
    save(past_records.save_earlier, person=person, **CAME_BACK)
    save(past_records.save_placements, person=person, group=first, department="甲处", first=None, end=date(2012, 1, 1))
    save(past_records.save_placements, person=person, group=second, department="乙处", first=None, end=date(2020, 1, 1))
    days = (date(2011, 12, 31), date(2012, 1, 1), date(2019, 12, 31), date(2020, 1, 1))
    assert [Stretch.objects.on(day).get().department for day in days] == ["甲处", "乙处", "乙处", ""]
    assert [Stretch.objects.on(day).get().group_id for day in days] == [first, second, second, None]
    assert len(set(Stretch.objects.values_list("pk", flat=True))) == Stretch.objects.count() == 6


def test_facts_count_who_came_back_in_both_stretches_and_once_a_day(union, save, person, today):
    save(past_records.save_earlier, person=person, **CAME_BACK)
    scope = Scope(union, date(2009, 1, 1), date(2027, 1, 1), today, "", None)
    values = facts.compute(FACTS, scope, cache=False)
    years = {year: values["members.active"].at("year", year) for year in (2009, 2010, 2013, 2014, 2017, 2018)}
    assert years == {2009: 0, 2010: 1, 2013: 1, 2014: 0, 2017: 0, 2018: 1}
    assert values["members.active"].value == 1
    assert values["members.admitted"].value == 2


def test_the_cache_knows_what_the_view_reads(union):
    sql, _parameters = fact_cache.statement(Stretch.objects.in_union(union))
    assert fact_cache.tables_in(sql) == {"members_person", "members_earliermembership", "members_placement"}


@pytest.mark.parametrize(
    "row",
    [
        {"admitted_on": date(2010, 1, 1), "left_on": date(2018, 3, 2)},
        {"admitted_on": date(2010, 1, 1), "left_on": date(2010, 1, 1)},
        {"admitted_on": date(2014, 1, 1), "left_on": date(2016, 1, 1)},
    ],
    ids=["reaches into today's", "has no day", "overlaps another"],
)
def test_an_impossible_earlier_membership_is_refused(save, person, row):
    save(past_records.save_earlier, person=person, **CAME_BACK)
    with pytest.raises(Refused):
        save(past_records.save_earlier, person=person, **row)


def test_an_impossible_place_is_refused(save, person, today):
    save(past_records.save_placements, person=person, first=date(2018, 3, 1), end=date(2020, 1, 1))
    with pytest.raises(Refused, match="重叠"):
        save(past_records.save_placements, person=person, first=date(2019, 3, 1), end=date(2021, 1, 1))
    with pytest.raises(Refused, match="还没有结束"):
        save(past_records.save_placements, person=person, first=None, end=date(2027, 1, 1))


def test_a_rest_that_ended_is_no_new_member(union, save, person, today):
    rested = {"admitted_on": date(2010, 1, 1), "retained_on": date(2014, 1, 1), "left_on": date(2018, 3, 1)}
    save(past_records.save_earlier, person=person, **rested)
    scope = Scope(union, date(2009, 1, 1), date(2027, 1, 1), today, "", None)
    values = facts.compute(FACTS, scope, cache=False)
    assert (values["members.admitted"].value, values["members.active"].value) == (1, 1)
