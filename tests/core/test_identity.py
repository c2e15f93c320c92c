from datetime import date, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from stdnum.cn import uscc

from zhijia.core.identity import (
    DAMAGED,
    IdentityError,
    birth_and_sex,
    excel_damaged_id,
    mask_account,
    mask_id,
    mask_name,
    mask_phone,
    mobile_problem,
    normalise_id,
    normalise_mobile,
    resident_id_problems,
    uscc_problem,
)

TODAY = date(2026, 11, 22)
SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def check_sign(body: str) -> str:
    """ISO 7064 MOD 11-2 in its recursive form, not as a weighted sum."""
    rest = 0
    for digit in body:
        rest = (rest + int(digit)) * 2 % 11
    return "0123456789X"[(12 - rest) % 11]


def whole(body: str) -> str:
    return body + check_sign(body)


@st.composite
def resident_ids(draw):
    county = draw(st.one_of(st.integers(110000, 659999), st.sampled_from([810000, 820000, 830000])))
    born = draw(st.dates(date(1900, 1, 1), TODAY))
    return whole(f"{county:06d}{born:%Y%m%d}{draw(st.integers(0, 999)):03d}")


def problem(number):
    return resident_id_problems(number, today=TODAY)


@settings(max_examples=200)
@given(resident_ids())
def test_every_well_formed_id_of_any_county_holds(number):
    assert problem(number) is None
    assert problem(number.lower()) is None
    assert problem(f" {number[:6]} {number[6:14]} {number[14:]}") is None
    born, sex = birth_and_sex(number.lower())
    assert f"{born:%Y%m%d}" == number[6:14]
    assert sex == ("male" if number[16] in "13579" else "female")


@settings(max_examples=200)
@given(resident_ids(), st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(number, place, shift):
    wrong = number[:place] + str((int(number[place]) + shift) % 10) + number[place + 1 :]
    assert problem(wrong)


@settings(max_examples=200)
@given(resident_ids(), st.integers(0, 15))
def test_two_neighbours_swapped_are_always_noticed(number, place):
    assume(number[place] != number[place + 1])
    assert problem(number[:place] + number[place + 1] + number[place] + number[place + 2 :])


def test_the_published_example_holds():
    assert problem("11010519491231002X") is None
    assert problem("１１０１０５１９４９１２３１００２ｘ") is None
    assert normalise_id(" 110105 19491231 002x") == "11010519491231002X"


@pytest.mark.parametrize("county", ["330106", "332529", "422130", "810000", "820000", "830000"])
def test_a_person_born_in_1970_holds_whatever_the_county_code(county):
    assert problem(whole(f"{county}19700101001")) is None


@pytest.mark.parametrize(
    ("number", "hint"),
    [
        ("", "没有填"),
        (None, "没有填"),
        ("110105491231002", "15 位的旧"),
        ("11010519491231002", "现在是 17 位"),
        ("11010519491231A02X", "只能是数字"),
        ("11010519491231002Y", "只能是数字"),
        (whole("11010519990230001"), "只有 28 天"),
        (whole("11010519991330001"), "没有 13 月"),
        (whole("11010520261123001"), "不可能"),
        (whole("11010518991231001"), "不可能"),
        (whole("11010500000101001"), "年份"),
        ("110105194912310021", "校验码"),
        (123, "现在是 3 位"),
    ],
)
def test_what_is_wrong_with_an_id_is_said(number, hint):
    assert hint in problem(number)
    assert not number or str(number) not in problem(number) or len(str(number)) < 5


def test_a_birthday_of_today_is_no_future():
    number = whole(f"110105{TODAY:%Y%m%d}001")
    assert problem(number) is None
    assert resident_id_problems(number, today=TODAY - timedelta(days=1))


@pytest.mark.parametrize(
    "value",
    [
        3.30106199001011e17,
        330106199001011000,
        "3.30106E+17",
        "3.30106199001011e17",
        "330106199001011000",
        "330106199001011000.0",
    ],
)
def test_an_id_that_excel_rounded_is_recognised(value):
    assert excel_damaged_id(value)
    assert problem(value) == DAMAGED


@pytest.mark.parametrize("value", [whole("33010619900101002"), "", None, 18, 1.5, "13812345678", "E", 13812345678.0])
def test_other_values_are_not_taken_for_rounded_ids(value):
    assert not excel_damaged_id(value)


def test_a_true_id_that_ends_with_three_zeros_stays_true():
    bodies = (
        f"3301061990{month:02d}{day:02d}{middle}00" for month in (1, 2) for day in range(1, 29) for middle in "123"
    )
    number = next(whole(body) for body in bodies if check_sign(body) == "0")
    assert not excel_damaged_id(number)
    assert problem(number) is None


def test_birth_and_sex_of_something_else_is_refused_without_repeating_it():
    with pytest.raises(IdentityError) as refusal:
        birth_and_sex("secret")
    assert "secret" not in str(refusal.value)


@settings(max_examples=200)
@given(st.text("0123456789", min_size=8, max_size=8), st.text(SIGNS, min_size=9, max_size=9), st.sampled_from(SIGNS))
def test_credit_codes_agree_with_another_checker(head, organisation, last):
    right = head + organisation + uscc.calc_check_digit(head + organisation)
    assert uscc_problem(right) is None
    assert uscc_problem(right.lower()) is None
    wrong = head + organisation + last
    assert (uscc_problem(wrong) is None) == uscc.is_valid(wrong)


def test_a_credit_code_whose_sum_divides_by_31_ends_with_zero():
    weights = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
    bodies = (f"81330106MC{number:07d}" for number in range(1000))
    body = next(b for b in bodies if sum(SIGNS.index(s) * w for s, w in zip(b, weights, strict=True)) % 31 == 0)
    assert uscc_problem(body + "0") is None


@pytest.mark.parametrize(
    ("code", "hint"),
    [
        ("", "没有填"),
        ("9111000060003734", "现在是 16 位"),
        ("9111000060003734OL", "O"),
        ("91A10000600037341L", "地区"),
        ("91110000600037341M", "校验码"),
    ],
)
def test_what_is_wrong_with_a_credit_code_is_said(code, hint):
    assert hint in uscc_problem(code)


def test_mobile_numbers_are_read_and_checked():
    for written in (
        "13812345678",
        "138 1234 5678",
        "138-1234-5678",
        "+86 13812345678",
        "8613812345678",
        13812345678,
        13812345678.0,
    ):
        assert normalise_mobile(written) == "13812345678"
        assert mobile_problem(written) is None
    assert "11 位" in mobile_problem("12812345678")
    assert "现在是 10 位" in mobile_problem("1381234567")
    assert mobile_problem("") == mobile_problem(None) == "手机号没有填"


def test_masks_hide_what_identifies():
    assert mask_id("11010519491231002X") == "110105********002X"
    assert mask_phone("13812345678") == "138****5678"
    assert mask_account("6222021234567890123") == "***************0123"
    assert [mask_name(name) for name in ("", "张", "张三", "张三丰", "欧阳小明")] == [
        "",
        "张",
        "张*",
        "张*丰",
        "欧**明",
    ]
    assert mask_id("1234567890") == "*" * 10
    assert mask_account("1234") == "****"


def test_every_day_of_fifty_years_makes_a_number_that_is_right():
    start = date(1950, 1, 1)
    for n in range(20_000):
        number = whole(f"{330000 + n % 3000:06d}{start + timedelta(days=n):%Y%m%d}{n % 1000:03d}")
        assert not resident_id_problems(number, today=TODAY), number
