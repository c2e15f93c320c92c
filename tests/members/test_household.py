"""Relatives: seen by few, kept by the member, children by the guardian's consent, erased with the counts kept."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.test import Client

from tests.shell.people import client_of, user_of
from zhijia.core import person_keys
from zhijia.core.access import Access
from zhijia.core.demo import World
from zhijia.core.erasing import GONE
from zhijia.core.models import AuditLine
from zhijia.core.outcomes import Refused
from zhijia.core.sheets import importing
from zhijia.features import FEATURES
from zhijia.members import family, household_checks
from zhijia.members.ground_records import save_consents
from zhijia.members.household_records import save_relatives
from zhijia.members.models import Consent, Person, Relative
from zhijia.shell import access

pytestmark = pytest.mark.django_db
LIST = "/records/members/relative/"
ILLNESS = "慢性肾病-鳄梨七号"
NUMBER = "11010519491231002X"


@pytest.fixture
def world(make_world: Callable[..., World], monkeypatch: pytest.MonkeyPatch, today: date) -> World:
    monkeypatch.setenv("ZHIJIA_TODAY", today.isoformat())
    return make_world(members=80)


@pytest.fixture
def member(world: World, today: date) -> Client:
    return client_of(user_of(world, "member", today))


def of(world: World, role: str) -> Person:
    return Person.objects.get(user__username=f"{role}-{world.profile}")


def relative(person: Person, **values: Any) -> dict[str, Any]:
    row = {
        "person": person.pk, "relation": "spouse", "name": "王建国", "sex": "male", "birth_on": date(1979, 3, 2),
        "work": "", "illness": None, "income_fen": None, "together": True, "dependent": False, "first": None,
        "end": None,
    }  # fmt: skip
    return row | values


def save(world: World, *rows: dict[str, Any]) -> list[int]:
    return save_relatives(list(rows), union=world.union, by=world.by, today=world.today)


def agree(world: World, person: Person, **values: Any) -> None:
    row = {
        "person": person.pk, "purpose": "child", "ground": "guardian", "given_on": date(2026, 1, 5), "ended_on": None,
        "text": "",
    }  # fmt: skip
    save_consents([row | values], union=world.union, by=world.by, today=world.today)


def test_a_child_needs_the_guardians_consent(world: World) -> None:
    person = Person.objects.in_union(world.union).first()
    child = relative(person, relation="child", name="王小宝", birth_on=date(2014, 5, 6))
    with pytest.raises(Refused) as refused:
        save(world, child)
    problem = refused.value.violations[0]
    assert (problem.code, problem.place.column) == ("consent", "birth_on")
    assert "个人信息同意" in problem.mend
    agree(world, person, ended_on=date(2026, 3, 1))
    with pytest.raises(Refused):
        save(world, child)
    agree(world, person, given_on=date(2026, 4, 1))
    assert save(world, child)
    save(world, relative(person, relation="child", name="王大宝", birth_on=date(2012, 11, 20)))  # fourteen today


def test_a_ledger_is_read_and_then_judged(world: World, tmp_path: Path, scope_of: Callable[..., Any]) -> None:
    person = Person.objects.in_union(world.union).first()
    book = openpyxl.Workbook()
    page = book.active
    page.title = "家庭成员"
    page.append(["会员", "关系", "家属姓名", "家属出生日期", "病情或残疾"])
    page.append([str(person.uid), "子女", "王小宝", "2016-05-06", ILLNESS])
    book.save(tmp_path / "家庭成员.xlsx")
    sheets = [sheet for feature in FEATURES for sheet in feature.sheets]
    by = Access(union=world.union, on=world.today, name="测试")
    done = importing.run(tmp_path / "家庭成员.xlsx", sheets=sheets, union=world.union, by=by, today=world.today)
    assert not done.refused, done.problems
    scope = scope_of(world)
    (finding,) = household_checks.children(scope)
    assert (finding.rule, finding.record) == ("R-PRI-03", "家庭成员")
    agree(world, person)
    assert not list(household_checks.children(scope))


def test_only_those_who_care_see_them(world: World, today: date) -> None:
    assert access.posts_with("members.household") == {"chair", "vice_chair", "women_director"}
    person = Person.objects.in_union(world.union).first()
    pk = save(world, relative(person, name="金不换", illness=ILLNESS, id_number=NUMBER, birth_on=None, sex=""))[0]
    uid = Relative.objects.get(pk=pk).uid
    women = client_of(user_of(world, "women_director", today))
    page = women.get(LIST).content.decode()
    assert "金不换" in page
    assert women.get(f"{LIST}{uid}/edit/").status_code == 200
    record = women.get(f"{LIST}{uid}/").content.decode()
    assert f"{LIST}{uid}/reveal/illness/" in record
    assert "002X" in record
    for shown in (page, record):
        assert ILLNESS not in shown
        assert NUMBER not in shown
    assert str(uid) not in women.get("/search/", {"q": "金不换"}).content.decode(), "no search finds it"
    for role in ("committee", "group_leader", "reviewer", "operator", "accountant"):
        other = client_of(user_of(world, role, today))
        assert other.get(LIST).status_code == 403, role
        assert other.get(f"{LIST}{uid}/").status_code == 403, role
        assert other.get(f"{LIST}{uid}/edit/").status_code == 403, role
        assert other.post(f"{LIST}{uid}/edit/", {}).status_code == 403, role
        shown = other.get(f"/records/members/person/{person.uid}/")
        assert "金不换" not in shown.content.decode(), role


def test_the_member_keeps_the_own_family_on_one_page(world: World, member: Client, today: date) -> None:
    assert "还没有登记家庭成员" in member.get("/members/household/").content.decode()
    given = {
        "relation": "配偶", "name": "王建国", "sex": "", "birth_on": "", "work": "市医院", "together": "是",
        "dependent": "否", "income_fen": "3200", "illness": ILLNESS, "id_number": NUMBER,
    }  # fmt: skip
    assert member.post("/members/household/new/", given).status_code == 303
    one = Relative.objects.get()
    assert (one.person, one.birth_on, one.sex, one.income_fen) == (
        of(world, "member"), date(1949, 12, 31), "female", 320_000,
    )  # fmt: skip
    page = member.get("/members/household/").content.decode()
    assert "尾号002X" in page
    form = member.get(f"/members/household/{one.uid}/").content.decode()
    for shown in (page, form):
        assert ILLNESS not in shown
        assert NUMBER not in shown
    changed = given | {"name": "王建军", "illness": "", "id_number": "", "version": str(one.version), "birth_on": ""}
    assert member.post(f"/members/household/{one.uid}/", changed).status_code == 303
    one.refresh_from_db()
    assert (one.name, one.illness.reveal(), one.id_number.reveal()) == ("王建军", ILLNESS, NUMBER)
    stale = member.post(f"/members/household/{one.uid}/", changed)
    assert stale.status_code == 422, "somebody changed it meanwhile"
    cleared = changed | {"version": str(one.version), "clear-illness": "1"}
    assert member.post(f"/members/household/{one.uid}/", cleared).status_code == 303
    one.refresh_from_db()
    assert one.illness is None
    other = client_of(user_of(world, "reviewer", today))
    assert other.get(f"/members/household/{one.uid}/").status_code == 404
    assert other.post(f"/members/household/{one.uid}/remove/").status_code == 404
    assert member.post(f"/members/household/{one.uid}/remove/").status_code == 303
    one.refresh_from_db()
    assert (one.name, one.id_number, one.id_tail, one.work, one.withdrawn_on) == (GONE, None, "", "", today)


def test_a_refused_form_keeps_the_secret_sealed(member: Client) -> None:
    given = {"relation": "配偶", "name": "", "illness": ILLNESS, "together": "是", "dependent": "否"}
    page = member.post("/members/household/new/", given)
    assert page.status_code == 422
    assert ILLNESS not in page.content.decode()
    kept = next(field.value for field in page.context["fields"] if field.name == "kept-illness")
    again = given | {"name": "王建国", "illness": "", "kept-illness": kept}
    assert member.post("/members/household/new/", again).status_code == 303
    assert Relative.objects.get().illness.reveal() == ILLNESS


def test_the_member_agrees_for_a_child_and_takes_it_back(member: Client) -> None:
    given = {"relation": "子女", "name": "小宝", "birth_on": "2018-05-06", "together": "是", "dependent": "是"}
    refused = member.post("/members/household/new/", given)
    assert refused.status_code == 422
    assert "打勾" in refused.content.decode()
    assert not Relative.objects.exists()
    assert not Consent.objects.exists()
    assert member.post("/members/household/new/", given | {"guardian": "1"}).status_code == 303
    consent = Consent.objects.get()
    assert (consent.purpose, consent.ground) == ("child", "guardian")
    assert "撤回同意" in member.get("/members/household/").content.decode()
    assert "撤回" in member.get("/members/household/consent/").content.decode()
    assert member.post("/members/household/consent/").status_code == 303
    consent.refresh_from_db()
    assert consent.ended_on is not None
    assert Relative.objects.get().name == GONE


def test_the_audit_chain_never_told_who_a_relative_was(world: World, today: date) -> None:
    chair = client_of(user_of(world, "chair", today))
    by = access.for_user(user_of(world, "member", today), today)
    texts = {"relation": "子女", "name": "鳄梨小宝", "sex": "男", "birth_on": "2019-05-06", "work": "鳄梨幼儿园"}
    child = Relative.objects.get(pk=family.keep(texts, stored=None, guardian=True, by=by, today=today))
    family.keep(texts | {"name": "鳄梨大宝"}, stored=child, version=1, by=by, today=today)
    page = chair.get(f"{LIST}{child.uid}/").content.decode()
    assert "鳄梨大宝" in page  # on the record itself it stands, and its timeline tells that it changed
    assert "鳄梨小宝" not in page
    family.forget(Relative.objects.get(pk=child.pk), by=by, today=today)
    lines = [
        str(line.told) for line in person_keys.opened(AuditLine.objects.filter(verb__startswith="members.relative"))
    ]
    assert len(lines) == 3
    assert not [line for line in lines if "鳄梨" in line or "2019-05-06" in line]


def test_taking_the_consent_back_ends_each_that_was_given(world: World, today: date) -> None:
    by = access.for_user(user_of(world, "member", today), today)
    person = Person.objects.get(pk=by.person)
    agree(world, person)
    agree(world, person, given_on=date(2026, 3, 1))
    family.take_back(by, today)
    assert family.agreed(by) is None
    assert Consent.objects.filter(person=person, purpose="child", ended_on=None).count() == 0


def test_erasing_the_member_leaves_the_counts(world: World, by: Access) -> None:
    feature = next(one for one in FEATURES if one.slug == "members")
    person = Person.objects.in_union(world.union).first()
    save(
        world,
        relative(
            person,
            name="金不换",
            illness=ILLNESS,
            id_number=NUMBER,
            birth_on=None,
            sex="",
            dependent=True,
            work="市医院",
        ),
    )
    assert feature.export_person is not None
    assert feature.erase_person is not None
    (row,) = feature.export_person(person.pk)["家庭成员"]
    assert (row["病情或残疾"], row["家属身份证号"], row["家属姓名"]) == (ILLNESS, NUMBER, "金不换")
    feature.erase_person(person.pk, by)
    one = Relative.objects.get(person=person)
    assert (one.name, one.id_number, one.illness, one.work, one.birth_on) == (GONE, None, None, "", date(1949, 1, 1))
    assert (one.relation, one.dependent) == ("spouse", True)


def test_the_way_leads_from_the_person_to_the_family_and_to_the_consent(world: World, today: date) -> None:
    person = Person.objects.in_union(world.union).first()
    pk = save(world, relative(person))[0]
    chair = client_of(user_of(world, "chair", today))
    form = f"{LIST}new/?person={person.uid}"
    assert form in chair.get(f"/records/members/person/{person.uid}/").content.decode()
    assert person.name in chair.get(form).content.decode()
    one = Relative.objects.get(pk=pk)
    consent = f"/records/members/consent/new/?person={person.uid}&amp;purpose=child&amp;ground=guardian"
    assert consent in chair.get(f"{LIST}{one.uid}/").content.decode()
    committee = client_of(user_of(world, "committee", today))
    assert "登记家庭成员" not in committee.get(f"/records/members/person/{person.uid}/").content.decode()


def test_ledgers_and_the_whole_workbook_leave_it_to_those_who_care(world: World, today: date, tmp_path: Path) -> None:
    from zhijia.members.household_sheet import HOUSEHOLD
    from zhijia.shell import everything
    from zhijia.shell.ledgers import planning

    save(world, relative(Person.objects.in_union(world.union).first()))
    for role, there in (("chair", True), ("operator", False)):
        by = access.for_user(user_of(world, role, today), today)
        assert planning.allowed_for(by)(HOUSEHOLD) is there
        file = tmp_path / f"{role}.xlsx"
        counts = everything.export(file, union=world.union, by=by, today=today, progress=lambda *_words: None)
        assert ("家庭成员" in counts) is there
        assert ("家庭成员" in openpyxl.load_workbook(file).sheetnames) is there
