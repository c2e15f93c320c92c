"""Package pages: a version is built as long work, read, compared with today's records, and confirmed by a name."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from django.conf import settings
from django.test import Client

from tests.shell.people import client_of, user_of
from zhijia.core.demo import SMALL, World
from zhijia.reports.models import PackageVersion
from zhijia.standards.models import Phrase


@pytest.fixture
def world(make_world: Callable[..., World], monkeypatch: pytest.MonkeyPatch, today: date) -> World:
    monkeypatch.setenv("ZHIJIA_TODAY", today.isoformat())
    return make_world("care")


@pytest.fixture
def chair(world: World, today: date) -> Client:
    return client_of(user_of(world, "chair", today))


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_a_version_is_built_read_and_taken_home(chair: Client, world: World) -> None:
    assert "还没有生成过" in text(chair.get("/package/"))
    answer = chair.post("/package/build/", follow=True)
    assert answer.redirect_chain[-1][0] == "/package/1/"
    page = text(answer)
    assert "第1稿" in page
    assert "与现在的记录一致" in page
    assert "没有写进材料的话" in page
    version = PackageVersion.objects.get()
    assert f"{version.label}换届材料第1稿" in page

    place = next(place for place, one in enumerate(version.documents) if one["file"].endswith(".docx"))
    document = chair.get(f"/package/1/files/{place}/")
    name = version.documents[place]["file"].rpartition("/")[2]
    assert name in unquote(document.headers["Content-Disposition"])
    assert document.headers["Cache-Control"] == "no-store"
    assert document.content.startswith(b"PK")
    whole = chair.get("/package/1/zip/")
    assert f"{version.label}换届材料（第1稿）.zip" in unquote(whole.headers["Content-Disposition"])
    with zipfile.ZipFile(io.BytesIO(whole.content)) as archive:
        assert archive.namelist() == [one["file"] for one in version.documents]
    assert chair.get("/package/1/files/999/").status_code == 404
    assert chair.get("/package/2/").status_code == 404


def test_what_changed_since_is_told(chair: Client, world: World) -> None:
    from zhijia.care import services as care
    from zhijia.care.models import Visit

    chair.post("/package/build/")
    assert "没有动过" in text(chair.get("/package/1/"))
    row = {"person": world.people[0].pk, "category": "hardship", "on": date(2024, 2, 1), "money_fen": 50_000}
    care.save_visits([row], union=world.union, by=world.by, today=world.today)
    assert Visit.objects.in_union(world.union).count() > 1
    assert "台账又有1次改动" in text(chair.get("/package/1/"))
    answer = chair.post("/package/1/compare/", follow=True)
    where = answer.redirect_chain[-1][0]
    assert where.startswith("/package/1/changes/")
    assert "个数据与这一稿不同" in text(answer)
    assert chair.post("/package/1/compare/", follow=True).redirect_chain[-1][0] == where, "not compared twice"
    care.save_visits([row | {"on": date(2024, 2, 2)}], union=world.union, by=world.by, today=world.today)
    assert "又有改动" in text(chair.get(where))


def test_a_file_that_is_gone_is_said(chair: Client, world: World) -> None:
    chair.post("/package/build/")
    digest = PackageVersion.objects.get().documents[0]["sha256"]
    file = Path(settings.ZHIJIA_HOME) / "files" / digest
    kept = file.read_bytes()
    file.unlink()
    try:
        answer = chair.get("/package/1/zip/")
        assert answer.status_code == 422
        assert "已经不在数据文件夹里" in text(answer)
    finally:
        file.write_bytes(kept)


def test_a_version_is_confirmed_by_a_name_once(chair: Client, world: World) -> None:
    chair.post("/package/build/")
    refused = chair.post("/package/1/confirm/", {"name": " "})
    assert refused.status_code == 422
    assert "请写明由谁确认" in text(refused)
    answer = chair.post("/package/1/confirm/", {"name": "王主席"}, follow=True)
    assert "第1稿已由王主席确认" in text(answer)
    assert chair.post("/package/1/confirm/", {"name": "李主席"}).status_code == 422


def test_a_version_is_not_confirmed_before_its_phrases_are(chair: Client, world: World) -> None:
    chair.post("/package/build/")
    open_one = Phrase.objects.in_union(world.union).order_by("pk").first()
    Phrase.objects.filter(pk=open_one.pk).update(confirmed_by="", confirmed_on=None)
    answer = chair.post("/package/1/confirm/", {"name": "王主席"}, follow=True)
    assert "官方表述还没有人确认" in text(answer)
    assert not PackageVersion.objects.get(number=1).confirmed_by


def test_reviewers_read_and_do_not_build(world: World, chair: Client, today: date) -> None:
    chair.post("/package/build/")
    client = client_of(user_of(world, "reviewer", today))
    assert "生成新的一稿" not in text(client.get("/package/"))
    assert client.get("/package/1/").status_code == 200
    assert client.post("/package/build/").status_code == 403
    assert client.post("/package/1/confirm/", {"name": "x"}).status_code == 403


def test_another_unions_versions_are_not_there(
    chair: Client, world: World, make_world: Callable[..., World], today: date
) -> None:
    chair.post("/package/build/")
    other = make_world("members", profile=SMALL, members=40)
    client = client_of(user_of(other, "chair", today))
    assert client.get("/package/1/").status_code == 404
    assert client.get("/package/1/zip/").status_code == 404


def test_a_page_of_a_version_asks_few_questions(
    chair: Client, world: World, django_assert_max_num_queries: Any
) -> None:
    chair.post("/package/build/")
    for address in ("/package/", "/package/1/"):
        with django_assert_max_num_queries(15):
            chair.get(address)
