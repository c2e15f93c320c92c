"""The ten commonest tasks by keyboard alone; wherever the focus is, it is seen."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.browser import OFFICE, chromium, opened, page_of
from zhijia.shell.demo import PASSWORD

pytestmark = pytest.mark.journey

FAR = 400  # presses of Tab that no page of ours may need
# What has the focus, and whether a ring or another border tells it from its neighbours.
SEEN = """() => {
  const one = document.activeElement, style = getComputedStyle(one);
  return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 || one === document.body;
}"""


class Keys:
    """A person who has no mouse."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, key: str) -> None:
        """Press it, and look where one is."""
        self.page.keyboard.press(key)
        if key in {"Tab", "Shift+Tab", "/"}:
            assert self.page.evaluate(SEEN), f"nobody sees the focus: {self.where()}"

    def where(self) -> str:
        """The element with the focus, for a complaint."""
        return str(self.page.evaluate("document.activeElement.outerHTML.slice(0, 160)"))

    def to(self, target: Locator) -> None:
        """Go there with Tab, from wherever one is."""
        expect(target).to_be_visible()
        for _step in range(FAR):
            if target.evaluate("one => one === document.activeElement"):
                return
            self.press("Tab")
        pytest.fail(f"Tab does not lead to {target}")

    def type(self, target: Locator, text: str) -> None:
        """Go to a field and write over what it holds."""
        self.to(target)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def choose(self, target: Locator, label: str) -> None:
        """Choose in a list as its first letters or the arrows do."""
        self.to(target)
        options = target.locator("option").all_inner_texts()
        now = target.evaluate("one => one.selectedIndex")
        steps = [one.strip() for one in options].index(label) - now
        for _step in range(abs(steps)):
            self.page.keyboard.press("ArrowDown" if steps > 0 else "ArrowUp")
        expect(target.locator("option:checked")).to_have_text(label)

    def follow(self, target: Locator) -> None:
        """Go to a link or a button and press Enter."""
        self.to(target)
        before = self.page.url
        self.page.keyboard.press("Enter")
        self.page.wait_for_url(lambda url: url != before)

    def heading(self, text: str) -> None:
        """The page now has that heading, and hears keys."""
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(text)
        self.page.wait_for_load_state()  # the heading is there before the script is


def test_ten_tasks_without_a_mouse(own_site: str) -> None:
    with chromium() as browser:
        page = page_of(opened(browser, own_site, viewport=OFFICE))
        keys = Keys(page)
        come_in(keys)
        find_a_person(keys)
        record_a_visit(keys)
        correct_it(keys)
        filter_and_export(keys)
        answer_a_todo(keys)
        open_the_evidence(keys)
        go_out(keys)


def come_in(keys: Keys) -> None:
    """1. Log in."""
    keys.page.goto("/login/")
    keys.type(keys.page.get_by_label("登录名"), "zhuxi")
    keys.type(keys.page.get_by_label("口令"), PASSWORD)
    keys.page.keyboard.press("Enter")
    keys.heading("江州省建设厅机关工会")


def find_a_person(keys: Keys) -> None:
    """2. Find a person with “/”. 3. Open the record."""
    keys.press("/")
    expect(keys.page.locator("#find")).to_be_focused()
    keys.page.keyboard.type("白玉兰")
    keys.page.keyboard.press("Enter")
    keys.page.wait_for_url("**/search/**")
    keys.follow(keys.page.locator("main").get_by_role("link", name=re.compile("白玉兰")).first)
    keys.heading("白玉兰")


def record_a_visit(keys: Keys) -> None:
    """4. Record a visit, saved with Ctrl+Enter."""
    page = keys.page
    page.goto("/records/care/visit/")
    keys.follow(page.get_by_role("link", name="新增走访慰问"))
    keys.type(page.get_by_label("慰问对象"), "白玉兰")
    keys.choose(page.get_by_label("慰问类别"), "患病职工")
    keys.type(page.get_by_label("走访日期"), "2026-11-19")
    keys.type(page.get_by_label("慰问金", exact=True), "500")
    page.keyboard.press("Control+Enter")
    keys.heading("白玉兰（患病职工）")


def correct_it(keys: Keys) -> None:
    """5. Correct a record."""
    page = keys.page
    keys.follow(page.get_by_role("link", name="修改"))
    keys.type(page.get_by_label("慰问金", exact=True), "600")
    page.keyboard.press("Control+Enter")
    expect(page.locator("main")).to_contain_text("600.00 元")


def filter_and_export(keys: Keys) -> None:
    """6. Filter a list. 7. Reach its export."""
    page = keys.page
    page.goto("/records/care/aidcase/")
    keys.choose(page.get_by_role("combobox", name="致困原因"), "残疾")
    keys.to(page.locator("main").get_by_role("button", name="查找").first)
    page.keyboard.press("Enter")
    expect(page.locator("main tbody tr")).to_have_count(2)
    keys.to(page.locator("main summary", has_text="更多").first)
    page.keyboard.press("Enter")
    keys.to(page.get_by_role("link", name="导出"))


def answer_a_todo(keys: Keys) -> None:
    """8. Say of a to-do that it is done."""
    page = keys.page
    page.goto("/todos/")
    before = page.get_by_role("button", name="已办").count()
    keys.to(page.get_by_role("button", name="已办").first)
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="已办")).to_have_count(before - 1)


def open_the_evidence(keys: Keys) -> None:
    """9. Open what is behind a figure of the report."""
    page = keys.page
    page.goto("/reports/1/14/")
    keys.follow(page.get_by_role("link", name="8位", exact=True))
    expect(page.locator("#evidence")).to_contain_text("困难补助人数")


def go_out(keys: Keys) -> None:
    """10. Log out."""
    keys.page.goto("/me/")
    keys.follow(keys.page.get_by_role("button", name="退出登录"))
    keys.heading("登录")
