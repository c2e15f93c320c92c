"""A paper 入会申请书 is typed in: everything on one page, nobody entered twice, nobody waiting twice."""

from datetime import date, timedelta

import pytest
from django.test import Client

from tests.shell.people import client_of, user_of
from zhijia.core.demo import World
from zhijia.members import joining, services
from zhijia.members.demo import _id_number as demo_number
from zhijia.members.models import Admission, Newcomer, Person

QUERIES = 15
ADDRESS = "/members/admissions/new/"
NUMBER = demo_number(date(1999, 3, 4), "female", 44_997)
FORM = {"name": "周新来", "id_number": NUMBER, "phone": "13800001234", "politics": "league", "education": "大学本科",
        "ethnicity": "汉族", "department": "办公室", "job": "科员", "wish": "我要参加工会"}  # fmt: skip


@pytest.fixture
def world(make_world, monkeypatch, today) -> World:
    monkeypatch.setenv("ZHIJIA_TODAY", today.isoformat())
    return make_world("members", members=60)


@pytest.fixture
def chair(world, today) -> Client:
    return client_of(user_of(world, "chair", today))


def text(answer) -> str:
    return answer.content.decode()


def test_a_form_on_paper_becomes_an_application_and_no_member_yet(chair, world, today, django_assert_max_num_queries):
    assert ADDRESS in text(chair.get("/members/admissions/"))
    with django_assert_max_num_queries(QUERIES):
        assert "照纸上写的录" in text(chair.get(ADDRESS))
    answer = chair.post(ADDRESS, {**FORM, "on": str(today - timedelta(days=3))})
    assert answer.status_code == 303
    one = Admission.objects.get(person__name="周新来")
    person = one.person
    assert (one.how, one.state, one.applied_on) == ("paper", "applied", today - timedelta(days=3))
    assert (person.sex, person.birth_on, person.politics, person.job) == (
        "female", date(1999, 3, 4), "league", "科员",
    )  # fmt: skip
    assert person.admitted_on is None
    assert "我要参加工会" in text(chair.get(answer.headers["Location"]))


def test_everything_that_is_missing_is_told_at_once(chair):
    answer = chair.post(ADDRESS, {"name": "", "on": ""})
    assert answer.status_code == 422
    for word in ("还没有写姓名", "还没有选性别", "还没有写日期"):
        assert word in text(answer)


def test_who_waits_on_the_personnel_list_does_not_wait_twice(chair, world, by, today):
    row = {"name": "周新来", "staff_no": "N900", "department": "法规处", "arrived_on": today - timedelta(days=20)}
    newcomer = Newcomer.objects.get(pk=services.save_newcomers([row], union=world.union, by=by, today=today)[0])
    way = f"{ADDRESS}?newcomer={newcomer.uid}"
    page = text(chair.get(way))
    assert "N900" in page
    assert chair.post(way, {**FORM, "on": str(today)}).status_code == 303
    newcomer.refresh_from_db()
    person = Person.objects.get(pk=newcomer.person_id)
    assert (person.staff_no, person.department, person.hired_on) == ("N900", "办公室", row["arrived_on"])
    assert [one.under_way for one in joining.newcomers(world.union, today)] == [True]


def test_who_is_on_record_is_shown_and_applies_without_a_second_record(chair, world, by, today):
    row = {"name": "周新来", "sex": "female", "birth_on": date(1999, 3, 4)}
    person = Person.objects.get(pk=services.save_persons([row], union=world.union, by=by, today=today)[0])
    answer = chair.post(ADDRESS, {**FORM, "on": str(today)})
    assert answer.status_code == 422
    way = f"{ADDRESS}?person={person.uid}"
    assert way in text(answer)
    assert way in text(chair.post(f"{ADDRESS}alike/", {"name": "周新来"}))
    assert "周新来" in text(chair.get(way))
    assert chair.post(way, {"on": str(today)}).status_code == 303
    assert Admission.objects.get(person=person).how == "paper"
    assert Person.objects.filter(name="周新来").count() == 1


def test_a_member_is_not_offered_an_application(chair, world, today):
    member = world.members_on(today)[0]
    answer = chair.post(ADDRESS, {"name": member.name, "sex": "male", "on": str(today)})
    assert answer.status_code == 422
    assert "看会籍" in text(answer)
    assert chair.get(f"{ADDRESS}?person=no").status_code == 404


def test_a_paper_of_last_month_is_entered_remarked_and_decided_one_page_after_the_other(chair, today):
    applied, signed, met = (today - timedelta(days=days) for days in (18, 17, 10))
    page = chair.post(ADDRESS, {**FORM, "on": str(applied)}).headers["Location"]
    one = Admission.objects.get(person__name="周新来")
    answer = chair.post(page, {"remark": "同意入会", "on": str(signed), "version": one.version})
    assert answer.headers["Location"] == page
    assert "记下委员会的决定" in text(chair.get(page))
    decision = {"verdict": "approve", "on": str(met), "meeting": ""}
    refused = chair.post(page, decision)
    assert (refused.status_code, str(met) in text(refused)) == (422, True)
    assert "还没有写委员会会议" in text(refused)
    assert chair.post(page, decision | {"meeting": "第10次会议"}).headers["Location"] == page
    one.refresh_from_db()
    assert (one.state, one.remarked_on, one.decided_on) == ("approved", signed, met)
    assert one.person.admitted_on == met
    assert chair.post(page, decision | {"meeting": "第11次会议"}).status_code == 422  # once is enough


@pytest.fixture
def waiting(world, by, today):
    """Puts somebody on the personnel list."""

    def put(**values) -> Newcomer:
        row = {"name": "周新来", "staff_no": "N900", "department": "法规处", "arrived_on": today - timedelta(days=20)}
        [pk] = services.save_newcomers([row | values], union=world.union, by=by, today=today)
        return Newcomer.objects.get(pk=pk)

    return put


def test_a_name_alone_takes_nobody_off_the_personnel_list(chair, waiting, today):
    newcomer = waiting()
    answer = chair.post(ADDRESS, {**FORM, "on": str(today)})
    assert answer.status_code == 422
    for word in ("人事名单上有同名的人", "N900", "法规处", "是另一个人"):
        assert word in text(answer)
    assert "我要参加工会" in text(answer)
    assert not Person.objects.filter(name="周新来").exists()
    assert chair.post(ADDRESS, {**FORM, "on": str(today), "listed": "other"}).status_code == 303
    newcomer.refresh_from_db()
    assert newcomer.person_id is None
    assert Person.objects.get(name="周新来").staff_no == ""


def test_the_same_person_is_taken_from_the_list_where_somebody_says_so(chair, waiting, today):
    waiting(staff_no="N901", department="人事处")
    newcomer = waiting()
    answer = chair.post(ADDRESS, {**FORM, "on": str(today), "listed": "nobody"})
    assert (answer.status_code, text(answer).count('name="listed"')) == (422, 3)
    assert chair.post(ADDRESS, {**FORM, "on": str(today), "listed": str(newcomer.uid)}).status_code == 303
    newcomer.refresh_from_db()
    assert newcomer.person.staff_no == "N900"
    assert newcomer.person_id == Person.objects.get(name="周新来").pk


@pytest.mark.parametrize("told", ["staff_no", "hired_on"])
def test_a_number_and_the_day_of_arrival_tell_without_asking(chair, waiting, today, told):
    newcomer = waiting()
    form = {**FORM, "on": str(today), told: {"staff_no": "N900", "hired_on": str(newcomer.arrived_on)}[told]}
    assert chair.post(ADDRESS, form).status_code == 303
    newcomer.refresh_from_db()
    assert newcomer.person_id == Person.objects.get(name="周新来").pk


def test_another_number_is_another_person(chair, waiting, today):
    newcomer = waiting()
    assert chair.post(ADDRESS, {**FORM, "on": str(today), "staff_no": "N777"}).status_code == 303
    newcomer.refresh_from_db()
    assert newcomer.person_id is None


@pytest.mark.parametrize(("typed", "said"), [({"name": "周另外"}, "名单上写的是"), ({"staff_no": "N777"}, "的工号是")])
def test_who_was_picked_from_the_list_is_who_the_form_tells_of(chair, waiting, today, typed, said):
    newcomer = waiting()
    way = f"{ADDRESS}?newcomer={newcomer.uid}"
    answer = chair.post(way, {**FORM, "on": str(today), **typed})
    assert answer.status_code == 422
    assert said in text(answer)
    newcomer.refresh_from_db()
    assert newcomer.person_id is None
