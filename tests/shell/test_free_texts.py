"""Reasons of deeds that are about nobody alone may name somebody: none of them names whoever was erased any more."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tests.shell.people import client_of, user_of
from zhijia.core import audit, batches, person_keys, withdrawal
from zhijia.core.demo import World
from zhijia.core.models import AuditLine, PersonKey
from zhijia.members import placing
from zhijia.members import services as members
from zhijia.members.models import Person
from zhijia.shell import erasing
from zhijia.shell.access import for_user
from zhijia.unions import services as unions
from zhijia.unions.models import Group

NAME, NUMBER = "欧阳绝无仅有", "ZZ-0417"
MOVED, OTHER = f"接替{NAME}的工作", "按新的分工调整"


@pytest.fixture
def world(make_world: Callable[..., World], monkeypatch: pytest.MonkeyPatch, today: date) -> World:
    monkeypatch.setenv("ZHIJIA_TODAY", today.isoformat())
    return make_world("elections", members=60)


@pytest.fixture
def gone(world: World, today: date) -> Person:
    values = {"name": NAME, "sex": "male", "staff_no": NUMBER, "birth_on": date(1971, 5, 6),
              "admitted_on": date(2010, 1, 1), "left_on": date(2020, 1, 1), "leaving": "transferred"}  # fmt: skip
    [pk] = members.save_persons([values], union=world.union, by=world.by, today=today, origin="recorded")
    return Person.objects.get(pk=pk)


@pytest.fixture
def batch(world: World, today: date) -> Any:
    """Many people moved at once, twice: of the two reasons the first names somebody else."""
    people = [Person.objects.get(pk=human.pk).uid for human in world.members_on(today)]
    done = [
        placing.move_many(
            some, union=world.union, to=placing.To(None, "法规一处"), keep_group=True, on=today, reason=reason,
            by=world.by, today=today,
        )
        for some, reason in ((people[:3], MOVED), (people[3:6], OTHER))
    ]  # fmt: skip
    return done[0][1]


@pytest.fixture
def group(world: World, today: date) -> Group:
    """A group taken back for a reason with a staff number in it."""
    [pk] = unions.save_groups([{"name": "临时组", "rank": 99}], union=world.union, by=world.by, today=today)
    row = Group.objects.get(pk=pk)
    withdrawal.withdraw(row, reason=f"工号{NUMBER}登记错了", by=world.by, today=today)
    return row


def erase(world: World, person: Person, today: date) -> None:
    made = erasing.Decision("离会满五年，本人申请", "委员会第12次会议", today)
    erasing.erase(person, made, by=for_user(user_of(world, "chair", today), today), today=today)


def everything() -> str:
    return "".join(str(line.told) for line in person_keys.opened(AuditLine.objects.all()))


def test_such_a_reason_is_read_until_it_names_somebody_who_is_erased(
    world: World, gone: Person, batch: Any, group: Group, today: date
) -> None:
    assert NAME not in "".join(str(line.changes) for line in AuditLine.objects.all())
    reader = client_of(user_of(world, "vice_chair", today))
    page = reader.get("/audit/").content.decode()
    for text in (MOVED, OTHER):
        assert text in page
    assert f"工号{NUMBER}登记错了" in everything()
    counts = batches.written(batch)
    erase(world, gone, today)
    page = reader.get("/audit/").content.decode()
    assert OTHER in page
    for text in (NAME, NUMBER):
        assert text not in page
        assert text not in everything()
    assert batches.written(batch) == counts  # the numbers stand, and so does what proves them
    assert audit.verify() == []


def test_the_key_of_a_reason_is_nobodys_and_each_has_its_own(world: World, batch: Any, today: date) -> None:
    keys = list(PersonKey.objects.filter(person_id__lt=0).values_list("person_id", flat=True))
    assert len(keys) == len(set(keys)) == 2
    line = AuditLine.objects.filter(verb="members.people.moved").latest("seq")
    assert line.changes["reason"].keys() == {"of", "sealed"}
    assert line.changes["on"] == today.isoformat()
