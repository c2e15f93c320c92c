"""Registers as pages: who sees which, exports and prints of what is shown, many rows at once, kept lists, search."""

from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from tests.shell.people import client_of, user_of
from zhijia.care.models import Visit
from zhijia.core.demo import SMALL, World
from zhijia.core.models import AuditLine
from zhijia.members.models import Person
from zhijia.shell.models import SavedList
from zhijia.shell.registers import REGISTERS

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(make_world: Callable[..., World], monkeypatch: pytest.MonkeyPatch, today: date) -> World:
    monkeypatch.setenv("ZHIJIA_TODAY", today.isoformat())
    return make_world("elections", members=80)


@pytest.fixture
def chair(world: World, today: date) -> Client:
    return client_of(user_of(world, "chair", today))


def cells(answer) -> list[list]:
    return CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()


def test_every_register_has_a_list_within_few_queries(chair: Client) -> None:
    wrong = []
    for register in REGISTERS:
        with CaptureQueriesContext(connection) as queries:
            answer = chair.get(register.url())
        if answer.status_code != 200 or register.sheet.name not in answer.content.decode() or len(queries) > 15:
            wrong.append((register.label, answer.status_code, len(queries)))
    assert wrong == []


def test_a_visitor_is_offered_nothing_that_is_sent(world: World, chair: Client, today: date) -> None:
    visitor = client_of(user_of(world, "visitor", today))
    offered = [client.get("/records/members/person/").content.decode() for client in (chair, visitor)]
    assert ["存为常用列表" in text for text in offered] == ['id="bulk"' in text for text in offered] == [True, False]


def test_a_leader_sees_only_the_groups_own_rows(world: World, today: date) -> None:
    leader = client_of(user_of(world, "group_leader", today))
    answer = leader.get("/records/care/visit/?col=person")
    assert answer.status_code == 200
    own = next(iter(world.groups.values()))
    text = answer.content.decode()
    others = Visit.objects.in_union(world.union).exclude(person__group=own).exclude(person=None)
    mine = Visit.objects.in_union(world.union).filter(person__group=own)
    assert all(str(visit.uid) not in text for visit in others)
    assert any(str(visit.uid) in text for visit in mine)
    assert leader.get("/records/funds/entry/").status_code == 403


def test_rows_of_another_union_are_not_there(world: World, chair: Client, make_world, today: date) -> None:
    other = make_world("members", members=40, profile=SMALL)
    stranger = Person.objects.in_union(other.union).first()
    query = {"q": stranger.name, "col": "name"}
    assert str(stranger.uid) not in chair.get("/records/members/person/", query).content.decode()


def test_the_export_is_what_the_page_shows_and_masks_secrets(world: World, chair: Client) -> None:
    before = AuditLine.objects.count()
    answer = chair.get("/records/members/person/export/", {"col": ["name", "phone", "id_number"], "sex": "female"})
    lines = cells(answer)
    women = Person.objects.in_union(world.union).filter(sex="female")
    assert lines[0] == ["姓名", "手机", "身份证号"]
    assert len(lines) == 1 + women.count()
    tails = {f"尾号{row.phone_tail}" for row in women if row.phone_tail}
    assert {line[1] for line in lines[1:] if line[1]} == tails
    assert AuditLine.objects.count() == before + 1
    assert AuditLine.objects.latest("pk").verb == "shell.exported"


def test_amounts_are_numbers_in_the_export(world: World, chair: Client) -> None:
    lines = cells(chair.get("/records/care/visit/export/", {"col": ["person", "money_fen"]}))
    assert sum(line[1] or 0 for line in lines[1:]) * 100 == pytest.approx(
        sum(Visit.objects.in_union(world.union).values_list("money_fen", flat=True))
    )


def test_a_formula_in_a_name_stays_text(world: World, chair: Client) -> None:
    Person.objects.in_union(world.union).filter(pk=world.people[0].pk).update(department="=1+1")
    lines = cells(chair.get("/records/members/person/export/", {"col": ["name", "department"], "q": "=1"}))
    assert lines[1][1] == "=1+1"


def test_a_list_to_sign_has_a_place_to_sign_and_no_secret(world: World, chair: Client) -> None:
    answer = chair.get("/records/members/person/print/", {"col": ["name", "phone"], "sign": "1"})
    text = answer.content.decode()
    assert "本人签名" in text
    assert "尾号" not in text


def test_many_rows_are_set_at_once_after_one_confirmation(world: World, chair: Client) -> None:
    visits = list(Visit.objects.in_union(world.union).filter(receipt=False)[:3]) or list(
        Visit.objects.in_union(world.union)[:3]
    )
    Visit.objects.filter(pk__in=[visit.pk for visit in visits]).update(receipt=False)
    given = {"pick": [str(visit.uid) for visit in visits], "do": "receipt=True", "query": "sort=-on"}
    asked = chair.post("/records/care/visit/bulk/", given)
    assert f"把{len(visits)}条记录的“已签收”改为“是”" in asked.content.decode()
    assert Visit.objects.filter(pk__in=[visit.pk for visit in visits], receipt=True).count() == 0
    before = AuditLine.objects.count()
    done = chair.post("/records/care/visit/bulk/", given | {"sure": "1"})
    assert (done.status_code, done["Location"]) == (303, "/records/care/visit/?sort=-on")
    assert Visit.objects.filter(pk__in=[visit.pk for visit in visits], receipt=True).count() == len(visits)
    assert AuditLine.objects.count() == before + 1


def test_what_is_no_answer_of_the_register_is_not_set(world: World, chair: Client) -> None:
    visit = Visit.objects.in_union(world.union).first()
    for doing in ("money_fen=1", "version=9", "withdrawn_on=2020-01-01", "category=nothing", ""):
        answer = chair.post("/records/care/visit/bulk/", {"pick": str(visit.uid), "do": doing, "sure": "1"})
        assert answer.status_code == 422, doing


def test_a_reviewer_reads_but_sets_nothing(world: World, today: date) -> None:
    reviewer = client_of(user_of(world, "reviewer", today))
    visit = Visit.objects.in_union(world.union).first()
    assert reviewer.get("/records/care/visit/").status_code == 200
    answer = reviewer.post("/records/care/visit/bulk/", {"pick": str(visit.uid), "do": "receipt=True", "sure": "1"})
    assert answer.status_code == 403


def test_a_list_is_kept_for_oneself_and_forgotten_again(world: World, chair: Client, today: date) -> None:
    chair.post("/records/care/visit/keep/", {"name": "等签名", "query": "receipt=False&sort=-on"})
    assert 'href="?receipt=False&amp;sort=-on"' in chair.get("/records/care/visit/").content.decode()
    other = client_of(user_of(world, "vice_chair", today))
    assert "等签名" not in other.get("/records/care/visit/").content.decode()
    chair.post("/records/care/visit/keep/", {"forget": "等签名", "query": ""})
    assert not SavedList.objects.exists()


def test_search_finds_people_records_and_places_in_few_queries(
    world: World, chair: Client, django_assert_max_num_queries
) -> None:
    person = world.people[0]
    with django_assert_max_num_queries(15):
        text = chair.get("/search/", {"q": person.name}).content.decode()
    assert person.name in text
    assert "/records/members/person/" in text
    assert reverse("shell:list", args=["care", "visit"]) in chair.get("/search/", {"q": "走访"}).content.decode()
    assert "没有找到" in chair.get("/search/", {"q": "什么都不是的词"}).content.decode()


def test_search_shows_a_member_nothing_of_the_registers(world: World, today: date) -> None:
    member = client_of(user_of(world, "member", today))
    text = member.get("/search/", {"q": world.people[0].name}).content.decode()
    assert "/records/" not in text


def test_an_amount_is_echoed_in_capitals(chair: Client) -> None:
    assert chair.get("/capital/", {"value": "300"}).json() == {"text": "人民币叁佰元整"}
    assert chair.get("/capital/", {"value": "三百多"}).json() == {"text": ""}


def test_a_new_password_needs_the_old_one(world: World, today: date) -> None:
    from tests.shell.people import PASSWORD

    user = user_of(world, "committee", today)
    client = client_of(user)
    wrong = {"old": "falsch", "new": "ein-neues-Wort-8", "again": "ein-neues-Wort-9"}
    answer = client.post("/me/password/", wrong)
    assert answer.status_code == 422
    assert "现在的口令不对" in answer.content.decode()
    assert "ein-neues-Wort-8" not in answer.content.decode()
    good = {"old": PASSWORD, "new": "ein-neues-Wort-8", "again": "ein-neues-Wort-8"}
    assert client.post("/me/password/", good).status_code == 303
    user.refresh_from_db()
    assert user.check_password("ein-neues-Wort-8")
    assert client.get("/me/").status_code == 200


def test_the_look_is_remembered_on_this_device(chair: Client) -> None:
    chair.post("/theme/", {"theme": "dark", "next": "/me/"})
    assert 'data-theme="dark"' in chair.get("/me/").content.decode()
    assert chair.post("/theme/", {"theme": "light", "next": "https://example.org/"})["Location"] == "/"


def test_every_register_named_in_the_table_of_rows_is_a_page() -> None:
    from zhijia.features import FEATURES
    from zhijia.reports import coverage

    there = {register.url() for register in REGISTERS}
    named = {page for row in coverage.table(FEATURES) for page in row.registers}
    assert named
    assert named <= there


def test_the_books_open_at_what_was_entered_last(world: World, today: date) -> None:
    """A sheet's own order, which exports keep, is of years and days: on the page the latest comes first."""
    accountant = client_of(user_of(world, "accountant", today))
    for label, column in (("funds.Entry", "日期"), ("funds.BudgetLine", "年度"), ("funds.Collection", "月份")):
        register = next(one for one in REGISTERS if one.label == label)
        head, *rows = cells(accountant.get(f"{register.url()}export/"))
        times = [row[head.index(column)] for row in rows]
        assert times[0] != times[-1], label
        assert times == sorted(times, reverse=True), label
