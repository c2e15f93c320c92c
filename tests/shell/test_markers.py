"""Values that can not be mistaken, planted as secrets: they turn up nowhere but where a reader asks for them.

Planted through the forms of the pages, as people do: an identity number, a phone, and a text in every secret column of
every register. Then everything is looked through: each page of each role, files, notices, errors, logs, headers and
addresses, the whole database as it is stored, the data folder, a backup without a passphrase.
"""

import io
import json
import logging
import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from tests.shell.crawl import Answer, walk
from tests.shell.forms import form_of
from tests.shell.people import ROLES, SINCE, client_of, user_of
from tests.shell.test_access_matrix import EXPECTED, PUBLIC
from zhijia.core.demo import World
from zhijia.core.fields import SecretField
from zhijia.core.pages.words import is_secret
from zhijia.core.sheets import beside
from zhijia.documents.media import drawn_png
from zhijia.features import FEATURES
from zhijia.members import services as members
from zhijia.members.models import OwnField, OwnValue, Person
from zhijia.shell.backup import writing
from zhijia.shell.registers import REGISTERS, Register

PHONE = "13987651234"
CARD = "6222021234567890123"
WORD = "罕见标记"
# Where a lesser part of a secret may be shown: the last four digits.
TAIL = 4


@pytest.fixture
def world(make_world: Callable[..., World], monkeypatch: pytest.MonkeyPatch, today: date) -> World:
    monkeypatch.setenv("ZHIJIA_TODAY", today.isoformat())
    return make_world(FEATURES[-1].slug, members=80)


def secret_columns() -> Iterator[tuple[Register, list[Any]]]:
    for register in REGISTERS:
        columns = [column for column in register.sheet.columns if is_secret(register.sheet, column)]
        if columns and register.room != "inquiries":  # answers have a form of their own, and a test
            yield register, columns


def identity(person: Person) -> str:
    """A number that fits the person's birth and sex."""
    birth = person.birth_on or date(1980, 5, 6)
    body = f"650102{birth:%Y%m%d}99{'8' if person.sex == 'female' else '7'}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return body + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True)) % 11]


def everything(world: World, today: date) -> Client:
    user = user_of(world, "chair", today)
    person = Person.objects.get(user=user)
    for office in ("operator", "accountant", "review_director"):
        row = {"person": person.pk, "office": office, "group": None, "first": SINCE}
        members.save_posts([row], union=world.union, by=world.by, today=today, origin="recorded")
    return client_of(user)


def own_secrets(world: World) -> list[str]:
    """The sensitive fields that the union added to its register of members."""
    rows = OwnField.objects.in_union(world.union).filter(sensitive=True)
    return [beside.name_of(pk) for pk in rows.values_list("pk", flat=True)]


def own_values(row: Any) -> dict[str, Any]:
    """What stands sealed beside a row, by column."""
    if not isinstance(row, Person):
        return {}
    values = OwnValue.objects.filter(person=row, secret__isnull=False).values_list("field", "secret")
    return {beside.name_of(key): secret for key, secret in values}


def plant(world: World, client: Client) -> tuple[list[str], list[str]]:
    """Write the markers through the forms; returns them, and the addresses of the records that hold them."""
    markers: list[str] = []
    addresses: list[str] = []
    for register, columns in secret_columns():
        model: Any = register.sheet.records.model
        rows = model._default_manager.filter(union_id=world.union, withdrawn_on=None)
        if register.label == "members.Person":
            rows = rows.filter(user__isnull=True, group__isnull=False)
        row = rows.order_by("pk").first()
        assert row is not None, f"the demo has nothing to plant in: {register.sheet.name}"
        page = client.get(register.url("edit", row.uid))
        assert page.status_code == 200, register.sheet.name
        given = {}
        for column in columns:
            if column.field == "id_number":
                given[column.field] = identity(row)
            elif column.field == "phone":
                given[column.field] = PHONE
            else:
                given[column.field] = f"{WORD}{register.room}{column.field}，工资卡{CARD}"
        if register.label == "members.Person":
            given |= {name: f"{WORD}members{name}，工资卡{CARD}" for name in own_secrets(world)}
        answer = client.post(register.url("edit", row.uid), form_of(page) | given)
        assert answer.status_code == 303, (
            register.sheet.name,
            re.findall(r'class="wrong"[^/]*', answer.content.decode()),
        )
        stored = model._base_manager.get(pk=row.pk)
        own = own_values(row)
        assert {name: (own.get(name) or getattr(stored, name)).reveal() for name in given} == given, "planted"
        markers += given.values()
        addresses += [register.url("record", row.uid), register.url("edit", row.uid)]
        said = client.get(answer.headers["Location"]).content.decode()
        assert not found_in(said, list(given.values())), "said when saved"
    assert len(markers) >= 8
    return markers, addresses


def found_in(text: str, markers: list[str]) -> list[str]:
    """The markers, or unmistakable parts of them, in a text."""
    parts = [*markers, PHONE, CARD, WORD, *(marker[:-TAIL] for marker in markers if marker[:6].isdigit())]
    return [part for part in dict.fromkeys(parts) if part in text]


def text_of(answer: Any) -> str:
    """Everything that an answer says; of a workbook or package what its members say."""
    data = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return f"{answer.headers}\n{unpacked(data)}"


def unpacked(data: bytes) -> str:
    if data[:2] != b"PK":
        return data.decode(errors="replace")
    told = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            told += [name, unpacked(archive.read(name))]
    return "\n".join(told)


def test_no_page_of_any_role_tells_a_secret(world: World, today: date, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    chief = everything(world, today)
    markers, records = plant(world, chief)
    wrong, seen = [], 0
    clients = {"everything": chief, "nobody": Client()}
    clients |= {role: client_of(user_of(world, role, today)) for role in ROLES if role != "chair"}
    for role, client in clients.items():

        def fetch(address: str, client: Client = client, role: str = role) -> Answer:
            answer = client.get(address)
            text = text_of(answer)
            if hits := found_in(text + address, markers):
                wrong.append((role, address, hits[0]))
            kind = answer.headers.get("Content-Type", "")
            return Answer(answer.status_code, kind, "" if "html" not in kind else text, answer.headers)

        allowed = {"chair"} if role == "everything" else {role}
        addresses = [address for address, who in EXPECTED.values() if who == PUBLIC or set(who) & allowed]
        seen += len(walk([*records, *addresses], fetch, most=3000).visits)
        for register, columns in secret_columns():
            own = own_secrets(world) if register.label == "members.Person" else []
            asked = "&".join(f"col={name}" for name in (*own, *(column.field for column in columns)))
            wrong.extend(
                (role, register.url(name), hits[0])
                for name in ("list", "print", "export")
                if (hits := found_in(text_of(client.get(f"{register.url(name)}?{asked}")), markers))
            )
        for marker in (PHONE, markers[0], WORD):  # somebody who knows a value learns nothing from asking for it
            text = client.get("/search/", {"q": marker}).content.decode()
            if f"{WORD}members" in text or f"{WORD}care" in text:
                wrong.append((role, "/search/", marker))
    assert seen > 150
    assert wrong == []
    assert found_in(caplog.text, markers) == []


def test_what_was_refused_comes_back_sealed(world: World, today: date, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    client = everything(world, today)
    for register, columns in secret_columns():
        model: Any = register.sheet.records.model
        row = model._default_manager.filter(union_id=world.union, withdrawn_on=None).order_by("pk").first()
        day = next((column.field for column in register.sheet.columns if column.kind.name == "date"), None)
        assert row is not None, register.sheet.name
        assert day is not None, register.sheet.name
        given = {column.field: CARD if column.kind.name != "long_text" else f"{WORD}{CARD}" for column in columns}
        form = form_of(client.get(register.url("edit", row.uid)))
        answer = client.post(register.url("edit", row.uid), form | given | {day: "2026-13-45"})
        assert answer.status_code == 422, register.sheet.name
        assert found_in(text_of(answer), [CARD]) == [], register.sheet.name
    assert found_in(caplog.text, [CARD]) == []


def test_an_error_tells_no_value(world: World, today: date, monkeypatch: pytest.MonkeyPatch) -> None:
    client = everything(world, today)
    client.raise_request_exception = False
    register, _columns = next(secret_columns())
    row = Person.objects.in_union(world.union).first()

    def fails(*_words: Any, **_more: Any) -> None:
        raise ValueError(f"no good: {PHONE} {WORD}")

    monkeypatch.setattr("zhijia.shell.entries.save", fails)
    form = form_of(client.get(register.url("edit", row.uid))) | {"phone": PHONE}
    answer = client.post(register.url("edit", row.uid), form)
    assert answer.status_code == 500
    assert found_in(text_of(answer), []) == []
    log = Path(settings.ZHIJIA_HOME) / "logs" / "errors.log"
    assert log.is_file()
    assert found_in(log.read_text(encoding="utf-8"), []) == []


def test_nothing_is_stored_in_the_clear(world: World, today: date, tmp_path: Path) -> None:
    client = everything(world, today)
    markers, records = plant(world, client)
    for address in records:
        client.get(address)
    secret = f"{WORD}-{PHONE}.png"
    client.post(f"{records[0]}files/", {"files": [SimpleUploadedFile(secret, drawn_png(2, 2, bytes(12)))]})
    client.post("/login/", {"username": PHONE, "password": f"{WORD}-{CARD}"})
    client.post("/audit/verify/")
    markers_of_names = {secret}
    wrong = [
        (table, column, hit)
        for table, column, text in stored()
        for hit in found_in(text, markers)
        if not any(name in text for name in markers_of_names)  # a name that somebody chose for a file is shown as it is
    ]
    assert wrong == []
    sessions = Session.objects.all()
    assert sessions
    for session in sessions:
        assert found_in(json.dumps(session.get_decoded(), default=str), markers) == []
    home = Path(settings.ZHIJIA_HOME)
    names = [str(path.relative_to(home)) for path in home.rglob("*")]
    assert found_in("\n".join(names), markers) == []
    for file in home.rglob("*"):
        if file.is_file() and "sqlite3" not in file.name:
            assert found_in(file.read_bytes().decode(errors="replace"), markers) == [], file.name
    backup = tmp_path / "without.zhijia"
    backup.touch(mode=0o600)
    writing.write(backup, "", lambda *_words: None)
    text = unpacked(backup.read_bytes())
    text = text.replace(secret, "")
    assert found_in(text, markers) == []


def stored() -> Iterator[tuple[str, str, str]]:
    """Every value of every table that is not encrypted, as text."""
    for model in apps.get_models(include_auto_created=True):
        if not model._meta.managed or model._meta.proxy:
            continue
        fields = [field for field in model._meta.concrete_fields if not isinstance(field, SecretField)]
        names = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {names} FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608 - names of models
            for row in cursor.fetchall():
                for field, value in zip(fields, row, strict=True):
                    data = (
                        bytes(value).decode(errors="replace") if isinstance(value, bytes | memoryview) else str(value)
                    )
                    yield model._meta.label, field.name, _read(data)


def _read(text: str) -> str:
    """JSON as it reads, beside how it is written."""
    if "\\u" not in text:
        return text
    return text + re.sub(r"\\u([0-9a-f]{4})", lambda match: chr(int(match.group(1), 16)), text)
