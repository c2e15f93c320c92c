from datetime import date

import pytest

from zhijia.benefits import services
from zhijia.benefits.facts import CLAIMS, FACTS
from zhijia.core import claims, evidence, facts
from zhijia.core.cube import Rate
from zhijia.notices import services as notices

BY_KEY = {spec.key: spec for spec in FACTS}


@pytest.fixture
def state(scope):
    def of(key):
        values = facts.compute(FACTS, scope, cache=False)
        return next(claim for claim in claims.judge(CLAIMS, scope, values, cache=False) if claim.key == key)

    return of


def issue(kind, on, fen=10_000, heads=10, **more):
    row = {
        "kind": kind,
        "festival": "",
        "item": kind,
        "unit_fen": fen,
        "heads": heads,
        "amount_fen": None,
        "issued_on": on,
    }
    return row | more


def case(person, kind="subsidy", solved_on=date(2023, 6, 15), **more):
    row = {
        "person": None,
        "person_name": "",
        "kind": kind,
        "applied_on": date(2023, 3, 1),
        "solved_on": solved_on,
        "amount_fen": 100,
    }
    return row | ({"person": person} if isinstance(person, int) else {"person_name": person}) | more


def listed(person, on=date(2023, 2, 20)):
    row = {"person": None, "person_name": "", "matter": "housing_subsidy", "listed_on": on}
    return row | ({"person": person} if isinstance(person, int) else {"person_name": person})


def test_welfare_facts_equal_what_their_evidence_adds_up_to(save, scope):
    rows = [issue("festival", date(2021, 9, 10), festival="中秋"), issue("book_coupon", date(2022, 4, 22), heads=7)]
    save(services.save_issues, *rows, issue("film", date(2019, 1, 1)))
    values = facts.compute(FACTS, scope, cache=False)
    assert values["benefits.issues"].value == 2
    assert values["benefits.issues"].at("kind", "book_coupon") == 1
    behind = list(evidence.rows(BY_KEY["benefits.value"], scope))
    assert values["benefits.value"].value == sum(row.fen for row in behind) == 170_000
    assert values["benefits.value"].at("payer", "union") == 170_000
    assert values["benefits.issue_people"].value == 17
    assert values["benefits.issue_people"].at("year", 2022) == 7


def test_persons_are_counted_once_inside_and_outside_the_register(save, scope, people):
    zhang, _li = people
    save(services.save_housing, case(zhang, "purchase"), case(zhang, "allocation"), case("王五", "purchase"))
    save(services.save_housing, case("王五", "purchase", applied_on=None), case("赵六", "purchase", solved_on=None))
    values = facts.compute(FACTS, scope, cache=False)
    assert values["benefits.housing_people"].value == 2
    assert values["benefits.housing_applications"].value == 4
    assert values["benefits.subsidy_people"].value == 0


def test_the_subsidy_rate_asks_the_administrations_list_and_leaves_out_who_was_listed_of_late(
    save, scope, people, state
):
    zhang, li = people
    assert state("claims.all_entitled_paid").state == "unknown"
    save(services.save_entitlements, listed(zhang), listed("王五"), listed(li, on=date(2026, 10, 8)))
    save(services.save_housing, case(zhang), case("王五"))
    values = facts.compute(FACTS, scope, cache=False)
    assert values["benefits.subsidy_rate"].value == Rate(2, 2)
    assert values["benefits.subsidy_entitled"].value == 3
    assert values["benefits.subsidy_amount"].value == 200
    assert state("claims.all_entitled_paid").state == "holds"
    save(services.save_entitlements, listed("赵六"))
    refuted = state("claims.all_entitled_paid")
    assert (refuted.state, refuted.missing) == ("refuted", ("2023年2月20日 赵六",))


def test_cases_are_noticed_when_the_whole_department_could_read_it(save, scope, state):
    row = {"title": "公示", "kind": "subsidy", "posted_on": date(2023, 5, 8), "end": date(2023, 5, 20)}
    (wide,) = save(notices.save_notices, row | {"scope": "department"})
    (narrow,) = save(notices.save_notices, row | {"title": "内", "scope": "union"})
    save(services.save_housing, case("甲", notice=wide, notice_name=""), case("乙", notice=None, notice_name="张榜"))
    assert state("claims.housing_cases_noticed").state == "holds"
    save(services.save_housing, case("丙", notice=narrow, notice_name=""))
    assert state("claims.housing_cases_noticed").missing == ("2023年6月15日 丙",)


def test_checks_and_leave_are_totals_and_the_leave_rate_is_of_days(save, scope):
    save(
        services.save_health,
        {
            "kind": "general",
            "year": 2024,
            "held_on": date(2024, 9, 1),
            "invited": 10,
            "attended": 9,
            "days_due": None,
            "days_taken": None,
        },
        {
            "kind": "women",
            "year": 2024,
            "held_on": date(2024, 3, 1),
            "invited": 5,
            "attended": 4,
            "days_due": None,
            "days_taken": None,
        },
        {
            "kind": "annual_leave",
            "year": 2024,
            "held_on": None,
            "invited": None,
            "attended": None,
            "days_due": 100,
            "days_taken": 91,
        },
        {
            "kind": "annual_leave",
            "year": 2025,
            "held_on": None,
            "invited": None,
            "attended": None,
            "days_due": 100,
            "days_taken": 95,
        },
    )
    values = facts.compute(FACTS, scope, cache=False)
    assert values["benefits.checkups"].value == 2
    assert values["benefits.checkup_people"].value == 13
    assert values["benefits.checkup_people"].at("kind", "women") == values["benefits.women_checkup_people"].value == 4
    assert values["benefits.checkup_invited"].at("kind", "general") == 10
    assert values["benefits.leave_rate"].value == Rate(186, 200)
    assert values["benefits.leave_days_taken"].at("year", 2025) == 95
    assert values["benefits.leave_days_due"].at("year", 2024) == 100


def test_yearly_claims_hold_with_a_record_in_every_whole_year_and_name_the_year_that_lacks_one(save, state):
    years = range(2021, 2026)
    assert state("claims.yearly_book_coupons").state == "refuted"
    save(services.save_issues, *(issue("book_coupon", date(year, 4, 22)) for year in years))
    save(services.save_health, *({"kind": "general", "held_on": date(year, 9, 1)} for year in years))
    save(services.save_health, *({"kind": "women", "held_on": date(year, 3, 1)} for year in years if year != 2023))
    assert state("claims.yearly_book_coupons").state == state("claims.yearly_checkup").state == "holds"
    assert [year[:5] for year in state("claims.yearly_women_checkup").missing] == ["2023年"]


def test_about_sixty_is_said_of_61_to_69_different_persons(save, state):
    save(services.save_housing, *(case(f"某{number}", "purchase") for number in range(64)))
    assert state("claims.housing_about").text_final == "解决了60多名干部职工的住房问题"
    assert state("claims.housing_about").state == "holds"


def test_one_room_costs_few_queries(scope):
    assert facts.query_count(FACTS, scope) <= 12
