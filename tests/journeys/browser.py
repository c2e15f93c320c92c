"""Chromium for the journeys: started once a test, logged in as one of the demo's people."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from zhijia.shell.demo import PASSWORD

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
