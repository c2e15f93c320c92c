from decimal import Decimal

import cn2an
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhijia.core.money import MoneyError, capital_amount, parse_yuan, prose_amount, yuan, yuan_plain

fens = st.integers(-(10**16), 10**16)


@pytest.mark.parametrize(
    ("written", "fen"),
    [
        ("300", 30000),
        ("300元", 30000),
        ("￥1,234.50", 123450),
        ("¥1，234.5元", 123450),
        ("１２３４．５０", 123450),
        ("1.2万", 1_200_000),
        ("1.2万元", 1_200_000),
        ("1.2345 万元", 1_234_500),
        ("1.05亿元", 10_500_000_000),
        ("3千元", 300_000),
        ("(1,234.50)", -123450),
        ("（5）", -500),
        ("-5", -500),
        ("－5元", -500),
        ("-￥5", -500),
        ("¥-5", -500),
        ("+5", 500),
        (" 12 345.60 ", 1234560),
        ("1,0000", 1_000_000),
        (".5", 50),
        ("5.", 500),
        ("人民币300元整", 30000),
        ("0", 0),
        (300, 30000),
        (0.1 + 0.2, 30),
        (1234567.89, 123456789),
        (1e3, 100000),
        (Decimal("8.10"), 810),
    ],
)
def test_what_people_write_is_read_exactly(written, fen):
    assert parse_yuan(written) == fen


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("", "没有填"),
        ("  ", "没有填"),
        ("-", "没有填"),
        (None, "没有填"),
        (True, "没有填"),
        ("约五万", "请只写数字"),
        ("1,23", "请只写数字"),
        ("12,34.5", "请只写数字"),
        ("1.2.3", "请只写数字"),
        ("3元5角", "请只写数字"),
        ("-(5)", "请只写数字"),
        ("元", "请只写数字"),
        (".", "请只写数字"),
        ("#REF!", "公式"),
        ("1.005", "两位小数"),
        ("1.23456万元", None),
        ("1.2345678万元", "两位小数"),
        (1.005, "两位小数"),
        (float("nan"), "不是数字"),
        (float("inf"), "不是数字"),
        (1e40, "太大"),
        ("9" * 40, "太大"),
    ],
)
def test_what_can_not_be_an_amount_is_refused_with_the_way_to_mend_it(written, hint):
    if hint is None:
        assert parse_yuan(written) == 1_234_560
        return
    with pytest.raises(MoneyError, match=hint):
        parse_yuan(written)


@settings(max_examples=200)
@given(fens)
def test_every_written_form_reads_back_to_the_same_fen(fen):
    assert parse_yuan(yuan(fen)) == parse_yuan(yuan_plain(fen)) == fen
    assert parse_yuan(f"{Decimal(fen) / 10**6:f}万元") == fen


@settings(max_examples=200)
@given(st.integers(-(10**14), 10**14))
def test_a_spreadsheet_number_reads_as_its_fen(fen):
    assert parse_yuan(fen / 100) == fen


@pytest.mark.parametrize(
    ("fen", "text"),
    [
        (86500, "865元"),
        (86550, "865.50元"),
        (999_999, "9999.99元"),
        (1_000_000, "1万元"),
        (3_200_000, "3.2万元"),
        (3_199_999, "3.2万元"),
        (3_205_000, "3.21万元"),
        (3_204_999, "3.2万元"),
        (9_999_995_000 - 1, "9999.99万元"),
        (9_999_995_000, "1亿元"),
        (10_500_000_000, "1.05亿元"),
        (10_000_000, "10万元"),
        (0, "0元"),
        (-3_205_000, "-3.21万元"),
        (-5, "-0.05元"),
    ],
)
def test_prose_says_amounts_as_reports_do(fen, text):
    assert prose_amount(fen) == text


@settings(max_examples=200)
@given(fens)
def test_prose_is_never_further_off_than_half_a_last_place(fen):
    size = abs(fen)
    slack = 0 if size < 10**6 else 5000 if size < 9_999_995_000 else 50_000_000
    assert abs(parse_yuan(prose_amount(fen)) - fen) <= slack


@pytest.mark.parametrize(
    ("fen", "text"),
    [
        (30000, "人民币叁佰元整"),
        (80000799713, "人民币捌亿零柒仟玖佰玖拾柒元壹角叁分"),
        (0, "人民币零元整"),
        (5, "人民币伍分"),
        (50, "人民币伍角"),
        (105, "人民币壹元零伍分"),
        (140950, "人民币壹仟肆佰零玖元伍角"),
        (600714, "人民币陆仟零柒元壹角肆分"),
        (10700053, "人民币壹拾万柒仟元伍角叁分"),
        (1_000_000_000_000_00, "人民币壹万亿元整"),
        (10**16, "人民币壹佰万亿元整"),
        (1_0000_0000_0001_00, "人民币壹万亿零壹元整"),
        (10_7000_0000_0000_00, "人民币壹拾万柒仟亿元整"),
        (1_0001_0000_00, "人民币壹亿零壹万元整"),
        (-350, "人民币负叁元伍角"),
    ],
)
def test_capital_amounts_stand_as_on_a_cheque(fen, text):
    assert capital_amount(fen) == text


@settings(max_examples=200)
@given(st.integers(-(10**10) + 1, 10**10 - 1))
def test_capital_amounts_agree_with_another_reader_below_one_hundred_million(fen):
    assert capital_amount(fen) == "人民币" + cn2an.an2cn(yuan_plain(fen), "rmb")


_DIGITS = {digit: value for value, digit in enumerate("零壹贰叁肆伍陆柒捌玖")}


def _read_back(text: str) -> int:
    """An oracle that shares nothing with the writer: units multiply what stands before them."""
    body = text.removeprefix("人民币").removesuffix("整")
    negative, body = body.startswith("负"), body.removeprefix("负")
    high, yi, rest = body.rpartition("亿")
    whole, yuan_sign, cents = rest.rpartition("元")

    def number(part: str) -> int:
        wan, mark, low = part.rpartition("万")
        return number(wan) * 10**4 + number(low) if mark else _plain(part)

    def _plain(part: str) -> int:
        total, digit = 0, 0
        for sign in part:
            if sign in _DIGITS:
                digit = _DIGITS[sign]
            else:
                total, digit = total + digit * {"拾": 10, "佰": 100, "仟": 1000}[sign], 0
        return total + digit

    fen = (number(high) * 10**8 if yi else 0) * 100 + (number(whole) * 100 if yuan_sign else 0)
    digit = 0
    for sign in cents:
        if sign in _DIGITS:
            digit = _DIGITS[sign]
        else:
            fen += digit * {"角": 10, "分": 1}[sign]
    return -fen if negative else fen


@settings(max_examples=200)
@given(fens)
def test_capital_amounts_read_back_to_the_same_fen(fen):
    text = capital_amount(fen)
    assert _read_back(text) == fen
    assert "零零" not in text


def test_capital_amounts_beyond_the_limit_are_refused():
    with pytest.raises(MoneyError):
        capital_amount(10**16 + 1)
