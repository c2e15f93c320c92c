"""Every page that a role can reach: few queries, no inline code, no foreign host, small, titled, all headers."""

import gzip
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver

from tests.shell import html
from tests.shell.crawl import Answer, Visit, Walk, walk
from tests.shell.people import client_of, user_of
from tests.shell.test_access_matrix import EXPECTED, PUBLIC, addresses
from zhijia.core.demo import World
from zhijia.features import FEATURES

WALKERS = ("chair", "accountant", "group_leader", "member", "operator")
QUERIES = 15
FIRST_LOAD = 150 * 1024
HEADERS = {
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@pytest.fixture
def world(make_world: Callable[..., World], monkeypatch: pytest.MonkeyPatch, today: date) -> World:
    monkeypatch.setenv("ZHIJIA_TODAY", today.isoformat())
    return make_world(FEATURES[-1].slug, members=80)


def starts(role: str) -> list[str]:
    """Where a role's walk begins: what the access matrix says it may open."""
    return [address for address, who in EXPECTED.values() if who == PUBLIC or role in who]


def asked(client: Client) -> Callable[[str], Answer]:
    """A fetch that counts the queries of the second visit, when what is computed once is there."""

    def fetch(address: str) -> Answer:
        answer = client.get(address)
        queries = 0
        if answer.status_code == 200 and not answer.streaming:
            with CaptureQueriesContext(
                connection,
            ) as caught:
                answer = client.get(address)
            queries = len(caught)
        text = "" if answer.streaming else answer.content.decode(errors="replace")
        kind = answer.headers.get("Content-Type", "")
        return Answer(answer.status_code, kind, text, answer.headers, queries)

    return fetch


@cache
def packed(address: str) -> int | None:
    """Compressed size of a static file; None where there is no such file."""
    found = finders.find(urlsplit(address).path.removeprefix("/static/"))
    return len(gzip.compress(Path(str(found)).read_bytes(), 6)) if found else None


def first_load(visit: Visit) -> list[str]:
    """What is wrong with the page and the style sheets and scripts that it loads: too much, or not there."""
    files = [*visit.page.styles, *visit.page.scripts]
    size = len(gzip.compress(visit.answer.text.encode(), 6)) + sum(packed(file) or 0 for file in files)
    found = [f"loads {file}, which is not there" for file in files if packed(file) is None]
    return [*found, f"first load of {size // 1024} KB"] if size > FIRST_LOAD else found


def faults(visit: Visit) -> list[str]:
    """What is wrong with one page."""
    found = html.problems(visit.page)
    policy = visit.answer.headers.get("Content-Security-Policy", "")
    if "default-src 'none'" not in policy or "script-src 'self'" not in policy or "unsafe" in policy:
        found.append(f"content policy is {policy!r}")
    for name, value in HEADERS.items():
        if visit.answer.headers.get(name) != value:
            found.append(f"header {name} is {visit.answer.headers.get(name)!r}")
    if visit.answer.queries > QUERIES:
        found.append(f"{visit.answer.queries} queries")
    return [*found, *first_load(visit)]


def twins(walked: Walk) -> list[str]:
    """Different pages that bear the same title."""
    titled = defaultdict(list)
    for visit in walked.visits:
        titled[visit.page.title].append(visit.address)
    return [f"title {title!r}: {', '.join(places[:4])}" for title, places in titled.items() if len(places) > 1]


def test_every_page_keeps_what_is_promised(world: World, today: date) -> None:
    wrong: dict[str, set[str]] = defaultdict(set)
    names: set[str] = set()
    for role in WALKERS:
        walked = walk(starts(role), asked(client_of(user_of(world, role, today))))
        assert walked.visits, f"{role} reached nothing"
        names |= walked.names
        for visit in walked.visits:
            for fault in faults(visit):
                wrong[f"{visit.name} {visit.address}: {fault}"].add(role)
        for fault in [*walked.broken, *twins(walked)]:
            wrong[fault].add(role)
    for name in sorted(set(addresses(get_resolver().url_patterns)) - names):
        wrong[f"{name}: no link and no form leads there"].add("nobody")
    assert [f"{fault} ({'、'.join(sorted(roles))})" for fault, roles in wrong.items()] == []


def test_a_page_is_read_with_its_faults() -> None:
    page = html.read(
        '<html lang="zh-Hans"><title>甲</title><svg><title>图</title></svg><h1>甲</h1><p style="x" onclick="y">'
        '<a href="https://evil.example/">去</a><script>1</script><script src="/static/a.js"></script>'
    )
    assert (page.title, page.h1, page.scripts) == ("甲", ["甲"], ["/static/a.js"])
    assert html.problems(page) == [
        "<a href> leads to another host: https://evil.example/",
        "attribute onclick= on <p>",
        "attribute style= on <p>",
        "inline script",
    ]
