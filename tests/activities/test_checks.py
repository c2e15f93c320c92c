"""Each rule with a record that breaks it and one that keeps it, by the rule of its own date and of today."""

from datetime import date

from tests.activities.conftest import House
from zhijia.activities.checks import CHECKS
from zhijia.core import checks
from zhijia.core.feature_types import Finding, Scope
from zhijia.standards import services as standards

LONG_AGO = date(2016, 9, 3)


def found(house: House, first: date | None = None) -> list[Finding]:
    scope = house.scope
    if first:
        scope = Scope(scope.union, first, scope.end, scope.today)
    return checks.run(CHECKS, scope)


def test_more_winners_than_two_thirds_is_found(house: House, day: date) -> None:
    house.save("activities", title="投篮比赛", on=day, attended=30, winners=20)
    assert found(house) == []
    house.save("activities", title="跳绳比赛", on=day, attended=30, winners=21)
    house.save("activities", title="行政办的比赛", on=day, attended=30, winners=30, payer="administration")
    assert [(one.rule, one.record, one.then, one.now) for one in found(house)] == [("R-FUN-05", "跳绳比赛", True, True)]


def test_a_record_of_before_the_rule_breaks_only_todays(house: House) -> None:
    house.save("activities", title="旧比赛", on=LONG_AGO, attended=30, winners=30)
    house.save("activities", title="旧时外出考察", on=LONG_AGO, last_on=date(2016, 9, 5))
    assert found(house) == []
    old = found(house, first=date(2016, 1, 1))
    assert [(one.rule, one.then, one.now) for one in old] == [("R-FUN-05", False, True), ("R-FUN-07", False, True)]


def test_a_prize_above_the_unions_standard_is_found(house: House, day: date) -> None:
    standard = {
        "pack": "own", "rule": "R-FUN-05", "item": "prize", "shape": "once", "tier": "", "amount_fen": 30_000,
        "first": date(2019, 1, 1), "source": "本单位办法", "confirmed_by": "周建民", "confirmed_on": date(2019, 1, 1),
    }  # fmt: skip
    standards.save_standards([standard], union=house.world.union, by=house.by, today=house.world.today)
    house.save("activities", title="比赛一", on=day, top_prize_fen=30_000)
    assert found(house) == []
    house.save("activities", title="比赛二", on=day, top_prize_fen=30_100)
    assert [(one.record, one.source) for one in found(house)] == [("比赛二", "本单位办法")]


def test_a_trip_over_night_is_found_and_recuperation_or_an_exhibition_is_not(house: House, day: date) -> None:
    over_night = date(2024, 5, 19)
    house.save("recuperations", person=house.world.people[0].pk, on=day, days=5, place="疗养院")
    house.save("activities", title="摄影展", on=day, last_on=date(2024, 5, 30), kind="culture")
    house.save("activities", title="当日来回", on=day, last_on=day, kind="study_visit")
    house.save("activities", title="行政考察", on=day, last_on=over_night, kind="study_visit", payer="administration")
    assert found(house) == []
    house.save("activities", title="外地考察", on=day, last_on=over_night, kind="study_visit")
    assert [(one.rule, one.record) for one in found(house)] == [("R-FUN-07", "外地考察")]


def test_an_honour_without_certificate_is_found(house: House, day: date) -> None:
    house.save("honours", title="文明单位", on=day, level="street", subject="unit", certificate_no="街文1号")
    house.save("honours", title="先进单位", on=day, level="street", subject="unit", certificate_kept="荣誉室")
    assert found(house) == []
    house.save("honours", title="优秀单位", on=day, level="street", subject="unit")
    assert [(one.rule, one.record) for one in found(house)] == [("R-REP-01", "优秀单位")]


def test_a_donation_without_donors_or_receipt_is_found_with_what_is_missing(house: House, day: date) -> None:
    house.save("donations", title="捐款一", on=day, kind="cash", people=20, amount_fen=2000, receipt_no="1号")
    house.save("donations", title="献血一", on=day, kind="blood", people=2, ml=600, receipt_no="证2")
    assert found(house) == []
    house.save("donations", title="捐物二", on=day, kind="goods", people=20)
    assert [(one.rule, one.message) for one in found(house)] == [("R-REP-02", "缺少数量、票据或证书号")]
