"""Every check finds its breach and leaves a clean record alone."""

from datetime import date

import pytest

from tests.funds.conftest import budget_row, dues_row, receipt_row
from zhijia.core import checks
from zhijia.funds import services
from zhijia.funds.checks import CHECKS
from zhijia.members.models import Person


@pytest.fixture
def judge(scope):
    def run():
        return {(finding.rule, finding.record): finding for finding in checks.run(CHECKS, scope)}

    return run


def test_dues_that_do_not_follow_the_rule_are_named(keep, judge):
    band = {"heads": 3, "base_fen": 1_500_900, "due_fen": None}
    keep(
        services.save_collections,
        dues_row(date(2024, 3, 1), 26.15),
        dues_row(date(2024, 4, 1), 20),
        dues_row(date(2024, 5, 1), 75.00, **band),
        dues_row(date(2024, 6, 1), 80.00, **band),
    )
    found = judge()
    assert set(found) == {("R-DUE-01", "2024年04月会费"), ("R-DUE-01", "2024年06月会费")}
    assert "应缴会费26.15元，实缴20.00元" in found["R-DUE-01", "2024年04月会费"].message


def test_who_retains_membership_pays_no_dues(keep, judge, world):
    human = world.people[0]
    Person.objects.filter(pk=human.pk).update(retained_on=date(2024, 3, 15))
    keep(
        services.save_collections,
        dues_row(date(2024, 3, 1), 26.15, person=human.pk),
        dues_row(date(2024, 4, 1), 26.15, person=human.pk),
    )
    assert [key[0] for key in judge()] == ["R-DUE-02"]


def test_the_contribution_is_two_percent_of_the_payroll(keep, judge):
    share = {"kind": "contribution", "heads": 30, "base_fen": 50_000_000, "due_fen": None}
    keep(
        services.save_collections,
        dues_row(date(2024, 3, 1), 10_000, **share),
        dues_row(date(2024, 4, 1), 9_000, **share),
        dues_row(date(2026, 11, 1), 0, **{**share, "due_on": date(2026, 11, 30), "paid_on": None}),
    )
    assert set(judge()) == {("R-FUN-01", "2024年04月拨缴经费")}


def test_spending_above_the_adjusted_budget_or_without_one_is_named(keep, book, judge):
    keep(services.save_budgets, budget_row(2024, "50102", 100), budget_row(2024, "504", 100))
    book(date(2024, 3, 1), 1, ("50102", 101, 0), ("102", 0, 101))
    book(date(2024, 3, 1), 2, ("50404", 100, 0), ("102", 0, 100))
    book(date(2024, 3, 1), 3, ("510", 1, 0), ("102", 0, 1))
    book(date(2025, 3, 1), 1, ("510", 1, 0), ("102", 0, 1))
    found = judge()
    assert set(found) == {("R-FUN-02", "2024年职工活动支出-文体活动支出"), ("R-FUN-02", "2024年其他支出")}
    assert "超支1.00元" in found["R-FUN-02", "2024年职工活动支出-文体活动支出"].message


def test_a_second_adjustment_in_a_year_is_named(keep, judge):
    once = {"adjusted_on": date(2024, 6, 1), "adjustment_fen": 100}
    keep(services.save_budgets, budget_row(2024, "50102", 100, **once), budget_row(2024, "50103", 100, **once))
    assert not judge()
    keep(services.save_budgets, budget_row(2024, "504", 100, adjusted_on=date(2024, 9, 1), adjustment_fen=100))
    assert set(judge()) == {("R-FUN-03", "2024年预算")}


def test_festival_gifts_are_judged_by_the_cap_of_the_year_and_of_today(keep, judge, world):
    one, two, three = (human.pk for human in world.people[:3])
    keep(
        services.save_receipts,
        receipt_row(one, date(2022, 2, 1), 1_500),
        receipt_row(two, date(2022, 2, 1), 1_000),
        receipt_row(two, date(2022, 9, 1), 600, festival="mid_autumn"),
        receipt_row(three, date(2024, 2, 1), 2_201),
    )
    found = [finding for finding in judge().values() if finding.rule == "R-FUN-04"]
    assert [(finding.on.year, finding.then, finding.now) for finding in found] == [
        (2022, True, False),
        (2024, True, True),
    ]


def test_ways_of_payment_are_judged_then_and_now(keep, judge, world):
    pk = world.people[0].pk
    coupon = {"kind": "book_coupon", "festival": "", "form": "value_voucher", "item": "书票"}
    keep(
        services.save_receipts,
        receipt_row(pk, date(2021, 4, 1), 100, **coupon),
        receipt_row(pk, date(2024, 4, 1), 100, **coupon),
        receipt_row(pk, date(2024, 9, 1), 100, form="cash", item="慰问金"),
        receipt_row(pk, date(2024, 9, 2), 100, form="cash", payer="administration"),
        receipt_row(pk, date(2024, 9, 3), 100, kind="hospital", festival="", form="cash"),
    )
    found = {finding.on: finding for finding in judge().values() if finding.rule == "R-FUN-08"}
    assert set(found) == {date(2021, 4, 1), date(2024, 4, 1), date(2024, 9, 1)}
    assert (found[date(2021, 4, 1)].then, found[date(2021, 4, 1)].now) == (False, True)
    assert found[date(2024, 4, 1)].then


def test_other_festivals_and_missing_signatures_are_named(keep, judge, world):
    pk = world.people[0].pk
    keep(
        services.save_receipts,
        receipt_row(pk, date(2024, 3, 8), 100, festival="women", item="鲜花"),
        receipt_row(pk, date(2024, 6, 8), 100, festival="dragon_boat", item="粽子", signed=None),
    )
    assert set(judge()) == {("R-FUN-09", "2024-03-08 鲜花"), ("R-FUN-11", "2024-06-08 节日慰问 粽子")}


def test_who_makes_a_voucher_neither_checks_it_nor_keeps_the_cash(book, judge):
    book(date(2024, 3, 1), 1, ("102", 5, 0), ("401", 0, 5), prepared_by="张静", checked_by="周建民", cashier="王芳")
    assert not judge()
    book(date(2024, 4, 1), 1, ("102", 5, 0), ("401", 0, 5), prepared_by="张静", checked_by="张静", cashier="张静")
    found = [finding for finding in judge().values() if finding.rule == "R-FUN-13"]
    assert found
    assert "共1张凭证" in found[0].message


def test_a_clean_union_gives_no_finding(make_world, scope_of):
    world = make_world("funds", members=86, profile="small")
    assert checks.run(CHECKS, scope_of(world)) == []
