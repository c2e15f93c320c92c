"""Aid cases without consent or ground in law are found; with it, and only while it holds, they are not."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from zhijia.care import services as care
from zhijia.care.ground_checks import grounds
from zhijia.core.demo import World
from zhijia.core.outcomes import Refused
from zhijia.members.ground_records import save_consents


@pytest.fixture
def world(make_world: Callable[..., World]) -> World:
    return make_world("members", members=60)


APPLIED = date(2025, 3, 3)


@pytest.fixture
def case(world: World, today: date) -> int:
    person = world.members_on(APPLIED)[0].pk
    row = {"person": person, "applied_on": APPLIED, "cause": "schooling", "illness": "术后"}
    care.save_aid([row], union=world.union, by=world.by, today=today)
    return person


def consent(world: World, today: date, person: int, purpose: str, **given: Any) -> None:
    row = {"person": person, "purpose": purpose, "ground": "consent", "given_on": APPLIED, "ended_on": None, "text": ""}
    save_consents([row | given], union=world.union, by=world.by, today=today)


def test_without_any_both_are_missing(world: World, case: int, scope_of: Callable[..., Any], today: date) -> None:
    (finding,) = grounds(scope_of(world))
    assert "本人、家庭成员" in finding.message
    assert (finding.then, finding.now) == (True, True)
    assert "术后" not in str(finding)


def test_consent_of_the_person_and_the_guardian_is_enough(
    world: World, case: int, scope_of: Callable[..., Any], today: date
) -> None:
    consent(world, today, case, "aid")
    (finding,) = grounds(scope_of(world))
    assert "本人" not in finding.message
    consent(world, today, case, "child", ground="guardian")
    assert list(grounds(scope_of(world))) == []


def test_consent_that_came_later_or_was_taken_back_is_none(
    world: World, case: int, scope_of: Callable[..., Any], today: date
) -> None:
    consent(world, today, case, "aid", given_on=date(2025, 3, 4))
    consent(world, today, case, "family", given_on=date(2025, 1, 1), ended_on=date(2025, 2, 1))
    (finding,) = grounds(scope_of(world))
    assert "本人、家庭成员" in finding.message


def test_a_duty_in_law_needs_no_consent(world: World, case: int, scope_of: Callable[..., Any], today: date) -> None:
    consent(world, today, case, "aid", ground="duty", text="依据工会法第三十条")
    consent(world, today, case, "child", ground="duty", text="依据工会法第三十条")
    assert list(grounds(scope_of(world))) == []


def test_a_child_s_data_needs_the_guardian(world: World, case: int, today: date) -> None:
    with pytest.raises(Refused, match="监护人"):
        consent(world, today, case, "child")


def test_the_demo_has_a_ground_for_every_case(make_world: Callable[..., World], scope_of: Callable[..., Any]) -> None:
    assert list(grounds(scope_of(make_world("care", members=60)))) == []
