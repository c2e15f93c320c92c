from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhijia.standards import rules

DAYS = st.dates(date(2019, 1, 1), date(2026, 12, 31))


def cap(amount, first, end=None, *, confirmed=True, shape="per_year", tier="", item="festival_gift"):
    return rules.Cap(item, shape, amount, None, None, tier, "R-FUN-04", "", "文件", confirmed, "province", first, end)


def test_a_cap_is_the_one_in_force_on_the_day():
    book = rules.Standards((cap(150000, date(2018, 1, 1), date(2023, 1, 1)), cap(220000, date(2023, 1, 1))))
    assert book.cap("festival_gift", date(2017, 12, 31)) is None
    assert book.cap("festival_gift", date(2022, 12, 31)).amount_fen == 150000
    assert book.cap("festival_gift", date(2023, 1, 1)).amount_fen == 220000


def test_the_lowest_confirmed_cap_binds_and_an_unconfirmed_one_only_warns():
    book = rules.Standards(
        (cap(100, date(2020, 1, 1), confirmed=False), cap(300, date(2020, 1, 1)), cap(200, date(2020, 1, 1)))
    )
    assert book.cap("festival_gift", date(2021, 1, 1)).amount_fen == 200
    only = rules.Standards((cap(100, date(2020, 1, 1), confirmed=False),))
    assert only.cap("festival_gift", date(2021, 1, 1)).severity == "待确认"


def test_a_tier_replaces_the_plain_cap_of_its_shape():
    book = rules.Standards((
        cap(500, date(2018, 1, 1), shape="once", item="hospital"),
        cap(1000, date(2018, 1, 1), shape="once", item="hospital", tier="手术"),
    ))  # fmt: skip
    day = date(2020, 1, 1)
    assert book.cap("hospital", day).amount_fen == 500
    assert book.cap("hospital", day, tier="手术").amount_fen == 1000
    assert book.cap("hospital", day, tier="别的").amount_fen == 500


def test_ratios_are_read_exactly():
    assert rules.ratio_of("2/3") == Fraction(2, 3)
    assert rules.ratio_of("40%") == rules.ratio_of("40％") == Fraction(2, 5)
    assert rules.ratio_of("") is None
    with pytest.raises(ValueError, match="不是比例"):
        rules.ratio_of("很多")


def test_days_moved_for_the_spring_festival_of_2026_count_as_work_and_rest():
    assert rules.is_working_day(date(2026, 2, 14))  # Saturday, 调休
    assert not rules.is_working_day(date(2026, 2, 16))  # Monday, 除夕
    assert rules.working_days_between(date(2026, 2, 14), date(2026, 2, 24)) == 2
    assert rules.add_working_days(date(2026, 9, 30), 5) == date(2026, 10, 13)


def test_the_unions_own_calendar_wins():
    assert rules.working_days_between(date(2026, 3, 2), date(2026, 3, 6), {date(2026, 3, 4): False}) == 4
    assert rules.is_working_day(date(2026, 3, 7), {date(2026, 3, 7): True})


@given(DAYS, st.integers(0, 30))
def test_adding_working_days_passes_exactly_as_many(day, count):
    reached = rules.add_working_days(day, count)
    assert rules.working_days_between(day + timedelta(days=1), reached) == count


@given(DAYS, DAYS, DAYS)
def test_working_days_of_two_spells_add_up(one, two, three):
    first, middle, last = sorted((one, two, three))
    whole = rules.working_days_between(first, last)
    assert whole == rules.working_days_between(first, middle) + rules.working_days_between(
        middle + timedelta(days=1), last
    )


def test_counting_backwards_is_refused():
    with pytest.raises(ValueError, match="负数"):
        rules.add_working_days(date(2026, 1, 1), -1)
