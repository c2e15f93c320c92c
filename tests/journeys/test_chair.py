"""A chair mends an import in the page, corrects one of the eight, sees what moved, edits a sentence, takes the docx."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.books import mistaken
from tests.journeys.browser import OFFICE, chromium, logged_in, page_of, settled, shot
from zhijia.documents.docx.reading import plain_text

pytestmark = pytest.mark.journey

SECTION = "/reports/1/14/"
SENTENCE = "补助的申请、研究、公示和发放件件有据可查。"


def test_a_chair_mends_corrects_and_takes_the_report(own_site: str, tmp_path: Path) -> None:
    with chromium() as browser:
        page = page_of(logged_in(browser, own_site, "zhuxi", viewport=OFFICE))
        mend(page, mistaken(tmp_path))
        correct_one_of_the_eight(page)
        see_what_moved(page)
        file = edit_a_sentence(page, tmp_path)
        assert SENTENCE in "".join(plain_text(file.read_bytes()))


def mend(page: Page, file: Path) -> None:
    """Three cells are wrong; they are mended where they are shown, and then everything is saved at once."""
    page.goto("/import/")
    page.get_by_label("台账文件").set_input_files(file)
    page.get_by_role("button", name="上传，看会导入什么").click()
    expect(page.locator(".mend")).to_have_count(3)
    shot(page, "chair-import-mistakes")
    wrong = page.locator(".mend [aria-invalid=true]")
    wrong.nth(0).fill("2026-11-03")
    wrong.nth(1).fill("300")
    wrong.nth(2).select_option(label="离退休干部")
    page.get_by_role("button", name="用改好的再核对一遍").click()
    expect(page.locator(".mend")).to_have_count(0)
    page.get_by_role("link", name="去保存（新增4条").click()
    page.get_by_role("button", name="保存", exact=True).click()
    settled(page)
    expect(page.locator("main")).to_contain_text("已保存")


def correct_one_of_the_eight(page: Page) -> None:
    """From the figure to a record, from the record to its form; the figure follows."""
    page.goto(SECTION)
    page.get_by_role("link", name="8位", exact=True).click()
    page.get_by_role("link", name="打开背后的14条记录").click()
    shot(page, "chair-eight")
    page.get_by_role("link", name="沈敏").click()
    shot(page, "chair-record")
    page.get_by_role("link", name="修改").click()
    page.get_by_label("致困原因").select_option(label="子女上学")
    page.get_by_role("button", name="保存修改").click()
    expect(page.locator("main")).to_contain_text("子女上学")
    page.goto("/facts/care.aid_people/?by=cause&code=illness")
    expect(page.locator("#records")).to_contain_text("共13条")
    expect(page.locator("#records-title")).to_have_text("背后的记录（因病，7 人）")


def see_what_moved(page: Page) -> None:
    """The text says seven; the section says what moved since the version; the older package says so too."""
    page.goto(SECTION)
    expect(page.locator("#text")).to_contain_text("已为7位因病")
    expect(page.locator("#evidence")).to_contain_text("8位 → 7位")
    shot(page, "chair-moved")
    page.goto("/package/1/")
    page.get_by_role("button", name="看哪些数据变了").click()
    settled(page)
    expect(page.get_by_role("row").filter(has_text="困难补助人数")).to_contain_text("分项有变")
    shot(page, "chair-drift")


def edit_a_sentence(page: Page, folder: Path) -> Path:
    """Change the text, take the file."""
    page.goto(SECTION)
    page.get_by_role("button", name="改这一节").click()
    area = page.locator("textarea").first
    area.fill(area.input_value() + SENTENCE)
    shot(page, "chair-edit")
    page.get_by_role("button", name="保存，回到正文").click()
    expect(page.locator("#text")).to_contain_text(SENTENCE)
    with page.expect_download() as waiting:
        page.get_by_role("link", name="下载 Word").click()
    path = folder / "report.docx"
    waiting.value.save_as(path)
    return path
