"""自动退会 goes by a proposal: writing it into the record is refused, an old ledger is recorded and told of."""

from datetime import date

import pytest

from tests.shell.forms import form_of
from tests.shell.people import client_of, user_of
from zhijia.core.outcomes import WARN, Refused
from zhijia.core.sheets import importing
from zhijia.members import lapsing, services
from zhijia.members.models import Person
from zhijia.members.sheets import SHEETS
from zhijia.unions import services as unions

LEFT = date(2026, 11, 2)


@pytest.fixture
def union(db, by, today):
    return unions.found({"code": "T", "name": "测试工会"}, by=by, today=today).pk


@pytest.fixture
def person(union, by, today):
    row = {"name": "王归", "sex": "female", "staff_no": "W1", "admitted_on": date(2015, 1, 1)}
    return Person.objects.get(pk=services.save_persons([row], union=union, by=by, today=today)[0])


def test_the_record_does_not_say_it_before_it_was_decided(person, union, by, today):
    row = {"uid": person.uid, "name": person.name, "sex": "female", "left_on": LEFT, "leaving": "deemed"}
    for origin in ("lived", "recorded"):
        with pytest.raises(Refused, match="先谈话"):
            services.save_persons([row], union=union, by=by, today=today, origin=origin)
    new = {"name": "李新", "sex": "male", "admitted_on": date(2015, 1, 1), "left_on": LEFT, "leaving": "deemed"}
    with pytest.raises(Refused, match="先谈话"):
        services.save_persons([new], union=union, by=by, today=today)


def test_whoever_was_deemed_by_decision_is_corrected_as_anybody(person, union, by, today):
    lapsing.talked(person, on=LEFT, who="李", told="谈过了", by=by, today=today)
    lapsing.decide(person, lapsing.Verdict(True, today, "原因", "第1次会议"), by=by, today=today)
    row = {
        "uid": person.uid, "name": person.name, "sex": "female", "admitted_on": date(2015, 1, 1), "left_on": today,
        "leaving": "deemed", "job": "科员",
    }  # fmt: skip
    services.save_persons([row], union=union, by=by, today=today)
    person.refresh_from_db()
    assert (person.job, person.leaving) == ("科员", "deemed")


def test_an_old_ledger_is_recorded_and_told_of(person, union, by, today, tmp_path):
    path = tmp_path / "会员.csv"
    head = "姓名,性别,工号,入会日期,离会日期,离会原因"
    path.write_text(f"{head}\n赵老,男,Z1,2001-01-01,2012-05-01,自动退会\n", encoding="utf-8")
    found = importing.prepare(path, sheets=SHEETS, union=union, today=today)
    (told,) = [one for one in found.problems if one.code == "proposed"]
    assert (told.level, told.place.row) == (WARN, 2)
    importing.commit(found, by=by)
    assert Person.objects.get(staff_no="Z1").leaving == "deemed"
    again = importing.prepare(path, sheets=SHEETS, union=union, today=today)
    assert [one for one in again.problems if one.code == "proposed"] == []


def test_the_form_says_where_it_is_done(make_world, today, monkeypatch):
    monkeypatch.setenv("ZHIJIA_TODAY", today.isoformat())
    world = make_world("members", members=60)
    client = client_of(user_of(world, "chair", today))
    one = Person.objects.get(pk=world.members_on(today)[5].pk)
    url = f"/records/members/person/{one.uid}/edit/"
    given = form_of(client.get(url))
    answer = client.post(url, given | {"left_on": today.isoformat(), "leaving": "deemed"})
    assert answer.status_code == 422
    assert "自动退会提议" in answer.content.decode()
