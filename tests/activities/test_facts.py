"""Each fact against the records themselves, each claim in its three states."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.activities.conftest import House
from zhijia.activities.facts import CLAIMS, FACTS
from zhijia.activities.models import Activity, Donation, HobbyMember, Honour
from zhijia.core import claims, evidence, facts
from zhijia.core.claims import ClaimValue
from zhijia.core.cube import Rate
from zhijia.core.demo import World
from zhijia.core.facts import FactValue
from zhijia.core.feature_types import COUNT, DISTINCT, HOLDS, ITEMS, RATE, REFUTED, TOTAL, UNKNOWN, WHO, FactSpec, Scope

Build = Callable[..., World]
ScopeOf = Callable[..., Scope]


def values(house: House) -> dict[str, FactValue]:
    return facts.compute(FACTS, house.scope, cache=False)


def judged(house: House) -> dict[str, ClaimValue]:
    return {claim.key: claim for claim in claims.judge(CLAIMS, house.scope, values(house))}


def by_hand(spec: FactSpec, scope: Scope) -> int | Rate:
    """The measure over the listed evidence, in plain Python."""
    rows = list(evidence.rows(spec, scope))
    if spec.measure in (COUNT, ITEMS):
        return len(rows)
    if spec.measure == DISTINCT:
        return len({row.who for row in rows})
    if spec.measure == TOTAL:
        return sum(row.fen or 0 for row in rows)
    if spec.of == WHO:
        return Rate(len({row.who for row in rows if row.met}), len({row.who for row in rows}))
    assert spec.measure == RATE
    return Rate(sum(bool(row.met) for row in rows), len(rows))


def test_every_fact_is_what_its_evidence_adds_up_to(make_world: Build, scope_of: ScopeOf) -> None:
    scope = scope_of(make_world("activities", members=90))
    measured = facts.compute(FACTS, scope, cache=False)
    for spec in FACTS:
        if isinstance(spec, FactSpec) and not spec.per:
            assert measured[spec.key].value == by_hand(spec, scope), spec.key


def test_years_add_up_to_the_term(make_world: Build, scope_of: ScopeOf) -> None:
    measured = facts.compute(FACTS, scope_of(make_world("activities", members=60)), cache=False)
    for spec in FACTS:
        if isinstance(spec, FactSpec) and not spec.rows.since and spec.measure != DISTINCT:
            found = measured[spec.key]
            years = found.by["year"].values()
            if isinstance(found.value, Rate):
                assert Rate(sum(year.num for year in years), sum(year.den for year in years)) == found.value, spec.key
            else:
                assert sum(years) == found.value, spec.key


def test_amounts_people_and_places_are_those_of_the_tables(make_world: Build, scope_of: ScopeOf) -> None:
    found = facts.compute(FACTS, scope_of(make_world("activities", members=90)), cache=False)
    gifts = list(Donation.objects.values_list("kind", "people", "amount_fen", "goods", "ml"))
    assert found["activities.donation_amount"].value == sum(row[2] for row in gifts if row[0] == "cash")
    assert found["activities.donation_goods"].value == sum(row[3] for row in gifts if row[0] == "goods")
    assert found["activities.blood_volume"].value == sum(row[4] for row in gifts if row[0] == "blood")
    assert found["activities.donation_people"].value == sum(row[1] for row in gifts if row[0] != "blood")
    assert found["activities.blood_people"].value == sum(row[1] for row in gifts if row[0] == "blood")
    deeds = list(Activity.objects.values_list("kind", "attended", "cost_fen", "hobby"))
    assert found["activities.count"].value == len(deeds)
    assert found["activities.people_times"].value == sum(row[1] for row in deeds)
    assert found["activities.hobby_money"].value == sum(row[2] for row in deeds if row[3])
    assert found["activities.hobby_sessions"].value == sum(1 for row in deeds if row[3])
    assert found["honours.count"].value == Honour.objects.filter(kind="honour").count()
    now = HobbyMember.objects.filter(left_on=None).values_list("person", "person__sex").distinct()
    women = sum(1 for _person, sex in now if sex == "female")
    assert found["activities.hobby_members"].value == len(now)
    assert found["activities.hobby_women_share"].value == Rate(women, len(now))


def test_signatures_count_where_no_number_was_written(house: House, day: date) -> None:
    listed = house.save("activities", title="观影", on=day, kind="culture", attended=None)
    people = [human.pk for human in house.world.people[:4]]
    for number, person in enumerate(people):
        house.save("participations", activity=listed, person=person, present=number > 0)
    house.save("activities", title="春游", on=day, kind="outing", attended=30)
    assert values(house)["activities.people_times"].value == 33


def test_turnout_needs_an_invitation_and_never_passes_all(house: House, day: date) -> None:
    assert values(house)["activities.turnout"].value == Rate(0, 0)
    house.save("activities", title="没有应到人数", on=day, attended=30, invited=None)
    assert values(house)["activities.turnout"].value == Rate(0, 0)
    house.save("activities", title="来了一半", on=day, attended=20, invited=40)
    house.save("activities", title="家属也来了", on=day, attended=25, invited=20)
    assert values(house)["activities.turnout"].value == Rate(40, 60)


def test_a_group_that_did_not_meet_for_a_year_refutes_that_all_are_active(house: House) -> None:
    assert judged(house)["claims.hobby_groups_active"].state == UNKNOWN
    first = house.save("hobby_groups", name="乒乓球小组", sort="sport", founded_on=date(2013, 3, 1))
    house.save("hobby_groups", name="围棋小组", sort="culture", founded_on=date(2013, 3, 1))
    house.save("hobby_groups", name="桥牌小组", sort="culture", founded_on=date(2013, 3, 1), ended_on=date(2022, 3, 1))
    house.save("activities", title="小组活动", on=date(2026, 6, 1), hobby=first, cost_fen=5000)
    found = judged(house)["claims.hobby_groups_active"]
    assert found.state == REFUTED
    assert len(found.missing) == 1
    assert "围棋小组" in found.missing[0]
    assert values(house)["activities.hobby_money"].value == 5000
    assert values(house)["activities.hobby_groups"].value == 2


@pytest.mark.parametrize(
    ("key", "kind", "on", "late"),
    [
        ("claims.yearly_women_day", "women_day", (3, 8), (5, 1)),
        ("claims.yearly_gathering", "gathering", (1, 20), (9, 1)),
        ("claims.yearly_sports_meet", "sports_meet", (10, 1), None),
    ],
)
def test_a_yearly_claim_holds_until_one_year_is_missing_or_out_of_season(
    house: House, key: str, kind: str, on: tuple[int, int], late: tuple[int, int] | None
) -> None:
    for year in range(2021, 2027):
        house.save("activities", title=f"{year}", on=date(year, *on), kind=kind)
    assert judged(house)[key].state == HOLDS
    moved = Activity.objects.get(title="2023")
    if late:
        Activity.objects.filter(pk=moved.pk).update(on=date(2023, *late))
    else:
        Activity.objects.filter(pk=moved.pk).update(withdrawn_on=date(2024, 1, 1))
    found = judged(house)[key]
    assert found.state == REFUTED
    assert len(found.missing) == 1
    assert found.missing[0].startswith("2023年")


def test_often_means_at_least_twice(house: House, day: date) -> None:
    row = {"contest": "省级机关乒乓球赛", "level": "province", "kind": "placing", "event": "table_tennis", "on": day}
    house.save("honours", title="团体第二名", rank=2, team=True, **row)
    assert judged(house)["claims.table_tennis_often"].state == REFUTED
    house.save("honours", title="单打第一名", rank=1, team=False, **row)
    assert judged(house)["claims.table_tennis_often"].state == HOLDS
    assert values(house)["activities.placings"].by["team"] == {"no": 1, "yes": 1}


def test_an_honour_kept_for_history_is_not_told(house: House, day: date) -> None:
    house.save("honours", title="旧时先进单位", on=day, level="street", subject="unit", historical=True)
    house.save("honours", title="文明单位", on=day, level="street", subject="unit", historical=False)
    found = values(house)
    assert found["honours.count"].by["title"] == {"文明单位": 1}
    assert found["honours.historical"].value == 1


def test_the_room_costs_few_queries(make_world: Build, scope_of: ScopeOf) -> None:
    scope = scope_of(make_world("activities", members=60))
    assert facts.query_count(FACTS, scope) <= 14
    with CaptureQueriesContext(
        connection,
    ) as captured:
        facts.compute(FACTS, scope, cache=False)
    assert len(captured) <= 14
