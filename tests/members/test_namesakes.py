"""A name alone tells nobody: a newcomer is not the retired namesake, and nobody is written over."""

from datetime import date

import pytest

from tests.shell.people import client_of, user_of
from zhijia.core.outcomes import Refused
from zhijia.members import joining, logins, services, standing
from zhijia.members.models import Newcomer, Person
from zhijia.unions import services as unions

ARRIVED = date(2026, 9, 1)


@pytest.fixture
def union(db, by, today):
    return unions.found({"code": "T", "name": "测试工会"}, by=by, today=today).pk


@pytest.fixture
def person(union, by, today):
    def make(name="王新", **row):
        entry = {"name": name, "sex": "male", **row}
        return Person.objects.get(pk=services.save_persons([entry], union=union, by=by, today=today)[0])

    return make


@pytest.fixture
def newcomer(union, by, today):
    def make(name="王新", arrived_on=ARRIVED, **row):
        entry = {"name": name, "arrived_on": arrived_on, **row}
        return Newcomer.objects.get(pk=services.save_newcomers([entry], union=union, by=by, today=today)[0])

    return make


@pytest.mark.parametrize(
    "row",
    [
        {},
        {"hired_on": date(1980, 7, 1)},
        {"admitted_on": date(1985, 1, 1)},
        {"admitted_on": date(1985, 1, 1), "retained_on": date(2020, 1, 1)},
        {"staff_no": "0001", "hired_on": ARRIVED},
    ],
)
def test_a_newcomer_is_not_taken_for_somebody_of_the_same_name(*, person, newcomer, row, union, by, today):
    old = person(**row)
    new = newcomer(staff_no="0900")
    assert new.person_id is None
    assert [one.newcomer.pk for one in joining.newcomers(union, today)] == [new.pk]
    with pytest.raises(Refused, match="可能已经有王新"):
        joining.start(new, joining.Entry({"sex": "male"}), on=today, by=by, today=today)
    one = joining.start(new, joining.Entry({"sex": "male"}, anew=True), on=today, by=by, today=today)
    assert one.person_id != old.pk
    before = (old.hired_on, old.staff_no, old.version)
    old.refresh_from_db()
    assert (old.hired_on, old.staff_no, old.version) == before


@pytest.mark.parametrize("row", [{"hired_on": ARRIVED}, {"hired_on": ARRIVED, "admitted_on": date(2026, 10, 1)}])
def test_who_came_on_that_day_is_the_newcomer(person, newcomer, row):
    here = person(**row)
    assert newcomer().person_id == here.pk


def test_a_number_tells_who_it_is_and_another_name_with_it_is_told(person, newcomer, by, today):
    new = newcomer(staff_no="0900")
    old = person(staff_no="0900")
    assert joining.start(new, joining.Entry({"sex": "male"}), on=today, by=by, today=today).person_id == old.pk
    other = newcomer("赵来", staff_no="0901")
    person("钱在", staff_no="0901")
    with pytest.raises(Refused, match="在名册里是钱在"):
        joining.start(other, joining.Entry({"sex": "male"}), on=today, by=by, today=today)


def test_whoever_has_no_number_and_no_birth_is_never_written_over(person, newcomer, by, today):
    old = person()
    new = newcomer()
    with pytest.raises(Refused, match="分清是谁"):
        joining.enter(new, joining.Entry({"sex": "female"}, anew=True), by=by, today=today)
    old.refresh_from_db()
    assert (old.sex, old.version) == ("male", 1)
    born = {"sex": "female", "birth_on": date(2000, 1, 1)}
    made = joining.enter(new, joining.Entry(born, anew=True), by=by, today=today)
    assert made.pk != old.pk


def test_saving_the_list_again_unlinks_nobody(person, newcomer, union, by, today):
    old, new = person(), newcomer()
    joining.enter(new, joining.Entry({"sex": "male"}, known=old), by=by, today=today)
    row = {"name": new.name, "arrived_on": new.arrived_on, "department": "二处"}
    services.save_newcomers([row], union=union, by=by, today=today)
    new.refresh_from_db()
    assert (new.person_id, new.department) == (old.pk, "二处")


def test_the_page_asks_about_a_namesake_and_goes_on_with_the_one_it_is(make_world, by, today, monkeypatch):
    monkeypatch.setenv("ZHIJIA_TODAY", today.isoformat())
    world = make_world("members", members=60)
    client = client_of(user_of(world, "chair", today))
    row = {"name": "欧阳同名", "sex": "male", "department": "老干处"}
    old = Person.objects.get(pk=services.save_persons([row], union=world.union, by=by, today=today)[0])
    entry = {"name": "欧阳同名", "arrived_on": ARRIVED}
    new = Newcomer.objects.get(pk=services.save_newcomers([entry], union=world.union, by=by, today=today)[0])
    url = f"/members/newcomers/{new.uid}/start/"
    page = client.get(url).content.decode()
    assert "都核对过，不是同一个人" in page
    assert f"{url}?person={old.uid}" in page
    assert client.post(url, {"on": today, "sex": "male"}).status_code == 422
    born = {"on": today, "sex": "male", "birth_on": "2000-01-02", "anew": "1"}
    for wrong in ({"birth_on": "2000-13-02"}, {"sex": "somebody"}):
        assert client.post(url, born | wrong).status_code == 422
    assert "就是名册里的欧阳同名" in client.get(f"{url}?person={old.uid}").content.decode()
    assert client.post(f"{url}?person={old.uid}", {"on": today}).status_code == 303
    new.refresh_from_db()
    assert new.person_id == old.pk


def test_a_member_of_before_who_is_back_waits_like_any_newcomer(person, newcomer, union, by, today):
    old = person(staff_no="0900", admitted_on=date(2010, 1, 1))
    words = standing.Words("江州市总工会")
    standing.change("transfer_out", old, on=date(2020, 1, 1), words=words, by=by, today=today)
    new = newcomer(staff_no="0900")
    assert new.person_id == old.pk
    assert [one.newcomer.pk for one in joining.newcomers(union, today)] == [new.pk]
    assert [one.pk for one in logins.without_login(union, today)] == [old.pk], "a login first, to apply alone"
    meeting = standing.Words(meeting="2026年第1次委员会会议")
    standing.change("admit", old, on=today, words=meeting, by=by, today=today)
    assert joining.newcomers(union, today) == []
