"""A phone loses its connection: one page says so, what was typed stays, and nobody else ever sees it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.browser import PHONE, chromium, logged_in

pytestmark = pytest.mark.journey

FORM = "/records/notices/notice/new/"
TYPED = "断网也不丢的公示"
DRAFTS = "Object.keys(localStorage).filter(name => name.startsWith('draft/')).length"


@pytest.fixture
def chair(site: str) -> Iterator[BrowserContext]:
    with chromium() as browser:
        context = logged_in(browser, site, "zhuxi", viewport=PHONE)
        yield context
        context.close()


def typing(context: BrowserContext) -> Page:
    """A page of the form with something typed, after the moment in which it is kept."""
    page = context.new_page()
    page.goto(FORM)
    page.get_by_label("标题").fill(TYPED)
    page.wait_for_function(f"() => {DRAFTS} === 1")
    return page


def test_without_a_connection_a_page_says_so_and_no_other_page_is_kept(chair: BrowserContext) -> None:
    page = chair.new_page()
    page.goto("/notices/")
    page.wait_for_function("() => caches.match('/offline/').then(Boolean)")
    page.reload()
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    chair.set_offline(True)
    page.goto("/help/")
    expect(page.get_by_role("heading", level=1)).to_have_text("现在没有网络")
    assert "刘少华" not in page.content()
    kept = page.evaluate(
        """async () => (await Promise.all((await caches.keys()).map(async name =>
        (await (await caches.open(name)).keys()).map(one => new URL(one.url).pathname)))).flat()"""
    )
    assert [address for address in kept if not address.startswith("/static/")] == ["/offline/"]
    chair.set_offline(False)
    page.get_by_role("link", name="再试一次").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("帮助")


def test_what_was_typed_is_there_again_and_can_be_thrown_away(chair: BrowserContext) -> None:
    page = typing(chair)
    page.goto("/help/")
    page.goto(FORM)
    expect(page.get_by_label("标题")).to_have_value(TYPED)
    expect(page.locator(".draft-notice")).to_contain_text("已恢复未提交的内容")
    page.get_by_role("button", name="丢弃").click()
    expect(page.get_by_label("标题")).to_have_value("")
    page.wait_for_function(f"() => {DRAFTS} === 0")


def test_sending_without_a_connection_keeps_the_form(chair: BrowserContext) -> None:
    page = typing(chair)
    chair.set_offline(True)
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.locator(".draft-notice")).to_contain_text("现在没有网络，没有提交")
    expect(page.get_by_label("标题")).to_have_value(TYPED)
    chair.set_offline(False)
    expect(page.locator(".draft-notice")).to_contain_text("可以提交了")


def test_a_saved_form_leaves_no_draft_and_a_refused_one_does(chair: BrowserContext) -> None:
    page = typing(chair)
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.locator("#problems")).to_be_visible()  # kind and day are missing
    assert page.evaluate(DRAFTS) == 1
    page.get_by_label("类别").select_option(label="其他")
    page.get_by_label("公示日期").fill("2026-11-20")
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(TYPED)
    page.wait_for_function(f"() => {DRAFTS} === 0")  # the heading is there before the script
    page.goto(FORM)
    expect(page.get_by_label("标题")).to_have_value("")


def test_drafts_go_at_the_logout(chair: BrowserContext) -> None:
    page = typing(chair)
    page.goto("/me/")
    page.get_by_role("button", name="退出登录").click()
    page.wait_for_url("**/login/")
    page.wait_for_function(f"() => {DRAFTS} === 0")
