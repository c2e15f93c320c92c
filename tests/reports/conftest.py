"""The demo and its package, built once for all tests that only look at them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from zhijia.core.access import Access
from zhijia.core.demo import World
from zhijia.core.feature_types import Scope
from zhijia.features import FEATURES
from zhijia.reports import package
from zhijia.reports.package import PackageResult


@pytest.fixture
def demo_world(make_world: Callable[..., World]) -> World:
    """The full demo, every room."""
    return make_world(FEATURES[-1].slug, members=260)


@pytest.fixture
def built(demo_world: World, scope_of: Callable[..., Scope], by: Access, tmp_path: Path) -> PackageResult:
    """The demo's package."""
    return package.build(scope_of(demo_world), out=tmp_path / "out", by=by)
