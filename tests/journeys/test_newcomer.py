"""A newcomer becomes a member on a phone and logs in with a passkey; a deemed withdrawal; a transfer in."""

from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.browser import OFFICE, PHONE, chromium, logged_in, opened, page_of, shot
from tests.journeys.test_login_ways import with_device

pytestmark = pytest.mark.journey

NAME, STAFF_NO, WORD = "令狐新来", "N2026", "Neues-Wort-2026"
SIZES = [(PHONE, 390), (OFFICE, 1366)]


def entered(chair: Page, leader: Page, width: int) -> str:
    """The chair enters the newcomer of the HR list; the leader of the group makes the invitation: its address."""
    chair.goto("/records/members/newcomer/new/")
    chair.get_by_label("姓名").fill(NAME)
    chair.get_by_label("工号").fill(STAFF_NO)
    chair.get_by_label("到岗日期").fill("2026-11-02")
    chair.get_by_role("button", name="登记", exact=True).click()
    chair.goto("/members/admissions/")
    expect(chair.locator("main")).to_contain_text(NAME)
    chair.get_by_role("link", name="办理入会").last.click()
    chair.get_by_label("女").check()
    chair.get_by_label("工会小组").select_option(label=own_group(leader))
    if width == 1366:
        shot(chair, "newcomer-start-1366")
    chair.get_by_role("button", name="只登记，由本人申请").click()
    expect(chair.locator("main")).to_contain_text("等本人申请")
    leader.goto("/invitations/")
    leader.get_by_label(NAME).check()
    leader.get_by_role("button", name="给打勾的人做邀请条").first.click()
    return leader.locator(".slip .address").inner_text()


def own_group(leader: Page) -> str:
    """The group that the leader's first page names."""
    leader.goto("/")
    card = leader.locator("section", has=leader.get_by_role("heading", name="我的小组"))
    return card.get_by_role("link").first.inner_text().split("\n")[0].strip()


def joined(context: BrowserContext, link: str, width: int) -> tuple[Page, Any]:
    """The newcomer sets a password with the invitation, adds a passkey and applies."""
    page = page_of(context)
    device = with_device(context, page)
    page.goto(link)
    page.get_by_label("工号").fill(STAFF_NO)
    page.get_by_label("给自己定一个口令").fill(WORD)
    page.get_by_label("再输一次").fill(WORD)
    page.get_by_role("button", name="好了，进去").click()
    page.get_by_label("名称").fill("我的手机")
    page.get_by_role("button", name="加通行密钥").click()
    expect(page.locator(".codes li")).to_have_count(10)
    page.goto("/")
    page.get_by_role("link", name="申请入会").first.click()
    page.get_by_label("想对工会说的话").fill("愿意参加工会，多为大家做事。")
    if width == 390:
        shot(page, "newcomer-apply-390")
    page.get_by_role("button", name="我申请入会").click()
    expect(page.locator("main")).to_contain_text("等小组长签意见")
    page.goto("/me/applications/")
    expect(page.locator("main")).to_contain_text("等所在小组的组长签意见")
    if width == 390:
        shot(page, "newcomer-applications-390")
    return page, device


@pytest.mark.parametrize(("size", "width"), SIZES, ids=["phone", "office"])
def test_a_newcomer_applies_is_admitted_and_corrects_the_phone(own_site: str, size: dict[str, int], width: int) -> None:
    with chromium() as browser:
        chair = page_of(logged_in(browser, own_site, "zhuxi", viewport=OFFICE))
        leader = page_of(logged_in(browser, own_site, "zuzhang", viewport=size))
        link = entered(chair, leader, width)
        own, _device = joined(opened(browser, own_site, viewport=size), link, width)
        leader.goto("/members/admissions/")
        leader.get_by_role("link", name=NAME).click()
        leader.get_by_label("小组意见").fill("同意入会")
        if width == 390:
            shot(leader, "newcomer-remark-390")
        leader.get_by_role("button", name="签意见，转给委员会").click()
        expect(leader.get_by_role("button", name="签意见，转给委员会")).to_have_count(0)
        chair.goto("/members/admissions/")
        chair.get_by_label(f"选中{NAME}").check()
        chair.get_by_label("委员会会议").fill("2026年第11次委员会会议")
        if width == 1366:
            shot(chair, "newcomer-decide-1366")
        chair.get_by_role("button", name="记下委员会的决定").click()
        expect(chair.locator("main")).to_contain_text(f"{NAME}从2026-11-20起是会员")
        own.goto("/me/")
        own.get_by_role("button", name="退出登录").click()
        own.get_by_role("button", name="用通行密钥登录").click()
        own.wait_for_url(f"{own_site}/")
        own.goto("/me/card/")
        expect(own.locator("main")).to_contain_text("2026年11月20日")
        own.goto("/me/")
        if width == 390:
            shot(own, "member-me-390")
        own.get_by_role("link", name="我的数据").click()
        own.get_by_role("link", name="更正手机").first.click()
        own.get_by_label("手机").fill("13900001111")
        own.get_by_role("button", name="保存").click()
        expect(own.locator("main")).to_contain_text("已更正")
        own.goto("/me/data/kinds/members/person/")
        expect(own.locator("main")).to_contain_text("1111")


@pytest.mark.parametrize(("size", "width"), SIZES, ids=["phone", "office"])
def test_the_chair_talks_and_the_committee_deems_withdrawn(own_site: str, size: dict[str, int], width: int) -> None:
    with chromium() as browser:
        page = page_of(logged_in(browser, own_site, "zhuxi", viewport=size))
        page.goto("/members/deemed/")
        if width == 1366:
            shot(page, "deemed-list-1366")
        row = page.locator("main table a").first
        name = row.inner_text()
        row.click()
        expect(page.locator("main")).to_contain_text("个月没交")
        if width == 1366:
            shot(page, "deemed-one-1366")
        page.get_by_label("谈的情况").fill("说明了章程的规定，本人表示不再参加工会。")
        page.get_by_role("button", name="记下谈话").click()
        expect(page.locator("main")).to_contain_text("谈话：说明了章程的规定")
        page.get_by_label("按自动退会办理").check()
        page.get_by_label("原因").fill("七个月不交会费、不参加活动，谈话后表示退会")
        page.get_by_label("委员会会议").fill("2026年第11次委员会会议")
        page.get_by_role("button", name="记下决定").scroll_into_view_if_needed()
        if width == 390:
            shot(page, "deemed-decide-390")
        page.get_by_role("button", name="记下决定").click()
        expect(page.get_by_role("heading", level=1)).to_have_text(f"{name}的会籍")
        expect(page.locator("main")).to_contain_text("自动退会")
        page.goto("/members/deemed/")
        expect(page.locator("main")).to_contain_text("现在没有提议")


@pytest.mark.parametrize(("size", "width"), SIZES, ids=["phone", "office"])
def test_somebody_comes_from_another_union(own_site: str, size: dict[str, int], width: int) -> None:
    with chromium() as browser:
        page = page_of(logged_in(browser, own_site, "zhuxi", viewport=size))
        page.goto("/members/asof/?all=1")
        known = page.locator("main table").last.locator("a").first.inner_text()
        page.goto("/members/admissions/")
        page.get_by_role("link", name="办调入").click()
        page.get_by_label("姓名").fill(known)
        page.get_by_label("工号").click()
        expect(page.locator("main")).to_contain_text("名册里可能已经有这个人")
        page.get_by_label("都核对过").scroll_into_view_if_needed()
        if width == 1366:
            shot(page, "transfer-alike-1366")
        page.get_by_label("姓名").fill("公孙远来")
        page.get_by_label("女").check()
        page.get_by_label("出生日期").fill("1988-06-01")
        page.get_by_label("工号").fill("T2026")
        page.get_by_label("处室").fill("办公室")
        page.get_by_label("从哪个工会来").fill("江州市规划局工会")
        page.get_by_label("介绍信编号").fill("江规工转〔2026〕7号")
        expect(page.locator("main")).not_to_contain_text("名册里可能已经有这个人")
        page.get_by_role("button", name="登记调入").scroll_into_view_if_needed()
        page.get_by_role("button", name="登记调入").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("公孙远来的会籍")
        expect(page.get_by_role("link", name="会籍接转回执")).to_be_visible()
        if width == 1366:
            shot(page, "transfer-done-1366")
