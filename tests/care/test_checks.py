from datetime import date

import pytest

from zhijia.care import services
from zhijia.care.checks import CHECKS
from zhijia.core import checks

OLD, NEW = date(2022, 3, 8), date(2024, 3, 8)
CASE = {"applied_on": date(2024, 9, 4), "cause": "own_illness", "decided_on": date(2024, 9, 13), "minutes": "纪要9号",
        "notice_first": date(2024, 9, 14), "notice_end": date(2024, 9, 24), "paid_on": date(2024, 9, 25),
        "amount_fen": 300000, "source": "own", "receipt": True, "objections": 0}  # fmt: skip


@pytest.fixture
def visit(world, by, today, who):
    def run(on=NEW, name="李秀英", **more):
        row = {"person": who(name), "person_name": "", "category": "hospital", "occasion": "", "event": None, "on": on,
               "money_fen": 100000, "goods": "", "goods_fen": 0, "payer": "union", "receipt": True,
               "opinion": "", **more}  # fmt: skip
        return services.save_visits([row], union=world.union, by=by, today=today)[0]

    return run


@pytest.fixture
def aid(world, by, today, who):
    def run(name="李秀英", **more):
        return services.save_aid(
            [{**CASE, "person": who(name), "person_name": "", **more}], union=world.union, by=by, today=today
        )

    return run


@pytest.fixture
def found(scope):
    return lambda: [(one.rule, one.then, one.now) for one in checks.run(CHECKS, scope)]


def test_a_clean_year_gives_no_finding(visit, aid, found):
    visit()
    visit(name="王小明", category="retired", payer="veterans", on=date(2024, 2, 1))
    visit(name="王小明", category="retirement", money_fen=0, goods_fen=50000)
    aid()
    assert found() == []


def test_a_gift_over_the_old_cap_and_under_the_new_one_was_wrong_then(visit, found):
    visit(on=OLD, money_fen=150000)
    assert found() == [("R-FUN-10", True, False)]


def test_a_gift_over_both_caps_is_wrong_then_and_now(visit, found):
    visit(on=OLD, name="王小明", category="birth", money_fen=250000)
    assert found() == [("R-CAP", True, True)]


def test_warmth_is_capped_each_time_and_for_the_year(visit, found):
    for month, money in ((1, 290000), (2, 290000), (6, 100000)):
        visit(on=date(2024, month, 8), category="ill", money_fen=money)
    assert found() == [("R-CAP", True, True)]


def test_the_same_illness_is_paid_for_once_a_year(world, by, who, visit, found):
    rows = [
        {"person": who("李秀英"), "relation": "self", "kind": "hospital", "happened_on": day}
        for day in (date(2024, 3, 1), date(2024, 7, 1))
    ]
    first, second = services.save_events(rows, union=world.union, by=by, today=world.today)
    visit(event=first)
    visit(event=second, on=date(2024, 7, 3))
    assert found() == []
    visit(event=first, on=date(2024, 3, 20), money_fen=10000)
    assert found() == [("R-FUN-10", True, True)]


def test_visits_that_name_no_event_are_held_against_the_stays_on_record(visit, found):
    visit()
    visit(on=date(2024, 9, 1))
    assert found() == [("R-FUN-10", True, True)]


def test_retirees_were_visited_with_union_money_while_that_was_allowed(visit, found):
    visit(on=date(2022, 1, 20), category="retired")
    assert found() == [("R-PAYER", False, True)]
    visit(on=date(2023, 1, 15), category="retired")
    assert found() == [("R-PAYER", False, True), ("R-PAYER", True, True)]


def test_a_souvenir_is_not_paid_out_in_money(visit, found):
    visit(category="retirement")
    assert found() == [("R-FUN-08", True, True)]


def test_money_is_signed_for(visit, aid, found):
    visit(receipt=False)
    assert found() == [("R-FUN-11", True, True)]


def test_aid_without_decision_notice_or_receipt_is_found(aid, found):
    aid(decided_on=None, minutes="", notice_first=None, notice_end=None)
    assert found() == [("R-AID-01", True, True)]


def test_aid_paid_before_its_notice_was_over_is_found(aid, found, scope):
    aid(notice_end=date(2024, 9, 29), paid_on=date(2024, 9, 27))
    assert found() == [("R-AID-01", True, True)]
    aid(name="王小明", notice_end=date(2024, 9, 17))
    assert "1个工作日" in checks.run(CHECKS, scope)[0].message


def test_causes_that_add_up_to_more_than_the_persons_are_told(aid, found):
    aid()
    aid(applied_on=date(2024, 9, 5), cause="schooling", amount_fen=100000)
    assert found() == [("R-AID-02", True, True)]


def test_an_illness_in_an_open_column_is_found_and_not_repeated(visit, scope):
    visit(opinion="正在化疗，希望调整工作")
    (one,) = checks.run(CHECKS, scope)
    assert one.rule == "R-PRI-01"
    assert "化疗" not in one.message + one.record
