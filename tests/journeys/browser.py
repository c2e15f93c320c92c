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

# Each wait is for a state of the page; only a page that never comes to it is given up, and a busy machine is slow.
PATIENCE = 120_000  # milliseconds
expect.set_options(timeout=PATIENCE)
FLAGS = ["--no-sandbox", "--disable-dev-shm-usage"]  # a container's /dev/shm is too small for a browser
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
        browser = playwright.chromium.launch(executable_path=_program(), args=FLAGS)
        yield browser
        browser.close()


def opened(browser: Browser, site: str, **options: Any) -> BrowserContext:
    """A context in which nobody has come in."""
    context = browser.new_context(base_url=site, locale="zh-CN", **options)
    context.set_default_timeout(PATIENCE)
    return context


def logged_in(browser: Browser, site: str, username: str, **options: Any) -> BrowserContext:
    """A context in which that person of the demo has come in, by the form of the login page."""
    context = opened(browser, site, **options)
    page = context.new_page()
    page.goto("/login/")
    page.get_by_label("登录名").fill(username)
    page.get_by_label("口令").fill(PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()
    page.wait_for_url(f"{site}/")
    page.close()
    return context


def page_of(context: BrowserContext) -> Page:
    """A page of its own for somebody who has come in."""
    return context.new_page()


def shot(page: Page, name: str) -> None:
    """Keep what the window shows in $ZHIJIA_SHOTS (the guide's pictures), else in the temporary folder."""
    folder = Path(os.environ.get("ZHIJIA_SHOTS") or Path(tempfile.gettempdir()) / "zhijia-shots")
    folder.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=folder / f"{name}.png", animations="disabled", caret="hide")


def settled(page: Page) -> None:
    """Wait until long work is over: its page leads on to what came of it."""
    page.wait_for_url(lambda url: "/jobs/" not in url)
