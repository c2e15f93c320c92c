"""Policies, passwords and devices, without a database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhijia.accounts import rules

LEVEL_2, LEVEL_3 = rules.LEVELS[2], rules.LEVELS[3]


def test_level_three_is_nowhere_milder_than_level_two() -> None:
    assert LEVEL_3.length >= LEVEL_2.length
    assert LEVEL_3.kinds >= LEVEL_2.kinds
    assert LEVEL_3.locked_minutes >= LEVEL_2.locked_minutes
    assert LEVEL_3.idle_minutes <= LEVEL_2.idle_minutes
    assert LEVEL_3.session_hours <= LEVEL_2.session_hours
    assert (LEVEL_3.single, LEVEL_3.second_for_officers) == (True, True)


@pytest.mark.parametrize(
    ("password", "codes"),
    [
        ("Kurz-7", {"short"}),
        ("nurkleinbuchstaben", {"kinds"}),
        ("0731-0731-0731", {"kinds"}),
        ("Ein-Wort-fuer-0815", set()),
        ("工会的家-Home2026", set()),
        ("Mein-20260815-Wort", {"named"}),
    ],
)
def test_what_a_password_lacks_is_named(password: str, codes: set[str]) -> None:
    names = ("20260815",) if "named" in codes else ("0815",) if "0815" not in password else ()
    assert {one.code for one in rules.password_problems(password, LEVEL_2, names=names)} == codes


@given(st.text(max_size=20), st.text(max_size=5))
def test_more_characters_never_mean_fewer_kinds(password: str, more: str) -> None:
    assert rules.kinds_in(password) <= rules.kinds_in(password + more) <= 4


def test_figures_are_set_one_by_one() -> None:
    policy = rules.policy_of(3, {"length": 12, "nonsense": 1})
    assert (policy.length, policy.kinds, policy.level) == (12, 3, 3)


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) MicroMessenger/8.0", "iPhone · 微信"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", "Windows电脑 · Edge浏览器"),
        ("<script>alert(1)</script>", "不认识的设备"),
        ("", "不认识的设备"),
    ],
)
def test_a_device_is_known_by_two_words_of_our_own(agent: str, words: str) -> None:
    assert rules.device_words(agent) == words
