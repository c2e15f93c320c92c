"""A member on a phone: the own home, a notice, a form of two minutes."""

import pytest
from playwright.sync_api import expect

from tests.journeys.browser import PHONE, chromium, logged_in, page_of, shot

pytestmark = pytest.mark.journey

FORM = "工会服尺码登记"


def test_a_member_reads_a_notice_and_answers_a_form(own_site: str) -> None:
    with chromium() as browser:
        page = page_of(logged_in(browser, own_site, "huiyuan", viewport=PHONE, has_touch=True))
        page.goto("/")
        expect(page.get_by_text("我今年的权益")).to_be_visible()
        shot(page, "member-home")
        page.get_by_role("navigation", name="手机").or_(page.locator("nav")).get_by_role("link", name="公开").last.tap()
        page.get_by_role("link", name="职工之家活动室改造方案公示").tap()
        expect(page.get_by_role("heading", level=1)).to_have_text("职工之家活动室改造方案公示")
        expect(page.locator("main")).to_contain_text("有不同意见怎么办")
        shot(page, "member-notice")
        page.goto("/")
        page.get_by_role("link", name=f"填写“{FORM}”").tap()
        page.get_by_label("L", exact=True).check()
        page.get_by_label("身高（厘米）").fill("168")
        shot(page, "member-form")
        page.get_by_role("button", name="提交").tap()
        expect(page.locator(".flash")).to_be_visible()
        page.goto("/")
        expect(page.get_by_role("link", name=f"填写“{FORM}”")).to_have_count(0)
