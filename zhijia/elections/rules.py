"""Numbers of seats, delegates and votes. Pure.

Sources: 工会基层组织选举工作条例 (2016) art. 8, 12–15; 基层工会会员代表大会条例 (2019) art. 9. Bands are inclusive.
"""

from __future__ import annotations

from zhijia.unions.rules import DELEGATES_FROM

SEAT_BANDS = (
    (24, 3, 5), (200, 3, 7), (1_000, 7, 15), (5_000, 15, 21), (10_000, 21, 29), (50_000, 29, 37), (None, 37, 45),
)  # fmt: skip
DELEGATE_BANDS = (
    (200, 30, 40), (1_000, 40, 60), (5_000, 60, 90), (10_000, 90, 130), (50_000, 130, 180), (None, 180, 240),
)  # fmt: skip
LEADER_SHARE = 20  # per cent of delegates at most [recall: confident]
SURPLUS_PER_CENT = 5  # committee members, art. 13
STANDING_SURPLUS_PER_CENT = 10


def _band(members: int, bands: tuple[tuple[int | None, int, int], ...]) -> tuple[int, int]:
    return next((low, high) for upto, low, high in bands if upto is None or members <= upto)


def seat_band(members: int) -> tuple[int, int]:
    """Least and most committee seats for a union of `members` (art. 8).

    >>> seat_band(260)
    (7, 15)
    """
    return _band(members, SEAT_BANDS)


def delegate_band(members: int) -> tuple[int, int] | None:
    """Least and most delegates, or None below 100 members, where all members meet."""
    return None if members < DELEGATES_FROM else _band(members, DELEGATE_BANDS)


def majority(due: int) -> int:
    """Votes that elect: more than half of those due.

    >>> majority(86)
    44
    """
    return due // 2 + 1


def least_candidates(seats: int, per_cent: int = SURPLUS_PER_CENT) -> int:
    """Candidates needed for `seats`: at least one more, and `per_cent` more, rounded up.

    >>> least_candidates(7), least_candidates(21), least_candidates(29)
    (8, 23, 31)
    """
    return max(seats + 1, -(-seats * (100 + per_cent) // 100))
