"""Rules of voice: anonymous authors, parts and wholes, the order of days."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from zhijia.voice import rules

NUMBERS = st.one_of(st.none(), st.integers(0, 500))
DAYS = st.one_of(st.none(), st.dates(date(2020, 1, 1), date(2027, 1, 1)))


def test_an_author_who_did_not_sign_is_nobody():
    assert rules.author(" 匿名 ") == rules.author("—") == rules.author("") == ""
    assert rules.author(" 张伟 ") == "张伟"


@given(NUMBERS, NUMBERS)
def test_a_part_is_refused_only_when_both_numbers_are_known_and_it_is_greater(part, whole):
    expected = part is not None and whole is not None and part > whole
    assert bool(rules.part_problem(part, whole, "多")) == expected


@given(DAYS, DAYS)
def test_days_out_of_order_are_a_problem_only_when_both_are_known(first, second):
    assert bool(rules.order_problem(first, second, "早")) == bool(first and second and second < first)


def test_an_answer_is_due_within_about_three_months():
    assert timedelta(days=90) <= rules.ANSWER_WITHIN <= timedelta(days=93)
