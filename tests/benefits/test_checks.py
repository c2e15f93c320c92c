from datetime import date

from zhijia.benefits import services
from zhijia.benefits.checks import CHECKS
from zhijia.core import checks
from zhijia.notices import services as notices


def issue(kind, on, fen=10_000, **more):
    row = {
        "kind": kind,
        "festival": "",
        "item": "物品",
        "unit_fen": fen,
        "heads": 10,
        "amount_fen": None,
        "issued_on": on,
    }
    return row | {"method": "goods", "payer": "union", "signed": True} | more


def verdicts(scope):
    return [(one.rule, one.then, one.now) for one in checks.run(CHECKS, scope)]


def test_a_clean_year_gives_no_finding(save, scope):
    save(
        services.save_issues,
        issue("festival", date(2024, 9, 10), 30_000, festival="中秋"),
        issue("birthday", date(2024, 12, 20), 30_000, method="pickup_voucher"),
        issue("marriage", date(2024, 12, 20), 60_000, method="cash"),
        issue("film", date(2024, 6, 20), 15_000, method="service"),
    )
    save(services.save_health, {"kind": "general", "held_on": date(2024, 9, 1), "payer": "administration"})
    assert verdicts(scope) == []


def test_festival_gifts_are_added_up_per_calendar_year_and_judged_by_the_cap_of_their_time_and_of_today(save, scope):
    save(
        services.save_issues,
        issue("festival", date(2021, 2, 2), 90_000, festival="春节"),
        issue("festival", date(2021, 9, 13), 90_000, festival="中秋"),
        issue("festival", date(2024, 2, 2), 150_000, festival="春节"),
        issue("festival", date(2024, 9, 10), 90_000, festival="中秋"),
        issue("festival", date(2025, 1, 20), 300_000, festival="春节", payer="administration"),
    )
    assert verdicts(scope) == [("R-FUN-04", True, False), ("R-FUN-04", True, True)]


def test_coupons_were_allowed_then_and_are_forbidden_today(save, scope):
    save(
        services.save_issues,
        issue("book_coupon", date(2021, 4, 22), method="value_voucher"),
        issue("laundry_coupon", date(2022, 5, 20), method="value_voucher"),
        issue("book_coupon", date(2024, 4, 22), method="value_voucher"),
        issue("festival", date(2024, 9, 10), method="cash", festival="中秋"),
    )
    expected = [
        ("R-FUN-08", False, True),
        ("R-FUN-08", False, True),
        ("R-FUN-08", True, True),
        ("R-FUN-08", True, True),
    ]
    assert verdicts(scope) == expected


def test_a_gift_for_another_festival_and_one_without_signatures_are_found(save, scope):
    save(services.save_issues, issue("festival", date(2024, 3, 8), festival="三八节", signed=False))
    assert verdicts(scope) == [("R-FUN-09", True, True), ("R-FUN-11", True, True)]


def test_one_time_gifts_and_films_of_a_year_have_caps(save, scope):
    save(
        services.save_issues,
        issue("birthday", date(2021, 12, 20), 40_000),
        issue("film", date(2024, 6, 20), 10_000),
        issue("film", date(2024, 10, 20), 10_000),
    )
    assert verdicts(scope) == [("R-CAP", True, False), ("R-CAP", True, True)]


def test_the_union_does_not_pay_health_checks(save, scope):
    save(services.save_health, {"kind": "women", "held_on": date(2024, 3, 1), "payer": "union"})
    assert verdicts(scope) == [("R-PAYER", True, True)]


def test_housing_settled_without_or_before_the_end_of_a_notice_to_all_is_found(save, scope):
    row = {
        "title": "公示",
        "kind": "subsidy",
        "scope": "department",
        "posted_on": date(2023, 5, 8),
        "end": date(2023, 5, 20),
    }
    (notice,) = save(notices.save_notices, row)
    case = {"person": None, "kind": "subsidy", "applied_on": date(2023, 3, 1), "notice_name": ""}
    save(
        services.save_housing,
        case | {"person_name": "甲", "notice": notice, "solved_on": date(2023, 6, 1)},
        case | {"person_name": "乙", "notice": notice, "solved_on": date(2023, 5, 19)},
        case | {"person_name": "丙", "notice": None, "solved_on": date(2023, 6, 2)},
        case | {"person_name": "丁", "notice": None, "solved_on": date(2023, 6, 2), "notice_name": "张榜一周"},
    )
    found = checks.run(CHECKS, scope)
    assert [(one.rule, one.record) for one in found] == [("R-NOT-02", "乙 住房补贴"), ("R-NOT-02", "丙 住房补贴")]
