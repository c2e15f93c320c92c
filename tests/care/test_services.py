from datetime import date, timedelta

import pytest

from zhijia.care import services
from zhijia.care.models import AidCase, Event, MutualAid, UpwardApplication, Visit
from zhijia.care.sheets import SHEETS
from zhijia.core import secrets
from zhijia.core.fields import Sealed
from zhijia.core.outcomes import Refused
from zhijia.core.sheets import exporting, importing
from zhijia.core.sheets.writing import write_workbook
from zhijia.features import FEATURES
from zhijia.members.sheets import PERSONS
from zhijia.unions.sheets import GROUPS, TERMS, UNION

ALL = (UNION, TERMS, GROUPS, PERSONS, *SHEETS)
EVENT = {"relation": "self", "kind": "hospital", "happened_on": date(2024, 3, 5), "known_on": date(2024, 3, 6)}
VISIT = {"person_name": "", "category": "hospital", "occasion": "", "event": None, "on": date(2024, 3, 8),
         "money_fen": 100000, "goods_fen": 20000}  # fmt: skip
AID = {"applied_on": date(2024, 11, 4), "cause": "family_illness", "decided_on": date(2024, 11, 11),
       "paid_on": date(2024, 11, 21), "amount_fen": 300000}  # fmt: skip


@pytest.fixture
def save(world, by, today):
    def run(service, *rows, origin="lived"):
        return service(rows, union=world.union, by=by, today=today, origin=origin)

    return run


def test_an_event_knows_whether_and_until_when_a_visit_is_due(save, who):
    (pk,) = save(services.save_events, {**EVENT, "person": who("李秀英")})
    event = Event.objects.get(pk=pk)
    assert (event.must, event.due_on) == (True, date(2024, 3, 20))


def test_the_unions_own_list_decides_what_must_be_visited(save, who):
    save(services.save_must_visits, {"kind": "hospital", "days": 7, "first": None, "end": date(2025, 1, 1)})
    one = {**EVENT, "person": who("李秀英")}
    pks = save(
        services.save_events, one, {**one, "kind": "birth"}, {**one, "happened_on": date(2025, 3, 5), "known_on": None}
    )
    events = Event.objects.in_bulk(pks)
    assert [(events[pk].must, events[pk].due_on) for pk in pks] == [
        (True, date(2024, 3, 13)), (False, None), (False, None)
    ]  # fmt: skip


def test_illness_is_stored_sealed_and_not_read_along(save, who, django_assert_num_queries):
    (pk,) = save(services.save_events, {**EVENT, "person": who("李秀英"), "illness": "胆囊手术"})
    event = Event.objects.get(pk=pk)
    assert "illness" in event.get_deferred_fields()
    assert isinstance(event.illness, Sealed)
    assert "胆囊" not in str(event)
    assert secrets.decrypt(event.illness.ciphertext) == "胆囊手术"


def test_a_visit_adds_money_and_goods_and_tells_its_occasion(save, who):
    (event,) = save(services.save_events, {**EVENT, "person": who("李秀英")})
    (pk,) = save(services.save_visits, {**VISIT, "person": who("李秀英"), "event": event})
    visit = Visit.objects.get(pk=pk)
    assert (visit.amount_fen, visit.occasion) == (120000, "must")


def test_a_visit_to_somebody_elses_event_is_refused(save, who):
    (event,) = save(services.save_events, {**EVENT, "person": who("李秀英")})
    with pytest.raises(Refused, match="不是同一个人"):
        save(services.save_visits, {**VISIT, "person": who("王小明"), "event": event})
    assert not Visit.objects.exists()


def test_somebody_who_is_not_on_the_register_keeps_the_name(save, who):
    rows = (
        {**VISIT, "person": None, "person_name": "陈德福", "category": "retired"},
        {**VISIT, "person": who("李秀英"), "person_name": "李秀英"},
    )
    pks = save(services.save_visits, *rows)
    assert [Visit.objects.get(pk=pk).person_name for pk in pks] == ["陈德福", ""]
    with pytest.raises(Refused, match="没有写明是谁"):
        save(services.save_visits, {**VISIT, "person": None})


def test_what_lies_in_the_future_is_refused(save, who, today):
    later = today + timedelta(days=1)
    with pytest.raises(Refused, match="今天以后"):
        save(services.save_visits, {**VISIT, "person": who("李秀英"), "on": later})
    with pytest.raises(Refused, match="今天以后"):
        save(services.save_events, {**EVENT, "person": who("李秀英"), "known_on": later})


def test_the_relation_of_a_death_is_asked_for(save, who):
    with pytest.raises(Refused, match="应是本人"):
        save(services.save_events, {**EVENT, "person": who("李秀英"), "kind": "member_death", "relation": "parent"})
    save(services.save_events, {**EVENT, "person": who("李秀英"), "kind": "relative_death"})
    assert Event.objects.count() == 1


def test_an_aid_case_has_its_steps_in_order_and_its_cause_grouped(save, who):
    (pk,) = save(services.save_aid, {**AID, "person": who("王小明")})
    assert AidCase.objects.get(pk=pk).cause_group == "illness"
    with pytest.raises(Refused, match="发放日期早于研究日期"):
        save(services.save_aid, {**AID, "person": who("李秀英"), "paid_on": date(2024, 11, 10)})
    with pytest.raises(Refused, match="一起填写"):
        save(services.save_aid, {**AID, "person": who("李秀英"), "amount_fen": None})


def test_an_application_is_granted_with_its_amount_only(save, who):
    row = {"person": who("王小明"), "applied_on": date(2024, 9, 1), "state": "granted", "decided_on": date(2024, 9, 20)}
    with pytest.raises(Refused, match="批准金额要一致"):
        save(services.save_upward, {**row, "granted_fen": None}, origin="recorded")
    save(services.save_upward, {**row, "granted_fen": 500000}, origin="recorded")
    assert UpwardApplication.objects.get().granted_fen == 500000


def test_mutual_aid_pays_only_what_was_claimed(save, who):
    row = {"person": who("王小明"), "scheme": "医疗互助", "year": 2024, "enrolled_on": date(2024, 3, 1)}
    with pytest.raises(Refused, match="申领日期"):
        save(services.save_mutual, {**row, "claimed_on": None, "paid_on": date(2024, 5, 1), "paid_fen": 100})
    save(services.save_mutual, {**row, "claimed_on": date(2024, 4, 1), "paid_on": date(2024, 5, 1), "paid_fen": 100})
    assert MutualAid.objects.get().paid_fen == 100


def _pages():
    """One row per sheet as a union would type it."""
    one = {"person": "李秀英", "relation": "self"}
    march, paid = date(2024, 3, 7), {"paid_on": date(2024, 11, 21), "amount_fen": 300000}
    rows = {
        "必访项目": {"kind": "hospital", "days": 10},
        "应访事项": {**one, "kind": "hospital", "happened_on": date(2024, 3, 5), "illness": "胆囊手术"},
        "走访慰问": {**one, "category": "hospital", "event": "李秀英 2024-03-05", "on": march, "money_fen": 100000},
        "困难补助": {
            **paid,
            "person": "陈德福",
            "applied_on": date(2024, 11, 4),
            "cause": "own_illness",
            "income": "2000元",
        },
        "向上申请": {"person": "王小明", "applied_on": date(2024, 9, 1), "state": "applied"},
        "互助保障": {"person": "王小明", "scheme": "医疗互助", "year": 2024, "enrolled_on": date(2024, 3, 1)},
    }
    for sheet in SHEETS:
        yield sheet, [[rows[sheet.name].get(column.field) for column in sheet.columns]]


def test_a_ledger_is_imported_and_twice_changes_nothing(world, by, today, tmp_path, who):
    path = tmp_path / "台账.xlsx"
    write_workbook(path, _pages())
    done = importing.run(path, sheets=ALL, union=world.union, by=by, today=today)
    assert [str(problem) for problem in done.problems if problem.level == "refuse"] == []
    assert [count.new for count in done.counts] == [1] * len(SHEETS)
    visit = Visit.objects.select_related("event").get()
    assert (visit.person_id, visit.event.person_id, visit.event.due_on) == (
        who("李秀英"),
        who("李秀英"),
        date(2024, 3, 15),
    )
    assert AidCase.objects.get().person_name == "陈德福"
    again = importing.run(path, sheets=ALL, union=world.union, by=by, today=today)
    assert [(count.new, count.changed, count.equal) for count in again.counts] == [(0, 0, 1)] * len(SHEETS)


def test_the_demo_as_a_ledger_is_what_is_stored(make_world, by, today, tmp_path):
    built = make_world("care", members=90, profile="small")
    sheets = [sheet for feature in FEATURES for sheet in feature.sheets]
    own = [sheet for sheet in sheets if sheet in SHEETS]
    path = tmp_path / "台账.xlsx"
    write_workbook(path, [page for page in exporting.pages(sheets, built.union, today) if page[0] in own])
    done = importing.run(path, sheets=sheets, union=built.union, by=by, today=today, dry_run=True)
    assert [str(problem) for problem in done.problems] == []
    assert all(count.equal and not count.new and not count.changed for count in done.counts)
    assert {count.sheet for count in done.counts} == {sheet.name for sheet in own} - {"必访项目"}
