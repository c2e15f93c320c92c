"""A committee member checks the personnel list against the register and takes it back; a chair merges two rows."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from playwright.sync_api import Page, expect

from tests.journeys.browser import OFFICE, PHONE, chromium, logged_in, page_of, settled, shot

pytestmark = pytest.mark.journey

HEADS = ("员工姓名", "员工号", "所在部门", "现任职务", "入职日期")


def registered(page: Page) -> list[dict[str, Any]]:
    """The members with full rights, from the register's own Excel file."""
    book = openpyxl.load_workbook(BytesIO(page.request.get("/members/asof/excel/").body()))
    rows = list(book.active.iter_rows(values_only=True))
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def personnel_list(people: list[dict[str, Any]], folder: Path) -> tuple[Path, str, str]:
    """The list of the personnel office: one is new, one is gone, one is in another department; who moved, who is gone.

    It knows no staff numbers of ours, as many a list does; names that two people share are left out of what changes.
    """
    names = [one["姓名"] for one in people]
    single = [one for one in people if names.count(one["姓名"]) == 1]
    moved, gone = single[3], single[8]
    department = next(one["处室"] for one in people if one["处室"] != moved["处室"])
    book = xlsxwriter.Workbook(folder / "在职人员名册.xlsx")
    sheet = book.add_worksheet("在职")
    sheet.write_row(0, 0, HEADS)
    rows = [
        (one["姓名"], "", department if one is moved else one["处室"], one["职务"] or "", "")
        for one in people if one is not gone
    ]  # fmt: skip
    for number, row in enumerate([*rows, ("钱朵朵", "0991", department, "科员", "2026-11-02")], 1):
        sheet.write_row(number, 0, row)
    book.close()
    return folder / "在职人员名册.xlsx", moved["姓名"], gone["姓名"]


@pytest.mark.parametrize("size", [OFFICE, PHONE], ids=["office", "phone"])
def test_a_personnel_list_is_reviewed_saved_and_taken_back(own_site: str, tmp_path: Path, size: Any) -> None:
    width = size["width"]
    with chromium() as browser:
        page = page_of(logged_in(browser, own_site, "weiyuan", viewport=size))
        file, moved, gone = personnel_list(registered(page), tmp_path)
        page.goto("/roster/")
        page.get_by_label("人事名册", exact=False).set_input_files(file)
        page.get_by_role("button", name="上传，与台账比较").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("核对《在职人员名册.xlsx》")
        expect(page.locator("main")).to_contain_text("钱朵朵")
        page.get_by_role("link", name=re.compile("^换岗位")).click()
        expect(page.locator("main")).to_contain_text(moved)
        page.get_by_role("link", name=re.compile("^不在名册")).click()
        page.get_by_label(f"{gone}怎么办").select_option(label="调出")
        page.get_by_label(f"{gone}的对方工会或委员会会议").fill("江州市规划局工会")
        page.get_by_role("button", name="记下这一页的选择").click()
        expect(page.locator("main")).to_contain_text("单独改过")
        shot(page, f"roster-left-{width}")
        page.get_by_role("link", name="去保存").click()
        expect(page.locator("main")).to_contain_text("不在名册：调出，1人")
        shot(page, f"roster-confirm-{width}")
        page.get_by_role("button", name="保存到会员台账").click()
        settled(page)
        expect(page.get_by_role("heading", level=1)).to_contain_text("按人事名册更新会员台账")
        done = page.url
        page.goto("/members/admissions/")
        expect(page.locator("main")).to_contain_text("钱朵朵")
        page.goto(f"/records/members/person/?q={gone}")
        page.locator("main").get_by_role("link", name=gone).first.click()
        expect(page.locator("main")).to_contain_text("调出")
        page.goto(done)
        undo, more = page.get_by_role("link", name="整批撤销"), page.locator("summary", has_text="更多")
        if not undo.is_visible():
            more.first.click()
        undo.click()
        page.get_by_role("button", name="整批撤销").click()
        expect(page.locator("body")).to_contain_text("已恢复原值")
        page.goto("/members/admissions/")
        expect(page.locator("main")).not_to_contain_text("钱朵朵")


@pytest.mark.parametrize("size", [OFFICE, PHONE], ids=["office", "phone"])
def test_two_rows_of_one_person_are_merged_and_taken_apart(own_site: str, size: Any) -> None:
    width = size["width"]
    with chromium() as browser:
        page = page_of(logged_in(browser, own_site, "zhuxi", viewport=size))
        person = registered(page)[20]
        page.goto("/records/members/person/new/")
        page.get_by_label("姓名", exact=False).first.fill(person["姓名"])
        page.get_by_role("radio", name=person["性别"], exact=True).check()
        page.get_by_label("工号").fill("K901")
        page.get_by_label("处室").first.fill(person["处室"])
        page.get_by_role("button", name="登记", exact=True).click()
        page.goto("/members/duplicates/")
        expect(page.locator("main")).to_contain_text("K901")
        page.locator("main").get_by_role("link", name=person["姓名"]).first.click()
        shot(page, f"duplicate-{width}")
        page.get_by_label("核对过，是同一个人").check()
        page.get_by_role("button", name="合并成一条").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("已合并")
        merged = page.url
        page.goto("/search/?q=K901")
        expect(page.locator("main")).to_contain_text(person["姓名"])
        page.goto(merged)
        page.get_by_role("button", name="撤销这次合并").click()
        expect(page.locator("body")).to_contain_text("恢复到合并以前")
        expect(page.locator("main")).to_contain_text("K901")
