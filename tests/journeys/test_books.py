"""The accountant finds a voucher; the review director goes from a figure to its entries and to who changed what."""

import pytest
from playwright.sync_api import expect

from tests.journeys.browser import OFFICE, chromium, logged_in, page_of, shot

pytestmark = pytest.mark.journey


def test_an_accountant_finds_a_voucher(site: str) -> None:
    with chromium() as browser:
        page = page_of(logged_in(browser, site, "kuaiji", viewport=OFFICE))
        page.goto("/")
        expect(page.get_by_text("本月的账")).to_be_visible()
        page.goto("/records/funds/entry/")
        page.get_by_label("查找", exact=True).last.fill("慰问")
        page.get_by_role("button", name="查找").last.click()
        expect(page.locator("main tbody tr").first).to_contain_text("慰问")
        shot(page, "books-entries")


def test_a_review_director_follows_a_figure_to_its_entries(site: str) -> None:
    with chromium() as browser:
        page = page_of(logged_in(browser, site, "jingshen", viewport=OFFICE))
        page.goto("/facts/funds.expense/")
        page.get_by_role("link", name="2025年：").first.click()
        expect(page.locator("#records-title")).to_contain_text("2025年")
        shot(page, "books-evidence")
        page.locator("#records tbody a").first.click()
        expect(page.get_by_role("heading", name="经过")).to_be_visible()
        page.goto("/audit/")
        expect(page.get_by_role("heading", level=1)).to_have_text("操作记录")
        shot(page, "books-audit")
