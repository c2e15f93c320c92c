"""A person erased by decision: nobody can tell any more who it was, and every figure stays what it was."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import quote, unquote

import pytest
from django.apps import apps
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.shell.people import client_of, user_of
from zhijia.accounts import invitations
from zhijia.accounts.models import User
from zhijia.care import services as care
from zhijia.core import audit, facts, person_keys
from zhijia.core.access import Access
from zhijia.core.demo import SMALL, World
from zhijia.core.erasing import GONE
from zhijia.core.fields import SecretField
from zhijia.core.models import AuditLine, PersonKey
from zhijia.core.outcomes import Refused
from zhijia.documents import attaching
from zhijia.documents.models import Attachment
from zhijia.features import FEATURES
from zhijia.members import services as members
from zhijia.members.merging import services as merging
from zhijia.members.models import Person
from zhijia.shell import erasing, many, retention
from zhijia.shell.access import for_user
from zhijia.shell.models import SavedList
from zhijia.shell.my_data import all_sources
from zhijia.shell.registers import BY_LABEL

SPECS = tuple(spec for feature in FEATURES for spec in feature.facts)
ILLNESS = "只有这一处的病情标记寅卯"
NAME = "欧阳绝无仅有"


@pytest.fixture
def world(make_world: Callable[..., World], monkeypatch: pytest.MonkeyPatch, today: date) -> World:
    monkeypatch.setenv("ZHIJIA_TODAY", today.isoformat())
    return make_world("elections", members=60)


def decision(today: date) -> erasing.Decision:
    return erasing.Decision("离会满五年，本人申请", "委员会第12次会议", today)


@pytest.fixture
def gone(world: World, today: date) -> Person:
    """Somebody in the middle of everything: with a closed aid case, a photo, a login; renamed so that it is found."""
    posted = set(apps.get_model("members.Post").objects.filter(end=None).values_list("person", flat=True))
    human = next(human for human in world.members_on(date(2022, 6, 1)) if human.pk not in posted)
    person = Person.objects.get(pk=human.pk)
    row = {
        "uid": person.uid, "name": NAME, "sex": person.sex, "birth_on": date(1971, 5, 6), "phone": "13800007777",
        "staff_no": "ZZ-0417",
    }  # fmt: skip
    members.save_persons([row], union=world.union, by=world.by, today=today)
    case = {"person": person.pk, "applied_on": date(2023, 3, 2), "illness": ILLNESS, "closed_on": date(2023, 5, 1)}
    pk = care.save_aid([case], union=world.union, by=world.by, today=today)[0]
    visit = {
        "person": person.pk, "category": "other", "on": date(2023, 6, 1), "opinion": f"{NAME}说食堂不错",
    }  # fmt: skip
    care.save_visits([visit], union=world.union, by=world.by, today=today)
    uploads = [attaching.Upload("住院.png", "image/png", b"bytes of a photo")]
    attaching.add(apps.get_model("care.AidCase").objects.get(pk=pk), uploads, by=world.by)
    user = User.objects.create_user("ZZ-0417", "ein-langes-Wort-7")
    members.link_login(person.pk, user.pk)
    return Person.objects.get(pk=person.pk)


def leave(person: Person, on: date) -> None:
    """Out of the union, and nothing open any more."""
    Person.objects.filter(pk=person.pk).update(left_on=on, leaving="transferred")
    models_ = {source.label: source.model for source in all_sources()}
    models_["care.AidCase"].objects.filter(person=person.pk, closed_on=None).update(closed_on=on)
    models_["care.AidCase"].objects.filter(person=person.pk, notice_end__gt=on).update(notice_end=on)
    models_["care.UpwardApplication"].objects.filter(person=person.pk, state="applied").update(state="refused")
    models_["voice.Suggestion"].objects.filter(person=person.pk, answered_on=None).update(answered_on=on)
    models_["members.Post"].objects.filter(person=person.pk, end=None).update(end=on)


def values(scope: Any) -> dict[str, Any]:
    return {key: (value.value, value.by) for key, value in facts.compute(SPECS, scope, cache=False).items()}


def test_all_facts_stay_and_nothing_tells_who_it_was(
    world: World, gone: Person, scope_of: Callable[..., Any], today: date
) -> None:
    by = for_user(user_of(world, "chair", today), today)
    leave(gone, date(2024, 1, 1))
    others = [human.pk for human in world.members_on(date(2022, 6, 1)) if human.pk != gone.pk][:4]
    for pk in others:
        leave(Person.objects.get(pk=pk), date(2024, 1, 1))
    before = values(scope_of(world))
    for pk in (gone.pk, *others):
        erasing.erase(Person.objects.get(pk=pk), decision(today), by=by, today=today)
    after = values(scope_of(world))
    assert {key: pair for key, pair in after.items() if pair != before[key]} == {}
    row = Person.objects.get(pk=gone.pk)
    assert (row.name, row.staff_no, row.phone_tail, row.id_tail, row.user_id) == (GONE, "", "", "", None)
    assert row.birth_on == date(1971, 1, 1)
    assert found_anywhere(gone.pk) == []


def found_anywhere(person: int) -> list[str]:
    """Where name, staff number or a secret of the person is still on record; vouchers keep their names."""
    found = []
    for source in all_sources():
        if source.aside or source.room == "funds":
            continue
        for one in source.model._meta.concrete_fields:
            rows = source.about(person)
            if isinstance(one, SecretField):
                if rows.filter(**{f"{one.name}__isnull": False}).exists() and source.fields in ((), ("person",)):
                    found.append(f"{source.label}.{one.name}")
            elif isinstance(one, models.CharField | models.TextField):
                named = models.Q(**{f"{one.name}__contains": NAME}) | models.Q(**{f"{one.name}__contains": "ZZ-0417"})
                if source.model._base_manager.filter(named).exists():
                    found.append(f"{source.label}.{one.name}")
    return found


def test_vouchers_keep_the_name_and_the_login_is_closed(world: World, gone: Person, today: date) -> None:
    leave(gone, date(2024, 1, 1))
    receipts = apps.get_model("funds.PersonReceipt").objects.filter(person=gone.pk)
    names = sorted(receipts.values_list("person_name", flat=True))
    user = gone.user
    assert user is not None
    by = for_user(user_of(world, "chair", today), today)
    erasing.erase(gone, decision(today), by=by, today=today)
    assert sorted(receipts.values_list("person_name", flat=True)) == names
    user.refresh_from_db()
    assert not user.is_active
    assert "ZZ" not in user.username
    assert not user.has_usable_password()


def test_an_invitation_that_lies_about_opens_nothing_afterwards(world: World, gone: Person, today: date) -> None:
    leave(gone, date(2024, 1, 1))
    Person.objects.filter(pk=gone.pk).update(user=None)
    by, now = for_user(user_of(world, "chair", today), today), timezone.now()
    digest = invitations.digest_of(invitations.invite([gone.pk], by=by, now=now)[gone.pk])
    erasing.erase(gone, decision(today), by=by, today=today)
    assert invitations.find(digest, now) is None


def test_files_of_the_records_are_destroyed(
    world: World, gone: Person, today: date, django_capture_on_commit_callbacks: Any
) -> None:
    leave(gone, date(2024, 1, 1))
    file = Attachment.objects.latest("pk")
    assert attaching.path_of(file).exists()
    by = for_user(user_of(world, "chair", today), today)
    with django_capture_on_commit_callbacks(execute=True):
        erasing.erase(gone, decision(today), by=by, today=today)
    file.refresh_from_db()
    assert (file.name, file.withdrawn_on) == ("已删除", today)
    assert not attaching.path_of(file).exists()


def test_the_audit_line_tells_why_and_how_much_but_not_who(world: World, gone: Person, today: date) -> None:
    leave(gone, date(2024, 1, 1))
    chair = user_of(world, "chair", today)
    erasing.erase(gone, decision(today), by=for_user(chair, today), today=today)
    line = AuditLine.objects.get(verb=erasing.VERB)
    assert line.changes["minutes"] == "委员会第12次会议"
    assert line.changes["rows"]["care.AidCase"] >= 1
    assert NAME not in str(line.changes)
    client = client_of(chair)
    page = client.get(BY_LABEL["members.Person"].url("record", gone.uid)).content.decode()
    assert NAME not in page
    assert "删除个人信息：离会满五年" in page
    assert NAME not in client.get("/audit/").content.decode()


def test_of_whom_nothing_else_was_known_the_pages_tell_the_erasure_too(world: World, today: date) -> None:
    row = {"name": NAME, "sex": "male", "admitted_on": date(2010, 1, 1), "left_on": date(2012, 1, 1), "leaving": "left"}
    pk = members.save_persons([row], union=world.union, by=world.by, today=today, origin="recorded")[0]
    person = Person.objects.get(pk=pk)
    chair = user_of(world, "chair", today)
    counts = erasing.erase(person, decision(today), by=for_user(chair, today), today=today)
    assert list(counts) == ["members.Person"]  # one table: its count was read as the fields of a record
    for address in ("/audit/", BY_LABEL["members.Person"].url("record", person.uid)):
        assert "委员会第12次会议" in client_of(chair).get(address).content.decode()


def chain_in_clear() -> str:
    """All that anybody can read out of the chain, with every key that there still is."""
    return "".join(str(line.told) for line in person_keys.opened(AuditLine.objects.all()))


def test_the_chain_tells_of_the_person_until_the_key_is_destroyed_and_holds_as_before(
    world: World, gone: Person, today: date
) -> None:
    leave(gone, date(2024, 1, 1))
    assert NAME not in "".join(str(line.changes) for line in AuditLine.objects.all())
    before = chain_in_clear()
    assert NAME in before
    assert f"{NAME}说食堂不错" in before  # of the visit, a record of another room
    assert "住院.png" in before
    page = BY_LABEL["members.Person"].url("record", gone.uid)
    chair = user_of(world, "chair", today)
    assert NAME in client_of(chair).get(page).content.decode()
    lines = AuditLine.objects.count()
    erasing.erase(gone, decision(today), by=for_user(chair, today), today=today)
    after = chain_in_clear()
    for text in (NAME, "1971-05-06", "ZZ-0417", "住院.png"):
        assert text not in after, text
    assert "委员会第12次会议" in after  # the decision itself stays
    assert AuditLine.objects.count() == lines + 1
    assert not PersonKey.objects.filter(person_id=gone.pk).exists()
    assert audit.verify() == []
    assert NAME not in client_of(chair).get(page).content.decode()


def test_what_is_told_of_one_is_not_under_the_key_of_another(world: World, gone: Person, today: date) -> None:
    other = next(human for human in world.members_on(date(2022, 6, 1)) if human.pk != gone.pk)
    row = Person.objects.get(pk=other.pk)
    rows = [
        {"uid": gone.uid, "name": NAME, "sex": gone.sex, "department": "甲处乙处丙处"},
        {"uid": row.uid, "name": row.name, "sex": row.sex, "department": "丁处戊处己处"},
    ]
    members.save_persons(rows, union=world.union, by=world.by, today=today)
    leave(gone, date(2024, 1, 1))
    chair = for_user(user_of(world, "chair", today), today)
    erasing.erase(Person.objects.get(pk=gone.pk), decision(today), by=chair, today=today)
    after = chain_in_clear()
    assert "甲处乙处丙处" not in after
    assert "丁处戊处己处" in after


def test_a_row_that_was_merged_into_the_person_goes_with_it(world: World, gone: Person, today: date) -> None:
    twin = {
        "name": NAME, "sex": gone.sex, "birth_on": gone.birth_on, "staff_no": "ZZ-0418", "phone": "13800008888",
    }  # fmt: skip
    twin_pk = members.save_persons([twin], union=world.union, by=world.by, today=today)[0]
    leave(gone, date(2024, 1, 1))
    chair = for_user(user_of(world, "chair", today), today)
    merging.merge(
        Person.objects.get(pk=gone.pk), Person.objects.get(pk=twin_pk), choices={}, union=world.union, by=chair,
        today=today,
    )  # fmt: skip
    seen = erasing.outlook(gone.pk, today, union=world.union)
    assert {one.source.label: one.count for one in seen.kept}["members.Person"] == 2
    erasing.erase(Person.objects.get(pk=gone.pk), decision(today), by=chair, today=today)
    row = Person._base_manager.get(pk=twin_pk)
    assert (row.name, row.staff_no, row.phone, row.phone_index, row.withdrawn_reason) == (GONE, "", None, None, "")
    assert found_anywhere(twin_pk) == []
    assert NAME not in chain_in_clear()
    assert "ZZ-0418" not in chain_in_clear()


OLD = "欧阳旧名"


@pytest.fixture
def merged(world: World, gone: Person, today: date) -> Person:
    """The person with a second row merged in that bore another name, number and visit; out of the union."""
    twin = {"name": OLD, "sex": gone.sex, "birth_on": gone.birth_on, "staff_no": "JGDW-77", "admitted_on": None}
    pk = members.save_persons([twin], union=world.union, by=world.by, today=today)[0]
    visit = {"person": pk, "category": "other", "on": date(2023, 7, 1), "opinion": f"{OLD}说想换座位"}
    care.save_visits([visit], union=world.union, by=world.by, today=today)
    leave(gone, date(2024, 1, 1))
    by = for_user(user_of(world, "vice_chair", today), today)
    rows = [Person.objects.get(pk=one) for one in (gone.pk, pk)]
    merging.merge(*rows, choices={}, union=world.union, by=by, today=today)
    return Person.objects.get(pk=gone.pk)


@pytest.mark.parametrize("told", [f"{OLD}申请删除", "欧阳 旧名申请", "工号JGDW-77的申请", "工号ZZ-0417申请"])
def test_the_decision_names_no_row_that_was_merged_either(world: World, merged: Person, today: date, told: str) -> None:
    by = for_user(user_of(world, "chair", today), today)
    for made in (erasing.Decision(told, "委员会第12次会议", today), erasing.Decision("本人申请删除", told, today)):
        with pytest.raises(Refused, match="写下的不能再删"):
            erasing.erase(merged, made, by=by, today=today)
    assert Person.objects.get(pk=merged.pk).name == NAME


def test_what_came_with_a_merged_row_is_searched_for_its_name_too(world: World, merged: Person, today: date) -> None:
    visits = apps.get_model("care.Visit")._base_manager
    assert visits.filter(opinion__contains=OLD, person=merged.pk).exists()
    erasing.erase(merged, decision(today), by=for_user(user_of(world, "chair", today), today), today=today)
    assert not visits.filter(opinion__contains=OLD).exists()
    assert OLD not in chain_in_clear()


def test_it_is_refused_while_anything_is_open(world: World, gone: Person, today: date) -> None:
    by = for_user(user_of(world, "chair", today), today)
    with pytest.raises(Refused, match="还是会员"):
        erasing.erase(gone, decision(today), by=by, today=today)
    leave(gone, date(2024, 1, 1))
    case = {"person": gone.pk, "applied_on": date(2023, 9, 2), "illness": "再次"}
    care.save_aid([case], union=world.union, by=world.by, today=today)
    with pytest.raises(Refused, match="没有办结"):
        erasing.erase(gone, decision(today), by=by, today=today)
    assert Person.objects.get(pk=gone.pk).name == NAME


@pytest.mark.parametrize(
    "given",
    [("", "委员会第12次会议", "2026-11-01"), ("本人申请删除", "", "2026-11-01"), ("本人申请删除", "委员会会议", ""),
     ("本人申请删除", "委员会会议", "2099-01-01"), (f"{NAME}申请删除", "委员会会议", "2026-11-01")],
    ids=range(5),
)  # fmt: skip
def test_without_a_decision_nothing_goes(world: World, gone: Person, today: date, given: tuple[str, str, str]) -> None:
    leave(gone, date(2024, 1, 1))
    client = client_of(user_of(world, "chair", today))
    answer = client.post(f"/retention/{gone.uid}/", dict(zip(erasing.FIELDS, given, strict=True)))
    assert answer.status_code == 422
    assert Person.objects.get(pk=gone.pk).name == NAME


def test_the_pages_list_tell_and_do_it_with_few_queries(world: World, gone: Person, today: date) -> None:
    leave(gone, date(2019, 1, 1))
    Person.objects.filter(pk=gone.pk).update(user=None)
    client = client_of(user_of(world, "chair", today))
    with CaptureQueriesContext(connection) as asked:
        listed = client.get("/retention/")
    assert len(asked) <= 15
    assert NAME in listed.content.decode()
    assert "待确认" in listed.content.decode()
    with CaptureQueriesContext(connection) as asked:
        page = client.get(f"/retention/{gone.uid}/")
    assert len(asked) <= 15
    assert "困难补助" in page.content.decode()
    assert ILLNESS not in page.content.decode()
    given = {"reason": "离会满五年，本人申请", "minutes": "委员会第12次会议", "decided_on": "2026-11-01"}
    assert client.post(f"/retention/{gone.uid}/", given).status_code == 303
    assert client.get(f"/retention/{gone.uid}/").status_code == 404
    assert NAME not in client.get("/retention/").content.decode()


def test_another_unions_chair_finds_nobody(
    world: World, gone: Person, make_world: Callable[..., World], today: date
) -> None:
    leave(gone, date(2019, 1, 1))
    other = make_world("members", profile=SMALL, members=40)
    stranger = client_of(user_of(other, "chair", today))
    assert stranger.get(f"/retention/{gone.uid}/").status_code == 404
    assert NAME not in stranger.get("/retention/").content.decode()


def test_years_later_also_from_a_leap_day() -> None:
    assert retention.after(date(2024, 2, 29), 5) == date(2029, 3, 1)
    assert retention.after(date(2024, 2, 29), 4) == date(2028, 2, 29)


def test_a_kept_list_that_names_the_person_goes(world, gone, today):
    keeper = Access(union=world.union, on=today, user=gone.user_id, name="自己")
    register = BY_LABEL["members.Person"]
    queries = {
        "找他": f"q={quote(NAME)}", f"{NAME}的": "sex=male", "工号": "q=ZZ-0417", "拼音": f"q={gone.pinyin.split()[0]}",
        "别人": "q=" + quote("王"), "男": "sex=male",
    }  # fmt: skip
    other = user_of(world, "chair", today)
    for user in (keeper.user, other.pk):
        for name, query in queries.items():
            many.keep_list(register, name, query, by=replace(keeper, user=user))
    leave(gone, date(2023, 6, 2))
    erasing.erase(gone, decision(today), by=world.by, today=today)
    assert set(SavedList.objects.filter(user=other).values_list("name", flat=True)) == {"别人", "男"}
    assert NAME not in "".join(unquote(query) for query in SavedList.objects.values_list("query", flat=True))
