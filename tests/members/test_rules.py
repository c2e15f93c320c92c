"""Membership on a day: the rule for one row says what the query says."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhijia.core.demo import World
from zhijia.members.models import Person
from zhijia.members.rules import Dates

DAYS = st.dates(date(2019, 1, 1), date(2022, 12, 31))


@given(DAYS, st.none() | DAYS, st.none() | DAYS, DAYS)
def test_rights_begin_with_admission_and_end_once(admitted, retained, left, on):
    member = Dates(admitted, retained, left).full_on(on)
    ends = [day for day in (retained, left) if day]
    assert member == (admitted <= on and all(on < day for day in ends))
    assert not Dates(None, retained, left).full_on(on)


@pytest.mark.django_db
def test_the_rule_and_the_query_agree_for_everybody(make_world, today) -> None:
    world: World = make_world("members", members=80)
    for on in (today, date(2021, 6, 30), world.first, today - timedelta(days=700)):
        asked = set(Person.objects.in_union(world.union).members_on(on).values_list("pk", flat=True))
        rows = Person.objects.in_union(world.union)
        said = {row.pk for row in rows if row.dates.full_on(on)}
        assert asked == said
