"""Chromium for the journeys: started once a test, logged in as one of the demo's people."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from zhijia.shell.demo import PASSWORD

expect.set_options(timeout=15_000)  # what a busy machine needs
PHONE, OFFICE = {"width": 390, "height": 844}, {"width": 1366, "height": 768}


def _program() -> str:
    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    found = next((path for name in names if (path := shutil.which(name))), "")
    if not found:
        pytest.skip("Chromium is not on this machine")
    return found


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser without a window."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_program(), args=["--no-sandbox"])
        yield browser
        browser.close()


def logged_in(browser: Browser, site: str, username: str, **options: Any) -> BrowserContext:
    """A context in which that person of the demo has come in, by the form of the login page."""
    context = browser.new_context(base_url=site, locale="zh-CN", **options)
    page = context.new_page()
    page.goto("/login/")
    page.get_by_label("登录名").fill(username)
    page.get_by_label("口令").fill(PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()
    page.wait_for_url(f"{site}/")
    page.close()
    return context


def page_of(context: BrowserContext) -> Page:
    """A page that waits a little longer than a busy machine needs."""
    page = context.new_page()
    page.set_default_timeout(15_000)
    return page


def shot(page: Page, name: str) -> None:
    """Keep what the window shows in $ZHIJIA_SHOTS (the guide's pictures), else in the temporary folder."""
    folder = Path(os.environ.get("ZHIJIA_SHOTS") or Path(tempfile.gettempdir()) / "zhijia-shots")
    folder.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=folder / f"{name}.png", animations="disabled", caret="hide")


def settled(page: Page) -> None:
    """Wait until long work is over: its page leads on to what came of it."""
    page.wait_for_url(lambda url: "/jobs/" not in url, timeout=30_000)
