import os
import threading
import time
from uuid import RFC_4122

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhijia.core.uid import uuid7, uuid7_many


def test_identifiers_carry_version_variant_and_the_present_time():
    before = time.time_ns() // 1_000_000
    made = uuid7()
    assert made.version == 7
    assert made.variant == RFC_4122
    assert before <= made.int >> 80 <= time.time_ns() // 1_000_000 + 1


@settings(max_examples=50)
@given(st.lists(st.integers(0, 50), min_size=1, max_size=10))
def test_identifiers_always_rise_however_many_are_taken(counts):
    made = [one for count in counts for one in uuid7_many(count)]
    assert made == sorted(set(made))
    assert all(one.version == 7 and one.variant == RFC_4122 for one in made)


@settings(max_examples=50)
@given(st.integers(0, 2**48 - 1), st.integers(1, 20))
def test_a_given_instant_is_kept_and_rises_within_itself(now_ms, count):
    made = [*uuid7_many(count, now_ms), uuid7(now_ms)]
    assert {one.int >> 80 for one in made} == {now_ms}
    assert made == sorted(set(made))


def test_a_given_instant_does_not_disturb_the_clock():
    first = uuid7()
    uuid7(2**48 - 1)
    assert first < uuid7()
    assert (uuid7().int >> 80) < 2**47


def test_an_instant_out_of_range_is_refused():
    with pytest.raises(ValueError, match="48 bits"):
        uuid7(2**48)
    with pytest.raises(ValueError, match="48 bits"):
        uuid7(-1)


def test_threads_never_get_the_same_identifier():
    made = []
    threads = [threading.Thread(target=lambda: made.extend(uuid7() for _ in range(500))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(made)) == 2000


@pytest.mark.skipif(not hasattr(os, "register_at_fork"), reason="this system has no fork")
def test_a_forked_process_starts_its_own_numbers():
    from zhijia.core import uid

    before = uid._sequences.clock
    uuid7()
    uid._sequences.forget()
    assert uid._sequences.clock is not before
    assert uuid7().version == 7


def test_a_hundred_thousand_identifiers_are_all_different_and_rise():
    made = uuid7_many(100_000)
    assert len(set(made)) == 100_000
    assert made == sorted(made)
