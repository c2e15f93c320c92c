from datetime import date

import pytest

from zhijia.notices import rules


def test_candidates_and_aid_need_five_working_days_and_accounts_none():
    assert rules.least_days("candidates") == rules.least_days("aid") == rules.least_days("subsidy") == 5
    assert rules.least_days("commendation") == 3
    assert rules.least_days("accounts") == 0


def test_only_candidates_are_bound_by_a_published_rule_and_only_since_2016():
    assert rules.fixed_by_rule("candidates", date(2016, 10, 9))
    assert not rules.fixed_by_rule("candidates", date(2016, 10, 8))
    assert not rules.fixed_by_rule("aid", date(2024, 1, 1))


def test_more_answers_than_objections_is_impossible():
    assert rules.count_problem(1, 2)
    assert not rules.count_problem(2, 2)


@pytest.mark.parametrize(
    ("text", "kind", "shown"),
    [
        ("13800001234", "aid", "138****1234"),
        ("监督电话 13800001234", "accounts", "监督电话 13800001234"),
        ("文号20260012345678", "other", "文号20260012345678"),
        ("卡6222020012345678", "other", "卡************5678"),
        ("110101199003070134", "other", "110101********0134"),
    ],
)
def test_numbers_that_stand_for_a_person_are_hidden(text: str, kind: str, shown: str) -> None:
    assert rules.masked(text, kind) == shown


def test_a_notice_is_open_from_its_first_to_its_last_day() -> None:
    first, end = date(2026, 11, 16), date(2026, 11, 21)
    days = [rules.is_open(first, end, date(2026, 11, day)) for day in (15, 16, 20, 21)]
    assert days == [False, True, True, False]
    assert not rules.is_open(first, None, first)
