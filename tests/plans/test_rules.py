"""Rules of plans: states, head counts, quorum."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from zhijia.plans import rules
from zhijia.unions import rules as unions

DAYS = st.dates(date(2020, 1, 1), date(2027, 1, 1))


@given(st.sampled_from(("", "done", "late", "open", "dropped")), DAYS, DAYS)
def test_a_state_settled_by_its_dates_stays_as_it_is(given_state, due, done_on):
    once = rules.state_of(given_state, due, done_on)
    assert rules.state_of(once, due, done_on) == once


def test_an_item_done_after_its_day_is_late_and_one_without_a_day_is_open():
    assert rules.state_of("", date(2024, 6, 30), date(2024, 7, 1)) == "late"
    assert rules.state_of("done", date(2024, 6, 30), date(2024, 6, 30)) == "done"
    assert rules.state_of("", date(2024, 6, 30), None) == "open"
    assert rules.state_of("dropped", None, None) == "dropped"


def test_open_or_dropped_items_with_a_day_of_completion_contradict_themselves():
    assert rules.state_problem("open", date(2024, 6, 1))
    assert rules.state_problem("dropped", date(2024, 6, 1))
    assert not rules.state_problem("done", date(2024, 6, 1))


@given(st.integers(1, 20_000))
def test_a_quorum_is_the_least_number_that_reaches_two_thirds(due):
    least = unions.quorum(due)
    assert 3 * least >= 2 * due > 3 * (least - 1)


def test_more_heads_than_were_due_can_not_be_right():
    assert rules.heads_problem(7, 8)
    assert not rules.heads_problem(7, 7)
    assert not rules.heads_problem(None, 8)
