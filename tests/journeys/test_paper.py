"""A paper application is typed in after the meeting; an approval of the wrong person is taken back."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browser import OFFICE, PHONE, chromium, logged_in, page_of, shot

pytestmark = pytest.mark.journey

NAME, GROUP, MEETING = "慕容新来", "人教处小组", "2026年第11次委员会会议"
APPLIED, SIGNED, MET = "2026-11-02", "2026-11-03", "2026-11-10"
SIZES = [pytest.param(PHONE, 390, id="phone"), pytest.param(OFFICE, 1366, id="office")]


def typed_in(page: Page, width: int) -> None:
    """The form on paper, field by field; who has the name of a member is told while typing."""
    page.goto("/members/asof/?all=1")
    known = page.locator("main table").last.locator("a").first.inner_text()
    page.goto("/members/admissions/")
    page.get_by_role("link", name="录入纸质申请书").click()
    page.get_by_label("姓名").fill(known)
    page.get_by_label("出生日期").first.click()
    expect(page.locator("main")).to_contain_text("名册里可能已经有这个人")
    page.get_by_label("姓名").fill(NAME)
    page.get_by_label("女").check()
    page.get_by_label("出生日期").first.fill("1998-05-06")
    page.get_by_label("处室").fill("人教处")
    expect(page.locator("main")).not_to_contain_text("名册里可能已经有这个人")
    page.get_by_label("工会小组").select_option(label=GROUP)
    page.get_by_label("申请日期").first.fill(APPLIED)
    page.get_by_label("申请人的话").fill("我自愿加入中国工会，遵守章程。")
    page.get_by_role("heading", level=1).scroll_into_view_if_needed()
    shot(page, f"paper-typed-{width}")
    page.get_by_role("button", name="录入申请").click()
    expect(page.locator("main")).to_contain_text("等小组长签意见")


def decided(page: Page, width: int) -> None:
    """The remark and the decision follow on the same page, with the days that stand on the paper."""
    page.get_by_label("签意见的日期").first.fill(SIGNED)
    page.get_by_role("button", name="签意见，转给委员会").click()
    page.get_by_label("会议日期").first.fill(MET)
    page.get_by_role("button", name="记下委员会的决定").scroll_into_view_if_needed()
    shot(page, f"paper-decide-{width}")
    page.get_by_role("button", name="记下委员会的决定").click()
    expect(page.get_by_role("alert").first).to_contain_text("还没有写委员会会议")
    expect(page.get_by_label("会议日期").first).to_have_value(MET)  # nothing that was typed is lost
    page.get_by_label("委员会会议").fill(MEETING)
    page.get_by_role("button", name="记下委员会的决定").click()
    expect(page.locator("main")).to_contain_text(f"{NAME}从{MET}起是会员")
    expect(page.locator("main")).to_contain_text("已批准")


def there(page: Page, day: str) -> bool:
    """Whether the register of that day has the person."""
    page.goto(f"/members/asof/?on={day}&purpose=electors&q={NAME}")
    return page.locator("main table a", has_text=NAME).count() == 1


@pytest.mark.parametrize(("size", "width"), SIZES)
def test_a_paper_is_typed_in_late_and_the_wrong_approval_is_taken_back(
    own_site: str, size: dict[str, int], width: int
) -> None:
    with chromium() as browser:
        page = page_of(logged_in(browser, own_site, "zhuxi", viewport=size))
        typed_in(page, width)
        decided(page, width)
        assert (there(page, "2026-11-09"), there(page, MET)) == (False, True)
        page.get_by_role("link", name=NAME).click()
        page.get_by_text("更多").click()
        page.get_by_role("link", name="撤销最近一次变动：入会").click()
        expect(page.get_by_role("heading", level=1)).to_have_text(f"撤销{NAME}的“入会”？")
        expect(page.locator("main")).to_contain_text("还不是会员")
        shot(page, f"undo-{width}")
        page.get_by_role("button", name="撤销这次变动").click()
        expect(page.locator("main")).to_contain_text("还没有写为什么撤销")
        page.get_by_label("为什么撤销").fill("会上批准的是同名的另一位")
        page.get_by_role("button", name="撤销这次变动").click()
        expect(page.locator("main")).to_contain_text("“入会”已撤销")
        page.get_by_role("link", name="看入会申请").click()
        expect(page.locator("main")).to_contain_text("记下委员会的决定")
        assert not there(page, MET)
        page.goto("/members/admissions/")
        expect(page.locator("main")).to_contain_text(NAME)  # the application waits for the committee again
