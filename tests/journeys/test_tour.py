"""The five-minute tour: an untidy ledger, the report, the records behind a figure, what an inspector finds."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.books import messy
from tests.journeys.browser import OFFICE, PHONE, chromium, logged_in, page_of, settled, shot

pytestmark = pytest.mark.journey

COLUMNS = {
    "被慰问人": "慰问对象",
    "啥时候去的": "走访日期",
    "为什么": "慰问类别",
    "谁去的": "走访人",
    "花了多少": "慰问金",
}


@pytest.mark.parametrize("size", [PHONE, OFFICE], ids=["phone", "office"])
def test_from_a_messy_ledger_to_the_inspectors_list(own_site: str, tmp_path: Path, size: dict[str, int]) -> None:
    with chromium() as browser:
        page = page_of(logged_in(browser, own_site, "zhuxi", viewport=size))
        width = size["width"]
        bring_in(page, messy(tmp_path), width)
        open_the_eight(page, width)
        page.goto("/check/")
        expect(page.get_by_role("heading", level=1)).to_contain_text("检查清单")
        expect(page.get_by_text("改法：").first).to_be_visible()
        shot(page, f"check-{width}")
        page.goto("/")
        expect(page.get_by_text("距届满")).to_be_visible()
        expect(page.get_by_text("20天", exact=True)).to_be_visible()
        shot(page, f"home-{width}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def bring_in(page: Page, file: Path, width: int) -> None:
    """Upload a file whose headers nobody could know, say which column is which, look, save."""
    page.goto("/import/")
    page.get_by_label("台账文件").set_input_files(file)
    page.get_by_role("button", name="上传，看会导入什么").click()
    page.wait_for_url("**/columns/")
    page.get_by_label("是我们的哪张表").select_option(label="走访慰问")
    for theirs, ours in COLUMNS.items():
        page.get_by_label(f"“{theirs}").select_option(ours)
    shot(page, f"import-columns-{width}")
    page.get_by_role("button", name="看会导入什么").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(file.name)
    expect(page.locator("main")).to_contain_text("新增3条")
    page.get_by_role("link", name="去保存").click()
    page.get_by_role("button", name="保存", exact=True).click()
    settled(page)
    expect(page.locator("main")).to_contain_text("新增3")


def open_the_eight(page: Page, width: int) -> None:
    """In the workbench, the figure “8位” opens the records of eight people."""
    page.goto("/reports/")
    page.get_by_role("link", name="接着改").click()
    page.get_by_role("link", name=re.compile("努力为职工排忧解难")).first.click()
    page.get_by_role("link", name="8位", exact=True).click()
    expect(page.locator("#evidence")).to_contain_text("8")
    shot(page, f"workbench-evidence-{width}")
