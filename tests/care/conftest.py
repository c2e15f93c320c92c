from collections.abc import Callable
from datetime import date

import pytest

from zhijia.core.feature_types import Scope
from zhijia.members import services as members
from zhijia.standards import services as standards

NAMES = ("周建民", "李秀英", "王小明")


@pytest.fixture
def world(make_world, by, today):
    """A union of three named members under the invented province's rules; `world.people_by_name` gives their keys."""
    made = make_world("unions", members=0)
    standards.import_pack("jiangzhou", union=made.union, by=by, today=today)
    rows = [
        {"name": name, "sex": "male", "birth_on": date(1980, 1, 1 + place), "staff_no": f"00{place}",
         "department": "办公室", "hired_on": date(2005, 1, 1), "admitted_on": date(2005, 2, 1)}
        for place, name in enumerate(NAMES)
    ]  # fmt: skip
    made.books["people"] = dict(zip(NAMES, made.save(members.save_persons, rows), strict=True))
    return made


@pytest.fixture
def who(world) -> Callable[[str], int]:
    return lambda name: world.books["people"][name]


@pytest.fixture
def scope(world, today) -> Scope:
    return Scope(world.union, world.first, world.end, today, "第五届", 5)
