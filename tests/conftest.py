"""What every test may ask for: a fixed day, an access, and the demo up to a room."""

import os
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from django.db import connection

from tests import migrated, worlds
from zhijia.core.access import Access
from zhijia.core.demo import FULL, World
from zhijia.core.feature_types import Scope


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> Iterator[None]:
    """The test database begins as a copy of a migrated one; pytest-django's `migrate` finds nothing left to do."""
    if connection.vendor == "postgresql":
        connection.settings_dict["TEST"]["TEMPLATE"] = migrated.template_on(os.environ["DATABASE_URL"])
        yield
    else:
        with migrated.in_memory(connection.creation._get_test_db_name()):
            yield


@pytest.fixture
def today() -> date:
    """The day on which tests happen."""
    return date(2026, 11, 20)


@pytest.fixture
def by(today: date) -> Access:
    """The terminal's access."""
    return Access(union=0, on=today, name="测试")


@pytest.fixture
def make_world(db: None, by: Access, today: date) -> Callable[..., World]:
    """`make_world("care", members=60, profile="full")`: the demo built by every room up to the named one."""

    def build(upto: str, members: int, profile: str) -> World:
        from zhijia.features import FEATURES

        world = World(today=today, by=by, profile=profile, members=members)
        for feature in FEATURES:
            if feature.demo:
                feature.demo(world)
            if feature.slug == upto:
                break
        return world

    def make(upto: str = "members", *, members: int = 120, profile: str = FULL) -> World:
        return worlds.of((upto, members, profile, today, by), lambda: build(upto, members, profile))

    return make


@pytest.fixture
def scope_of(today: date) -> Callable[..., Scope]:
    """`scope_of(world)`: the demo's term as a scope; `first` and `end` may be given."""

    def make(world: World, first: date | None = None, end: date | None = None) -> Scope:
        number = max(world.terms)
        return Scope(world.union, first or world.first, end or world.end, today, f"第{number}届", number)

    return make
