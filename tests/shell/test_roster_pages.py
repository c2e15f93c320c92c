"""Pages of the personnel list: sent under its own headings, reviewed line by line, saved once, taken back."""

from __future__ import annotations

import io
import os
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests.shell.people import client_of, user_of
from zhijia.core import audit
from zhijia.core.access import Access
from zhijia.core.dates import add_months
from zhijia.core.demo import World
from zhijia.core.models import AuditLine, Batch, ColumnMapping
from zhijia.members.models import Change, Newcomer, Person, Placement
from zhijia.shell.rosters import keeping, reminding
from zhijia.shell.rosters.reviewing import SYNC
from zhijia.standards import numbers

HEADS = ("员工", "员工号", "所在部门", "现任职务", "联系方式")
NEW_PHONE = "19955550123"


@pytest.fixture
def world(make_world: Callable[..., World], monkeypatch: pytest.MonkeyPatch, today: date) -> World:
    monkeypatch.setenv("ZHIJIA_TODAY", today.isoformat())
    return make_world("members")


@pytest.fixture
def chair(world: World, today: date) -> Client:
    return client_of(user_of(world, "chair", today))


@pytest.fixture(autouse=True)
def no_rosters_left() -> Iterator[None]:
    def clear() -> None:
        for folder in (Path(settings.ZHIJIA_HOME) / "rosters").glob("*"):
            keeping.shutil.rmtree(folder)

    clear()
    yield
    clear()


def active() -> list[Person]:
    return list(Person.objects.filter(left_on=None, retained_on=None, withdrawn_on=None).exclude(admitted_on=None))


def roster(people: list[Person], *more: tuple[str, ...], **changed: dict[int, str]) -> SimpleUploadedFile:
    """The people as the personnel office knows them; `department={pk: …}`."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    page = book.add_worksheet("Sheet1")
    page.write_row(0, 0, HEADS)
    rows = [
        (
            one.name, one.staff_no, changed.get("department", {}).get(one.pk, one.department), one.job,
            changed.get("phone", {}).get(one.pk, ""),
        )
        for one in people
    ]  # fmt: skip
    for number, row in enumerate([*rows, *more], 1):
        for column, value in enumerate(row):
            page.write_string(number, column, value)
    book.close()
    return SimpleUploadedFile("在职名册.xlsx", target.getvalue())


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def sent(client: Client, file: SimpleUploadedFile) -> str:
    """Upload and say that 员工 is the name; the address of the review."""
    answer = client.post("/roster/", {"file": file})
    assert answer.status_code == 302, text(answer)
    if not answer["Location"].endswith("/columns/"):
        return opened(client, answer)
    page = client.get(answer["Location"])
    assert "员工" in text(page)
    given = {"s0": "人事名册", "s0was": "人事名册", "do": "keep"}
    ours = ("姓名", "工号", "处室", "职务", "手机")
    given |= {f"s0c{place}": name for place, name in enumerate(ours)}
    kept = client.post(answer["Location"], given)
    assert kept.status_code == 302, text(kept)
    return opened(client, kept)


def opened(client: Client, answer: Any) -> str:
    """The address of the review, once it was worked out."""
    assert client.get(answer["Location"]).status_code == 200
    return str(answer["Location"])


def test_from_the_file_to_the_register_and_back(world: World, chair: Client, today: date) -> None:
    people = active()
    moved, phoned, gone = people[3], people[4], people[5]
    department = next(one.department for one in people if one.department != moved.department)
    file = roster(
        [one for one in people if one != gone], ("新来的", "9001", department, "科员", ""),
        department={moved.pk: department}, phone={phoned.pk: NEW_PHONE},
    )  # fmt: skip
    url = sent(chair, file)
    page = text(chair.get(url + "?kind=moved"))
    assert f"{moved.department} → {department}" in page
    assert "新来的" in text(chair.get(url + "?kind=joined"))
    assert gone.name in text(chair.get(url + "?kind=left"))
    changed = chair.get(url + "?kind=changed")
    assert "尾号0123" in text(changed)
    assert NEW_PHONE not in changed.content.decode()

    said = {"kind": "left", "do": "each", "k-0": f"left:{gone.pk}", "a-0": "transfer_out", "d-0": "2026-11-01"}
    assert chair.post(url, said).status_code == 303
    assert "还没有写对方工会" in text(chair.get(url + "?kind=left"))
    refused = chair.post(url + "confirm/", follow=True)
    assert refused.status_code == 422
    assert "有1行还不能这样办" in text(refused)
    chair.post(url, said | {"n-0": "某市总工会"})
    confirm = text(chair.get(url + "confirm/"))
    assert "不在名册：调出，1人" in confirm
    before = AuditLine.objects.count()
    done = chair.post(url + "confirm/", follow=True)
    assert "撤销这次导入" in done.content.decode() or "撤销" in text(done)
    assert AuditLine.objects.count() == before + 1
    assert Person.objects.get(pk=gone.pk).left_on == date(2026, 11, 1)
    assert Person.objects.get(pk=moved.pk).department == department
    assert Placement.objects.filter(person=moved, end=today).exists()
    assert Newcomer.objects.filter(name="新来的").exists()
    assert not list((Path(settings.ZHIJIA_HOME) / "rosters").iterdir())

    batch = Batch.objects.latest("pk")
    undone = chair.post(f"/import/batches/{batch.pk}/undo/", follow=True)
    assert undone.status_code == 200
    assert Person.objects.get(pk=gone.pk).left_on is None
    assert not Change.objects.filter(person__in=[moved, gone], on__gte=date(2026, 11, 1)).exists()


def test_the_mapping_is_remembered_for_the_next_list(world: World, chair: Client) -> None:
    people = active()
    sent(chair, roster(people))
    assert ColumnMapping.objects.get().fingerprint.startswith("roster:")
    again = chair.post("/roster/", {"file": roster(people)})
    assert not again["Location"].endswith("/columns/")


def test_one_answer_for_the_kind_and_others_for_single_lines(world: World, chair: Client) -> None:
    people = active()
    url = sent(chair, roster(people[4:]))
    chair.post(url, {"kind": "left", "do": "whole", "action": "withdraw", "on": "2026-11-10", "note": "第8次会议"})
    key = f"left:{people[0].pk}"
    chair.post(url, {"kind": "left", "do": "each", "k-0": key, "a-0": "skip"})
    confirm = text(chair.get(url + "confirm/"))
    assert "退会，3人" in confirm
    assert "先不动，1人" in confirm
    assert people[0].name in text(chair.get(url + "?kind=left&only=own"))
    assert people[1].name not in text(chair.get(url + "?kind=left&only=own"))


def test_whoever_saves_second_is_led_back_to_the_lines_that_changed(world: World, chair: Client, today: date) -> None:
    people = active()
    department = next(one.department for one in people if one.department != people[3].department)
    moved = {people[3].pk: department}
    url = sent(chair, roster(people, department=moved))
    other = client_of(user_of(world, "vice_chair", today))
    theirs = sent(other, roster(people, department=moved))
    other.post(theirs + "confirm/")
    refused = chair.post(url + "confirm/", follow=True)
    assert people[3].name in text(refused)
    assert "情况变了" in text(refused)
    assert Placement.objects.filter(person=people[3]).count() == 1
    assert "有1行变了" in text(chair.get(url))


def test_nothing_is_in_the_clear_at_rest_and_old_lists_go(world: World, chair: Client) -> None:
    people = active()
    url = sent(chair, roster(people, phone={people[0].pk: NEW_PHONE}))
    root = Path(settings.ZHIJIA_HOME) / "rosters"
    everything = b"".join(file.read_bytes() for file in root.rglob("*") if file.is_file())
    for told in (NEW_PHONE, people[0].name, people[0].department):
        assert told.encode() not in everything
    (source,) = root.glob("*/source")
    old = time.time() - 31 * 24 * 3600
    os.utime(source, (old, old))
    keeping.forget_old()
    assert not list(root.iterdir())
    assert chair.get(url)["Location"] == "/roster/"


def test_nobody_opens_the_list_of_another(world: World, chair: Client, today: date) -> None:
    url = sent(chair, roster(active()))
    other = client_of(user_of(world, "vice_chair", today))
    assert other.get(url)["Location"] == "/roster/"
    assert client_of(user_of(world, "accountant", today)).get("/roster/").status_code == 403


@pytest.mark.parametrize("name", ["x.pdf", "leer.xlsx"])
def test_what_is_no_list_is_refused_at_once(chair: Client, name: str) -> None:
    answer = chair.post("/roster/", {"file": SimpleUploadedFile(name, b"%PDF-1.7 nothing")})
    assert answer.status_code == 422
    assert not list((Path(settings.ZHIJIA_HOME) / "rosters").glob("*"))


def test_a_long_list_is_compared_as_long_work(world: World, chair: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zhijia.shell.rosters.reviewing.AT_ONCE", 0)
    people = active()
    answer = chair.post("/roster/", {"file": roster(people[1:])})
    given = {"s0": "人事名册", "s0was": "人事名册", "do": "keep", "s0c0": "姓名", "s0c1": "工号", "s0c2": "处室"}
    kept = chair.post(answer["Location"], given)
    page = chair.get(kept["Location"], follow=True)
    assert page.redirect_chain[0][0].startswith("/jobs/")
    assert people[0].name in text(page)


def test_a_list_without_names_leads_back_to_its_columns(world: World, chair: Client) -> None:
    answer = chair.post("/roster/", {"file": roster(active())})
    given = {"s0": "人事名册", "s0was": "人事名册", "do": "keep", "s0c0": "-", "s0c1": "工号"}
    refused = chair.post(answer["Location"], given)
    assert refused.status_code == 422
    assert "还缺“姓名”" in text(refused)


def test_a_list_that_lies_half_reviewed_and_one_that_is_due_are_to_dos(
    world: World, chair: Client, today: date
) -> None:
    assert "核对人事名册" not in chair.get("/todos/").content.decode()
    chair.post("/roster/", {"file": roster(active()[:5])})
    page = chair.get("/todos/").content.decode()
    assert "还没有核对完" in page
    (mine,) = (Path(settings.ZHIJIA_HOME) / "rosters").glob("*")
    assert f"/roster/{mine.name}/" in page
    other = client_of(user_of(world, "vice_chair", today)).get("/todos/").content.decode()
    assert "还没有核对完" not in other
    access = Access(union=world.union, on=today, name="张主席")
    audit.record(union=world.union, by=access, verb="members.roster.applied", tables=[Person])
    seen = replace(access, permissions=frozenset({reminding.PERMISSION}))
    last = timezone.localdate(AuditLine.objects.get(verb="members.roster.applied").at)
    assert list(reminding.due(seen, add_months(last, 11))) == []
    (reminder,) = reminding.due(seen, add_months(last, 12))
    assert reminder.due == add_months(last, 12)
    numbers.settle(SYNC.every, 6, "2026年第8次委员会会议", by=access, today=today)
    assert list(reminding.due(seen, add_months(last, 7)))
