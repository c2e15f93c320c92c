"""Every page that a role can reach: few queries, no inline code, no foreign host, small, titled, all headers."""

import gzip
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.urls import get_resolver

from tests.shell import html
from tests.shell.crawl import Answer, Visit, Walk, walk
from tests.shell.people import client_of, user_of
from tests.shell.test_access_matrix import EXPECTED, PUBLIC, addresses
from zhijia.core.demo import World
from zhijia.features import FEATURES

WALKERS = ("chair", "accountant", "group_leader", "member")
QUERIES = 15
FIRST_LOAD = 150 * 1024
# Addresses that no link of a fresh union leads to: what has to happen first, or who asks.
LATER = {
    "shell:capital": "core/app.js asks",
    "shell:components": "while developing only",
    "shell:file": "after an upload to a record",
    "shell:unfile": "after an upload to a record",
    "shell:restore": "after a withdrawal",
    "shell:import_batch": "after an import",
    "shell:import_undo": "after an import",
    "shell:import_preview": "after an upload",
    "shell:import_columns": "after an upload",
    "shell:import_marked": "after an upload",
    "shell:import_confirm": "after an upload",
    "shell:import_discard": "after an upload",
    "members:duplicate": "where two rows look alike",
    "members:dismiss": "where two rows look alike",
    "members:judged": "after a pair was judged",
    "shell:roster": "after an upload",
    "shell:roster_columns": "after an upload",
    "shell:roster_confirm": "after an upload",
    "shell:roster_discard": "after an upload",
    "shell:job": "after long work",
    "shell:job_again": "after long work",
    "shell:package_version": "after a package",
    "shell:package_file": "after a package",
    "shell:package_zip": "after a package",
    "shell:package_confirm": "after a package",
    "shell:package_compare": "after a package",
    "shell:package_drift": "after a package",
    "shell:exported": "after long work",
    "members:write_in_alike": "the form of a paper application asks while it is filled in",
    "members:transfer_in_alike": "the form of a transfer asks while it is filled in",
    "members:pick_successor": "the forms of a hand-over ask while they are filled in",
    "members:leave": "from the hand-over, which asks for the password first",
    "members:stop_visit": "after a visit was opened",
    "members:apply": "from the navigation of somebody who is no member yet",
}
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
    """A fetch that counts queries; where they are many, those of a second visit: what is computed once is there."""

    queries = 0

    def count(execute: Callable[..., Any], *words: Any) -> Any:
        nonlocal queries
        queries += 1
        return execute(*words)

    def fetch(address: str) -> Answer:
        nonlocal queries
        for _visit in range(2):
            queries = 0
            with connection.execute_wrapper(count):
                answer = client.get(address)
            if queries <= QUERIES:
                break
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
        client = client_of(user_of(world, role, today))
        client.raise_request_exception = False  # a page that falls is a fault like others
        walked = walk(starts(role), asked(client))
        assert walked.visits, f"{role} reached nothing"
        names |= walked.names
        for visit in walked.visits:
            for fault in faults(visit):
                wrong[f"{visit.name} {visit.address}: {fault}"].add(role)
        for fault in [*walked.broken, *twins(walked)]:
            wrong[fault].add(role)
    for name in sorted(set(addresses(get_resolver().url_patterns)) - names - set(LATER)):
        wrong[f"{name}: no link and no form leads there"].add("nobody")
    listed = "\n".join(f"{fault} ({'、'.join(sorted(roles))})" for fault, roles in wrong.items())
    assert not wrong, f"{len(wrong)} faults:\n{listed}"


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
