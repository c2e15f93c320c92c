"""Two people edit the same: a section of the report, a record. The second sees both, and nothing is lost."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browser import OFFICE, chromium, logged_in, page_of, shot

pytestmark = pytest.mark.journey

SECTION = "/reports/1/14/"
HERS = "困难职工的申请当月研究、当月发放。"
HIS = "每一笔补助都在公示栏公示，欢迎监督。"


def begin(page: Page) -> None:
    """Open the section for editing; whoever holds it lets go of nothing, the second takes it over."""
    page.goto(SECTION)
    page.get_by_role("button", name="改这一节").click()
    take_over = page.get_by_role("button", name="接手这一节")
    expect(take_over.or_(page.locator("textarea")).first).to_be_visible()
    if take_over.count():
        take_over.click()
    page.wait_for_url("**/edit/")


def test_two_edit_one_section_and_nothing_is_lost(own_site: str) -> None:
    with chromium() as browser:
        first = page_of(logged_in(browser, own_site, "zhuxi", viewport=OFFICE))
        second = page_of(logged_in(browser, own_site, "weiyuan", viewport=OFFICE))
        begin(first)
        begin(second)
        area = first.locator("textarea").first
        area.fill(area.input_value() + HERS)
        expect(first.locator("#saved")).to_contain_text("已自动保存")
        area = second.locator("textarea").first
        area.fill(area.input_value() + HIS)
        expect(second.locator("#saved")).to_contain_text("没有自动保存")
        second.get_by_role("button", name="保存，回到正文").click()
        expect(second.get_by_role("heading", level=1)).to_have_text("把两边的改动合在一起")
        second.wait_for_load_state()  # the heading is there before the last of the boxes
        boxes = [one.input_value() for one in second.locator("textarea").all()]
        assert any(HERS in one for one in boxes)
        assert any(HIS in one for one in boxes)
        shot(second, "two-chairs-merge")
        mine = next(one for one in second.locator("textarea").all() if HIS in one.input_value())
        mine.fill(mine.input_value().replace(HIS, HERS + HIS))
        second.get_by_label("用我的").check()
        second.get_by_role("button", name="保存合并后的文字").click()
        expect(second.locator("#text")).to_contain_text(HERS + HIS)


def test_two_edit_one_record_and_the_second_sees_what_the_first_changed(own_site: str) -> None:
    with chromium() as browser:
        first = page_of(logged_in(browser, own_site, "zhuxi", viewport=OFFICE))
        second = page_of(logged_in(browser, own_site, "weiyuan", viewport=OFFICE))
        for page in (first, second):
            page.goto("/records/care/visit/")
            page.locator("main tbody a").first.click()
            page.get_by_role("link", name="修改").click()
        first.get_by_label("走访人").fill("刘少华、李丽")
        first.get_by_role("button", name="保存修改").click()
        expect(first.get_by_role("link", name="修改")).to_be_visible()
        second.get_by_label("慰问品", exact=True).fill("水果、鲜花")
        second.get_by_role("button", name="保存修改").click()
        expect(second.get_by_text("您打开以后，别人改过这条记录，所以还没有保存")).to_be_visible()
        shot(second, "two-chairs-record")
        expect(second.locator("main")).to_contain_text("→ 刘少华、李丽")
        expect(second.get_by_label("走访人")).to_have_value("刘少华、李丽")
        expect(second.get_by_label("慰问品", exact=True)).to_have_value("水果、鲜花")
        second.get_by_role("button", name="保存修改").click()
        expect(second.get_by_role("link", name="修改")).to_be_visible()
        for kept in ("刘少华、李丽", "水果、鲜花"):
            expect(second.locator("main")).to_contain_text(kept)
