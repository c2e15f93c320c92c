"""A group leader on a phone: reports what happened, visits, adds the photo; the event leaves the to-dos."""

import struct
import zlib
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.browser import PHONE, chromium, logged_in, page_of, shot

pytestmark = pytest.mark.journey

WHO, WAITS = "丁斌", "走访丁斌（生病住院）"
GROUP, ELSEWHERE = "人教处小组", "罗婷"


def picture(path: Path) -> Path:
    """A small photograph as PNG: stripes in two greens."""
    side = 96
    rows = b"".join(b"\0" + bytes((40, 120 if y // 8 % 2 else 160, 80)) * side for y in range(side))
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    )
    made = [
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    ]
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(made))
    return path


def test_a_leader_adds_a_visit_with_a_photo(own_site: str, tmp_path: Path) -> None:
    with chromium() as browser:
        page = page_of(logged_in(browser, own_site, "zuzhang", viewport=PHONE, has_touch=True))
        page.goto("/")
        page.get_by_role("link", name="上报应访事项").click()
        page.get_by_label("职工 必填").fill(WHO)
        page.get_by_label("事项 必填").select_option(label="生病住院")
        page.get_by_label("发生日期").fill("2026-11-18")
        shot(page, "leader-event")
        page.get_by_role("button", name="登记", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(WHO)
        page.goto("/todos/")
        shot(page, "leader-todos")
        page.get_by_role("link", name=WAITS).click()
        expect(page.get_by_label("慰问对象")).to_have_value(WHO)
        expect(page.get_by_label("慰问类别").locator("option:checked")).to_have_text("生病住院")
        page.get_by_label("走访日期").fill("2026-11-20")
        page.get_by_label("慰问金").fill("500")
        expect(page.locator("main")).to_contain_text("伍佰元整")
        page.get_by_label("照片、文件").set_input_files(picture(tmp_path / "看望.png"))
        page.get_by_role("button", name="登记", exact=True).scroll_into_view_if_needed()
        shot(page, "leader-visit")
        page.get_by_role("button", name="登记", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(WHO)
        image = page.get_by_role("link", name="看望.png", exact=True)
        expect(image).to_be_visible()
        answer = page.request.get(image.get_attribute("href") or "")
        assert answer.headers["content-type"] == "image/png"
        image.scroll_into_view_if_needed()
        shot(page, "leader-record")
        page.goto("/todos/")
        expect(page.get_by_role("heading", level=1)).to_have_text("待办")
        expect(page.get_by_role("link", name=WAITS)).to_have_count(0)


def test_a_leader_reads_of_the_own_group_only(site: str) -> None:
    with chromium() as browser:
        page = page_of(logged_in(browser, site, "zuzhang", viewport=PHONE, has_touch=True))
        page.goto("/")
        page.get_by_role("link", name=GROUP).click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("会员")
        expect(page.locator("main")).to_contain_text(f"只列您带的小组的人：{GROUP}")
        expect(page.get_by_role("link", name=WHO)).to_be_visible()
        shot(page, "leader-members")
        page.goto("/members/asof/")
        expect(page.locator("main")).to_contain_text(f"您带的小组（{GROUP}）")
        shot(page, "leader-asof")
        page.goto(f"/search/?q={ELSEWHERE}")
        expect(page.locator("main")).to_contain_text("您查得到的是您带的小组的人")
        expect(page.locator("main").get_by_role("link", name=ELSEWHERE)).to_have_count(0)
