from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from zhijia.funds import charts, rules
from zhijia.funds.rules import Overspent, VoucherLine


def test_dues_leave_out_what_is_below_a_full_ten_yuan():
    assert rules.monthly_dues(523_800) == 2_615
    assert rules.monthly_dues(999) == 0
    assert rules.monthly_dues(1_000) == 5


@given(st.lists(st.integers(0, 3_000_000), min_size=1, max_size=40))
def test_the_dues_of_several_persons_always_lie_in_the_band(bases):
    low, high = rules.dues_band(sum(bases), len(bases))
    assert low <= sum(map(rules.monthly_dues, bases)) <= high


def test_the_contribution_is_two_percent_half_up():
    assert rules.contribution(561_750_000) == 11_235_000
    assert rules.contribution(25) == 1
    assert rules.contribution(24) == 0


def test_numbers_left_out_are_named_and_running_on_through_the_year_is_no_gap():
    assert rules.missing_numbers({1: [1, 2, 4], 2: [1, 2]}) == {1: [3]}
    assert rules.missing_numbers({1: [1, 2], 2: [3, 4], 3: [5]}) == {}
    assert rules.missing_numbers({1: [1], 2: [3]}) == {2: [1, 2]}
    assert rules.missing_numbers({5: [2, 3]}) == {5: [1]}


def test_a_detail_without_a_line_of_its_own_counts_on_its_first_level():
    budget = {"501": 1_000, "50102": 500}
    assert rules.overspent(budget, {"50101": 900, "50102": 500}) == []
    assert rules.overspent(budget, {"50101": 900, "50105": 101, "50102": 501}) == [
        Overspent("501", 1_000, 1_001),
        Overspent("50102", 500, 501),
    ]
    assert rules.overspent(budget, {"50404": 1}) == [Overspent("50404", None, 1)]


def test_a_budget_signed_before_its_year_counts_from_new_year():
    days = [date(2023, 12, 20), date(2023, 12, 21), date(2023, 12, 22)]
    assert rules.effective(2024, days, None) == (True, date(2024, 1, 1))
    assert rules.effective(2024, [*days[:2], None], date(2024, 1, 9)) == (False, date(2024, 1, 9))
    assert rules.effective(2024, [None, None, None], None) == (False, None)


def test_only_a_carry_over_to_the_surplus_is_a_closing_voucher():
    def lines(*sides):
        return [VoucherLine(0, None, side, account, 0, 0) for side, account in sides]

    assert rules.is_closing(lines(("income", "401"), ("net", "332")), charts.SURPLUS)
    assert not rules.is_closing(lines(("income", "401"), ("money", "102")), charts.SURPLUS)
    assert not rules.is_closing(lines(("net", "331"), ("net", "332")), charts.SURPLUS)
    assert not rules.is_closing(lines(("expense", "507"), ("net", "301")), charts.SURPLUS)


def test_practices_are_named_as_the_standards_name_them():
    assert rules.practice_of("book_coupon", "goods") == "book_coupon"
    assert rules.practice_of("festival_gift", "shopping_card") == "shopping_card"
    assert rules.practice_of("festival_gift", "cash") == "cash_for_goods"
    assert rules.practice_of("hospital", "cash") == ""
