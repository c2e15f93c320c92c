from datetime import date

import pytest

from zhijia.benefits import rules


@pytest.mark.parametrize(
    ("text", "issued_on"),
    [
        ("元旦", date(2021, 12, 28)),
        ("2023年春节", date(2023, 1, 12)),
        ("清明节", date(2024, 3, 30)),
        ("五一", date(2024, 4, 26)),
        ("端午", date(2025, 5, 26)),
        ("中秋", date(2025, 9, 28)),
        ("国庆节", date(2025, 9, 28)),
        ("古尔邦节", date(2025, 6, 1)),
    ],
)
def test_gifts_about_the_day_of_a_statutory_festival_are_right(text, issued_on):
    assert rules.festival_problem(text, issued_on) == ""


@pytest.mark.parametrize(
    ("text", "issued_on"), [("三八节", date(2024, 3, 8)), ("", date(2024, 3, 8)), ("中秋", date(2024, 3, 8))]
)
def test_other_festivals_no_festival_and_a_day_far_off_are_told(text, issued_on):
    assert rules.festival_problem(text, issued_on)


def test_the_way_of_giving_names_the_practice_of_the_standards():
    assert rules.practices("book_coupon", "value_voucher", "书票") == ["book_coupon"]
    assert rules.practices("laundry_coupon", "value_voucher", "洗衣券") == ["value_voucher"]
    assert rules.practices("festival", "cash", "过节费") == ["cash_for_goods"]
    assert rules.practices("festival", "goods", "超市卡") == ["shopping_card"]
    assert rules.practices("marriage", "cash", "慰问金") == []
    assert rules.practices("birthday", "pickup_voucher", "蛋糕券") == []


def test_a_total_must_be_the_value_of_one_times_the_heads():
    assert rules.total_problem(20_000, 10, 199_999)
    assert not rules.total_problem(20_000, 10, 200_000)
    assert not rules.total_problem(None, 10, 5)
