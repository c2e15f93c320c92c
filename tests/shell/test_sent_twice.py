"""Forms that are sent twice, by a double press where no script stops it: one record, one line of the chain."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.shell.people import client_of, user_of
from zhijia.core.demo import World
from zhijia.core.models import AuditLine
from zhijia.documents.models import Attachment
from zhijia.members.models import Person

COUNTED = [
    model for model in apps.get_models()
    if model._meta.managed and not model._meta.proxy and model._meta.app_label not in ("sessions", "django_tasks_db")
]  # fmt: skip


@pytest.fixture
def world(make_world: Callable[..., World], monkeypatch: pytest.MonkeyPatch, today: date) -> World:
    monkeypatch.setenv("ZHIJIA_TODAY", today.isoformat())
    return make_world("members", members=60)


def rows() -> dict[str, int]:
    return {model._meta.label: model._base_manager.count() for model in COUNTED}


FORMS: dict[str, dict[str, str]] = {
    "shell:my_data_ask": {"about": "会员", "wish": "姓名里的字错了"},
    "members:relative_new": {"name": "王小明", "relation": "子女", "birth_on": "2001-02-03", "sex": "男"},
    "members:visit": {"name": "来访人", "organisation": "上级", "sex": "female", "purpose": "审计"},
    "members:time": {"hours": "2", "what": "开会"},
    "members:transfer_in": {
        "name": "周新来", "sex": "male", "other_union": "某局", "reason": "调入", "minutes": "第1次会议",
    },
    "members:write_in": {"name": "吴新来", "sex": "male"},
}  # fmt: skip


@pytest.mark.parametrize("name", FORMS)
def test_what_was_sent_twice_is_written_once(world: World, today: date, name: str) -> None:
    client = client_of(user_of(world, "chair", today))
    days = dict.fromkeys(("on", "first", "last", "decided_on"), today.isoformat())
    form = {**days, **FORMS[name]}
    before, address = rows(), reverse(name)
    assert client.post(address, form).status_code == 303
    once = rows()
    assert once != before
    assert client.post(address, form).status_code in (303, 422)
    assert rows() == once


def test_a_file_that_was_sent_twice_lies_there_once(world: World, today: date) -> None:
    client = client_of(user_of(world, "chair", today))
    person = Person.objects.in_union(world.union).first()
    address = reverse("shell:upload", args=["members", "person", person.uid])

    def send(*names: str) -> str:
        files = [SimpleUploadedFile(name, b"the same words", "text/plain") for name in names]
        return str(client.post(address, {"files": files}, follow=True).content.decode())

    assert "已添加1个文件" in send("a.txt")
    assert "刚才已经添加" in send("a.txt")
    assert "已添加1个文件" in send("a.txt", "b.txt", "b.txt")
    assert sorted(Attachment.objects.values_list("name", flat=True)) == ["a.txt", "b.txt"]
    assert AuditLine.objects.filter(verb="members.person.filed").count() == 2


def test_a_file_is_taken_off_once(world: World, today: date, monkeypatch: pytest.MonkeyPatch) -> None:
    from zhijia.documents import attaching

    client = client_of(user_of(world, "chair", today))
    person = Person.objects.in_union(world.union).first()
    upload = reverse("shell:upload", args=["members", "person", person.uid])
    client.post(upload, {"files": [SimpleUploadedFile("a.txt", b"words", "text/plain")]})
    file: Any = Attachment.objects.get()
    Attachment.objects.update(withdrawn_on=today)  # by somebody else, after the page had looked
    monkeypatch.setattr(attaching, "of_record", lambda _row: Attachment.objects.all())
    address = reverse("shell:unfile", args=["members", "person", person.uid, file.uid])
    answer = client.post(address)
    assert (answer.status_code, answer.headers["Location"]) == (303, upload.removesuffix("files/"))
    assert not AuditLine.objects.filter(verb="members.person.unfiled").exists()
