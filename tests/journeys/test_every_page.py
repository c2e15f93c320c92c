"""Every page of the demo's real site: the HTML validator finds no error, axe nothing serious, nothing overflows.

The pages are those that tests/shell/crawl.py reaches, so that a new page is looked at as soon as something leads to it.
"""

import json
import re
import subprocess
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.journeys.browser import OFFICE, PHONE, chromium, logged_in, opened
from tests.shell.crawl import Answer, Visit, walk
from tests.shell.folder import ROOT
from tests.shell.test_access_matrix import EXPECTED, PUBLIC

pytestmark = pytest.mark.journey

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
VALIDATOR = ROOT / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
PEOPLE = {"zhuxi": "chair", "huiyuan": "member", "zuzhang": "group_leader", "kuaiji": "accountant"}
ALIKE = 1  # pages of one address name that axe looks at for one person; the validator reads them all
WHOLE = "zhuxi"  # whose pages axe sees at both sizes, light and dark; those of the others on a phone, light
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SERIOUS = {"serious", "critical"}
THUMB = 44  # px: what a thumb needs on a phone
SMALL = """least => [...document.querySelectorAll("button, select, summary, a.button, nav a, input, textarea")]
  .filter(one => !["hidden", "checkbox", "radio"].includes(one.type) && one.checkVisibility())
  .map(one => [one, one.getBoundingClientRect()])
  .filter(([one, box]) => box.width > 1 && box.height > 1 && box.height < least - 0.5)
  .map(([one, box]) => `${one.tagName} ${(one.innerText || one.name).slice(0, 12)}: ${Math.round(box.height)} px`)"""


@pytest.fixture(scope="module")
def tools() -> None:
    """Skipped (and failed by run.py in CI) where the locked checkers are not installed."""
    if not (AXE.exists() and VALIDATOR.exists()):
        pytest.skip("run `npm ci --ignore-scripts` first")


WALKED: dict[tuple[str, str], list[Visit]] = {}


def walked(context: BrowserContext, site: str, username: str) -> list[Visit]:
    """What the person reaches on the site, walked once; links that lead to an error fail."""
    if (site, username) not in WALKED:
        WALKED[site, username] = _walk(context, PEOPLE[username])
    return WALKED[site, username]


def _walk(context: BrowserContext, role: str) -> list[Visit]:

    def fetch(address: str) -> Answer:
        answer = context.request.get(address, max_redirects=0)
        kind = answer.headers.get("content-type", "")
        text = answer.text() if kind.startswith("text/html") else ""
        return Answer(answer.status, kind, text, answer.headers)

    found = walk([address for address, who in EXPECTED.values() if who == PUBLIC or role in who], fetch)
    assert found.broken == []
    assert found.visits
    return found.visits


def complaints(pages: dict[str, str], folder: Path, java: str) -> list[str]:
    """Errors that the validator finds in pages (address -> text), in one run."""
    addresses = list(pages)
    for number, text in enumerate(pages.values()):
        (folder / f"{number}.html").write_text(text, encoding="utf-8")
    command = [java, "-jar", str(VALIDATOR), "--format", "json", "--stdout", "--exit-zero-always", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
    found: dict[str, list[str]] = defaultdict(list)
    for one in json.loads(done.stdout)["messages"]:
        if one["type"] != "info":
            place = addresses[int(Path(one["url"]).stem)]
            found[re.sub("“[^”]*”", "“…”", one["message"], count=1)].append(
                f"{place}: {' '.join(one.get('extract', '').split())[:160]}"
            )
    return [f"{message} ({len(places)}), {places[0]}" for message, places in found.items()]


@pytest.mark.usefixtures("tools")
def test_the_validator_finds_no_error_in_any_page(site: str, tmp_path: Path, tool: Callable[[str], str]) -> None:
    pages: dict[str, str] = {}
    with chromium() as browser:
        for username in PEOPLE:
            context = logged_in(browser, site, username)
            pages |= {f"{username} {visit.address}": visit.answer.text for visit in walked(context, site, username)}
            pages[f"{username} 404"] = context.request.get("/absent/").text()
            context.close()
        fresh = opened(browser, site)
        pages["login"] = fresh.request.get("/login/").text()
    found = complaints(pages, tmp_path, tool("java"))
    assert not found, "\n".join(found)


def sample(visits: Iterable[Visit]) -> list[str]:
    """Addresses of which no more than `ALIKE` bear one name."""
    named: dict[str, list[str]] = defaultdict(list)
    for visit in visits:
        named[visit.name].append(visit.address)
    return [address for places in named.values() for address in places[:ALIKE]]


def serious(page: Page, *rules: str) -> list[str]:
    """What axe finds that is serious; `rules` limits it to those."""
    only: dict[str, Any] = {"type": "rule", "values": list(rules)} if rules else {"type": "tag", "values": RULES}
    options = {"runOnly": only, "resultTypes": ["violations"]}
    found = page.evaluate("options => axe.run(document, options)", options)["violations"]
    return [
        f"{one['id']}: {node['target'][0]} {node['failureSummary'].splitlines()[1].strip()[:140]}"
        for one in found
        if one["impact"] in SERIOUS
        for node in one["nodes"][:3]
    ]


def looked_at(page: Page, address: str, *, whole: bool) -> list[str]:
    """What is wrong with one page on a phone; `whole` at both sizes, light and dark."""
    found = []
    for size in (PHONE, OFFICE) if whole else (PHONE,):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        page.emulate_media(color_scheme="light", reduced_motion="reduce")
        if size is PHONE:
            page.goto(address)
            page.evaluate(AXE.read_text(encoding="utf-8"))
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wide > 0:
            found.append(f"{size['width']}: {wide} px wider than the screen")
        found += [f"{size['width']} light {one}" for one in serious(page)]
        if whole:
            page.emulate_media(color_scheme="dark")
            found += [f"{size['width']} dark {one}" for one in serious(page, "color-contrast")]
        if size is PHONE:
            found += [f"too small for a thumb: {one}" for one in page.evaluate(SMALL, THUMB)]
    return found


@pytest.mark.usefixtures("tools")
@pytest.mark.parametrize("username", PEOPLE)
def test_axe_finds_nothing_serious_at_either_size(site: str, username: str) -> None:
    wrong: dict[str, list[str]] = {}
    with chromium() as browser:
        context = logged_in(browser, site, username)
        page = context.new_page()
        heard: list[str] = []
        page.on("console", lambda said: heard.append(f"console: {said.text}") if said.type == "error" else None)
        page.on("pageerror", lambda error: heard.append(f"script: {error}"))
        page.on("request", lambda asked: None if asked.url.startswith((site, "data:")) else heard.append(asked.url))
        for address in sample(walked(context, site, username)):
            faults = looked_at(page, address, whole=username == WHOLE)
            if faults or heard:
                wrong[address] = [*faults, *heard]
                heard.clear()
    listed = "\n".join(f"{address}\n  " + "\n  ".join(faults) for address, faults in wrong.items())
    assert not wrong, f"{len(wrong)} pages:\n{listed}"
