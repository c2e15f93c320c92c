"""Newcomers admitted in time, late, and not yet."""

from dataclasses import replace
from datetime import date

import pytest

from zhijia.core import facts
from zhijia.core.cube import Rate
from zhijia.core.feature_types import Scope
from zhijia.members import services, standing
from zhijia.members.facts import FACTS
from zhijia.members.joining import ADMIT
from zhijia.members.models import Person
from zhijia.standards import numbers
from zhijia.unions import services as unions
from zhijia.unions.models import Union

AWAY = standing.Words("江州市总工会")
TERM = (date(2021, 1, 1), date(2027, 1, 1))


@pytest.fixture
def newcomers(db, by, today):
    union = unions.found({"code": "T", "name": "测试工会"}, by=by, today=today).pk

    def rate(*dates: tuple[date, date | None], on: date = today) -> Rate:
        """The rate of admission of newcomers, each given by arrival and admission."""
        for number, (arrived_on, admitted_on) in enumerate(dates):
            person = {"name": f"新人{number}", "staff_no": str(number), "sex": "male", "admitted_on": admitted_on}
            services.save_persons([person], union=union, by=by, today=today)
            row = {"name": f"新人{number}", "staff_no": str(number), "arrived_on": arrived_on}
            services.save_newcomers([row], union=union, by=by, today=today)
        spec = [spec for spec in FACTS if spec.key == "members.admitted_rate"]
        return facts.compute(spec, Scope(union, *TERM, on, "第五届", 5))["members.admitted_rate"].value

    return rate


def test_who_is_admitted_within_ninety_days_was_admitted_in_time(newcomers):
    assert newcomers((date(2024, 3, 1), date(2024, 5, 30))) == Rate(1, 1)


def test_who_is_admitted_later_was_not(newcomers):
    assert newcomers((date(2024, 3, 1), date(2024, 5, 31))) == Rate(0, 1)


def test_who_was_a_member_before_is_in_time(newcomers):
    assert newcomers((date(2024, 3, 1), date(2010, 1, 1))) == Rate(1, 1)


def test_who_came_a_month_ago_counts_neither_way(newcomers, today):
    assert newcomers((date(2024, 3, 1), date(2024, 4, 1)), (date(2026, 10, 20), None)) == Rate(1, 1)


def test_who_was_never_admitted_counts_as_not_admitted(newcomers):
    assert newcomers((date(2024, 3, 1), None)) == Rate(0, 1)


def test_an_admission_to_come_does_not_count_yet(newcomers):
    assert newcomers((date(2024, 3, 1), date(2024, 5, 1)), on=date(2024, 4, 1)) == Rate(0, 0)


def test_the_days_that_count_as_in_time_are_those_of_the_day_of_arrival(newcomers, by, today):
    dates = (date(2024, 3, 1), date(2024, 5, 1)), (date(2025, 3, 1), date(2025, 5, 1))
    assert newcomers(*dates) == Rate(2, 2)
    access = replace(by, union=Union.objects.get().pk)
    first = numbers.settle(ADMIT, 30, "2025年第1次委员会会议", first=date(2025, 1, 1), by=access, today=today)
    assert newcomers() == Rate(1, 2)
    numbers.settle(ADMIT, 61, "2026年第1次委员会会议", first=first.first, version=1, by=access, today=today)
    assert newcomers() == Rate(2, 2)


def test_a_membership_that_ended_before_is_not_what_the_newcomer_was_taken_in_to(newcomers, by, today):
    assert newcomers((date(2024, 3, 1), date(2010, 1, 1))) == Rate(1, 1)
    standing.change("transfer_out", Person.objects.get(), on=date(2020, 1, 1), words=AWAY, by=by, today=today)
    assert newcomers() == Rate(0, 1)


def test_who_was_admitted_in_time_stays_so_whatever_came_later(newcomers, by, today):
    assert newcomers((date(2024, 3, 1), date(2024, 4, 1))) == Rate(1, 1)
    for move, on in (("transfer_out", date(2025, 1, 1)), ("transfer_in", date(2026, 5, 1))):
        standing.change(move, Person.objects.get(), on=on, words=AWAY, by=by, today=today)
        assert newcomers() == Rate(1, 1), move


def test_the_opening_number_is_that_of_the_first_day_not_of_the_end_of_the_first_year(db, by, today):
    union = unions.found({"code": "T", "name": "测试工会"}, by=by, today=today).pk
    long_ago, day = date(2010, 1, 1), date(2021, 1, 1)
    periods = [(long_ago, None), (day, None), (long_ago, day), (long_ago, date(2021, 1, 2))]
    periods += [(long_ago, date(2021, 6, 1)), (date(2021, 5, 1), None)]
    for number, (admitted_on, left_on) in enumerate(periods):
        row = {"name": f"会员{number}", "staff_no": str(number), "sex": "male", "admitted_on": admitted_on}
        services.save_persons([row | {"left_on": left_on}], union=union, by=by, today=today)
    keys = ("members.opening", "members.active")
    found = facts.compute([spec for spec in FACTS if spec.key in keys], Scope(union, *TERM, today, "第五届", 5))
    assert found["members.opening"].value == 4
    assert found["members.active"].at("year", 2021) == found["members.active"].value == 3
