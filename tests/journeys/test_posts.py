"""The chair hands the post over: in the same minute the old chair sees a member's home, the new one the chair's."""

import pytest
from playwright.sync_api import expect

from tests.journeys.browser import OFFICE, PHONE, chromium, logged_in, page_of, shot

pytestmark = pytest.mark.journey


@pytest.mark.parametrize(("size", "look"), [(OFFICE, 1366), (PHONE, 390)])
def test_a_chair_hands_over_and_both_see_it_at_once(own_site: str, size: dict[str, int], look: int) -> None:
    with chromium() as browser:
        old = page_of(logged_in(browser, own_site, "zhuxi", viewport=size))
        new = page_of(logged_in(browser, own_site, "huiyuan", viewport=size))
        new.goto("/me/")
        name = new.locator("main h1").inner_text()
        new.goto("/")
        expect(new.locator("main")).not_to_contain_text("届满")
        assert new.goto("/members/posts/").status == 403
        old.goto("/members/posts/")
        expect(old.get_by_role("heading", level=1)).to_have_text("任职和交接")
        if look == 1366:
            shot(old, "posts-board-1366")
        old.get_by_role("link", name="交接或卸任").first.click()
        expect(old.get_by_role("heading", level=1)).to_have_text("交接：主席")
        old.get_by_label("交给谁").fill(name)
        if look == 1366:
            shot(old, "posts-form-1366")
        old.get_by_role("button", name="下一步").click()
        expect(old.get_by_role("heading", level=1)).to_have_text(f"把主席交接给{name}？")
        if look == 390:
            shot(old, "posts-sure-390")
        old.get_by_role("button", name=f"交接给{name}").click()
        old.wait_for_url(f"{own_site}/")
        expect(old.locator("main")).to_contain_text(f"主席已交接给{name}")
        expect(old.locator("main")).not_to_contain_text("届满")
        if look == 390:
            shot(old, "posts-old-390")
        assert old.goto("/members/posts/").status == 403
        new.goto("/")
        expect(new.locator("main")).to_contain_text("届满")
        if look == 390:
            shot(new, "posts-new-390")
        new.goto("/members/posts/?on=2026-11-19")
        expect(new.get_by_role("row").filter(has_text="主持全面工作")).not_to_contain_text(name)
        new.goto("/members/posts/")
        expect(new.get_by_role("row").filter(has_text="主持全面工作")).to_contain_text(name)
