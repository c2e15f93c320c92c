"""A union of forty with groups and leaders, and forms to ask them with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from zhijia.core.access import Access
from zhijia.core.demo import SMALL, World
from zhijia.inquiries import rules, services
from zhijia.inquiries.models import Inquiry

CARD = "6222020000001234566"  # invented; its check digit is right
NEXT = timedelta(days=5)


@pytest.fixture
def world(make_world: Callable[..., World], monkeypatch: pytest.MonkeyPatch, today: date) -> World:
    monkeypatch.setenv("ZHIJIA_TODAY", today.isoformat())
    return make_world("members", members=40, profile=SMALL)


@pytest.fixture
def officer(world: World, by: Access) -> Access:
    return replace(by, union=world.union, person=world.officers["committee"][0].pk)


@pytest.fixture
def make_inquiry(world: World, officer: Access, today: date) -> Callable[..., Inquiry]:
    """`make_inquiry("account", groups=(…), state="open")`: a form from a pattern, opened unless said otherwise."""

    def make(code: str = "size", *, state: str = rules.OPEN, **more: Any) -> Inquiry:
        draft = replace(rules.TEMPLATES[code][1], first=today, last=today + NEXT, **more)
        inquiry = services.create(draft, union=world.union, by=officer, today=today)
        if state != rules.DRAFT:
            inquiry = services.move(inquiry, "open", by=officer, today=today)
        return inquiry

    return make
