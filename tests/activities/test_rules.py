"""Kinds told by titles, shares of winners, days of outings, counts of heads."""

from datetime import date

import pytest

from zhijia.activities import rules
from zhijia.activities.models import Activity, Honour


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("2024年三八节女职工考察", "women_day"),
        ("春节团拜会", "gathering"),
        ("考察余姚新农村建设", "study_visit"),
        ("职工健步走", "sports_meet"),
        ("春季登山", "hill_climbing"),
        ("劳模报告团先进事迹报告会", "lecture"),
        ("聚会", "other"),
    ],
)
def test_a_title_tells_the_kind(title: str, kind: str) -> None:
    assert rules.kind_of(title) == kind


def test_every_kind_and_discipline_that_words_tell_exists() -> None:
    assert {code for code, _words in rules.KIND_WORDS} <= set(Activity.Kind.values)
    assert {code for code, _words in rules.EVENT_WORDS} <= set(Honour.Event.values)
    assert rules.event_of("省级机关乒乓球赛") == "table_tennis"
    assert rules.event_of("机关才艺秀") == "other"


@pytest.mark.parametrize(
    ("winners", "took_part", "broken"), [(20, 30, False), (21, 30, True), (0, 1, False), (1, 1, True)]
)
def test_two_thirds_may_win_and_not_one_more(winners: int, took_part: int, broken: bool) -> None:
    assert rules.too_many_winners(winners, took_part) is broken


def test_both_ends_of_an_outing_count_as_days() -> None:
    assert rules.days_out(date(2021, 3, 6), None) == 1
    assert rules.days_out(date(2021, 3, 6), date(2021, 3, 7)) == 2
    assert not rules.funds_rule_applies(date(2017, 12, 14))
    assert rules.funds_rule_applies(date(2017, 12, 15))


def test_more_winners_than_people_is_certain_and_more_people_than_invited_is_not() -> None:
    assert rules.heads_problem(invited=10, attended=9, winners=4) is None
    assert rules.heads_problem(invited=None, attended=9, winners=10) == ("winners", "获奖10人，多于实到9人", True)
    assert rules.heads_problem(invited=8, attended=9, winners=None) == ("attended", "实到9人，多于应到8人", False)


def test_a_donation_holds_only_the_quantity_of_its_sort() -> None:
    assert rules.measure_problems("cash", amount=100, goods=None, ml=None) == []
    assert [field for field, _ in rules.measure_problems("cash", amount=100, goods=3, ml=300)] == ["goods", "ml"]
    assert rules.measure_problems("", amount=100, goods=3, ml=None) == []
