"""The register of a day, applications, changes and papers as pages."""

import io
import re
import zipfile
from datetime import date, timedelta

import openpyxl
import pytest
from django.test import Client

from tests.shell.people import client_of, user_of
from zhijia.accounts.services import make_login
from zhijia.core.demo import World
from zhijia.core.outcomes import Refused
from zhijia.members import joining, services, standing
from zhijia.members.models import Admission, Change, Newcomer, Person
from zhijia.members.standing import Words

QUERIES = 15


@pytest.fixture
def world(make_world, monkeypatch, today) -> World:
    monkeypatch.setenv("ZHIJIA_TODAY", today.isoformat())
    return make_world("members", members=60)


@pytest.fixture
def chair(world, today) -> Client:
    return client_of(user_of(world, "chair", today))


@pytest.fixture
def newcomer(world, by, today) -> Newcomer:
    row = {"name": "周新来", "staff_no": "N900", "department": "办公室", "arrived_on": today - timedelta(days=120)}
    pk = services.save_newcomers([row], union=world.union, by=by, today=today)[0]
    return Newcomer.objects.get(pk=pk)


def text(answer) -> str:
    return answer.content.decode()


def words_of(answer) -> str:
    """The text of a Word file."""
    assert answer.status_code == 200
    with zipfile.ZipFile(io.BytesIO(answer.content)) as package:
        return package.read("word/document.xml").decode()


def test_the_register_of_a_day_shows_the_day_and_costs_few_queries(chair, world, django_assert_max_num_queries):
    day = date(2022, 6, 1)
    with django_assert_max_num_queries(QUERIES):
        page = text(chair.get(f"/members/asof/?on={day}&purpose=electors"))
    there = world.members_on(day)
    assert f'选举人 <span class="count">{len(there)}</span>' in page
    assert f"男{sum(one.sex == 'male' for one in there)}人" in page
    assert "日期" in text(chair.get("/members/asof/?on=2022-13-45"))


def test_the_register_of_a_day_begins_with_its_groups_and_opens_one_a_name_or_all(
    world, by, today, django_assert_max_num_queries, monkeypatch
):
    monkeypatch.setattr("zhijia.members.views.asof.PAGE", 10)
    chair = client_of(user_of(world, "chair", today))
    (group, pk), day = next(iter(world.groups.items())), today.isoformat()
    there = [one for one in world.members_on(today) if one.group == pk]
    with django_assert_max_num_queries(QUERIES):
        begins = text(chair.get("/members/asof/"))
    link = re.search(rf'<a href="(/members/asof/[^"]+)">{group}', begins).group(1)
    assert "/standing/" not in begins, "nobody is listed before somebody is asked for"
    with django_assert_max_num_queries(QUERIES):
        of_group = text(chair.get(link.replace("&amp;", "&")))
    assert of_group.count("/standing/") == min(len(there), 10)
    assert f'{group}选举人 <span class="count">{len(there)}</span>' in of_group
    assert 'href="/members/asof/?on=' in re.search(r'class="back" href="[^"]+', of_group).group()
    found = text(chair.get("/members/asof/", {"q": there[0].name, "on": day}))
    assert there[0].name in found
    assert found.count("/standing/") >= 1
    everybody = text(chair.get("/members/asof/?all=1"))
    assert (everybody.count("/standing/"), "page=2" in everybody) == (10, True)
    assert "all=1" in re.search(r'rel="next" href="([^"]+)', everybody).group(1)
    nobody = text(chair.get("/members/asof/?q=没有这个人"))
    assert "这一天的名册里没有" in nobody
    sheet = openpyxl.load_workbook(io.BytesIO(chair.get("/members/asof/excel/", {"group": group}).content))
    assert sheet.active.max_row == len(there) + 1


def test_who_left_is_in_the_register_of_the_days_before_and_not_after(chair, world, by, today):
    human = world.members_on(today)[0]
    person = Person.objects.get(pk=human.pk)
    day = date(2026, 3, 2)
    standing.change("transfer_out", person, on=day, words=Words("某市工会"), by=by, today=today)
    papers = [words_of(chair.get(f"/members/asof/paper/?on={on}")) for on in (day - timedelta(days=1), day)]
    assert [human.name in paper for paper in papers] == [True, False]


def test_register_certificate_and_excel_are_files(chair, world, today):
    certificate = words_of(chair.get("/members/asof/certificate/"))
    assert f"共有会员{len(world.members_on(today))}人" in certificate
    excel = chair.get("/members/asof/excel/?purpose=all")
    assert excel.content[:2] == b"PK"
    assert excel.headers["Cache-Control"] == "no-store"


def test_a_newcomer_goes_from_the_list_to_membership(chair, world, newcomer, today, django_assert_max_num_queries):
    page = text(chair.get("/members/admissions/"))
    assert "周新来" in page
    assert "120天" in page
    group = next(iter(world.groups.values()))
    refused = chair.post(f"/members/newcomers/{newcomer.uid}/start/", {"on": today, "group": group})
    assert refused.status_code == 422
    begun = chair.post(f"/members/newcomers/{newcomer.uid}/start/", {"on": today, "sex": "female", "group": group})
    assert begun.status_code == 303
    one = Admission.objects.latest("pk")
    with django_assert_max_num_queries(QUERIES):
        assert "签意见，转给委员会" in text(chair.get(begun.headers["Location"]))
    assert chair.post(begun.headers["Location"], {"remark": ""}).status_code == 422
    assert chair.post(begun.headers["Location"], {"remark": "同意", "version": one.version}).status_code == 303
    with django_assert_max_num_queries(QUERIES):
        assert "等委员会批准" in text(chair.get("/members/admissions/"))
    asked = {"uid": [str(one.uid)], "on": today.isoformat(), "verdict": "approve"}
    refused = chair.post("/members/admissions/decide/", asked)
    assert refused.status_code == 422
    assert f'value="{one.uid}" form="decide" checked' in text(refused)  # who was ticked still is
    assert chair.post("/members/admissions/decide/", asked | {"meeting": "第9次会议"}).status_code == 303
    assert Person.objects.get(name="周新来").admitted_on == today
    assert "周新来" in words_of(chair.get(f"/members/admissions/{one.uid}/application/"))
    assert "第9次会议" in words_of(chair.get(f"/members/admissions/{one.uid}/registration/"))
    assert chair.get(f"/members/admissions/{one.uid}/other/").status_code == 404


def test_who_has_a_login_and_no_membership_applies_alone(world, by, today):
    row = {"name": "周申请", "sex": "male", "staff_no": "N901", "group": next(iter(world.groups.values()))}
    pk = services.save_persons([row], union=world.union, by=by, today=today)[0]
    user = make_login("applicant", "ein-langes-Wort-7")
    services.link_login(pk, user.pk)
    client = client_of(user)
    assert client.get("/").status_code == 200
    assert "我申请入会" in text(client.get("/members/apply/"))
    assert client.post("/members/apply/", {"wish": "请批准"}).status_code == 303
    page = text(client.get("/members/apply/"))
    assert "等小组长签意见" in page
    assert "我申请入会" not in page
    assert client.get("/members/admissions/").status_code == 403


def test_a_leader_sees_and_remarks_on_the_own_group_only(world, by, today):
    client = client_of(user_of(world, "group_leader", today))
    own, other = list(world.groups.values())[:2]
    made = []
    for number, group in enumerate((own, other)):
        row = {"name": f"周小{number}", "sex": "male", "staff_no": f"N{number}", "group": group}
        pk = services.save_persons([row], union=world.union, by=by, today=today)[0]
        made.append(joining.apply(Person.objects.get(pk=pk), on=today, by=by, today=today))
    page = text(client.get("/members/admissions/"))
    assert ("周小0" in page, "周小1" in page, "请您签" in page) == (True, False, True)
    assert client.post(f"/members/admissions/{made[0].uid}/", {"remark": "同意"}).status_code == 303
    assert client.post(f"/members/admissions/{made[1].uid}/", {"remark": "同意"}).status_code == 404
    decision = {"verdict": "approve", "meeting": "第9次会议", "on": today}
    assert client.post(f"/members/admissions/{made[0].uid}/", decision).status_code == 403
    assert "记下委员会的决定" not in text(client.get(f"/members/admissions/{made[0].uid}/"))


@pytest.mark.parametrize("office", ["accountant", "cashier", "women"])
def test_a_leader_with_another_post_sees_the_own_groups_applications(world, by, today, office):
    user = user_of(world, "group_leader", today)
    person = Person.objects.get(user=user)
    own, other = list(world.groups.values())[:2]
    post = {"person": person.pk, "office": office, "group": None, "first": date(2024, 1, 1)}
    services.save_posts([post], union=world.union, by=by, today=today)
    client, made = client_of(user), []
    for number, group in enumerate((own, other)):
        row = {"name": f"周小{number}", "sex": "male", "staff_no": f"N{number}", "group": group}
        pk = services.save_persons([row], union=world.union, by=by, today=today)[0]
        made.append(joining.apply(Person.objects.get(pk=pk), on=today, by=by, today=today))
    page = text(client.get("/members/admissions/"))
    assert ("周小0" in page, "周小1" in page) == (True, False)
    assert client.get(f"/members/admissions/{made[1].uid}/").status_code == 404
    assert client.get(f"/members/admissions/{made[1].uid}/application/").status_code == 404
    assert client.get(f"/records/members/admission/{made[1].uid}/").status_code in {403, 404}
    assert client.get("/records/members/admission/").status_code == 403


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("retain", {}),
        ("transfer_out", {"other_union": "某市工会"}),
        ("withdraw", {"meeting": "第9次会议"}),
        ("expel", {"reason": "刑事处分", "discussed_on": "2026-11-01", "meeting": "第9次会议"}),
        ("die", {}),
        ("move", {"department": "新处", "job": "处长"}),
    ],
)
def test_each_change_has_a_short_form(chair, world, kind, values, django_assert_max_num_queries):
    today = world.today
    person = Person.objects.get(pk=world.members_on(today)[3].pk)
    address = f"/members/{person.uid}/change/"
    assert f"kind={kind}" in text(chair.get(address))
    with django_assert_max_num_queries(QUERIES):
        assert chair.get(f"{address}?kind={kind}").status_code == 200
    refused = chair.post(f"{address}?kind={kind}", {"on": "哪天"})
    assert refused.status_code == 422
    assert ("还没有写委员会会议" in text(refused)) == ("meeting" in values)  # everything that is missing at once
    sent = chair.post(f"{address}?kind={kind}", {"on": today.isoformat(), "version": person.version, **values})
    assert sent.status_code == 303
    change = Change.objects.filter(person=person).latest("pk")
    with django_assert_max_num_queries(QUERIES):
        page = text(chair.get(f"/members/{person.uid}/standing/"))
    assert change.get_kind_display() in page
    if kind == "transfer_out":
        assert "某市工会" in words_of(chair.get(f"/members/changes/{change.uid}/paper/"))


def test_deeming_is_not_a_short_form_but_leads_to_the_proposal(chair, world, by):
    today = world.today
    person = Person.objects.get(pk=world.members_on(today)[3].pk)
    address = f"/members/{person.uid}/change/"
    assert f'href="/members/deemed/{person.uid}/"' in text(chair.get(address))
    sent = chair.post(f"{address}?kind=deem", {"on": today.isoformat(), "reason": "不交", "meeting": "第9次会议"})
    assert (sent.status_code, sent.headers["Location"]) == (303, f"/members/deemed/{person.uid}/")
    with pytest.raises(Refused, match="先谈话"):
        standing.change("deem", person, on=today, words=Words(reason="不交", meeting="第9次"), by=by, today=today)
    assert not Change.objects.filter(person=person, kind="deem").exists()


def test_a_change_that_the_standing_does_not_allow_is_not_offered(chair, world, today):
    person = Person.objects.get(pk=world.members_on(today)[3].pk)
    page = text(chair.get(f"/members/{person.uid}/change/?kind=resume"))
    assert "要办哪一项" in page
    assert "kind=resume" not in page


def test_the_record_of_a_person_leads_to_standing_and_changes(chair, world, today):
    person = Person.objects.get(pk=world.members_on(today)[3].pk)
    page = text(chair.get(f"/records/members/person/{person.uid}/"))
    assert f"/members/{person.uid}/standing/" in page
    assert f"/members/{person.uid}/change/" in page
