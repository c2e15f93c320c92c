"""Every page that a person can reach: from the addresses of the access matrix along all links.

Pages are told apart by address name and arguments; of arguments that name a record (编号, number) one is enough. So a
new page is taken in as soon as something leads to it, and one that nothing leads to is told.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.urls import Resolver404, resolve

from tests.shell import html

RECORD = re.compile(r"[0-9]+|[0-9a-f]{8}-[0-9a-f-]{27}")
FREE = {"key"}  # arguments that name one of many alike: facts, claims


@dataclass(frozen=True)
class Answer:
    """What an address answered."""

    status: int
    kind: str
    text: str
    headers: Mapping[str, str]
    queries: int = 0

    @property
    def is_page(self) -> bool:
        """An HTML page that can be shown."""
        return self.status == 200 and self.kind.startswith("text/html")


@dataclass(frozen=True)
class Visit:
    """A page that was reached."""

    name: str
    address: str
    answer: Answer
    page: html.Page


@dataclass
class Walk:
    """The pages reached, names that were seen in any way, and addresses that led to an error."""

    visits: list[Visit]
    names: set[str]
    broken: list[str]


def place(address: str) -> tuple[str, str] | None:
    """The name of an address and what tells it apart from its like; None where it is none of ours."""
    try:
        match = resolve(urlsplit(address).path)
    except Resolver404:
        return None
    given: list[Any] = [*match.args, *(value for name, value in match.kwargs.items() if name not in FREE)]
    words = [str(value) for value in given if not RECORD.fullmatch(str(value))]
    return match.view_name, "/".join(words)


def walk(starts: Iterable[str], fetch: Callable[[str], Answer], *, most: int = 5000) -> Walk:
    """Follow links breadth first from `starts`; `fetch` answers an address as one person."""
    found, done, waiting = Walk([], set(), []), set(), deque((start, "") for start in starts)
    tries: dict[tuple[str, str], int] = {}
    while waiting:
        address, origin = waiting.popleft()
        spot = place(address)
        if spot is None:
            if origin and not address.startswith("/static/"):
                found.broken.append(f"{origin} leads to {address}, which is no address")
            continue
        found.names.add(spot[0])
        if spot in done or address in done or tries.get(spot, 0) >= 3:
            continue
        tries[spot] = tries.get(spot, 0) + 1
        done.add(address)
        answer = fetch(address)
        if answer.status >= 500 or (answer.status >= 400 and origin and answer.status != 405):
            found.broken.append(f"{origin or 'the matrix'} leads to {address}, which answers {answer.status}")
        if answer.status < 400 or answer.status == 405:
            done.add(spot)
        if not answer.is_page:
            continue
        assert len(done) <= most, "this walk has no end"
        page = html.read(answer.text)
        found.visits.append(Visit(spot[0], address, answer, page))
        for link in page.named:
            known = place(urljoin(address, link))
            if known:
                found.names.add(known[0])
        for link in page.links:
            target = urlsplit(urljoin(address, link))
            if link and not link.startswith("#") and not target.netloc and not target.scheme:
                waiting.append((target.path, address))
    return found
