"""Who is asking: the only place where `core.access.Access` is built, once per request or command.

A post lasts from its first day until it is handed over, whatever the nominal end of the term says.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache

from django.db import transaction

from zhijia.accounts.models import User
from zhijia.accounts.services import make_login
from zhijia.core.access import Access
from zhijia.features import FEATURES
from zhijia.members import cards as membership_cards
from zhijia.members import lapsing
from zhijia.members import logins as persons
from zhijia.members import own as own_data
from zhijia.members import services as members
from zhijia.shell.grants import APPLICANT, GRANTS, MEMBER, OPERATOR, VISITOR
from zhijia.unions import services as unions
from zhijia.unions.models import Union

DAY = timedelta(days=1)


@cache
def _granted() -> dict[str, frozenset[str]]:
    """Permissions by post, over all rooms and the hallway."""
    found: dict[str, set[str]] = {}
    for grant in (*GRANTS, *(grant for feature in FEATURES for grant in feature.grants)):
        found.setdefault(grant.post, set()).update(grant.permissions)
    return {post: frozenset(permissions) for post, permissions in found.items()}


def permissions_of(posts: Iterable[str]) -> frozenset[str]:
    """Everything that the posts are granted."""
    return frozenset().union(*(_granted().get(post, frozenset()) for post in posts))


def posts_with(permission: str) -> frozenset[str]:
    """The posts that are granted the permission."""
    return frozenset(post for post, permissions in _granted().items() if permission in permissions)


def _subtree(union: int, path: str) -> frozenset[int]:
    """The union and all below it: their paths begin with its own."""
    below = Union.objects.filter(path__startswith=path) if path else Union.objects.none()
    return frozenset(below.values_list("pk", flat=True)) | {union}


def for_user(user: User, on: date) -> Access:
    """The access of a login on a day. One that stands for nobody, or for a person without a post, may do nothing."""
    standing = members.standing(user.pk, on)
    if standing is None:
        return Access(union=0, on=on, user=user.pk, name=user.username)
    posts = standing.offices | ({MEMBER} if standing.member else frozenset())
    visits = VISITOR in posts
    if visits:
        posts = frozenset({VISITOR})  # whatever else is recorded of the person: a visitor reads
    elif not posts and standing.visiting is None:
        posts = frozenset({APPLICANT})  # a visit that is over, or has not begun, opens nothing
    return Access(
        union=standing.union,
        on=on,
        user=user.pk,
        person=standing.person,
        subtree=_subtree(standing.union, standing.union_path),
        groups=frozenset() if visits else unions.taken_over(standing.union, standing.groups),
        posts=posts,
        permissions=permissions_of(posts),
        name=standing.name,
        union_name=standing.union_name,
        visiting=standing.visiting - DAY if visits and standing.visiting else None,
    )


def for_command(union: int | None, on: date) -> Access:
    """The access of whoever sits at the terminal of the data folder: all permissions. `union` None: none made yet."""
    own = Union.objects.filter(pk=union).first() if union else None
    return Access(
        union=union or 0,
        on=on,
        subtree=_subtree(own.pk, own.path) if own else frozenset(),
        posts=frozenset({OPERATOR}),
        permissions=permissions_of(_granted()),
        name="终端",
        union_name=own.name if own else "",
    )


@transaction.atomic
def first_operator(name: str, sex: str, username: str, password: str, *, union: int, by: Access, today: date) -> int:
    """Make the union's first administrator: a person (`sex` male or female), the post and a login. Returns the pk."""
    row = {"name": name, "sex": sex, "staff_no": username}
    person = members.save_persons([row], union=union, by=by, today=today, origin="recorded")[0]
    post = {"person": person, "office": OPERATOR, "group": None, "first": today, "chosen": "appointed"}
    members.save_posts([post], union=union, by=by, today=today, origin="recorded")
    members.link_login(person, make_login(username, password).pk)
    return person


def holders(union: int, on: date) -> dict[str, list[int]]:
    """The persons in each office on the day, those longest in it first."""
    found: dict[str, list[int]] = {}
    for office, person in members.holders(union, on):
        found.setdefault(office, []).append(person)
    return found


link_login = members.link_login
# How offices are called, in the order in which people name them.
OFFICES = members.OFFICES
# What the pages of logins ask of the persons: the one way from the hallway to them.
known = persons
# What a person does about the own data, and the membership card.
own = own_data
cards = membership_cards
# Proposals to deem a member withdrawn: the talk with its paper, and the decision.
deeming = lapsing
