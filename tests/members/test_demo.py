from zhijia.core import facts
from zhijia.members.facts import FACTS
from zhijia.members.models import Person, Post


def test_the_demo_register_has_about_260_members_and_a_leader_for_every_group(make_world, scope_of):
    world = make_world("members", members=260)
    active = Person.objects.in_union(world.union).members_on(world.today).count()
    assert 245 <= active <= 275
    assert Post.objects.filter(office=Post.Office.GROUP_LEADER, end=None).count() == len(world.groups) == 11
    values = facts.compute(FACTS, scope_of(world), cache=False)
    assert values["members.active"].value == active
    rate = values["members.admitted_rate"].value
    assert rate.num == rate.den > 10
    assert values["groups.with_leader"].value.num == 11
