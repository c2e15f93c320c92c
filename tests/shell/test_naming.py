"""Names found narrowly, for a form, mean what they mean in an import, which reads all names."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from zhijia.core import naming
from zhijia.core.demo import World
from zhijia.core.lookup import Lookup
from zhijia.members import services as members
from zhijia.shell.registers import REGISTERS


@pytest.fixture
def world(make_world: Callable[..., World]) -> World:
    return make_world("elections", members=100)


def test_the_narrow_way_finds_what_the_wide_way_finds(world: World, today: date) -> None:
    wrong = []
    for register in REGISTERS:
        records = register.sheet.records
        if not records.handles or not records.tenant:
            continue
        wide = Lookup(world.union, today)
        pks = list(records.model._default_manager.in_union(world.union).values_list("pk", flat=True)[:40])
        spoken = {*naming.texts(register.sheet, world.union, pks).values()}
        spoken |= {*naming.describe(records, world.union, pks).values(), "查无此名", "2024", "第五届"}
        wrong += [
            (register.sheet.name, text)
            for text in spoken
            if set(wide.find(records, text)) != set(naming.find(records, world.union, text))
        ]
    assert wrong == []


def test_texts_mean_one_row_each(world: World, today: date) -> None:
    twins = [
        {
            "name": "孪生甲",
            "sex": "male",
            "staff_no": "",
            "birth_on": date(1980, 1, number),
            "department": f"处室{number}",
        }
        for number in (1, 2)
    ]
    pks = members.save_persons(twins, union=world.union, by=world.by, today=today)
    sheet: Any = next(register.sheet for register in REGISTERS if register.label == "members.Person")
    texts = naming.texts(sheet, world.union, pks)
    assert sorted(texts.values()) == ["孪生甲（处室1）", "孪生甲（处室2）"]
    assert naming.find(sheet.records, world.union, "孪生甲") == sorted(pks)
    for pk, text in texts.items():
        assert naming.find(sheet.records, world.union, text) == [pk]


def test_a_name_costs_one_query(world: World, today: date) -> None:
    with CaptureQueriesContext(connection) as asked:
        assert naming.find(members.PERSONS, world.union, world.people[0].name)
    assert len(asked) == 1
