"""What many rooms ask of their rows, and the texts beside loose references."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from zhijia.core import row_checks
from zhijia.core.frame import Frame

NUMBERS = st.one_of(st.none(), st.integers(0, 500))
DAYS = st.one_of(st.none(), st.dates(date(2020, 1, 1), date(2027, 1, 1)))


def row(**cells):
    return Frame.of([cells])


@given(NUMBERS, NUMBERS)
def test_a_part_is_refused_only_when_both_numbers_are_known_and_it_is_greater(part, whole):
    expected = part is not None and whole is not None and part > whole
    assert bool(list(row_checks.part_problems(row(part=part, whole=whole), "part", "whole", "多"))) == expected


@given(DAYS, DAYS)
def test_days_out_of_order_are_a_problem_only_when_both_are_known(first, then):
    found = list(row_checks.order_problems(row(first=first, then=then), "first", "then", "早"))
    assert bool(found) == bool(first and then and then < first)


@given(DAYS, DAYS)
def test_a_period_without_a_day_is_a_problem_and_an_open_one_is_not(first, end):
    found = list(row_checks.period_problems(row(first=first, end=end)))
    assert bool(found) == bool(first and end and end <= first)


@given(NUMBERS, DAYS)
def test_of_two_cells_that_belong_together_the_empty_one_is_pointed_at(fen, day):
    found = list(row_checks.together_problems(row(fen=fen, day=day), "fen", "day", "paid", "要一起填写"))
    assert [violation.place.column for violation in found] == (
        [] if bool(fen) == bool(day) else ["day"] if fen else ["fen"]
    )


def test_a_row_names_somebody_by_reference_or_by_name():
    assert not list(row_checks.nobody_problems(row(person=3, person_name="")))
    assert not list(row_checks.nobody_problems(row(person=None, person_name="张伟")))
    assert not list(row_checks.nobody_problems(row(title="没有这两栏")))
    (violation,) = row_checks.nobody_problems(row(person=None, person_name=""))
    assert violation.code == "required"
