"""What a page says about itself: read from its HTML, without a browser."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

LINKS = {"href", "src", "action", "formaction", "poster"}
ASKING = re.compile(r"^(data-)?hx-(get|post|put|patch|delete)$")


@dataclass
class Page:
    """One page: what is forbidden in it, what it loads, and where it leads."""

    lang: str = ""
    title: str = ""
    h1: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)  # followed with GET
    named: list[str] = field(default_factory=list)  # every address that stands in it, also of forms
    styles: list[str] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page()
        self._within = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._element(tag, given)
        for name, value in given.items():
            if name == "style" or name.startswith("on"):
                self.page.faults.append(f"attribute {name}= on <{tag}>")
            if name in LINKS and re.match(r"(https?:)?//|javascript:", value):
                self.page.faults.append(f"<{tag} {name}> leads to another host: {value[:60]}")
            if name in LINKS or name == "data-pick" or ASKING.match(name):
                self.page.named.append(value)

    def _element(self, tag: str, given: dict[str, str]) -> None:
        page = self.page
        if tag == "html":
            page.lang = given.get("lang", "")
        elif tag == "h1":
            page.h1.append("")
        elif tag == "style":
            page.faults.append("inline style sheet")
        elif tag == "script":
            if "src" in given:
                page.scripts.append(given["src"])
            elif given.get("type") != "application/json":
                page.faults.append("inline script")
        elif tag == "link" and given.get("rel") == "stylesheet":
            page.styles.append(given["href"])
        elif tag == "a" and "download" not in given:
            page.links.append(given.get("href", ""))
        elif tag == "form" and given.get("method", "get").lower() == "get":
            page.links.append(given.get("action", ""))
        if tag == "h1" or (tag == "title" and not page.title):  # drawings have titles too
            self._within = tag

    def handle_endtag(self, tag: str) -> None:
        if self._within == tag:
            self._within = ""

    def handle_data(self, data: str) -> None:
        if self._within == "title":
            self.page.title += data
        elif self._within == "h1":
            self.page.h1[-1] += data


def read(text: str) -> Page:
    """The page as written."""
    reader = _Reader()
    reader.feed(text)
    reader.page.title = " ".join(reader.page.title.split())
    return reader.page


def problems(page: Page) -> list[str]:
    """What is wrong with the page by itself."""
    found = sorted(set(page.faults))
    if page.lang not in {"zh-Hans", "zh-CN"}:
        found.append(f"language is {page.lang!r}")
    if len(page.h1) != 1 or not page.h1[0].strip():
        found.append(f"{len(page.h1)} headings of the first level")
    if not page.title:
        found.append("no title")
    return found
