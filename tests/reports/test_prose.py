"""Literals hold no figures; figures print as reports print them."""

from __future__ import annotations

import pytest

from zhijia.core.cube import Rate
from zhijia.reports.outline.shape import said
from zhijia.reports.pattern import Ask, Maybe, parse
from zhijia.reports.prose import LooseNumeral, Ordinal, Text, about, figure_text, percent


@pytest.mark.parametrize(
    "text", ["走访12人", "走访八位职工", "两名同志", "占百分之三", "１２次", "举办三次", "一百多人"]
)
def test_a_literal_with_a_digit_or_a_numeral_is_refused(text: str) -> None:
    with pytest.raises(LooseNumeral):
        Text(text)


@pytest.mark.parametrize(
    "text",
    [
        "做好五必访工作",
        "“1+1”文体小组",
        "每年三八节",
        "一是配齐组长，二是发展会员，三是做好计划",
        "八项规定",
        "一年一度的理论读书班",
        "进一步",
    ],
)
def test_names_and_turns_of_phrase_are_allowed(text: str) -> None:
    assert Text(text).text == text


def test_a_sentence_with_a_loose_numeral_can_not_even_be_declared() -> None:
    with pytest.raises(LooseNumeral):
        said("x", "已为8位职工发放补助{care.aid_amount}。")
    with pytest.raises(LooseNumeral):
        said("x", "好的。", lean="共办了三次。")


def test_persons_and_people_times_are_never_mixed() -> None:
    assert figure_text(12, "人次") == "12人次"
    assert figure_text(8, "人", measure_word="位") == "8位"
    with pytest.raises(ValueError, match="人次"):
        figure_text(12, "人次", measure_word="人")
    with pytest.raises(ValueError, match="人次"):
        figure_text(12, "人", measure_word="人次")
    with pytest.raises(ValueError, match="件"):
        figure_text(12, "件", measure_word="人")


def test_about_numbers_stand_only_on_what_they_mean() -> None:
    assert [about(n) for n in (60, 61, 69, 70, 9)] == ["60", "60多", "60多", "70", "9"]
    assert figure_text(64, "人", form="about", measure_word="名") == "60多名"


def test_rates_amounts_and_ordinals_are_printed_for_prose() -> None:
    assert percent(Rate(7, 7)) == "100%"
    assert percent(Rate(8, 9)) == "88.9%"
    assert percent(Rate(9999, 10000)) == "99.9%"
    assert figure_text(320_000_00, "fen") == "32万元"
    assert figure_text(6, "年", form="numeral") == "六年"
    assert Ordinal(5).text == "第五届"
    assert Ordinal(6, "次").text == "第六次"


def test_patterns_are_read_once_into_typed_places() -> None:
    pieces = parse("共{care.aid_people:cause=illness;unit=位}[claims.x: ，{members.active}]。")
    assert pieces[1] == Ask("care.aid_people", (("cause", "illness"),), unit="位")
    assert isinstance(pieces[2], Maybe)
    assert pieces[2].claims == ("claims.x",)
    for broken in ("[没有合上", "没有开头]", "{a.b;colour=red}"):
        with pytest.raises(ValueError, match=r"括号|写法"):
            parse(broken)
