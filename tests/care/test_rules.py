from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhijia.care import rules
from zhijia.care.models import Kind, Visit

DAYS = st.dates(date(2020, 1, 1), date(2026, 12, 31))


@given(DAYS, DAYS, st.integers(1, 60))
def test_a_visit_is_due_after_both_the_event_and_the_knowing_of_it(happened_on, known_on, days):
    due = rules.due_on(happened_on, known_on, days)
    assert due - max(happened_on, known_on) == timedelta(days=days)
    assert rules.due_on(happened_on, None, days) == happened_on + timedelta(days=days)


def test_the_kinds_that_are_must_visits_are_the_stored_ones():
    assert set(rules.MUST_KINDS) == set(Kind.values)
    assert set(rules.ITEM_OF) == set(Visit.Category.values) - {"other"}


@pytest.mark.parametrize(
    ("category", "on", "linked", "expected"),
    [
        ("hospital", date(2024, 2, 1), False, "must"),
        ("hardship", date(2024, 2, 1), False, "spring"),
        ("hardship", date(2024, 2, 1), True, "must"),
        ("hardship", date(2024, 6, 1), False, "must"),
        ("retired", date(2023, 12, 20), False, "spring"),
        ("retired", date(2024, 10, 1), False, "other"),
        ("other", date(2024, 1, 1), False, "other"),
    ],
)
def test_a_ledger_that_does_not_say_what_a_visit_was_for_is_read_by_kind_and_season(category, on, linked, expected):
    assert rules.occasion(category, on, linked=linked) == expected


@given(st.lists(st.none() | DAYS, min_size=4, max_size=4))
def test_steps_are_in_order_exactly_when_nothing_is_said(days):
    known = [day for day in days if day]
    names = ("applied_on", "decided_on", "paid_on", "closed_on")
    problem = rules.order_problem(**dict(zip(names, days, strict=True)))
    assert (problem is None) == (known == sorted(known))


def test_own_money_needs_decision_notice_and_receipt_and_the_superiors_only_a_receipt():
    bare = {"decided_on": None, "minutes": "", "notice_first": None, "notice_end": None, "receipt": False,
            "objections": 1, "answered": False}  # fmt: skip
    assert len(rules.missing_steps(own_money=True, **bare)) == 4
    assert rules.missing_steps(own_money=False, **bare) == ["对异议的答复", "签收"]


def test_causes_fall_into_the_split_that_reports_quote():
    assert rules.cause_group("family_illness") == "illness"
    assert {rules.cause_group(cause) for cause in ("schooling", "accident", "other")} == {"other"}
