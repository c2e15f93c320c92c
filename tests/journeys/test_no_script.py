"""Without JavaScript: come in by one tap, find, record, import and mend, edit the report, answer a form, go out."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.books import mistaken
from tests.journeys.browser import OFFICE, chromium, opened

pytestmark = pytest.mark.journey


@pytest.fixture
def plain(site: str) -> Iterator[Page]:
    with chromium() as browser:
        context = opened(browser, site, viewport=OFFICE, java_script_enabled=False)
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
    expect(page.get_by_role("button", name="提交")).to_be_visible()
    page.wait_for_load_state()  # the whole form is there
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


def test_a_chair_filters_a_list_mends_an_import_and_edits_the_report(own_site: str, tmp_path: Path) -> None:
    with chromium() as browser:
        context = opened(browser, own_site, viewport=OFFICE, java_script_enabled=False)
        page = context.new_page()
        come_in(page, "主席")
        page.goto("/records/care/aidcase/")
        page.get_by_role("combobox", name="致困原因").select_option(label="残疾")
        page.locator("main").get_by_role("button", name="查找").first.click()
        expect(page.locator("main tbody tr")).to_have_count(2)
        page.goto("/import/")
        page.get_by_label("台账文件").set_input_files(mistaken(tmp_path))
        page.get_by_role("button", name="上传，看会导入什么").click()
        wrong = page.locator(".mend [aria-invalid=true]")
        expect(wrong).to_have_count(3)
        wrong.nth(0).fill("2026-11-03")
        wrong.nth(1).fill("300")
        wrong.nth(2).select_option(label="离退休干部")
        page.get_by_role("button", name="用改好的再核对一遍").click()
        expect(page.get_by_role("link", name="去保存（新增4条")).to_be_visible()
        page.goto("/reports/1/14/")
        page.get_by_role("button", name="改这一节").click()
        area = page.locator("textarea").first
        area.fill(area.input_value() + "没有脚本也能改。")
        page.get_by_role("button", name="保存，回到正文").click()
        expect(page.locator("#text")).to_contain_text("没有脚本也能改。")
