"""Who is told that an application waits: the own leader, then the committee; and newcomers who have not applied."""

from dataclasses import replace
from datetime import timedelta

import pytest

from zhijia.members import joining, services
from zhijia.members.admission_reminders import reminders
from zhijia.members.models import Newcomer, Person, Post


@pytest.fixture
def world(make_world):
    return make_world("members", members=60)


@pytest.fixture
def applied(world, by, today):
    """Somebody of a group that has a leader, whose application waits for the remark."""
    group = Post.objects.in_union(world.union).filter(office=Post.Office.GROUP_LEADER, end=None).first().group_id
    row = {"name": "周新来", "staff_no": "N900", "department": "办公室", "arrived_on": today - timedelta(days=20)}
    pk = services.save_newcomers([row], union=world.union, by=by, today=today)[0]
    entry = joining.Entry({"sex": "female"}, group=group)
    person = joining.enter(Newcomer.objects.get(pk=pk), entry, by=by, today=today)
    return joining.apply(person, on=today, by=by, today=today)


def told(access, today):
    """The to-dos, without those about who waits in the demo."""
    return [one.text for one in reminders(access, today) if "欧阳晓晨" not in one.text]


def test_an_application_is_a_to_do_of_its_leader_then_of_the_committee(world, by, today, applied):
    group = applied.person.group_id
    leader = replace(by, union=world.union, permissions=frozenset({"members.led"}), groups=frozenset({group}))
    other = replace(leader, groups=frozenset({-1}))
    office = replace(by, union=world.union, permissions=frozenset({"members.edit", "members.led"}), groups=frozenset())
    assert told(leader, today) == ["周新来申请入会，请签小组意见"]
    assert told(other, today) == []
    assert not [text for text in told(office, today) if "周新来" in text]
    joining.remark(applied, text="同意入会", by=leader, today=today)
    assert told(leader, today) == []
    assert [text for text in told(office, today) if text.startswith("2份入会申请等委员会批准") and "周新来" in text]


def test_where_no_leader_can_remark_the_office_is_told(world, by, today, applied):
    office = replace(by, union=world.union, permissions=frozenset({"members.edit", "members.led"}), groups=frozenset())
    Post.objects.in_union(world.union).filter(group=applied.person.group_id).update(end=today)
    assert "周新来申请入会，没有小组长可签意见，请代签" in told(office, today)
    Person.objects.filter(pk=applied.person_id).update(group=None)
    assert "周新来申请入会，没有小组长可签意见，请代签" in told(office, today)


def test_newcomers_who_have_not_applied_are_due_when_the_first_ought_to_be_a_member(world, by, today):
    rows = [
        {"name": name, "staff_no": f"N90{days}", "department": "办公室", "arrived_on": today - timedelta(days=days)}
        for name, days in (("周新来", 3), ("吴后到", 1))
    ]
    services.save_newcomers(rows, union=world.union, by=by, today=today)
    office = replace(by, union=world.union, permissions=frozenset({"members.edit"}), groups=frozenset())
    found = [one for one in reminders(office, today) if "还没有申请入会" in one.text]
    assert len(found) == 1
    assert "周新来" in found[0].text
    assert found[0].due == today - timedelta(days=3) + timedelta(days=joining.ADMIT.usual)
    assert found[0].url == "/members/admissions/"


def test_who_neither_leads_nor_keeps_the_register_is_told_nothing(world, by, today, applied):
    assert told(replace(by, union=world.union, permissions=frozenset(), groups=frozenset()), today) == []
