from datetime import date

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
