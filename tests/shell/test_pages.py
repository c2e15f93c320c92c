"""What all pages have in common: headers, the login with its lock, paging, and errors without exceptions."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from tests.shell.people import PASSWORD, client_of, user_of
from zhijia.accounts.models import LoginFailure
from zhijia.core.demo import World
from zhijia.shell import overview


@pytest.fixture
def world(make_world: Callable[..., World], monkeypatch: pytest.MonkeyPatch, today: date) -> World:
    monkeypatch.setenv("ZHIJIA_TODAY", today.isoformat())
    return make_world("members")


@pytest.fixture
def chair(world: World, today: date) -> Client:
    return client_of(user_of(world, "chair", today))


@pytest.mark.parametrize("address", ["/login/", "/", "/facts/", "/absent/"])
def test_every_page_forbids_foreign_content(chair: Client, address: str) -> None:
    answer = chair.get(address)
    policy = answer.headers["Content-Security-Policy"]
    for word in ("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"):
        assert word in policy
    assert "unsafe" not in policy
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer.headers["Cache-Control"]
    page = answer.content.decode()
    assert "style=" not in page
    assert "http://" not in page.replace("http://www.w3.org", "")


def test_coming_in_and_going_out(world: World, today: date) -> None:
    user = user_of(world, "chair", today)
    client = Client(enforce_csrf_checks=True)
    assert client.post("/login/", {"username": user.username, "password": PASSWORD}).status_code == 403
    token = client.get("/login/?next=/facts/").cookies["csrftoken"].value
    given = {"username": user.username, "password": PASSWORD, "csrfmiddlewaretoken": token, "next": "/facts/"}
    answer = client.post("/login/", given)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/facts/")
    client = client_of(user)
    assert client.get("/logout/").status_code == 405
    client.post("/logout/")
    assert client.get("/").status_code == 302


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_a_login_leads_to_this_site_only(world: World, today: date, target: str) -> None:
    user = user_of(world, "member", today)
    answer = Client().post("/login/", {"username": user.username, "password": PASSWORD, "next": target})
    assert answer.headers["Location"] == "/"


def test_five_failures_lock_a_name_at_an_address_for_a_quarter_of_an_hour(world: World, today: date) -> None:
    user = user_of(world, "member", today)
    wrong = {"username": user.username, "password": "wrong"}
    right = {"username": user.username, "password": PASSWORD}
    for _attempt in range(5):
        answer = Client().post("/login/", wrong)
        assert answer.status_code == 422
        assert "登录名或口令不对" in answer.content.decode()
        assert user.username in answer.content.decode()
    assert "已暂停登录" in Client().post("/login/", right).content.decode()
    assert Client(REMOTE_ADDR="10.0.0.9").post("/login/", right).status_code == 302
    LoginFailure.objects.update(last_at=timezone.now() - timedelta(minutes=15))
    assert Client().post("/login/", right).status_code == 302
    assert not LoginFailure.objects.filter(mark__contains=user.username).exists()


def test_records_are_paged_by_fifty(chair: Client, world: World) -> None:
    page = chair.get("/facts/members.active/").content.decode()
    assert "第1页" in page
    assert page.count('data-label="日期"') == 50
    last = chair.get("/facts/members.active/?page=999").content.decode()
    assert 0 < last.count('data-label="日期"') <= 50
    assert "（2024年" in chair.get("/facts/members.active/?year=2024").content.decode()


@pytest.mark.parametrize("address", ["/facts/no.such/", "/facts/members.active/?year=1999", "/facts/x/?year=²"])
def test_what_does_not_exist_is_said_plainly(chair: Client, address: str) -> None:
    answer = chair.get(address)
    assert answer.status_code == 404
    assert "没有这一页" in answer.content.decode()


def test_an_error_shows_a_number_and_no_exception(chair: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    private = "张伟 110101199003070134"

    def fall(_scope: object) -> None:
        raise RuntimeError(private)

    monkeypatch.setattr(overview.catalogue, "told", fall)
    chair.raise_request_exception = False
    answer = chair.get("/")
    page = answer.content.decode()
    assert answer.status_code == 500
    assert "错误编号" in page
    log = (Path(settings.ZHIJIA_HOME) / "logs" / "errors.log").read_text(encoding="utf-8")
    assert page.split("错误编号 ")[1][:8] in log
    assert private not in page + log


def test_pages_cost_few_queries(chair: Client, django_assert_max_num_queries: Callable[[int], object]) -> None:
    for address in ("/", "/facts/", "/facts/members.active/", "/claims/", "/check/"):
        chair.get(address)
        with django_assert_max_num_queries(15):  # type: ignore[attr-defined]  # a context manager of pytest-django
            chair.get(address)


def test_a_button_pressed_after_the_session_ended_leads_back_to_its_page(world: World) -> None:
    client = Client()
    late = client.post("/audit/verify/", headers={"referer": "http://testserver/audit/?q=a"})
    assert late.headers["Location"] == "/login/?next=%2Faudit%2F%3Fq%3Da"
    for foreign in ("", "http://elsewhere.example/audit/"):
        late = client.post("/audit/verify/", headers={"referer": foreign})
        assert late.headers["Location"] == "/login/?next=%2F"


def test_an_address_that_only_a_button_sends_to_says_so(chair: Client) -> None:
    answer = chair.get("/audit/verify/")
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "POST"
    assert "再点一次那里的按钮" in answer.content.decode()
