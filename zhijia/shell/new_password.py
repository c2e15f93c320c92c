"""The boxes of a new password, and what is wrong with what was typed: all at once and each at its box.

Whoever mistypes the word twice has made no guess: nothing is counted then.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from zhijia.accounts import rules
from zhijia.accounts.policy import policy
from zhijia.core.outcomes import NOWHERE, Place, Violation
from zhijia.core.pages.parts import Field

NEW, AGAIN = "new", "again"
# Where a reason given by the logins' services belongs.
_BOXES = {
    "short": NEW, "kinds": NEW, "named": NEW, "password": NEW, "used": NEW, "again": AGAIN, "old": "old",
    "answer": "answer",
}  # fmt: skip


def boxes(label: str = "新口令", again: str = "再输一次新口令") -> tuple[Field, Field]:
    """The new password and, against a slip of the finger, the new password once more."""
    words = rules.password_words(policy())
    return (
        Field(NEW, label, "password", help=words, required=True, autocomplete="new-password"),
        Field(AGAIN, again, "password", required=True, autocomplete="new-password"),
    )


def problems(given: Mapping[str, str], wanted: Mapping[str, str], *, names: Iterable[str] = ()) -> list[Violation]:
    """What is missing of the `wanted` boxes (name, word), and what is wrong with the new password.

    `names` are what the person logs in with: they may not be part of it.
    """
    asked = {**wanted, NEW: "新口令"}
    found = [
        Violation("empty", f"还没有填{word}", place=Place(column=name), mend="请补上")
        for name, word in asked.items()
        if not given.get(name, "").strip()
    ]
    new = given.get(NEW, "")
    if new:
        found += placed(rules.password_problems(new, policy(), names=tuple(name for name in names if name)))
    if new and new != given.get(AGAIN, ""):
        found.append(Violation("again", "两次输入的口令不一样", place=Place(column=AGAIN), mend="请两次输入同样的口令"))
    return found


def placed(found: Iterable[Violation]) -> tuple[Violation, ...]:
    """The reasons, each at the box that it is about."""
    return tuple(
        replace(one, place=Place(column=_BOXES[one.code])) if one.place == NOWHERE and one.code in _BOXES else one
        for one in found
    )


def elsewhere(found: Iterable[Violation]) -> tuple[Violation, ...]:
    """The reasons that are about no box: the summary tells them, a box tells its own."""
    return tuple(one for one in found if not one.place.column)
