"""A member of the demo with a login, and a clock that tests move."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest

from tests.shell.people import user_of
from zhijia.accounts.models import User
from zhijia.core.access import Access
from zhijia.core.demo import World
from zhijia.members.models import Person
from zhijia.shell import access


@dataclass(frozen=True)
class Somebody:
    """A person with a login, and the access that it has."""

    user: User
    person: Person
    by: Access


@pytest.fixture
def world(make_world: Callable[..., World], monkeypatch: pytest.MonkeyPatch, today: date) -> World:
    monkeypatch.setenv("ZHIJIA_TODAY", today.isoformat())
    return make_world("members", members=60)


@pytest.fixture
def somebody(world: World, today: date) -> Callable[..., Somebody]:
    """`somebody("chair")`: a person of the demo with that post and a login."""

    def make(role: str = "member") -> Somebody:
        user = user_of(world, role, today)
        return Somebody(user, Person.objects.get(user=user), access.for_user(user, today))

    return make
