"""Whom an officer may invite or vouch for: a group's leader those led, whoever leads the union everybody in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import segno
from django.db import transaction
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from zhijia.accounts import invitations, resets
from zhijia.accounts.models import Invitation, ResetRequest, User
from zhijia.core.access import Access
from zhijia.core.feature_types import Reminder
from zhijia.core.outcomes import Refused, Violation
from zhijia.core.pages.parts import DONE, DUE, INFO, QUIET, Badge
from zhijia.shell import access
from zhijia.shell.grants import OPERATOR

LEADING = frozenset({"chair", "vice_chair", OPERATOR})
INVITING = LEADING | {"committee"}
STAFF_NO = "工号"
STATES = {
    "open": Badge("等着用", INFO), "used": Badge("已经用过", DONE), "expired": Badge("过期", DUE),
    "revoked": Badge("收回", QUIET),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Slip:
    """One invitation on paper."""

    name: str
    department: str
    url: str
    qr: SafeString
    until: datetime


def groups(by: Access, whole: Iterable[str]) -> frozenset[int] | None:
    """The groups that the access reaches; None for the whole union."""
    return None if by.posts & frozenset(whole) else by.groups


def without_login(by: Access) -> list[Any]:
    """The persons that may be invited; holders of posts of weight by those who lead the union only.

    Whoever hands out a slip could use it: nobody is to get a login that opens more than the own.
    """
    found = access.known.without_login(by.union, by.on, groups(by, INVITING))
    if by.posts & LEADING:
        return list(found)
    heavy = access.known.of_weight(by.union, [one.pk for one in found], by.on)
    return [one for one in found if one.pk not in heavy]


def opens(row: Invitation, on: date) -> bool:
    """Whether the slip may still be used: not where its person has come to a post of weight since somebody made it who
    may not invite its holders. A chair who handed over while the slip was good may have.
    """
    return row.made_by is None or _may_hand_out(row.union_id, row.person_id, row.made_by, on - invitations.GOOD_FOR, on)


def vouched(row: ResetRequest, on: date) -> bool:
    """Whether the code of a reset may still be used: as with a slip, whoever vouched has seen it."""
    since = on - resets.GOOD_FOR
    return row.vouched_by is not None and _may_hand_out(row.union_id, row.person_id, row.vouched_by, since, on)


def _may_hand_out(union: int, person: int, officer: int, since: date, on: date) -> bool:
    """Whether the officer may have handed out what the person's login begins with: what it opens may have grown."""
    if not access.known.of_weight(union, [person], on):
        return True
    return access.known.held_between(union, officer, LEADING, since, on)


def slips(persons: Iterable[int], request: Any, *, by: Access, now: datetime) -> list[Slip]:
    """Make invitations for those of the persons who may be invited, and draw their slips; refused where none may."""
    wanted = set(persons)
    free = [one for one in without_login(by) if one.pk in wanted]
    if not free:
        raise Refused([Violation("none", "没有可以邀请的人", mend="请先打勾；已经有登录名的不用再邀请")])
    words = invitations.invite([one.pk for one in free], by=by, now=now)
    return [
        _slip(one, request.build_absolute_uri(reverse("shell:join_word", args=[words[one.pk]])), now) for one in free
    ]


def _slip(one: Any, url: str, now: datetime) -> Slip:
    image = segno.make(url, error="m", micro=False).svg_inline(border=2, omitsize=True)
    place = one.group_name or one.department
    return Slip(one.name, place, url, mark_safe(image), now + invitations.GOOD_FOR)  # noqa: S308 - segno draws squares


def listed(by: Access, now: datetime, most: int) -> list[tuple[Any, Invitation, Badge, bool]]:
    """The newest invitations that the access reaches: person, invitation, state, whether it can be taken back."""
    rows = list(invitations.listed(by.union)[: most * 4])
    people = access.known.of(by.union, {row.person_id for row in rows}, groups(by, INVITING))
    seen = [(row, invitations.state(row, now)) for row in rows if row.person_id in people][:most]
    return [(people[row.person_id], row, STATES[state], state == "open") for row, state in seen]


def reached(persons: Iterable[int], by: Access) -> set[int]:
    """Those of the persons whose invitations the access may see."""
    return set(access.known.of(by.union, persons, groups(by, INVITING)))


def vouchable(persons: Iterable[int], by: Access) -> set[int]:
    """Those of the persons for whom the access may vouch; never oneself."""
    return access.known.vouchable(by.union, persons, by.on, groups(by, LEADING)) - {by.person}


def waiting(by: Access, now: datetime) -> int:
    """How many wait for the access to vouch for them."""
    return len(vouchable([row.person_id for row in resets.waiting(by.union, now)], by))


def reminders(by: Access, now: datetime) -> Iterable[Reminder]:
    """One for each who forgot the password and can not get in until somebody has seen the person."""
    if not by.may("shell.vouch"):
        return
    rows = list(resets.waiting(by.union, now))
    mine = vouchable([row.person_id for row in rows], by) if rows else set()
    people = access.known.of(by.union, mine) if mine else {}
    for row in rows:
        if row.person_id in people:
            text = f"{people[row.person_id].name}忘了口令，当面见到本人以后给代码"
            url = reverse("shell:vouch", args=[row.uid])
            yield Reminder(f"shell.vouch.{row.uid}", text, by.on, url, "shell.vouch")


def question(person: Any) -> tuple[str, str, str]:
    """What is asked beside the slip, which may lie about: label, help, answer. Empty where nothing is known."""
    if person.staff_no:
        return STAFF_NO, "确认这张邀请条是给您的", person.staff_no
    if person.phone_tail:
        return "手机号后四位", "工会登记的手机号；确认这张邀请条是给您的", person.phone_tail
    return "", "", ""


def logs_in_with(person: Any, user: User) -> str:
    """What the person types at the login page from now on, in words."""
    ways = [word for word, known in (("工号", person.staff_no), ("手机号", person.phone_tail)) if known]
    if ways:
        return f"以后用{'或'.join(ways)}登录"
    return f"以后登录用的登录名是 {user.get_username()}，请记下来"


def _login_name(person: Any, code: str) -> str:
    """The staff number where nobody has it as login name yet; else with the union's code before it."""
    names = [person.staff_no, f"{code}-{person.staff_no}"] if person.staff_no else []
    names.append(f"{code}-{person.pk}")
    taken = set(User.objects.filter(username__in=names).values_list("username", flat=True))
    return next(name for name in names if name not in taken and len(name) <= 40)


@transaction.atomic
def join(digest: str, person: Any, union: int, code: str, password: str, *, by: Access, now: datetime) -> User:
    """Use the invitation: login made and linked, or refused and nothing kept."""
    user = invitations.accept(digest, username=_login_name(person, code), password=password, by=by, now=now)
    access.link_login(person.pk, user.pk)
    return user
