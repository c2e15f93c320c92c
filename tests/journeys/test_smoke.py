"""Login, home, a fact, its records: in a real browser, at the width of a phone and of an office PC."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.browser import OFFICE, PHONE, chromium, opened
from zhijia.shell.demo import PASSWORD


@pytest.mark.journey
@pytest.mark.smoke
@pytest.mark.parametrize("size", [PHONE, OFFICE], ids=["phone", "office"])
def test_from_the_login_to_the_records_behind_a_figure(site: str, tmp_path: Path, size: Any) -> None:
    width = size["width"]
    with chromium() as browser:
        page = opened(browser, site, viewport=size).new_page()
        problems: list[str] = []
        page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
        page.goto(site)
        page.get_by_label("登录名").fill("zhuxi")
        page.get_by_label("口令").fill(PASSWORD)
        page.screenshot(path=tmp_path / f"login-{width}.png")
        page.get_by_role("button", name="登录", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text("江州省建设厅机关工会")
        page.screenshot(path=tmp_path / f"home-{width}.png", full_page=True)
        page.get_by_role("link", name="数据", exact=True).click()
        page.screenshot(path=tmp_path / f"facts-{width}.png")
        row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="女会员人数"))
        row.get_by_role("link").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("女会员人数")
        expect(page.locator("#records tbody tr").first).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.screenshot(path=tmp_path / f"fact-{width}.png", full_page=True)
    assert problems == []
