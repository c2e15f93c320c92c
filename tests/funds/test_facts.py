"""Each fact is what a reader of the records would reckon."""

from collections import defaultdict
from datetime import date

import pytest

from tests.funds.conftest import budget_row, dues_row, receipt_row
from zhijia.core import claims, evidence, facts
from zhijia.core.cube import Rate
from zhijia.core.feature_types import HOLDS, REFUTED, Scope
from zhijia.funds import services
from zhijia.funds.facts import CLAIMS, FACTS
from zhijia.funds.models import BudgetLine, Collection, Entry, LedgerLine, Review


@pytest.fixture
def measure(scope):
    def run(at=None):
        return facts.compute(FACTS, at or scope, cache=False)

    return run


def test_income_and_expense_leave_out_closing_and_openings(book, keep, measure, world, today):
    keep(
        services.save_openings,
        {"on": date(2021, 1, 1), "account_code": "102", "account_name": "", "debit_fen": 100_000, "credit_fen": 0},
        {"on": date(2021, 1, 1), "account_code": "331", "account_name": "", "debit_fen": 0, "credit_fen": 100_000},
    )
    book(date(2021, 3, 1), 1, ("102", 700, 0), ("401", 0, 700))
    book(date(2021, 4, 1), 1, ("502", 300, 0), ("102", 0, 300))
    book(date(2021, 12, 31), 1, ("401", 700, 0), ("331", 0, 700))
    book(date(2021, 12, 31), 2, ("331", 300, 0), ("502", 0, 300))
    book(date(2022, 4, 1), 1, ("50404", 150, 0), ("102", 0, 150))
    book(date(2022, 5, 1), 1, ("505", 50, 0), ("101", 0, 50))
    found = measure()
    assert found["funds.income"].value == 70_000
    assert found["funds.expense"].value == 50_000
    assert found["funds.expense"].by["account"] == {"504": 45_000, "505": 5_000}
    assert found["funds.expense"].at("year+account", "2022+504") == 15_000
    assert found["funds.opening"].value == 100_000
    assert found["funds.balance"].by["year"] == {
        "2021": 140_000, "2022": 120_000, "2023": 120_000, "2024": 120_000, "2025": 120_000, "2026": 120_000,
    }  # fmt: skip
    assert found["funds.balance"].by["account"] == {"102": 125_000, "101": -5_000}
    assert found["funds.surplus"].value == 120_000
    assert found["funds.opening_surplus"].value == 100_000
    later = measure(Scope(world.union, date(2022, 1, 1), date(2023, 1, 1), today, ""))
    assert later["funds.opening_surplus"].value == 140_000
    assert found["funds.vouchers"].value == 6
    assert found["funds.members_share"].value == Rate(45_000, 50_000)


def test_withdrawn_lines_never_count(book, measure):
    book(date(2021, 3, 1), 1, ("102", 700, 0), ("401", 0, 700))
    LedgerLine.objects.update(withdrawn_on=date(2021, 3, 2))
    found = measure()
    assert found["funds.income"].value == found["funds.balance"].value == found["funds.vouchers"].value == 0


def test_the_demo_facts_equal_a_plain_walk_over_the_records(make_world, scope_of, measure):
    world = make_world("funds")
    scope = scope_of(world)
    found = measure(scope)
    by_year, by_account, money = defaultdict(int), defaultdict(int), 0
    for line in LedgerLine.objects.in_union(world.union):
        assert world.first <= line.on <= world.today
        if line.side == "expense" and not line.closing:
            by_year[str(line.on.year)] += line.debit_fen - line.credit_fen
            by_account[line.account] += line.debit_fen - line.credit_fen
        if line.side == "money":
            money += line.debit_fen - line.credit_fen
    assert found["funds.expense"].by["year"] == by_year
    assert found["funds.expense"].by["account"] == by_account
    assert found["funds.balance"].value == money
    dues = Collection.objects.in_union(world.union).filter(kind="dues")
    assert found["funds.dues"].value == sum(row.paid_fen for row in dues) == found["funds.income"].by["account"]["401"]
    shares = Collection.objects.in_union(world.union).filter(kind="contribution")
    assert sum(row.kept_fen for row in shares) == found["funds.income"].by["account"]["402"]
    assert found["funds.contribution"].value == sum(row.paid_fen for row in shares)
    assert found["funds.remitted"].value == sum(row.remitted_fen or 0 for row in shares)
    lines = BudgetLine.objects.in_union(world.union).filter(side="expense")
    assert found["funds.budget_expense"].value == sum(row.revised_fen for row in lines)
    assert found["funds.initial_expense"].value == sum(row.initial_fen for row in lines)
    reviews = Review.objects.in_union(world.union)
    assert found["funds.reviews"].value == len(reviews)
    assert found["funds.review_findings"].value == sum(row.finding_count for row in reviews)
    assert found["funds.surplus"].value == found["funds.balance"].value - found["funds.payable"].value
    moved = found["funds.income"].value - found["funds.expense"].value
    assert found["funds.surplus"].value == found["funds.opening_surplus"].value + moved


def test_a_balance_of_the_term_is_opening_plus_income_less_expense_plus_what_is_owed(make_world, scope_of, measure):
    found = measure(scope_of(make_world("funds")))
    assets = found["funds.opening"].value + found["funds.income"].value - found["funds.expense"].value
    opened_debt = next(line.fen for line in LedgerLine.objects.filter(opening=True, side="liability"))
    owed = found["funds.payable"].value - opened_debt
    assert found["funds.balance"].value == assets + owed


def test_every_value_lists_as_many_records_as_it_says(make_world, scope_of, measure):
    scope = scope_of(make_world("funds"))
    for value in measure(scope).values():
        listed = list(evidence.rows(value.spec, scope))
        assert len(listed) == value.evidence_count, value.key
        assert all(isinstance(label, str) for row in listed[:5] for label in row.label)


def test_one_year_as_scope_gives_the_same_as_the_breakdown_of_the_term(make_world, scope_of, measure):
    world = make_world("funds")
    whole = measure(scope_of(world))
    year = measure(scope_of(world, date(2023, 1, 1), date(2024, 1, 1)))
    for key in (
        "funds.income",
        "funds.expense",
        "funds.balance",
        "funds.surplus",
        "funds.budget_expense",
        "funds.dues",
    ):
        assert year[key].value == whole[key].at("year", 2023), key
    assert year["funds.expense"].at("account", "501") == whole["funds.expense"].at("year+account", "2023+501")


def test_the_facts_cost_few_queries(scope):
    assert facts.query_count(FACTS, scope) <= 16


def _judged(scope, values):
    return {claim.key: claim for claim in claims.judge(CLAIMS, scope, values)}


def test_the_claims_hold_where_every_year_has_its_record_and_name_the_year_that_lacks_it(keep, measure, today, world):
    scope = Scope(world.union, date(2024, 1, 1), date(2027, 1, 1), today, "")
    for year in (2024, 2025, 2026):
        keep(services.save_budgets, budget_row(year, "50404", 30_000))
        final = {"on": date(year, 3, 1), "year": year - 1, "kind": "final", "finding_count": 0, "mended_count": 0}
        keep(services.save_reviews, final)
    judged = _judged(scope, measure(scope))
    assert {claim.state for claim in judged.values()} == {HOLDS}
    BudgetLine.objects.filter(year=2025).update(joint=False)
    Review.objects.filter(on__year=2026).update(withdrawn_on=today)
    judged = _judged(scope, measure(scope))
    assert judged["claims.yearly_budget"].state == judged["claims.yearly_review"].state == REFUTED
    assert "2025年" in judged["claims.yearly_budget"].missing[0]
    assert judged["claims.yearly_aid_line"].state == HOLDS
    BudgetLine.objects.filter(year=2026).update(revised_fen=0)
    assert _judged(scope, measure(scope))["claims.yearly_aid_line"].state == REFUTED


def test_receipts_and_dues_are_counted_by_their_kinds(keep, measure, world):
    keep(services.save_receipts, receipt_row(world.people[0].pk, date(2024, 2, 1), 300))
    keep(services.save_collections, dues_row(date(2024, 3, 1), 26.15), dues_row(date(2024, 4, 1), 20))
    found = measure()
    assert found["funds.receipts"].by["kind"] == {"festival_gift": 1}
    assert found["funds.receipts_value"].value == 30_000
    assert found["funds.paid_in_full"].value == Rate(1, 2)
    assert not Entry.objects.exists()
