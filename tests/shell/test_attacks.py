"""What somebody with a browser and bad intentions tries, over the pages that there are: none of it works."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.shell.forms import form_of
from tests.shell.people import PASSWORD, SINCE, client_of, user_of
from tests.shell.test_access_matrix import EXPECTED, PUBLIC
from zhijia.core.demo import SMALL, World
from zhijia.core.models import AuditLine
from zhijia.core.sheets import source
from zhijia.core.uid import uuid7
from zhijia.documents import attaching
from zhijia.documents.media import drawn_png
from zhijia.documents.models import Attachment
from zhijia.members import services as members
from zhijia.members.models import Person
from zhijia.shell.registers import REGISTERS, Register
from zhijia.unions.models import Union

ELSEWHERE = (
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example/",
    "\\\\evil.example",
    "https:evil.example",
    "http:///evil.example",
    "javascript:alert(1)",
    "//evil.example\\@testserver/",
    "\t//evil.example/",
    "https://testserver.evil.example/",
    "https://testserver@evil.example/",
    "data:text/html,x",
    " //evil.example",
)


@pytest.fixture
def world(make_world: Callable[..., World], monkeypatch: pytest.MonkeyPatch, today: date) -> World:
    monkeypatch.setenv("ZHIJIA_TODAY", today.isoformat())
    return make_world("members")


@pytest.fixture
def client(world: World, today: date) -> Client:
    return client_of(everything(world, today))


def everything(world: World, today: date) -> Any:
    """A login that may do everything in its own union."""
    user = user_of(world, "chair", today)
    person = Person.objects.get(user=user)
    for office in ("operator", "accountant", "review_director"):
        row = {"person": person.pk, "office": office, "group": None, "first": SINCE}
        members.save_posts([row], union=world.union, by=world.by, today=today, origin="recorded")
    return user


# Who is asked: the host.


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:80", "localhost.evil.example", "testserver@evil.example"]
)
def test_another_host_name_is_no_site_of_ours(db: None, host: str) -> None:
    assert Client().get("/login/", HTTP_HOST=host).status_code == 400


def test_a_forwarded_host_is_not_believed(world: World) -> None:
    answer = Client().get("/", HTTP_X_FORWARDED_HOST="evil.example", HTTP_X_FORWARDED_PROTO="https")
    assert "evil.example" not in answer.headers["Location"]
    assert answer.headers["Location"].startswith("/login/")


# Forms from elsewhere.


def test_no_address_takes_a_form_without_its_token(world: World, today: date) -> None:
    user = everything(world, today)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(user)
    nobody = Client(enforce_csrf_checks=True)
    before, wrong = AuditLine.objects.count(), []
    for name, (address, allowed) in EXPECTED.items():
        for who in (strict, nobody) if allowed == PUBLIC else (strict,):
            for method in (who.post, who.put, who.patch, who.delete):
                answer = method(address, {"do": "x"} if method == who.post else "")
                if answer.status_code != 403:
                    wrong.append((name, method.__name__, answer.status_code))
    assert wrong == []
    assert AuditLine.objects.count() == before
    assert strict.get("/").status_code == 200  # the way out needs the token too


def test_a_token_of_another_site_does_not_do(world: World, today: date) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(everything(world, today))
    token = client.get("/me/").cookies["csrftoken"].value
    form = {"theme": "dark", "csrfmiddlewaretoken": token}
    assert client.post("/theme/", form, HTTP_ORIGIN="https://evil.example").status_code == 403
    assert client.post("/theme/", form, HTTP_ORIGIN="http://testserver").status_code == 302


# Numbers that are none.


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("shell:todo_say", {"key": "x", "state": "snoozed-{}"}),
        ("shell:invite", {"person": "{}"}),
        ("members:write_in", {"name": "周新来", "sex": "male", "on": "2026-11-01", "group": "{}"}),
        (
            "members:transfer_in",
            {"name": "周新来", "sex": "male", "on": "2026-11-01", "other_union": "某局", "group": "{}"},
        ),
    ],
)
@pytest.mark.parametrize("number", ["9" * 5000, "9" * 18, "²", "-1"])
def test_no_number_that_is_sent_breaks_a_page(client: Client, name: str, sent: dict[str, str], number: str) -> None:
    client.raise_request_exception = False
    answer = client.post(reverse(name), {field: text.format(number) for field, text in sent.items()})
    assert answer.status_code < 500


# Ways out of the site.


def test_nothing_leads_to_another_site(world: World, client: Client, today: date) -> None:
    name = user_of(world, "member", today).username
    for target in ELSEWHERE:
        _leads_nowhere_else(client, name, target)


def _leads_nowhere_else(client: Client, name: str, target: str) -> None:
    page = Client().get("/login/", {"next": target}).content.decode()
    assert [value for value in re.findall(r'name="next" value="([^"]*)"', page) if value != "/"] == []
    fresh = Client()
    answers = [
        fresh.post("/login/", {"username": name, "password": PASSWORD, "next": target}),
        client.post("/theme/", {"theme": "dark", "next": target}),
        client.post("/todos/say/", {"back": target, "next": target}),
        client.post("/me/confirm/", {"password": PASSWORD, "next": target, "back": target}),
        client.get("/me/confirm/", {"next": target, "back": target}),
        client.post("/records/members/person/bulk/", {"query": target, "do": "export", "pick": str(uuid7())}),
        client.post("/records/members/person/bulk/", {"query": target}),
        client.post("/records/members/person/keep/", {"query": target, "name": "x"}),
        client.post("/logout/", {"next": target}),
    ]
    for answer in answers:
        location = answer.headers.get("Location", "")
        parts = urlsplit(location)
        assert not parts.netloc, location
        assert not parts.scheme, location
        assert location[:2] not in ("//", "/\\"), location
        assert "evil" not in parts.path, location
        body = answer.content.decode()
        assert f'href="{target}' not in body
        assert f'action="{target}' not in body


# Sessions.


def test_a_session_known_before_the_login_is_worth_nothing_after_it(world: World, today: date) -> None:
    user = user_of(world, "member", today)
    browser = Client()
    session = browser.session  # an attacker's own session, planted in the victim's browser
    session["planted"] = "yes"
    session.save()
    planted = session.session_key
    browser.cookies[settings.SESSION_COOKIE_NAME] = planted
    browser.post("/login/", {"username": user.username, "password": PASSWORD})
    assert browser.get("/").status_code == 200
    assert browser.session.session_key != planted
    attacker = Client()
    attacker.cookies[settings.SESSION_COOKIE_NAME] = planted
    assert attacker.get("/").status_code == 302
    assert not Session.objects.filter(session_key=planted).exists()


def test_a_session_that_was_ended_opens_nothing(world: World, today: date) -> None:
    user = user_of(world, "member", today)
    browser = Client()
    browser.post("/login/", {"username": user.username, "password": PASSWORD})
    stolen = browser.session.session_key
    browser.post("/logout/")
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = stolen
    assert thief.get("/").status_code == 302


def test_cookies_are_closed_to_scripts_and_other_sites(world: World, today: date) -> None:
    user = user_of(world, "member", today)
    browser = Client()
    answer = browser.post("/login/", {"username": user.username, "password": PASSWORD})
    cookie = answer.cookies[settings.SESSION_COOKIE_NAME]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


# Whether a login name exists.


def test_an_unknown_name_and_a_wrong_password_are_answered_alike(world: World, today: date) -> None:
    user = user_of(world, "member", today)

    def said(name: str) -> tuple[int, str]:
        answer = Client().post("/login/", {"username": name, "password": "falsch-und-lang-9"})
        text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", answer.content.decode())
        return answer.status_code, text.replace(name, "NAME")

    assert said(user.username) == said("nobody-of-that-name")
    user.is_active = False
    user.save()
    assert said(user.username)[0] == 422


def test_a_forgotten_password_tells_nobody_who_is_there(world: World, today: date) -> None:
    person = Person.objects.in_union(world.union).exclude(staff_no="").filter(user__isnull=True).first()

    def said(name: str, number: str) -> tuple[int, str, str]:
        browser = Client()
        answer = browser.post("/login/forgot/", {"name": name, "staff_no": number})
        text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", answer.content.decode())
        return answer.status_code, answer.headers.get("Location", ""), text.replace(name, "").replace(number, "")

    assert said(person.name, person.staff_no) == said("没有此人", "Q9999")


# Another union's records.


@pytest.fixture
def unions(make_world: Callable[..., World], monkeypatch: pytest.MonkeyPatch, today: date) -> tuple[World, World]:
    monkeypatch.setenv("ZHIJIA_TODAY", today.isoformat())
    return make_world("elections", profile=SMALL, members=40), make_world("elections", members=100)


def foreign(other: World) -> Iterator[tuple[Register, Any]]:
    """A record of the other union in every register that has one."""
    for register in REGISTERS:
        model: Any = register.sheet.records.model
        rows = model._base_manager.filter(pk=other.union) if model is Union else model._base_manager.filter(
            union_id=other.union
        )  # fmt: skip
        row = rows.order_by("-pk").first()
        if row is not None:
            yield register, row


def test_no_record_of_another_union_is_reached_by_its_number(unions: tuple[World, World], today: date) -> None:
    mine, other = unions
    client = client_of(everything(mine, today))
    wrong, seen, lines = [], 0, AuditLine.objects.filter(union_id=other.union).count()
    for register, row in foreign(other):
        seen += 1
        file = uuid7()
        addresses = [register.url(name, row.uid) for name in ("record", "edit", "withdraw", "restore", "findings")]
        addresses += [
            register.url("upload", row.uid),
            reverse("shell:file", args=[register.room, register.kind, row.uid, file]),
        ]
        addresses.append(reverse("shell:unfile", args=[register.room, register.kind, row.uid, file]))
        for address in addresses:
            for answer in (client.get(address), client.post(address, {"reason": "weil ich es kann", "version": "1"})):
                led_away = answer.status_code == 302 and answer.headers["Location"] == register.url("record", row.uid)
                if answer.status_code not in (403, 404, 405) and not led_away:
                    wrong.append((address, answer.status_code))
        listed = client.get(f"{register.url('export')}?pick={row.uid}")
        if listed.status_code == 200 and _excel_rows(listed.content):
            wrong.append((register.url("export"), "exported"))
        told = client.post(register.url("bulk"), {"pick": str(row.uid), "do": "state=done", "sure": "1"})
        if told.status_code not in (403, 422):
            wrong.append((register.url("bulk"), told.status_code))
        assert type(row)._base_manager.filter(pk=row.pk).values_list("version", flat=True).get() == row.version
    assert seen > 45
    assert wrong == []
    assert AuditLine.objects.filter(union_id=other.union).count() == lines


def _excel_rows(content: bytes) -> int:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(content))
    return sum(1 for row in book.active.iter_rows(min_row=2, values_only=True) if any(row))


def names_of(world: World) -> Any:
    return Person.objects.in_union(world.union).values("name")


def test_no_list_is_narrowed_by_and_no_picker_offers_another_unions_record(
    unions: tuple[World, World], today: date
) -> None:
    mine, other = unions
    client = client_of(everything(mine, today))
    stranger = Person.objects.in_union(other.union).exclude(name__in=names_of(mine)).first()
    tried = offered = 0
    for register in REGISTERS:
        for column in register.sheet.columns:
            if column.kind.target != "members.Person":
                continue
            tried += 1
            listed = client.get(register.url(), {column.field: str(stranger.uid)})
            assert listed.status_code == 200
            assert stranger.name not in listed.content.decode().replace(f'value="{stranger.uid}"', "")
            picked = client.get(register.url("pick"), {"field": column.field, "q": stranger.name})
            assert picked.status_code in (200, 403, 404)
            if picked.status_code == 200:
                offered += 1
                assert picked.json()["options"] == []
    assert tried > 10
    assert offered > 5
    assert client.get("/search/", {"q": stranger.name}).content.decode().count(stranger.name) == 2  # title and heading


def test_a_form_can_not_refer_to_another_unions_record(unions: tuple[World, World], today: date) -> None:
    mine, other = unions
    client = client_of(everything(mine, today))
    register = next(one for one in REGISTERS if one.label == "members.Post")
    stranger = Person.objects.in_union(other.union).exclude(name__in=names_of(mine)).first()
    page = client.get(register.url("new"))
    form = form_of(page) | {"person": stranger.name, "office": "group_leader", "first": "2026-01-01"}
    for value in (stranger.name, str(stranger.uid), str(stranger.pk), f"{stranger.name}（{stranger.department}）"):
        answer = client.post(register.url("new"), form | {"person": value})
        assert answer.status_code == 422, value


# Fields that no form asks for.


EXTRA = {
    "union": "999",
    "union_id": "999",
    "pk": "1",
    "id": "1",
    "origin": "lived",
    "withdrawn_on": "2020-01-01",
    "withdrawn_by": "1",
    "withdrawn_reason": "x",
    "pinyin": "zzz",
    "id_index": "zzz",
    "phone_tail": "0000",
    "id_tail": "0000",
    "user": "1",
    "user_id": "1",
    "created_at": "2000-01-01",
    "is_superuser": "1",
    "permissions": "shell.audit",
}


def test_a_form_sets_nothing_that_it_does_not_ask_for(world: World, client: Client) -> None:
    register = next(one for one in REGISTERS if one.label == "members.Person")
    form = form_of(client.get(register.url("new"))) | {"name": "欧阳若云", "sex": "女", "staff_no": "X901"}
    form["sex"] = next(
        iter(re.findall(r'<option value="([^"]+)"[^>]*>女<', client.get(register.url("new")).content.decode())), "女"
    )
    answer = client.post(register.url("new"), form | EXTRA)
    assert answer.status_code == 303, re.findall(r'class="wrong"[^<]*<[^<]*', answer.content.decode())
    person = Person._base_manager.get(staff_no="X901")
    told = (
        person.union_id,
        person.withdrawn_on,
        person.withdrawn_by,
        person.user_id,
        person.phone_tail,
        person.id_tail,
    )
    assert told == (world.union, None, None, None, "", "")
    assert person.pinyin.startswith("ouyang")
    assert person.version == 1
    before = Person._base_manager.filter(pk=person.pk).values().get()
    page = client.get(register.url("edit", person.uid))
    answer = client.post(register.url("edit", person.uid), form_of(page) | EXTRA | {"job": "馆员"})
    assert answer.status_code == 303
    after = Person._base_manager.filter(pk=person.pk).values().get()
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {"job", "version"}


def test_a_bulk_change_sets_answers_of_the_register_only(world: World, client: Client) -> None:
    person = Person.objects.in_union(world.union).first()
    before = Person._base_manager.filter(pk=person.pk).values().get()
    for doing in (
        "union=999",
        "withdrawn_on=2020-01-01",
        "pinyin=zzz",
        "origin=recorded",
        "version=9",
        "user=1",
        "sex=zzz",
    ):
        answer = client.post(
            "/records/members/person/bulk/", {"pick": str(person.uid), "do": doing, "sure": "1", **EXTRA}
        )
        assert answer.status_code == 422, doing
    assert Person._base_manager.filter(pk=person.pk).values().get() == before


# Files.


def polyglot(head: bytes) -> bytes:
    return head + b"<html><script>alert(document.cookie)</script></html>"


BAD_FILES = {
    "page.html": b"<!doctype html><script>alert(1)</script>",
    "drawing.svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "photo.jpg": b"<!doctype html><script>alert(1)</script>",
    "photo.png": polyglot(b"\x89PNG\r\n\x1a\n"),
    "photo.gif": polyglot(b"GIF89a"),
    "program.exe": b"MZ" + bytes(200),
    "archive.zip": b"PK\x05\x06" + bytes(18),
    "script.js": b"alert(1)",
    "page.xhtml": b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><script>alert(1)</script></html>',
    "empty.pdf": b"",
}


def person_url(world: World, name: str = "upload") -> str:
    person = Person.objects.in_union(world.union).first()
    return reverse(f"shell:{name}", args=["members", "person", person.uid])


def test_files_that_could_run_are_not_kept_or_never_shown(world: World, client: Client) -> None:
    for name, data in BAD_FILES.items():
        client.post(person_url(world), {"files": [SimpleUploadedFile(name, data, "image/jpeg")]})
    files = Attachment.objects.filter(union_id=world.union)
    assert 0 < len(files) < len(BAD_FILES)
    for kept in files:
        answer, _data = fetched(client, f"{person_url(world, 'record')}files/{kept.uid}/")
        assert answer.headers["Content-Disposition"].startswith("attachment"), kept.mime
        assert answer.headers["Content-Type"].split(";")[0] in ("text/plain", "application/pdf")
        _closed(answer)


def fetched(client: Client, address: str) -> tuple[Any, bytes]:
    """A file, read to its end: the client closes it then, without closing the test's connection."""
    answer = client.get(address)
    return answer, b"".join(answer.streaming_content)


def _closed(answer: Any) -> None:
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_what_hides_behind_a_real_picture_never_runs(world: World, client: Client) -> None:
    picture = drawn_png(3, 3, bytes(27))
    hidden = picture + b"<html><script>alert(document.cookie)</script></html>"
    client.post(person_url(world), {"files": [SimpleUploadedFile("photo.html", hidden, "text/html")]})
    kept = Attachment.objects.get(union_id=world.union)
    answer, data = fetched(client, f"{person_url(world, 'record')}files/{kept.uid}/")
    assert answer.headers["Content-Type"] == "image/png"
    assert b"<script>" not in data
    _closed(answer)


def test_a_name_with_line_ends_or_folders_stays_a_name(world: World, client: Client) -> None:
    sent = SimpleUploadedFile("x.txt", "一段文字".encode(), "text/plain")
    sent._name = '..\\..//../a\r\nSet-Cookie: x=1\r\n\r\n<b>"\x00.txt'  # as no browser would send it
    person = Person.objects.in_union(world.union).first()
    attaching.add(person, attaching.read([sent]), by=world.by)
    kept = Attachment.objects.filter(union_id=world.union).get()
    assert not set("\r\n\x00/\\") & set(kept.name)
    answer, _data = fetched(client, f"{person_url(world, 'record')}files/{kept.uid}/")
    assert not set("\r\n") & set(answer.headers["Content-Disposition"])
    assert "x" not in answer.cookies
    assert "<b>" not in client.get(person_url(world, "record")).content.decode()


WICKED_QUERIES = ["title=a%0d%0aSet-Cookie:%20x=1", "col=name%0d%0aX:1", "q=%0d%0a%0d%0a%3Cscript%3E"]


def test_line_ends_in_a_query_reach_no_header(world: World, client: Client) -> None:
    addresses = (
        "/records/members/person/export/", "/records/members/person/print/", "/check/export/", "/audit/export/",
        "/facts/members.active/export/",
    )  # fmt: skip
    for address, query in product(addresses, WICKED_QUERIES):
        answer = client.get(f"{address}?{query}")
        assert answer.status_code in (200, 302)
        assert all("\r" not in value and "\n" not in value for value in answer.headers.values())
        assert "<script>" not in answer.content.decode(errors="replace")


def bomb(unpacked: int) -> bytes:
    """A small file that would be large."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("xl/workbook.xml", "w") as member:
            for _block in range(unpacked >> 20):
                member.write(bytes(1 << 20))
    return out.getvalue()


def test_a_workbook_that_swells_is_refused_before_it_is_opened(
    world: World, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source, "UNPACKED_LIMIT", 8 << 20)
    answer = client.post("/import/", {"file": SimpleUploadedFile("台账.xlsx", bomb(16 << 20))})
    assert answer.status_code == 422
    assert "不像正常的" in answer.content.decode()
    assert not list((Path(settings.ZHIJIA_HOME) / "uploads").glob("*/source/*"))


def test_a_ledger_that_is_too_large_is_refused(world: World, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from zhijia.shell.ledgers import uploads

    monkeypatch.setattr(uploads, "FILE_LIMIT", 1 << 16)
    answer = client.post("/import/", {"file": SimpleUploadedFile("台账.csv", b"a," * (1 << 16))})
    assert answer.status_code == 422
    assert not list((Path(settings.ZHIJIA_HOME) / "uploads").glob("*/source/*"))


WICKED_NAMES = ["../../../../tmp/evil.xlsx", "..\\..\\evil.xlsx", "/etc/evil.xlsx", "a\r\nb.xlsx"]


def test_an_uploaded_ledger_lies_in_its_own_folder(world: World, client: Client) -> None:
    from zhijia.core.sheets.writing import write_template
    from zhijia.shell.catalogue import SHEETS

    root = Path(settings.ZHIJIA_HOME)
    file = root / "empty.xlsx"
    write_template(file, SHEETS)
    for name in WICKED_NAMES:
        sent = SimpleUploadedFile("x.xlsx", file.read_bytes())
        sent.name = name
        client.post("/import/", {"file": sent})
    stray = [path for path in root.rglob("*evil*") if (root / "uploads") not in path.parents]
    assert stray == []
    assert not Path("/etc/evil.xlsx").exists()
    assert not Path("/tmp/evil.xlsx").exists()


OUTSIDE = [
    "/static/../config/settings.py",
    "/static/..%2f..%2fconfig/settings.py",
    "/static/core/..%5c..%5c..%5cconfig%5csettings.py",
    "/package/1/files/../../../../etc/passwd",
    "/package/1/files/..%2f..%2fetc%2fpasswd/",
    "/files/../keys/keyring.json",
    "/records/members/person/../../../keys/",
    "/import/..%2f..%2fkeys/",
    "/static//etc/passwd",
    "/static/%2e%2e/%2e%2e/pyproject.toml",
    "/ca.crt/../https-ca.key",
    "/keys/https-ca.key",
    "/https-ca.key",
]


def test_no_address_leads_out_of_its_folder(world: World, client: Client) -> None:
    for address in OUTSIDE:
        answer = client.get(address)
        assert answer.status_code in (301, 302, 404), (address, answer.status_code)
        assert "SECRET_KEY" not in answer.content.decode(errors="replace")


# Words of a query that a database might understand.


WORDS = (
    "' OR 1=1 --",
    '" OR ""="',
    "%",
    "_",
    "\x00",
    "1; DROP TABLE core_auditline",
    "{{7*7}}",
    "<script>alert(1)</script>",
    "𠮷" * 400,
    "-1",
    "9" * 40,
)
NAMES = (
    "q",
    "who",
    "what",
    "register",
    "record",
    "batch",
    "sort",
    "col",
    "from",
    "to",
    "after",
    "before",
    "missing",
    "filled",
    "term",
    "year",
    "show",
    "pick",
)


def test_words_of_a_query_are_words(world: World, client: Client) -> None:
    wrong = []
    addresses = ("/records/members/person/", "/search/", "/audit/", "/facts/", "/check/", "/claims/", "/todos/")
    for word, address in product(WORDS, addresses):
        answer = client.get(address, dict.fromkeys(NAMES, word))
        body = answer.content.decode()
        if answer.status_code not in (200, 400, 404) or "<script>alert(1)" in body or ">49<" in body:
            wrong.append((address, word[:20], answer.status_code))
    assert wrong == []


def test_a_number_out_of_all_bounds_is_no_error_of_ours(world: World, client: Client) -> None:
    huge = "9" * 30
    for address in (
        f"/package/{huge}/",
        f"/import/batches/{huge}/",
        f"/audit/?batch={huge}&before={huge}",
        f"/reports/{huge}/",
        f"/records/members/person/?year={huge}",
    ):
        assert client.get(address).status_code in (200, 404), address


def test_uids_are_not_guessed_from_one_another() -> None:
    """Two 编号 made at once share their time, and nothing else that could be counted on."""
    one, other = uuid7(), uuid7()
    assert one != other
    assert abs((one.int & ((1 << 62) - 1)) - (other.int & ((1 << 62) - 1))) > 1 << 20
    assert isinstance(one, UUID)
