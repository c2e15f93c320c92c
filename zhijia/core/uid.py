"""UUIDs of version 7 (RFC 9562): they sort by the time they were made, also within one millisecond."""

import os
import threading
import time
from datetime import UTC, datetime
from itertools import accumulate
from uuid import UUID

_COUNTER_BITS = 74  # rand_a and rand_b together, counted up by random steps (RFC 9562, 6.2, method 2)
_COUNTER_END = 1 << _COUNTER_BITS
_LOW_BITS = 62
_LOW = (1 << _LOW_BITS) - 1
_MARKS = 7 << 76 | 2 << _LOW_BITS  # version and variant
_STEP_BYTES = 4


class _Sequence:
    """The last identifier given out, so that the next one is larger."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ms = -1
        self._counter = 0

    def take(self, count: int, now_ms: int, *, never_back: bool) -> list[UUID]:
        with self._lock:
            if now_ms > self._ms or (now_ms != self._ms and not never_back):
                self._restart(now_ms)
            noise = memoryview(os.urandom(_STEP_BYTES * count)).cast("I")
            counters = list(accumulate((step + 1 for step in noise), initial=self._counter))[1:]
            if counters[-1] >= _COUNTER_END:  # out of numbers in this millisecond: borrow from the next
                self._restart(self._ms + 1)
                counters = list(accumulate((step + 1 for step in noise), initial=self._counter))[1:]
            self._counter = counters[-1]
            head = self._ms << 80 | _MARKS
        return [UUID(int=head | counter >> _LOW_BITS << 64 | counter & _LOW) for counter in counters]

    def _restart(self, ms: int) -> None:
        self._ms = ms
        self._counter = int.from_bytes(os.urandom(10), "big") >> (80 - _COUNTER_BITS + 1)  # half the range stays free


class _Sequences:
    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Begin anew: a forked process must not go on with its parent's numbers."""
        self.clock, self.given = _Sequence(), _Sequence()


_sequences = _Sequences()
if hasattr(os, "register_at_fork"):  # Windows has no fork
    os.register_at_fork(after_in_child=_sequences.forget)


def uuid7_many(count: int, now_ms: int | None = None) -> list[UUID]:
    """Return `count` new identifiers in rising order; with `now_ms` (milliseconds since 1970) they carry that instant.

    Identifiers of the clock rise within a process even where the clock is set back. Those of a given instant are as
    early as that instant says, and rise among themselves while it stays the same.
    """
    if count < 1:
        return []
    if now_ms is None:
        return _sequences.clock.take(count, time.time_ns() // 1_000_000, never_back=True)
    if not 0 <= now_ms < 1 << 48:
        raise ValueError("now_ms is outside the 48 bits of a UUID of version 7")
    return _sequences.given.take(count, now_ms, never_back=False)


def uuid7(now_ms: int | None = None) -> UUID:
    """Return one new identifier, larger than every earlier one of this process (see uuid7_many)."""
    return uuid7_many(1, now_ms)[0]


def instant(uid: UUID) -> datetime:
    """The moment at which an identifier of version 7 was made, to the millisecond.

    >>> instant(uuid7(1_700_000_000_000)).isoformat()
    '2023-11-14T22:13:20+00:00'
    """
    return datetime.fromtimestamp((uid.int >> 80) / 1000, UTC)
