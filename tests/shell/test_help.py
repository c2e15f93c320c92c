"""A refusal says why and whom to ask, help is for the own posts, and only a demo shows its logins."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.test import Client, RequestFactory

from tests.shell.people import client_of, user_of
from zhijia.accounts.services import make_demo_logins, make_login
from zhijia.core.clock import DEMO_MARK
from zhijia.core.demo import World
from zhijia.shell.demo import LOGINS, PASSWORD
from zhijia.shell.views import errors


@pytest.fixture
def world(make_world: Callable[..., World], monkeypatch: pytest.MonkeyPatch, today: date) -> World:
    monkeypatch.setenv("ZHIJIA_TODAY", today.isoformat())
    return make_world("members")


@pytest.fixture
def demo_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / DEMO_MARK).write_text('{"today": "2026-11-20"}', encoding="utf-8")
    monkeypatch.setattr(settings, "ZHIJIA_HOME", tmp_path)


def test_a_refusal_names_the_posts_that_would_do_and_whom_to_ask(world: World, today: date) -> None:
    answer = client_of(user_of(world, "member", today)).get("/facts/")
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "您的职务不能打开这一页" in page
    assert "请找主席或副主席" in page
    assert "首页" in page


@pytest.mark.parametrize(
    ("permission", "said"),
    [
        ("funds.edit", "能登记和修改经费的职务："),
        ("notices.read", "给本工会的会员看"),
        ("no.such", "请找主席或系统管理员"),
        ("", "请找主席或系统管理员"),
    ],
)
def test_each_refusal_has_its_words(db: None, permission: str, said: str) -> None:
    request: Any = RequestFactory().get("/")
    answer = errors.forbidden(request, PermissionDenied(permission))
    assert said in answer.content.decode()


def test_a_login_without_a_person_is_told_so(world: World) -> None:
    client = client_of(make_login("nobody", "ein-langes-Wort-7"))
    assert "还没有对应到会员" in client.get("/").content.decode()


def test_help_is_for_the_own_posts(world: World, today: date) -> None:
    member = client_of(user_of(world, "member", today)).get("/help/").content.decode()
    chair = client_of(user_of(world, "chair", today)).get("/help/").content.decode()
    assert "看公示：" in member
    assert 'id="leading"' not in member
    assert "检查先于检查组" in chair
    assert "看公示：" in chair


def test_one_tap_logs_in_as_a_person_of_the_demo(db: None, demo_folder: None) -> None:
    make_demo_logins([username for username, _office, _role in LOGINS], PASSWORD)
    page = Client().get("/login/?next=/help/").content.decode()
    for username, _office, role in LOGINS:
        assert f'name="username" value="{username}"' in page
        assert role in page
    answer = Client().post("/login/", {"username": "zhuxi", "password": PASSWORD, "next": "/help/"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/help/")


def test_a_real_folder_shows_no_logins(db: None) -> None:
    page = Client().get("/login/").content.decode()
    assert PASSWORD not in page
    assert "样例" not in page
