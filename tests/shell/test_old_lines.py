"""Audit lines of before there were keys stand in clear for ever: no page, file or paper brings back who was erased."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.shell.people import client_of, user_of
from zhijia.care import services as care
from zhijia.core import audit, person_keys
from zhijia.core.demo import World
from zhijia.core.models import AuditLine
from zhijia.members import services as members
from zhijia.members.models import Person
from zhijia.shell import erasing
from zhijia.shell.access import for_user
from zhijia.shell.registers import BY_LABEL

NAME, NUMBER = "欧阳绝无仅有", "ZZ-0417"
CEILING = 15


@pytest.fixture
def world(make_world: Callable[..., World], monkeypatch: pytest.MonkeyPatch, today: date) -> World:
    monkeypatch.setenv("ZHIJIA_TODAY", today.isoformat())
    return make_world("elections", members=60)


@pytest.fixture
def rows(world: World, today: date) -> list[Any]:
    """A person who left, and a visit, a case of aid and a request about the person."""
    values = {"name": NAME, "sex": "male", "staff_no": NUMBER, "birth_on": date(1971, 5, 6),
              "admitted_on": date(2010, 1, 1), "left_on": date(2020, 1, 1), "leaving": "transferred"}  # fmt: skip
    [pk] = members.save_persons([values], union=world.union, by=world.by, today=today, origin="recorded")
    visit = {"person": pk, "category": "other", "on": date(2019, 6, 1), "opinion": "食堂不错"}
    case = {"person": pk, "applied_on": date(2019, 3, 2), "closed_on": date(2019, 5, 1)}
    kept = {
        "care.Visit": care.save_visits([visit], union=world.union, by=world.by, today=today)[0],
        "care.AidCase": care.save_aid([case], union=world.union, by=world.by, today=today)[0],
    }
    return [Person.objects.get(pk=pk), *(apps.get_model(label).objects.get(pk=one) for label, one in kept.items())]


def deeds(row: Any) -> dict[str, dict[str, Any]]:
    """What old lines told of a row, by verb, with the name in it."""
    label = row._meta.label.lower()
    texts = {"members.Person": "department", "care.Visit": "opinion", "care.AidCase": "situation"}
    told: dict[str, dict[str, Any]] = {
        f"{label}.saved": {"rows": [{texts[row._meta.label]: ["", f"{NAME}说"], "name": ["甲", NAME]}]},
        f"{label}.withdrawn": {"reason": f"与{NAME}重复"},
        f"{label}.filed": {"files": [f"{NAME}住院.png"]},
        f"{label}.unfiled": {"files": [f"{NAME}出院.png"]},
        "core.revealed": {"field": "phone", "reason": f"给{NAME}（{NUMBER}）打电话"},
    }
    if row._meta.label == "members.Person":
        told |= {
            "members.person.undone": {"reason": f"{NAME}办错了"},
            "members.person.transfer_out": {"other_union": f"{NAME}的新工会"},
        }
    return told


@pytest.fixture
def erased(world: World, rows: list[Any], today: date) -> list[Any]:
    """The rows with old lines in clear; afterwards the person is erased."""
    for row in rows:
        for verb, told in deeds(row).items():
            audit.record(union=world.union, by=world.by, verb=verb, subject=row, changes=told, lasting=True)
    by = for_user(user_of(world, "chair", today), today)
    made = erasing.Decision("离会满五年，本人申请", "委员会第12次会议", today)
    erasing.erase(rows[0], made, by=by, today=today)
    return rows


@pytest.fixture
def reader(world: World, today: date) -> Client:
    return client_of(user_of(world, "vice_chair", today))


def test_the_planted_lines_are_in_clear_and_the_chain_holds(erased: list[Any]) -> None:
    lines = person_keys.opened(AuditLine.objects.all())
    assert sum(NAME in str(line.told) for line in lines) >= 3 * 5
    assert audit.verify() == []


def told_by(answer: Any) -> str:
    assert answer.status_code == 200
    if "spreadsheet" in answer["Content-Type"]:
        book = openpyxl.load_workbook(BytesIO(answer.content))
        return "\n".join(str(cell) for page in book for row in page.values for cell in row)
    return str(answer.content.decode())


@pytest.mark.parametrize("address", ["/audit/", "/audit/print/", "/audit/export/", "/audit/?what=secrets"])
def test_the_page_of_deeds_its_file_and_its_print_do_not_tell(erased: list[Any], reader: Client, address: str) -> None:
    with CaptureQueriesContext(connection) as asked:
        text = told_by(reader.get(address, follow=True))
    assert "委员会第12次会议" in text
    assert NAME not in text
    assert NUMBER not in text
    assert len(asked) <= CEILING + 5 * address.endswith("export/")


def test_the_timeline_of_each_record_does_not_tell(erased: list[Any], reader: Client) -> None:
    for row in erased:
        text = told_by(reader.get(BY_LABEL[row._meta.label].url("record", row.uid)))
        assert NAME not in text, row._meta.label
        assert NUMBER not in text, row._meta.label


def test_nor_does_the_form_that_somebody_else_changed_meanwhile(erased: list[Any], reader: Client) -> None:
    for row in erased[1:]:
        url = BY_LABEL[row._meta.label].url("edit", row.uid)
        answer = reader.post(url, {"version": "0"})
        assert answer.status_code == 422
        assert "别人改过这条记录" in answer.content.decode()
        assert NAME not in answer.content.decode()


def test_what_is_told_of_others_stays(world: World, erased: list[Any], reader: Client, today: date) -> None:
    other = Person.objects.get(pk=world.members_on(today)[0].pk)
    told = {"rows": [{"department": ["", "甲处乙处丙处"]}]}
    audit.record(union=world.union, by=world.by, verb="members.person.saved", subject=other, changes=told, lasting=True)
    assert "甲处乙处丙处" in told_by(reader.get("/audit/"))
    assert "甲处乙处丙处" in told_by(reader.get(BY_LABEL["members.Person"].url("record", other.uid)))


@pytest.mark.parametrize("form", ["", "file/json/", "file/xlsx/"])
def test_ones_own_data_tells_of_looks_at_ones_own_rows_only(
    world: World, erased: list[Any], today: date, form: str
) -> None:
    assert NAME not in told_by(client_of(user_of(world, "member", today)).get(f"/me/data/{form}", follow=True))
