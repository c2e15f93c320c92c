"""The app on a phone: manifest, worker, offline page, icons; whose drafts a browser holds and which were taken."""

import json
import struct
import zlib
from collections.abc import Callable
from datetime import date

import pytest
from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.test import Client, RequestFactory

from tests.shell import app_icons
from tests.shell.people import PASSWORD, client_of, user_of
from zhijia.core.demo import World
from zhijia.shell.drafts import DONE, FIELD, OWNER, DraftMiddleware


@pytest.fixture
def world(make_world: Callable[..., World], monkeypatch: pytest.MonkeyPatch, today: date) -> World:
    monkeypatch.setenv("ZHIJIA_TODAY", today.isoformat())
    return make_world("members")


def test_the_manifest_names_the_app_and_icons_that_exist() -> None:
    answer = Client().get("/manifest.webmanifest")
    assert answer.headers["Content-Type"] == "application/manifest+json"
    told = json.loads(answer.content)
    assert (told["short_name"], told["start_url"], told["display"]) == ("职家", "/", "standalone")
    assert {icon["purpose"] for icon in told["icons"]} == {"any", "maskable"}
    for icon in told["icons"]:
        with open(str(finders.find(icon["src"].removeprefix("/static/"))), "rb") as file:  # noqa: PTH123
            head = file.read(24)
        assert head[:4] == b"\x89PNG"
        assert f"{struct.unpack('>I', head[16:20])[0]}x{struct.unpack('>I', head[20:24])[0]}" == icon["sizes"]


def test_the_icons_are_those_that_the_script_draws() -> None:
    file = (app_icons.FOLDER / "icon-192.png").read_bytes()
    start = file.index(b"IDAT")
    size = struct.unpack(">I", file[start - 4 : start])[0]
    assert zlib.decompress(file[start + 4 : start + 4 + size]) == app_icons.pixels(192, maskable=False)


def test_the_worker_answers_for_the_whole_site_and_keeps_no_page_but_one() -> None:
    answer = Client().get("/sw.js")
    assert answer.headers["Service-Worker-Allowed"] == "/"
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert "no-cache" in answer.headers["Cache-Control"]
    line = next(line for line in answer.content.decode().splitlines() if line.startswith("const FILES"))
    kept = json.loads(line.removeprefix("const FILES = ").removesuffix(";"))
    assert [address for address in kept if not address.startswith("/static/")] == ["/offline/"]
    assert all(finders.find(address.removeprefix("/static/")) for address in kept[1:])


def test_the_offline_page_says_what_is_kept() -> None:
    page = Client().get("/offline/").content.decode()
    assert "留在这台设备上" in page
    assert "再试一次" in page


def test_a_browser_knows_whose_drafts_it_holds_until_the_logout(world: World, today: date) -> None:
    chair, member = user_of(world, "chair", today), user_of(world, "member", today)
    client = Client()
    client.get("/login/")
    assert OWNER not in client.cookies
    client.post("/login/", {"username": chair.username, "password": PASSWORD})
    first = client.cookies[OWNER].value
    assert len(first) == 16
    assert client_of(chair).get("/").cookies[OWNER].value == first
    assert client_of(member).get("/").cookies[OWNER].value != first
    client.post("/logout/")
    assert client.cookies[OWNER].value == ""


@pytest.mark.parametrize(
    "case",
    [
        (303, True, "members/person/new", "members/person/new"),
        (422, True, "members/person/new", ""),
        (302, False, "members/person/new", ""),  # the login had ended: nothing was saved
        (303, True, "a\r\nSet-Cookie: x", ""),
        (303, True, "", ""),
    ],
)
def test_a_draft_goes_when_its_form_was_saved_and_only_then(
    world: World, today: date, case: tuple[int, bool, str, str]
) -> None:
    status, inside, key, told = case
    request = RequestFactory().post("/", {FIELD: key})
    request.user = user_of(world, "member", today)
    request.access = object() if inside else None  # type: ignore[attr-defined]  # set by AccessMiddleware
    answer = DraftMiddleware(lambda _request: HttpResponse(status=status))(request)
    assert (answer.cookies[DONE].value if DONE in answer.cookies else "") == told
