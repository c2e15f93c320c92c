"""Without JavaScript: come in by one tap, find, record, refuse and mend, answer a form, go out."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browser import OFFICE, chromium

pytestmark = pytest.mark.journey


@pytest.fixture
def plain(site: str) -> Iterator[Page]:
    with chromium() as browser:
        context = browser.new_context(base_url=site, locale="zh-CN", viewport=OFFICE, java_script_enabled=False)  # type: ignore[arg-type]
        yield context.new_page()
        context.close()


def come_in(page: Page, role: str) -> None:
    """By the button of the demo's login page."""
    page.goto("/login/")
    page.get_by_role("button", name=role).click()
    expect(page.locator("a.who")).to_be_visible()


def test_a_chair_finds_and_records(plain: Page) -> None:
    page = plain
    come_in(page, "主席")
    page.goto("/notices/")
    page.get_by_label("找公示").fill("住房补贴")
    page.get_by_label("年份").select_option(label="2023年")
    page.get_by_role("button", name="查找").last.click()
    expect(page.locator("#past tbody tr")).to_have_count(1)
    page.goto("/records/notices/notice/new/")
    page.get_by_label("标题").fill("没有脚本也能登记的公示")
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.locator("#problems")).to_be_visible()
    expect(page.get_by_label("标题")).to_have_value("没有脚本也能登记的公示")
    page.get_by_label("类别").select_option(label="其他")
    page.get_by_label("公示日期").fill("2026年11月20日")
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("没有脚本也能登记的公示")


def test_a_member_answers_a_form_and_goes_out(plain: Page) -> None:
    page = plain
    come_in(page, "普通会员")
    page.goto("/inquiries/mine/")
    page.get_by_role("link", name="工会服尺码登记").first.click()
    for box in page.locator("main form select").all():
        box.select_option(index=1)
    for legend in page.locator("main form fieldset").all():
        legend.locator("input").first.check()
    for text in page.locator("main form input[type=text]").all():
        text.fill(text.input_value() or "1")
    page.get_by_role("button", name="提交").click()
    expect(page.locator("#problems")).to_have_count(0)
    expect(page.locator(".flash")).to_be_visible()
    page.goto("/me/")
    page.get_by_role("button", name="退出登录").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("登录")
