"""Ways in, in a real browser: a passkey of a virtual device, an invitation on a phone, a real OpenID provider."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests import serving
from tests.journeys.browser import OFFICE, PHONE, chromium, logged_in, opened
from tests.shell.folder import ROOT, Folder
from zhijia.shell.demo import PASSWORD

pytestmark = pytest.mark.journey


def with_device(context: BrowserContext, page: Page) -> Any:
    """Give the page a device that makes passkeys and says yes."""
    devices = context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    given = devices.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": options | {"isUserVerified": True, "automaticPresenceSimulation": True}},
    )
    return devices, given["authenticatorId"]


@pytest.mark.parametrize("size", [PHONE, OFFICE], ids=["phone", "office"])
def test_a_passkey_is_added_and_opens_the_door_alone(site: str, size: Any) -> None:
    with chromium() as browser:
        context = logged_in(browser, site, "huiyuan", viewport=size)
        page = context.new_page()
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        devices, device = with_device(context, page)
        page.goto("/me/")
        page.get_by_role("link", name="登录安全").click()
        page.get_by_label("名称").fill("我的手机")
        page.get_by_role("button", name="加通行密钥").click()
        expect(page.locator(".codes li")).to_have_count(10)
        page.goto("/me/security/")
        expect(page.get_by_text("我的手机").first).to_be_visible()
        page.goto("/me/")
        page.get_by_role("button", name="退出登录").click()
        page.get_by_role("button", name="用通行密钥登录").click()
        page.wait_for_url(f"{site}/")
        page.goto("/me/security/")
        expect(page.get_by_text("登录（通行密钥）").first).to_be_visible()
        # The password alone is not enough any more: the second step takes the passkey.
        page.goto("/me/")
        page.get_by_role("button", name="退出登录").click()
        page.get_by_label("登录名").fill("huiyuan")
        page.get_by_label("口令").fill(PASSWORD)
        page.get_by_role("button", name="登录", exact=True).click()
        page.wait_for_url("**/login/second/")
        page.get_by_role("button", name="用通行密钥").click()
        page.wait_for_url(f"{site}/")
        # An unknown passkey is refused, and says so.
        page.goto("/me/security/")
        page.locator(".things form").first.get_by_role("button", name="去掉").click()
        expect(page.get_by_text("已经去掉")).to_be_visible()
        page.goto("/me/")
        page.get_by_role("button", name="退出登录").click()
        page.get_by_role("button", name="用通行密钥登录").click()
        expect(page.get_by_text("通行密钥没有通过")).to_be_visible()
        devices.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": device})
        assert faults == []


def test_an_invitation_is_used_on_a_phone_without_scripts(site: str) -> None:
    with chromium() as browser:
        office = logged_in(browser, site, "zuzhang", viewport=OFFICE).new_page()
        office.goto("/invitations/")
        # The only group stands open.
        office.locator("details.place input[type=checkbox]").first.check()
        office.get_by_role("button", name="给打勾的人做邀请条").first.click()
        link = office.locator(".slip .address").inner_text()
        staff_no = _staff_no(site, office.locator(".slip h2").inner_text(), browser)
        phone = opened(browser, site, viewport=PHONE, java_script_enabled=False).new_page()
        phone.goto(link)
        assert phone.url == f"{site}/join/"
        phone.get_by_label("工号").fill(staff_no)
        phone.get_by_label("给自己定一个口令").fill("Mein-Wort-2026")
        phone.get_by_label("再输一次").fill("Mein-Wort-2026")
        phone.get_by_role("button", name="好了，进去").click()
        expect(phone.get_by_text("欢迎")).to_be_visible()
        expect(phone.get_by_role("heading", level=1)).to_have_text("登录安全")


def _staff_no(site: str, name: str, browser: Any) -> str:
    """The staff number that the register shows the chair."""
    page = logged_in(browser, site, "zhuxi").new_page()
    page.goto(f"/records/members/person/?q={name}")
    record = page.locator("main").get_by_role("link", name=name).last.get_attribute("href")
    page.goto(f"{record}edit/")
    return page.get_by_label("工号").input_value()


@pytest.fixture
def addresses() -> Iterator[tuple[str, str]]:
    """Two addresses on this computer: of the site, and of the provider."""
    with serving.own_port() as here, serving.own_port() as there:
        yield f"http://localhost:{here}", f"http://localhost:{there}"


def running(command: list[str], url: str, **env: str) -> AbstractContextManager[object]:
    """A server of the test's own until the test is over."""
    return serving.running(command, {**os.environ, **env}, lambda: serving.get(url), stdout=subprocess.DEVNULL)


def test_a_real_openid_provider_lets_in_whom_it_vouches_for_and_makes_nobody(
    tmp_path: Path, tool: Callable[[str], str], addresses: tuple[str, str]
) -> None:
    if not (ROOT / "node_modules" / "oidc-provider").exists():
        pytest.skip("run `npm ci --ignore-scripts` first")
    folder = Folder(tmp_path)
    folder.migrated()
    folder.run("demo", "--no-serve", "--out", str(tmp_path / "out"))
    here, there = addresses
    staff_no, code = _known_number(folder)
    provider = [tool("node"), "tests/journeys/oidc_provider.mjs", there.rsplit(":", 1)[1]]
    provider += [f"{here}/login/back/oidc/", staff_no]
    serve = [sys.executable, "-m", "zhijia", "serve", "--port", here.rsplit(":", 1)[1]]
    env = {
        "ZHIJIA_HOME": str(folder.home), "ZHIJIA_OIDC_URL": there, "ZHIJIA_OIDC_ID": "zhijia",
        "ZHIJIA_OIDC_SECRET": "a-secret-of-the-journey-only-0123456789", "ZHIJIA_OIDC_NAME": "统一登录",
        "ZHIJIA_OIDC_STAFF_CLAIM": "staff_no", "ZHIJIA_OIDC_UNION": code, "DATABASE_URL": "",
    }  # fmt: skip
    with (
        running(provider, f"{there}/.well-known/openid-configuration"),
        running(serve, f"{here}/login/", **env),
        chromium() as browser,
    ):
        page = opened(browser, here).new_page()
        _through_the_provider(page, "known")
        page.wait_for_url(f"{here}/")
        page.goto("/me/security/")
        expect(page.get_by_text("关联了外部账号").first).to_be_visible()
        stranger = opened(browser, here).new_page()
        _through_the_provider(stranger, "stranger")
        expect(stranger.get_by_role("heading", level=1)).to_have_text("这个统一登录账号还没有关联")
        # The same stranger is let in once somebody has linked the account to the own login.
        member = logged_in(browser, here, "huiyuan").new_page()
        member.goto("/me/security/")
        member.get_by_role("link", name="关联").click()
        _at_the_provider(member, "stranger")
        expect(member.get_by_text("已经关联，下次可以用统一登录登录。")).to_be_visible()
        again = opened(browser, here).new_page()
        _through_the_provider(again, "stranger")
        again.wait_for_url(f"{here}/")
        # What came back once, or to another browser, opens nothing.
        thief = opened(browser, here).new_page()
        thief.goto("/login/back/oidc/?code=stolen&state=planted")
        expect(thief.get_by_role("heading", level=1)).to_have_text("没有用统一登录登录成功")


def _through_the_provider(page: Page, name: str) -> None:
    page.goto("/login/")
    page.get_by_role("link", name="统一登录").click()
    _at_the_provider(page, name)


def _at_the_provider(page: Page, name: str) -> None:
    page.locator("input[name=login]").fill(name)
    page.locator("input[name=password]").fill("any")
    page.locator("button[type=submit]").click()
    page.get_by_role("button", name="Continue").click()


def _known_number(folder: Folder) -> tuple[str, str]:
    """The staff number of `zhuxi`'s person and the union's code, asked of the data folder itself."""
    script = (
        "import django; django.setup(); from zhijia.members.models import Person; "
        "one = Person.objects.select_related('union').get(user__username='zhuxi'); print(one.staff_no, one.union.code)"
    )
    env = {**os.environ, "ZHIJIA_HOME": str(folder.home), "DJANGO_SETTINGS_MODULE": "zhijia.config.settings"}
    env.pop("DATABASE_URL", None)
    said = subprocess.run([sys.executable, "-c", script], cwd=ROOT, env=env, check=True, capture_output=True, text=True)
    number, code = said.stdout.split()
    return number, code
