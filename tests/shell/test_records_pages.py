"""Every register's records on pages: shown, changed, taken back; and who may not."""

import hashlib
import struct
import zlib
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.shell.forms import form_of
from tests.shell.people import SINCE, client_of, user_of
from zhijia.care.models import Visit
from zhijia.core.demo import World
from zhijia.core.models import AuditLine
from zhijia.documents.media import drawn_png
from zhijia.documents.models import Attachment
from zhijia.members import services as members
from zhijia.members.models import Person
from zhijia.shell.registers import BY_LABEL, REGISTERS, Register
from zhijia.unions.models import Union

CEILING = 15


@pytest.fixture
def world(make_world: Callable[..., World], monkeypatch: pytest.MonkeyPatch, today: date) -> World:
    monkeypatch.setenv("ZHIJIA_TODAY", today.isoformat())
    return make_world("elections", members=100)


@pytest.fixture
def client(world: World, today: date) -> Client:
    return everything(world, today)


def records(world: World) -> Iterator[tuple[Register, Any]]:
    """One record of every register that has any; its last one, with what refers to it."""
    for register in REGISTERS:
        model: Any = register.sheet.records.model
        rows = model._default_manager.filter(pk=world.union) if model is Union else model._default_manager.filter(
            union_id=world.union, withdrawn_on=None
        )  # fmt: skip
        row = rows.order_by("-pk").first()
        if row is not None:
            yield register, row


def everything(world: World, today: date) -> Client:
    """A login that may do everything: one person in several offices."""
    user = user_of(world, "chair", today)
    person = Person.objects.get(user=user)
    for office in ("accountant", "review_director", "operator"):
        row = {"person": person.pk, "office": office, "group": None, "first": SINCE}
        members.save_posts([row], union=world.union, by=world.by, today=today, origin="recorded")
    return client_of(user)


def lines() -> int:
    return AuditLine.objects.count()


def test_every_register_has_a_page_for_its_records_with_few_queries(world: World, client: Client) -> None:
    wrong = []
    seen = 0
    for register, row in records(world):
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(register.url("record", row.uid))
        if answer.status_code != 200 or len(asked) > CEILING:
            wrong.append((register.sheet.name, answer.status_code, len(asked)))
        seen += 1
    assert not wrong, "\n".join(map(str, wrong))
    assert seen > 50


def test_a_record_saved_as_it_is_changes_nothing(world: World, client: Client) -> None:
    wrong = []
    for register, row in records(world):
        address = register.url("edit", row.uid)
        with CaptureQueriesContext(connection) as asked:
            page = client.get(address)
        if page.status_code == 403:
            continue
        before, queries = lines(), len(asked)
        answer = client.post(address, form_of(page))
        fresh = type(row)._base_manager.get(pk=row.pk)
        if answer.status_code != 303 or lines() != before or fresh.version != row.version or queries > CEILING:
            errors = [part.split("</")[0][-80:] for part in answer.content.decode().split('class="wrong"')[1:]]
            wrong.append((register.sheet.name, answer.status_code, lines() - before, queries, errors))
    assert not wrong, "\n".join(map(str, wrong))


def test_a_changed_field_is_one_line_of_history(world: World, client: Client) -> None:
    wrong = []
    tried = 0
    for register, row in records(world):
        column = next(
            (one for one in register.sheet.columns if one.kind.name == "text" and not one.kind.choices
             and one.field not in (*register.sheet.records.key, "account_code", "account_name", "voucher_no")),
            None,
        )  # fmt: skip
        if column is None:
            continue
        page = client.get(register.url("edit", row.uid))
        if page.status_code == 403:
            continue
        before = lines()
        answer = client.post(register.url("edit", row.uid), form_of(page) | {column.field: "改过一次"})
        tried += 1
        if answer.status_code == 422 or lines() != before + 1:
            wrong.append((register.sheet.name, column.field, answer.status_code, lines() - before))
            continue
        told = client.get(register.url("record", row.uid)).content.decode()
        if "改过一次" not in told or "修改" not in told:
            wrong.append((register.sheet.name, "not told"))
    assert not wrong, "\n".join(map(str, wrong))
    assert tried > 30


def png(width: int = 4, told: bytes = b"") -> bytes:
    """A small photo, with a text that a camera might have written into it."""
    data = drawn_png(width, 2, b"\xb3\x17\x1d" * width * 2)
    return data[:33] + told + data[33:]


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


@pytest.fixture
def folder(settings: Any, tmp_path: Any) -> Any:
    settings.ZHIJIA_HOME = tmp_path
    return tmp_path


def test_a_photo_is_added_looked_at_and_removed(world: World, client: Client, folder: Any) -> None:
    visit = Visit.objects.in_union(world.union).order_by("on").first()
    register = BY_LABEL["care.Visit"]
    photo = SimpleUploadedFile("现场.png", png(told=chunk(b"tEXt", b"Comment\x00secret place")), "image/png")
    answer = client.post(register.url("upload", visit.uid), {"files": [photo]})
    assert answer.status_code == 303
    attachment = Attachment.objects.get(record=visit.uid)
    assert (attachment.name, attachment.mime, attachment.union_id) == ("现场.png", "image/png", world.union)
    [kept] = list((folder / "files").iterdir())
    assert kept.name == attachment.sha256 == hashlib.sha256(kept.read_bytes()).hexdigest()
    assert b"secret place" not in kept.read_bytes()
    page = client.get(register.url("record", visit.uid)).content.decode()
    address = reverse("shell:file", args=["care", "visit", visit.uid, attachment.uid])
    assert address in page
    assert "添加文件：现场.png" in page
    answer = client.get(address)
    assert b"".join(answer.streaming_content) == kept.read_bytes()
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"].startswith("inline")
    other = Visit.objects.in_union(world.union).order_by("on").last()
    assert client.get(reverse("shell:file", args=["care", "visit", other.uid, attachment.uid])).status_code == 404
    gone = reverse("shell:unfile", args=["care", "visit", visit.uid, attachment.uid])
    assert "移除文件：现场.png" in client.get(gone).content.decode()
    assert client.post(gone).status_code == 303
    assert client.get(address).status_code == 404
    assert kept.exists()


def test_files_that_are_not_what_they_say_are_refused_and_nothing_is_saved(
    world: World, client: Client, folder: Any
) -> None:
    register = BY_LABEL["care.Visit"]
    form = form_of(client.get(register.url("new"))) | {
        "person": "陈德福", "category": "离退休干部", "on": "2026-11-01"}  # fmt: skip
    before = Visit.objects.count()
    page = SimpleUploadedFile("照片.jpg", b"<html><script>alert(1)</script>", "image/jpeg")
    answer = client.post(register.url("new"), form | {"files": [page]})
    assert answer.status_code == 422
    assert "照片.jpg：这种文件不能上传" in answer.content.decode()
    assert Visit.objects.count() == before
    good = SimpleUploadedFile("照片.png", png(), "image/png")
    answer = client.post(register.url("new"), form_of(answer) | {"files": [good]})
    assert answer.status_code == 303
    assert Attachment.objects.filter(record=Visit.objects.get(uid=form["uid"]).uid).count() == 1


def test_a_record_is_taken_back_with_a_reason_and_restored(world: World, client: Client) -> None:
    register = BY_LABEL["care.Visit"]
    visit = Visit.objects.in_union(world.union).filter(event=None).last()
    address = register.url("withdraw", visit.uid)
    assert "撤回的原因" in client.get(address).content.decode()
    assert client.post(address, {"reason": " "}).status_code == 422
    assert client.post(address, {"reason": "重复登记"}).status_code == 303
    visit.refresh_from_db()
    assert (visit.withdrawn_reason, visit.version) == ("重复登记", 2)
    assert not Visit.objects.in_union(world.union).filter(pk=visit.pk).exists()
    page = client.get(register.url("record", visit.uid)).content.decode()
    assert "已经撤回" in page
    assert "重复登记" in page
    assert client.get(register.url("edit", visit.uid)).status_code == 404
    assert client.post(register.url("restore", visit.uid)).status_code == 303
    visit.refresh_from_db()
    assert visit.withdrawn_on is None
    page = client.get(register.url("record", visit.uid)).content.decode()
    assert "撤回：重复登记" in page
    assert "恢复" in page


def test_a_record_that_others_refer_to_is_not_taken_back(world: World, client: Client) -> None:
    person = Person.objects.in_union(world.union).get(pk=Visit.objects.exclude(person=None).first().person_id)
    register = BY_LABEL["members.Person"]
    answer = client.post(register.url("withdraw", person.uid), {"reason": "重复登记"})
    assert answer.status_code == 422
    assert "条“走访慰问”用到它" in answer.content.decode()
    assert Person.objects.get(pk=person.pk).withdrawn_on is None


def test_a_change_of_a_record_taken_back_meanwhile_loses_nothing(world: World, client: Client) -> None:
    register = BY_LABEL["care.Visit"]
    visit = Visit.objects.in_union(world.union).filter(event=None).last()
    form = form_of(client.get(register.url("edit", visit.uid))) | {"visitors": "写到一半的走访人"}
    client.post(register.url("withdraw", visit.uid), {"reason": "重复登记"})
    answer = client.post(register.url("edit", visit.uid), form)
    assert answer.status_code == 422
    assert "被撤回了" in answer.content.decode()
    assert "写到一半的走访人" in answer.content.decode()


def test_what_refers_to_a_person_is_told_with_its_number_and_addresses(world: World, client: Client) -> None:
    person = Person.objects.get(pk=Visit.objects.exclude(person=None).first().person_id)
    page = client.get(BY_LABEL["members.Person"].url("record", person.uid)).content.decode()
    visits = Visit.objects.in_union(world.union).filter(person=person)
    assert "走访慰问（慰问对象）" in page
    for visit in visits[:10]:
        assert BY_LABEL["care.Visit"].url("record", visit.uid) in page


def test_findings_are_asked_for_after_the_page(world: World, client: Client) -> None:
    register = BY_LABEL["members.Person"]
    person = Person.objects.in_union(world.union).last()
    address = register.url("findings", person.uid)
    assert address in client.get(register.url("record", person.uid)).content.decode()
    assert client.get(address).status_code == 200
    part = client.get(address, headers={"HX-Request": "true"})
    assert "<html" not in part.content.decode()


def test_the_unions_own_record_is_shown_and_changed_but_never_taken_back(world: World, client: Client) -> None:
    register = BY_LABEL["unions.Union"]
    union = Union.objects.get(pk=world.union)
    assert client.get(register.url("record", union.uid)).status_code == 200
    assert client.get(register.url("withdraw", union.uid)).status_code == 404
    form = form_of(client.get(register.url("edit", union.uid))) | {"organ_short": "建设厅机关"}
    assert client.post(register.url("edit", union.uid), form).status_code == 303
    assert Union.objects.get(pk=world.union).organ_short == "建设厅机关"
