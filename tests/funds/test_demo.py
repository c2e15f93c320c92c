"""The demo's money has the size and the plants that the sample asks for."""

import pytest

from zhijia.core import checks, claims, facts
from zhijia.core.feature_types import HOLDS
from zhijia.funds.checks import CHECKS
from zhijia.funds.facts import CLAIMS, FACTS
from zhijia.funds.models import Collection, Entry, PersonReceipt


@pytest.fixture
def full(make_world):
    return make_world("funds", members=260)


def test_a_year_of_260_members_brings_about_a_million_of_which_four_fifths_are_contribution(full, scope_of):
    found = facts.compute(FACTS, scope_of(full), cache=False)
    for year in range(2021, 2026):
        income = found["funds.income"].at("year", year)
        assert 90_000_000 <= income <= 115_000_000
        assert 0.75 <= found["funds.income"].at("year+account", f"{year}+402") / income <= 0.86
        assert 0.8 <= found["funds.expense"].at("year", year) / income <= 1.02
    assert found["funds.budgets"].value == 6
    assert all(found["funds.balance"].at("year", year) > 0 for year in range(2020, 2027))
    assert found["funds.paid_in_full"].value.full


def test_the_plants_are_one_overspent_line_and_one_finding_still_open(full, scope_of):
    scope = scope_of(full)
    [finding] = checks.run(CHECKS, scope)
    assert (finding.rule, finding.record) == ("R-FUN-02", "2023年职工活动支出-文体活动支出")
    found = facts.compute(FACTS, scope, cache=False)
    mended = found["funds.review_mended"].value
    assert mended.den - mended.num == 1


@pytest.mark.parametrize("profile", ["full", "small"])
def test_all_yearly_claims_hold(make_world, scope_of, profile):
    scope = scope_of(make_world("funds", members=86, profile=profile))
    judged = claims.judge(CLAIMS, scope, facts.compute(FACTS, scope, cache=False))
    assert {claim.state for claim in judged} == {HOLDS}


def test_the_chart_changes_with_2022_and_no_attachment_of_a_payment_is_missing(full):
    lines = Entry.objects.in_union(full.union)
    assert set(lines.filter(year__lte=2021).values_list("chart", flat=True)) == {"2009"}
    assert set(lines.filter(year__gte=2022).values_list("chart", flat=True)) == {"2021"}
    assert not lines.filter(side="expense", closing=False, attachments=0).exists()


def test_the_last_month_of_dues_is_listed_by_person_and_nobody_pays_twice(full):
    rows = Collection.objects.in_union(full.union).filter(kind="dues")
    by_person = rows.filter(person__isnull=False, paid_fen__gt=0)
    assert set(by_person.values_list("month", flat=True)) == {max(rows.values_list("month", flat=True))}
    assert by_person.count() == len({row.person_id for row in by_person}) > 200


def test_one_member_is_on_record_as_paying_nothing_for_seven_months(full):
    unpaid = Collection.objects.in_union(full.union).filter(kind="dues", person__isnull=False, paid_fen=0)
    assert unpaid.count() == len(set(unpaid.values_list("month", flat=True))) == 7
    assert len(set(unpaid.values_list("person", flat=True))) == 1


def test_souvenirs_are_in_the_receipts_of_persons(full):
    receipt = PersonReceipt.objects.in_union(full.union).first()
    assert receipt.signed
    assert receipt.kind != PersonReceipt.Kind.FESTIVAL
