import json
from datetime import date
from fractions import Fraction

import pytest

from zhijia.core.outcomes import Refused
from zhijia.standards import pack_files, services
from zhijia.standards.models import Phrase, Standard

BEFORE, AFTER = date(2022, 6, 1), date(2024, 6, 1)


@pytest.fixture
def world(make_world):
    return make_world("unions", members=10)


def test_the_invented_province_changes_its_rules_in_2023(world, by, today):
    services.import_pack("jiangzhou", union=world.union, by=by, today=today)
    book = services.load(world.union)
    assert book.cap("festival_gift", BEFORE).amount_fen == 150000
    assert book.cap("festival_gift", AFTER).amount_fen == 220000
    for practice in ("book_coupon", "value_voucher", "retiree_visit_union_funds"):
        assert book.forbidden(practice, BEFORE) is None
        assert book.forbidden(practice, AFTER).confirmed
    assert book.forbidden("multi_day_outing", BEFORE).rule == "R-FUN-07"


def test_limits_that_are_no_amounts_are_found_by_their_shape(world, by, today):
    services.import_pack("xinjiang", union=world.union, by=by, today=today)
    services.import_pack("shaanxi", union=world.union, by=by, today=today)
    book = services.load(world.union)
    assert book.limit("procurement", today, "share_at_least").ratio == Fraction(3, 10)
    assert book.limit("festival_gift", today, "times_per_year").count == 3
    assert book.limit("prize", today, "ratio") is None
    assert book.cap("festival_gift", today, shape="per_year").amount_fen == 100000


def test_loading_takes_two_queries(world, by, today, django_assert_max_num_queries):
    services.import_pack("jiangzhou", union=world.union, by=by, today=today)
    with django_assert_max_num_queries(2):
        services.load(world.union)


def test_every_shipped_pack_is_taken_over_and_twice_changes_nothing(world, by, today):
    for code in pack_files.shipped():
        first = services.import_pack(code, union=world.union, by=by, today=today)
        again = services.import_pack(code, union=world.union, by=by, today=today)
        assert (again.new, again.changed, again.equal) == (0, (), first.new)
    assert not Standard.objects.filter(pack="zhejiang").exists()
    assert not Standard.objects.exclude(pack="jiangzhou").exclude(confirmed_by="").exists()


def test_a_pack_blocks_only_after_a_named_person_confirmed_it(world, by, today):
    services.import_pack("anhui", union=world.union, by=by, today=today)
    assert services.load(world.union).forbidden("book_coupon", today).severity == "待确认"
    with pytest.raises(Refused, match="由谁确认"):
        services.confirm_pack("anhui", union=world.union, name=" ", by=by, today=today)
    assert services.confirm_pack("anhui", union=world.union, name="周建民", by=by, today=today) == 22
    assert services.load(world.union).forbidden("book_coupon", today).severity == "refuse"


def test_a_changed_standard_has_to_be_confirmed_again(world, by, today, tmp_path):
    row = {"item": "birthday", "shape": "once", "amount_fen": 30000, "first": "2024-01-01"}
    other = {"item": "marriage", "shape": "once", "amount_fen": 60000, "first": "2024-01-01"}
    path = tmp_path / "own.json"
    path.write_text(json.dumps({"pack": "own", "standards": [row, other]}), encoding="utf-8")
    services.import_pack(path, union=world.union, by=by, today=today)
    services.confirm_pack("own", union=world.union, name="何静", by=by, today=today)
    path.write_text(json.dumps({"pack": "own", "standards": [{**row, "amount_fen": 20000}, other]}), encoding="utf-8")
    told = services.import_pack(path, union=world.union, by=by, today=today)
    assert (told.new, len(told.changed), told.equal) == (0, 1, 1)
    book = services.load(world.union)
    assert not book.cap("birthday", today).confirmed
    assert book.cap("marriage", today).confirmed


def test_a_faulty_pack_is_refused_with_every_fault_and_saves_nothing(world, by, today, tmp_path):
    path = tmp_path / "bad.json"
    rows = [{"item": "birthday", "shape": "once"}, {"item": "x", "shape": "once", "first": "2024-13-01", "price": 1}]
    path.write_text(json.dumps({"pack": "bad", "standards": rows}), encoding="utf-8")
    with pytest.raises(Refused) as refused:
        services.import_pack(path, union=world.union, by=by, today=today)
    assert len(refused.value.violations) == 4
    path.write_text("{", encoding="utf-8")
    with pytest.raises(Refused, match="JSON"):
        services.import_pack(path, union=world.union, by=by, today=today)
    with pytest.raises(Refused, match="打不开"):
        services.import_pack(tmp_path / "none.json", union=world.union, by=by, today=today)
    assert not Standard.objects.exists()


def test_an_own_standard_stays_at_or_under_the_provinces(world, by, today):
    services.import_pack("jiangzhou", union=world.union, by=by, today=today)
    row = {"pack": "own", "level": "own", "rule": "", "item": "birthday", "shape": "once", "tier": "",
           "amount_fen": 60000, "first": date(2024, 1, 1), "end": None}  # fmt: skip
    row.update(confirmed_by="何静", confirmed_on=today)
    with pytest.raises(Refused, match="高于省里的标准"):
        services.save_standards([row], union=world.union, by=by, today=today)
    services.save_standards([{**row, "amount_fen": 40000}], union=world.union, by=by, today=today)
    assert services.load(world.union).cap("birthday", today).amount_fen == 40000


def test_phrases_belong_to_their_time_and_wait_for_a_named_person(world, by, today):
    services.import_pack("phrases", union=world.union, by=by, today=today)
    book = services.load(world.union)
    assert "十九大" in book.phrases("guiding_ideology", date(2021, 1, 1))[0].text
    assert "二十大" in book.phrases("guiding_ideology", today)[0].text
    assert not book.phrases("guiding_ideology", today)[0].confirmed
    assert services.confirm_phrases(union=world.union, name="周建民", by=by, today=today) == Phrase.objects.count()
    assert services.load(world.union).phrases("guiding_ideology", today)[0].confirmed_by == "周建民"


def test_the_unions_calendar_moves_its_working_days(world, by, today):
    assert services.working_days_between(world.union, date(2026, 3, 2), date(2026, 3, 6)) == 5
    rows = [{"day": date(2026, 3, 4), "works": False, "note": "停电"}]
    services.save_calendar(rows, union=world.union, by=by, today=today)
    assert services.working_days_between(world.union, date(2026, 3, 2), date(2026, 3, 6)) == 4
    assert services.add_working_days(world.union, date(2026, 3, 2), 2) == date(2026, 3, 5)


def test_the_demo_holds_the_packs_and_confirmed_phrases(make_world, today):
    world = make_world("standards", members=10)
    book = world.books["standards"]
    assert book.cap("hospital", today).amount_fen == 200000
    assert all(phrase.confirmed for phrase in book.all_phrases)
    assert {row.level for row in book.all_caps} == {"national", "province"}
