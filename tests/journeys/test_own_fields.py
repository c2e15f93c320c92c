"""The chair adds a field, fills it in for one member, filters the list and takes it away; a member keeps the family."""

from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browser import OFFICE, PHONE, chromium, logged_in, page_of, shot

pytestmark = pytest.mark.journey
SIZES = [(OFFICE, 1366), (PHONE, 390)]


def fits(page: Page) -> None:
    """Nothing of the page lies beside the window."""
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url


@pytest.mark.parametrize(("size", "look"), SIZES)
def test_a_choice_is_added_filled_filtered_and_taken_away(
    own_site: str, size: dict[str, int], look: int, tmp_path: Path
) -> None:
    with chromium() as browser:
        page = page_of(logged_in(browser, own_site, "zhuxi", viewport=size))
        page.goto("/members/fields/")
        page.get_by_role("link", name="加一个字段").first.click()
        page.get_by_label("字段名").fill("饮食习惯")
        page.get_by_label("选项", exact=True).first.check()
        page.locator("textarea[name=options]").fill("不限\n清真\n素食")
        page.get_by_role("button", name="先看看样子").click()
        expect(page.get_by_role("heading", name="表单里会这样问")).to_be_visible()
        fits(page)
        if look == 1366:
            shot(page, "own-field-form-1366")
        page.get_by_role("button", name="保存", exact=True).click()
        page.wait_for_url("**/members/fields/")
        expect(page.locator("main")).to_contain_text("“饮食习惯”已在会员台账里")
        fits(page)
        page.goto("/records/members/person/")
        name = page.locator("main table tbody a").first.inner_text()
        page.locator("main table tbody a").first.click()
        expect(page.locator("main h1")).to_contain_text(name)
        page.get_by_role("link", name="修改").first.click()
        page.get_by_role("group", name="饮食习惯").get_by_label("素食").check()
        page.locator("main form button.main").first.click()
        expect(page.locator("main")).to_contain_text("饮食习惯")
        field = page.evaluate("fetch('/records/members/person/new/').then(a => a.text())")
        column = field.split("饮食习惯")[0].rsplit('id="', 1)[1].split('"')[0].removeprefix("id_").split("-")[-1]
        assert column.startswith("own_"), column
        page.goto(f"/records/members/person/?col=name&col={column}&{column}=素食")
        expect(page.locator("main table tbody tr")).to_have_count(1)
        expect(page.locator("main table")).to_contain_text(name)
        expect(page.locator("main")).to_contain_text("饮食习惯：素食")
        fits(page)
        if look == 1366:
            shot(page, "own-field-list-1366")
        with page.expect_download() as taken:
            page.evaluate(f"location.href = '/records/members/person/export/?col=name&col={column}&{column}=素食'")
        file = tmp_path / "list.xlsx"
        taken.value.save_as(file)
        assert list(openpyxl.load_workbook(file).active.values) == [("姓名", "饮食习惯"), (name, "素食")]


@pytest.mark.parametrize(("size", "look"), SIZES)
def test_a_member_keeps_the_own_family(own_site: str, size: dict[str, int], look: int) -> None:
    with chromium() as browser:
        page = page_of(logged_in(browser, own_site, "huiyuan", viewport=size))
        page.goto("/me/")
        page.get_by_role("link", name="我的家庭").click()
        page.get_by_role("link", name="加一名家庭成员").first.click()
        page.get_by_label("关系").select_option("子女")
        page.get_by_label("家属姓名").fill("小宝")
        page.get_by_label("家属出生日期").fill("2018-05-06")
        page.get_by_label("病情或残疾").fill("哮喘")
        fits(page)
        page.get_by_role("button", name="保存").click()
        expect(page.locator("main")).to_contain_text("要监护人同意才能登记")
        expect(page.locator("main")).not_to_contain_text("哮喘")
        page.get_by_label("我是孩子的监护人").check()
        page.get_by_role("button", name="保存").click()
        page.wait_for_url("**/members/household/")
        expect(page.locator("main")).to_contain_text("子女 小宝")
        expect(page.locator("main")).to_contain_text("病情已登记（加密）")
        fits(page)
        if look == 390:
            shot(page, "household-list-390")
        page.get_by_role("link", name="子女 小宝").click()
        page.get_by_label("单位或学校").fill("实验小学")
        page.get_by_role("button", name="保存").click()
        expect(page.locator("main")).to_contain_text("实验小学")
        page.get_by_role("link", name="撤回同意").click()
        page.get_by_role("button", name="撤回同意，删除孩子的信息").click()
        expect(page.locator("main")).not_to_contain_text("小宝")
