"""The demo and its package, built once for all tests that only look at them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import timezone

from zhijia.core.access import Access
from zhijia.core.demo import World
from zhijia.core.feature_types import Scope
from zhijia.features import FEATURES
from zhijia.reports import package
from zhijia.reports.drafts import writing
from zhijia.reports.models import Draft
from zhijia.reports.package import PackageResult


@pytest.fixture
def demo_world(make_world: Callable[..., World]) -> World:
    """The full demo, every room."""
    return make_world(FEATURES[-1].slug, members=260)


@pytest.fixture
def built(demo_world: World, scope_of: Callable[..., Scope], by: Access, tmp_path: Path) -> PackageResult:
    """The demo's package."""
    return package.build(scope_of(demo_world), out=tmp_path / "out", by=by)


@pytest.fixture
def drafted(make_world: Callable[..., World], scope_of: Callable[..., Scope], monkeypatch: pytest.MonkeyPatch) -> Draft:
    """A draft begun from the records of a smaller demo, still in its first stage."""
    world = make_world("members", members=60)
    monkeypatch.setenv("ZHIJIA_TODAY", world.today.isoformat())
    return writing.start(package.prepare(scope_of(world)), by=access_of(world), now=timezone.now())


def access_of(world: World, name: str = "刘少华", user: int = 1) -> Access:
    """Somebody who may do everything with the report."""
    permissions = frozenset({"reports.view", "reports.edit", "reports.confirm"})
    return Access(union=world.union, on=world.today, user=user, name=name, permissions=permissions)
