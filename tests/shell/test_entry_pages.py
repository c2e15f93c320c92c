"""Forms of records: made, refused with what was typed, brought together after somebody else's change."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.shell.forms import form_of
from tests.shell.people import client_of, user_of
from tests.shell.test_records_pages import CEILING, everything, records
from zhijia.care.models import Event, UpwardApplication, Visit
from zhijia.core.demo import SMALL, World
from zhijia.core.models import AuditLine
from zhijia.core.pages.reading import fields_of
from zhijia.members.models import Person
from zhijia.plans.models import PlanItem
from zhijia.shell.registers import BY_LABEL, REGISTERS, Register
from zhijia.unions.models import Group, Union


@pytest.fixture
def world(make_world: Callable[..., World], monkeypatch: pytest.MonkeyPatch, today: date) -> World:
    monkeypatch.setenv("ZHIJIA_TODAY", today.isoformat())
    return make_world("elections", members=100)


@pytest.fixture
def client(world: World, today: date) -> Client:
    return everything(world, today)


def test_every_register_makes_a_record_from_its_form(world: World, client: Client, today: date) -> None:
    """What the demo's last record says, written into an empty form after that record is gone, makes it again."""
    wrong = []
    for register, row in records(world):
        if not register.sheet.records.tenant:
            assert client.get(register.url("new")).status_code == 404
            continue
        filled = form_of(client.get(register.url("edit", row.uid)))
        with CaptureQueriesContext(connection) as asked:
            page = client.get(register.url("new"))
        if page.status_code == 403:
            continue
        queries = len(asked)
        empty = form_of(page)
        asked_for = {name: filled.get(name, "") for name in fields_of(register.sheet)}
        model: Any = register.sheet.records.model
        answer = client.post(register.url("new"), empty | asked_for | {"origin": "recorded"})
        if answer.status_code != 422 or "已经登记过" not in answer.content.decode():
            wrong.append((register.sheet.name, "the same again", answer.status_code, _told(answer)))
        away = _out_of_the_way(model)
        if away is None:
            row.delete()  # nothing refers to it
        else:
            model._base_manager.filter(pk=row.pk).update(withdrawn_on=today, **away)
        answer = client.post(register.url("new"), empty | asked_for | {"origin": "recorded"})
        made = model._default_manager.filter(uid=empty["uid"], withdrawn_on=None).first()
        if answer.status_code != 303 or made is None or queries > CEILING:
            wrong.append((register.sheet.name, answer.status_code, queries, _told(answer)))
            continue
        told = client.get(register.url("record", made.uid)).content.decode()
        if "登记" not in told:
            wrong.append((register.sheet.name, "not told"))
        if away is not None:
            back = {name: getattr(row, name) for name in away}
            model._base_manager.filter(pk=made.pk).delete()
            model._base_manager.filter(pk=row.pk).update(withdrawn_on=None, **back)
    assert not wrong, "\n".join(map(str, wrong))


def _told(answer: Any) -> list[str]:
    """The lines of the error summary."""
    page = answer.content.decode()
    return [part.split("</")[0].rpartition(">")[2] for part in page.split("<li>")[1:] if "：" in part.split("</li>")[0]]


def _out_of_the_way(model: Any) -> dict[str, Any] | None:
    """What frees the unique columns of a row that is out of the way; None where only its references are unique."""
    names = {field.name for rule in model._meta.constraints for field in model._meta.fields
             if field.name in getattr(rule, "fields", ()) and field.name not in {"union", "user"}}  # fmt: skip
    for name in names:
        kind = model._meta.get_field(name).get_internal_type()
        if kind == "CharField" and not model._meta.get_field(name).choices:
            return {name: "让出"}
        if "Integer" in kind:
            return {name: 9999}
        if kind == "DateField":
            return {name: date(1950, 1, 1)}
    return None if names else {}


def test_pressing_twice_saves_once(world: World, client: Client) -> None:
    register = BY_LABEL["unions.Group"]
    form = form_of(client.get(register.url("new"))) | {"name": "新设小组"}
    assert client.post(register.url("new"), form).status_code == 303
    lines = AuditLine.objects.count()
    answer = client.post(register.url("new"), form)
    assert answer.headers["Location"] == register.url("record", form["uid"])
    assert AuditLine.objects.count() == lines
    assert Group.objects.filter(name="新设小组").count() == 1


def test_what_is_wrong_stands_at_its_field_and_nothing_typed_is_lost(world: World, client: Client) -> None:
    register = BY_LABEL["care.Visit"]
    form = form_of(client.get(register.url("new"))) | {
        "person": "查无此人甲", "category": "火灾", "on": "2024年13月1日", "money_fen": "一千块八",
        "visitors": "周主席", "event": "谁也不是 2024-01-01", "notes": "家里的难处",
    }  # fmt: skip
    before = Visit.objects.count()
    answer = client.post(register.url("new"), form)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert Visit.objects.count() == before
    for told in ("不认识这个词，只能填", "找不到“谁也不是 2024-01-01”", "没有 13 月"):
        assert told in page
    for typed in ("查无此人甲", "火灾", "2024年13月1日", "一千块八", "周主席"):
        assert typed in page
    assert 'href="#f-category"' in page
    assert "家里的难处" not in page  # a secret travels sealed
    again = form_of(answer) | {"category": "困难职工", "on": "11月3日", "money_fen": "1,000", "event": ""}
    assert again["notes"] == ""
    answer = client.post(register.url("new"), again)
    assert answer.status_code == 303, answer.content.decode()
    visit = Visit.objects.get(uid=form["uid"])
    assert (visit.person_name, visit.on, visit.money_fen, visit.amount_fen) == (
        "查无此人甲",
        date(2026, 11, 3),
        100000,
        100000,
    )
    assert Visit.objects.values_list("notes", flat=True).get(pk=visit.pk).reveal() == "家里的难处"
    assert (visit.origin, visit.union_id) == ("recorded", world.union)


def test_fields_that_the_form_does_not_ask_for_are_not_looked_at(world: World, client: Client) -> None:
    register = BY_LABEL["care.Event"]
    event = Event.objects.in_union(world.union).first()
    form = form_of(client.get(register.url("edit", event.uid)))
    other = Event.objects.in_union(world.union).last()
    sent = form | {
        "reported_by": "王组长", "must": "", "due_on": "2030-01-01", "union": "77", "union_id": "77", "origin": "lived",
        "withdrawn_on": "2020-01-01", "uid": str(other.uid), "id": str(other.pk), "pk": str(other.pk),
    }  # fmt: skip
    assert client.post(register.url("edit", event.uid), sent).status_code == 303
    fresh = Event.objects.get(pk=event.pk)
    assert fresh.reported_by == "王组长"
    same = ("must", "due_on", "union_id", "origin", "withdrawn_on", "uid")
    assert [getattr(fresh, name) for name in same] == [getattr(event, name) for name in same]
    assert Event.objects.get(pk=other.pk).version == other.version


def test_another_unions_record_does_not_exist(world: World, client: Client, make_world: Callable[..., World]) -> None:
    other = make_world("members", profile=SMALL, members=30)
    person = Person.objects.filter(union=other.union).first()
    register = BY_LABEL["members.Person"]
    for name in ("record", "edit", "withdraw", "findings"):
        assert client.get(register.url(name, person.uid)).status_code == 404
    page = client.get(f"/records/members/post/pick/?field=person&q={person.name}")
    offered = page.json()["options"]
    assert str(person.uid) not in [one["value"] for one in offered]
    assert Person.objects.filter(union=world.union, name=person.name).count() >= len(offered) or not offered
    form = form_of(client.get("/records/members/post/new/"))
    sent = form | {"person": str(person.uid), "office": "委员", "first": "2024-01-01", "chosen": "选举"}
    answer = client.post("/records/members/post/new/", sent)
    assert answer.status_code == 422
    assert "找不到" in answer.content.decode()


def test_two_people_change_one_record_and_nothing_is_lost(world: World, client: Client, today: date) -> None:
    register = BY_LABEL["unions.Group"]
    group = Group.objects.in_union(world.union).first()
    address = register.url("edit", group.uid)
    mine, theirs = form_of(client.get(address)), form_of(client.get(address))
    second = client_of(user_of(world, "operator", today))
    answer = second.post(address, theirs | {"department": "他改的处室", "name": "他改的组名"})
    assert answer.status_code == 303
    answer = client.post(address, mine | {"department": "我改的处室", "rank": "7"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "别人改过这条记录" in page
    assert "我改的处室" in page
    assert "现在登记的是“他改的处室”" in page
    who = Person.objects.get(user__username="operator-full").name
    assert who in page
    merged = form_of(answer)
    assert (merged["name"], merged["rank"], merged["department"]) == ("他改的组名", "7", "我改的处室")
    assert client.post(address, merged).status_code == 303
    group.refresh_from_db()
    assert (group.name, group.rank, group.department, group.version) == ("他改的组名", 7, "我改的处室", 3)
    told = client.get(register.url("record", group.uid)).content.decode()
    assert "<del>他改的处室</del> → <ins>我改的处室</ins>" in told


def test_secrets_are_never_shown_and_stay_until_changed_or_cleared(world: World, client: Client) -> None:
    register = BY_LABEL["members.Person"]
    person = Person.objects.in_union(world.union).exclude(id_tail="").first()
    number = Person.objects.values_list("id_number", flat=True).get(pk=person.pk).reveal()
    address = register.url("edit", person.uid)
    page = client.get(address)
    assert number not in page.content.decode()
    assert f"尾号{person.id_tail}" in page.content.decode()
    form = form_of(page)
    assert form["id_number"] == ""
    assert client.post(address, form | {"phone": "13800001234", "job": "科长"}).status_code == 303
    fresh = Person.objects.get(pk=person.pk)
    assert (fresh.phone_tail, fresh.id_tail) == ("1234", person.id_tail)
    told = client.get(register.url("record", person.uid)).content.decode()
    assert "13800001234" not in told
    assert "手机有改动" in told.replace("</li>", "").replace("电话", "手机") or "有改动" in told
    form = form_of(client.get(address)) | {"clear-phone": "1"}
    assert client.post(address, form).status_code == 303
    assert Person.objects.get(pk=person.pk).phone_tail == ""


def test_what_is_being_done_moves_step_by_step_and_history_freely(world: World, client: Client) -> None:
    register = BY_LABEL["plans.PlanItem"]
    form = form_of(client.get(register.url("new")))
    sent = form | {
        "year": "2026",
        "item": "办一次读书会",
        "state": "按期完成",
        "done_on": "2026-03-01",
        "origin": "lived",
    }
    answer = client.post(register.url("new"), sent)
    assert answer.status_code == 422
    assert "要从“未完成”开始" in answer.content.decode()
    assert client.post(register.url("new"), sent | {"state": "未完成", "done_on": ""}).status_code == 303
    item = PlanItem.objects.get(uid=form["uid"])
    assert item.origin == "lived"
    page = client.get(register.url("record", item.uid)).content.decode()
    assert "改为“按期完成”" in page
    assert "办理" in page
    step = form_of(client.get(f"{register.url('edit', item.uid)}?state=done"))
    assert step["state"] == "按期完成"
    assert client.post(register.url("edit", item.uid), step | {"done_on": "2026-03-01"}).status_code == 303
    back = form_of(client.get(register.url("edit", item.uid))) | {"state": "未完成", "done_on": ""}
    answer = client.post(register.url("edit", item.uid), back)
    assert answer.status_code == 422
    assert "已经办结" in answer.content.decode()
    history = form_of(client.get(register.url("new")))
    sent = history | {
        "year": "2024",
        "item": "办过的读书会",
        "state": "按期完成",
        "done_on": "2024-03-01",
        "origin": "recorded",
    }
    assert client.post(register.url("new"), sent).status_code == 303
    assert PlanItem.objects.get(uid=history["uid"]).origin == "recorded"
    assert UpwardApplication.objects.filter(origin="lived").count() == 0


def _leader(world: World, today: date) -> tuple[Client, Person, Person]:
    """A group leader's browser, somebody of the group, and somebody of another group."""
    client = client_of(user_of(world, "group_leader", today))
    led = next(iter(world.groups.values()))
    own = Person.objects.in_union(world.union).filter(group=led).first()
    other = Person.objects.in_union(world.union).exclude(group=led).exclude(group=None).first()
    return client, own, other


def test_a_group_leader_reports_about_the_own_group_only(world: World, today: date) -> None:
    client, own, other = _leader(world, today)
    register = BY_LABEL["care.Event"]
    page = client.get(register.url("new"))
    form = form_of(page)
    asked = {name for name in form if name in fields_of(register.sheet)}
    assert asked == {"person", "relation", "kind", "happened_on"}
    sent = form | {"person": str(own.uid), "kind": "生育", "happened_on": "2026-11-18"}
    answer = client.post(register.url("new"), sent)
    assert answer.status_code == 303, answer.content.decode()
    event = Event.objects.get(uid=form["uid"])
    assert (event.person_id, event.reported_by != "") == (own.pk, True)
    assert client.get(register.url("record", event.uid)).status_code == 200
    for stranger in (str(other.uid), "不在册的人"):
        answer = client.post(register.url("new"), form_of(client.get(register.url("new"))) | sent | {
            "uid": form_of(client.get(register.url("new")))["uid"], "person": stranger,
        })  # fmt: skip
        assert answer.status_code == 422
        assert "不是您所带小组的人" in answer.content.decode()
    theirs = Event.objects.in_union(world.union).exclude(person__group=own.group).first()
    assert client.get(register.url("record", theirs.uid)).status_code == 404
    assert client.get(register.url("edit", theirs.uid)).status_code == 404
    assert client.get(register.url("withdraw", event.uid)).status_code == 403
    offered = client.get(f"{register.url('pick')}?field=person&q=").json()["options"]
    assert offered
    assert client.get(BY_LABEL["care.AidCase"].url("new")).status_code == 403


def test_an_address_prefills_the_form(world: World, client: Client) -> None:
    event = Event.objects.in_union(world.union).exclude(person=None).first()
    register = BY_LABEL["care.Visit"]
    address = f"{register.url('new')}?person={event.person.uid}&category={event.kind}&event={event.uid}&notes=geheim"
    page = client.get(address)
    form = form_of(page)
    assert event.person.name in form["person"]
    assert form["category"] == event.get_kind_display()
    assert form["event"]
    assert "geheim" not in page.content.decode()


def test_a_picker_offers_texts_that_mean_one_row_each(world: World, client: Client) -> None:
    person = Person.objects.in_union(world.union).first()
    initials = person.pinyin.split(" ")[-1]
    for typed in (person.name, person.name[0], person.pinyin.split(" ")[0], initials):
        with CaptureQueriesContext(connection) as asked:
            answer = client.get("/records/members/post/pick/", {"field": "person", "q": typed})
        assert len(asked) <= CEILING
        labels = [one["label"] for one in answer.json()["options"]]
        assert labels, typed
    values = [one["value"] for one in answer.json()["options"]]
    assert len(set(values)) == len(values)
    assert client.get("/records/members/post/pick/", {"field": "first", "q": "x"}).status_code == 404


def test_registers_of_this_file_are_all_registers() -> None:
    assert len(REGISTERS) >= 57
    assert all(isinstance(register, Register) for register in REGISTERS)
    assert Union in {register.sheet.records.model for register in REGISTERS}
