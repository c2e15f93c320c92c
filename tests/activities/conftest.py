"""A small union of a few people in which tests record single activities."""

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

import pytest

from zhijia.activities import services
from zhijia.core.access import Access
from zhijia.core.demo import World
from zhijia.core.feature_types import Scope

Save = Callable[..., list[int]]


class House(NamedTuple):
    """The world without any activity of its own, its term as scope, and how to record rows in it."""

    world: World
    scope: Scope
    by: Access

    def save(self, table: str, **row: Any) -> int:
        """Record one row through the room's service `save_<table>`; return its pk."""
        save: Save = getattr(services, f"save_{table}")
        return save([row], union=self.world.union, by=self.by, today=self.world.today)[0]


@pytest.fixture
def house(make_world: Callable[..., World], scope_of: Callable[..., Scope], by: Access) -> House:
    """Sixty people of the demo's register and nothing done yet."""
    world = make_world("members", members=60)
    return House(world, scope_of(world), by)


@pytest.fixture
def day() -> date:
    """A day inside the term."""
    return date(2024, 5, 18)
