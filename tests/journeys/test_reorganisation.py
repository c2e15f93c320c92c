"""A reorganisation: groups merged and renamed, people moved in bulk; the register of the day before has old names."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browser import OFFICE, PHONE, chromium, logged_in, page_of, shot

pytestmark = pytest.mark.journey

ON, BEFORE = "2026-11-01", "2026-10-31"
SIZES = [pytest.param(PHONE, 390, id="phone"), pytest.param(OFFICE, 1366, id="desktop")]


def begin(page: Page, kind: str) -> None:
    page.goto("/members/reorganisation/")
    page.get_by_role("link", name=kind).first.click()


@pytest.mark.parametrize(("size", "width"), SIZES)
def test_groups_merged_and_renamed_and_people_moved(own_site: str, size: dict[str, int], width: int) -> None:
    with chromium() as browser:
        page = page_of(logged_in(browser, own_site, "zhuxi", viewport=size, has_touch=size is PHONE))
        page.goto("/members/reorganisation/")
        expect(page.get_by_role("heading", level=1)).to_contain_text("机构改革")
        expect(page.locator("main")).to_contain_text("计划处小组更名为计财处小组")
        _merge(page, width)
        _rename(page)
        _move(page, width)
        page.goto(f"/members/asof/?on={BEFORE}&purpose=electors")
        page.get_by_text("各小组人数").click()
        for group in ("城建处小组", "村镇处小组", "房产处小组"):
            expect(page.locator("main")).to_contain_text(group)
        expect(page.locator("main")).not_to_contain_text("城乡建设处小组")
        page.goto(f"/members/asof/?on={ON}&purpose=electors")
        page.get_by_text("各小组人数").click()
        expect(page.locator("main")).to_contain_text("城乡建设处小组（2026年11月由城建处小组、村镇处小组合并）")
        expect(page.locator("main")).to_contain_text("住房保障处小组（2026年11月前为房产处小组）")
        page.get_by_text("城乡建设处小组（").first.scroll_into_view_if_needed()
        shot(page, f"reorganisation-asof-{width}")
        page.goto("/members/reorganisation/")
        page.get_by_role("link", name="房产处小组更名为住房保障处小组").click()
        page.get_by_role("button", name="撤销", exact=True).click()
        expect(page.locator("main")).to_contain_text("没有撤销")  # somebody of it was moved since


def _merge(page: Page, width: int) -> None:
    begin(page, "合并")
    page.get_by_role("checkbox", name="城建处小组").check()
    page.get_by_role("button", name="下一步").click()
    expect(page.get_by_role("alert").first).to_contain_text("合并要有两个以上的小组")
    page.get_by_role("checkbox", name="村镇处小组").check()
    page.get_by_label("新名称").fill("城乡建设处小组")
    page.get_by_label("所在处室").fill("城乡建设处")
    page.get_by_role("checkbox", name="人员的处室也改成新小组的处室").check()
    page.get_by_label("从哪一天起").fill(ON)
    page.get_by_label("机构改革文件的文号").fill("江编办〔2026〕3号")
    page.get_by_role("button", name="下一步").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("城建处小组、村镇处小组合并为城乡建设处小组")
    expect(page.get_by_role("heading", name="组长")).to_be_visible()
    shot(page, f"reorganisation-preview-{width}")
    page.get_by_role("button", name="办理").click()
    expect(page.locator("body")).to_contain_text("以前的名册不变")


def _rename(page: Page) -> None:
    begin(page, "更名")
    page.get_by_label("工会小组").select_option(label="房产处小组")
    page.get_by_label("新名称").fill("住房保障处小组")
    page.get_by_label("从哪一天起").fill(ON)
    page.get_by_role("button", name="下一步").click()
    page.get_by_role("button", name="办理").click()
    expect(page.locator("main")).to_contain_text("房产处小组更名为住房保障处小组")


def _move(page: Page, width: int) -> None:
    page.goto("/records/members/person/?at=房产处&standing=member")
    boxes = page.locator('tbody input[name="pick"]')
    for place in range(3):
        boxes.nth(place).check()
    page.get_by_label("选中的记录").select_option(label="调整小组、处室")
    shot(page, f"people-picked-{width}")
    page.get_by_role("button", name="去做").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("调整小组、处室")
    page.get_by_label("新的小组").select_option(label="城乡建设处小组")
    page.get_by_label("新的处室").fill("城乡建设处")
    page.get_by_label("从哪一天起").fill("2026-11-10")
    page.get_by_label("原因").fill("工作需要")
    page.get_by_role("button", name="调整这3人").click()
    expect(page.locator("body")).to_contain_text("以前的岗位留在记录里")
