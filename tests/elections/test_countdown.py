"""The way to the congress counted back from the end of the term."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from zhijia.elections.countdown import Known, begins, steps

DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))
MAYBE = st.none() | DAYS


@given(DAYS, st.booleans())
def test_before_anything_is_done_the_steps_are_in_the_order_of_their_days(end: date, with_delegates: bool) -> None:
    found = steps(end, Known(with_delegates=with_delegates))
    assert [step.due for step in found] == sorted(step.due for step in found)
    assert found[-1].due == end - timedelta(days=1)
    assert begins(end) < found[0].due


@given(DAYS, MAYBE, MAYBE, MAYBE, DAYS)
def test_only_what_was_not_done_is_late(
    end: date, asked: date | None, elected: date | None, reported: date | None, today: date
) -> None:
    for step in steps(end, Known(asked_on=asked, elected_on=elected, reported_on=reported)):
        assert step.late(today) is (step.done_on is None and step.due < today)


def test_the_superior_has_fifteen_days_from_the_day_of_the_paper() -> None:
    known = Known(asked_on=date(2026, 6, 12), elected_on=date(2026, 12, 1), reported_on=date(2026, 12, 3))
    due = {step.key: step.due for step in steps(date(2026, 12, 10), known)}
    assert due["answer"] == date(2026, 6, 27)
    assert due["result"] == date(2026, 12, 16)
    assert due["approval"] == date(2026, 12, 18)
    assert due["request"] == date(2026, 6, 13)


def test_small_unions_have_no_delegates() -> None:
    assert "delegates" not in {step.key for step in steps(date(2027, 1, 1), Known(with_delegates=False))}
    assert "delegates" in {step.key for step in steps(date(2027, 1, 1), Known())}
