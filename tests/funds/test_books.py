"""hledger, which knows nothing of this house, must agree with our books."""

import csv
import io
import os
import subprocess
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.office.office import need
from zhijia.core import facts
from zhijia.core.feature_types import Scope
from zhijia.core.money import parse_yuan
from zhijia.funds import charts
from zhijia.funds.books import account_name, journal, trial_balance
from zhijia.funds.facts import FACTS


def hledger(text, *options):
    """Balances by account in fen, as hledger reckons them."""
    command = [need("hledger"), "-f", "-", "balance", "--flat", "--no-total", "-O", "csv", "-N", *options]
    environment = os.environ | {"LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(command, input=text, env=environment, capture_output=True, check=True, text=True, timeout=60)
    rows = csv.reader(io.StringIO(done.stdout))
    return {row[0]: parse_yuan(row[1].replace("CNY", "")) for row in rows if row[0] != "account"}


@pytest.mark.parametrize("profile", ["full", "small"])
def test_hledger_agrees_with_the_trial_balance_and_with_the_facts_of_every_year(make_world, profile):
    world = make_world("funds", profile=profile)
    end = date(world.today.year + 1, 1, 1)
    text = journal(world.union, world.first, end)
    told = {row.name: row.closing_fen for row in trial_balance(world.union, world.first, end) if row.closing_fen}
    assert hledger(text) == told
    scope = Scope(world.union, world.first, end, world.today, "")
    balance = next(spec for spec in FACTS if spec.key == "funds.balance")
    value = facts.compute([balance], scope, cache=False)["funds.balance"]
    for year in scope.years:
        money = {
            name: fen for name, fen in hledger(text, "-e", f"{year + 1}-01-01").items() if name.startswith("资产:")
        }
        own = {account_name(code): value.at("year+account", f"{year}+{code}") for code in ("101", "102")}
        assert {name: money.get(name, 0) for name in own} == own
        assert sum(own.values()) == value.at("year", year)


def test_a_journal_of_one_year_opens_with_what_stood_before(make_world):
    world = make_world("funds", members=40, profile="small")
    first, end = date(2023, 1, 1), date(2024, 1, 1)
    told = {row.name: row.closing_fen for row in trial_balance(world.union, first, end) if row.closing_fen}
    assert hledger(journal(world.union, first, end)) == told


def test_the_trial_balance_balances_and_nothing_is_left_on_income_and_expense_at_the_year_end(make_world):
    world = make_world("funds")
    for year in range(2020, 2026):
        rows = trial_balance(world.union, date(year, 1, 1), date(year + 1, 1, 1))
        assert sum(row.opening_fen for row in rows) == 0
        assert sum(row.debit_fen for row in rows) == sum(row.credit_fen for row in rows) > 0
        assert all(row.closing_fen == 0 for row in rows if row.detail[0] in "45")


MEMOS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20)


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(st.data())
def test_hledger_agrees_on_any_vouchers(world, book, data):
    from zhijia.funds.models import LedgerLine

    LedgerLine.objects.all().delete()
    codes = st.sampled_from([code for code in charts.DETAIL_LABELS if charts.CHARTS[charts.NEW][code].confirmed])
    for number in range(1, data.draw(st.integers(1, 5)) + 1):
        debits = data.draw(st.lists(st.tuples(codes, st.integers(1, 10**7)), min_size=1, max_size=4))
        lines = [(code, yuan, 0) for code, yuan in debits] + [("102", 0, sum(yuan for _code, yuan in debits))]
        book(date(2024, data.draw(st.integers(1, 12)), 5), number, *lines, memo=data.draw(MEMOS))
    first, end = date(2024, 1, 1), date(2025, 1, 1)
    told = {row.name: row.closing_fen for row in trial_balance(world.union, first, end) if row.closing_fen}
    assert hledger(journal(world.union, first, end)) == told
