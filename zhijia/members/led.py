"""Whose rows somebody reads: officers everybody's, a group's leader those of the groups led (PIPL art. 6).

The hallway's registers do the same by what their sheets declare (`Sheet.led`); this is for pages of the room's own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.db.models import Q

from zhijia.core.access import Access
from zhijia.members.models import Person, Post

WHOLE = "members.view"
# The posts as one says who reads of a person: a leader is the one of the person's own group.
READERS = dict(Post.Office.choices) | {str(Post.Office.GROUP_LEADER): "本组小组长"}


def readers(posts: Collection[str]) -> str:
    """The posts in words, in the order in which people name them."""
    return "、".join(str(label) for post, label in READERS.items() if post in posts)


def within(groups: Collection[int] | None, path: str = "group") -> Q:
    """Rows whose group at `path` is one of the groups; all rows where they are None."""
    return Q() if groups is None else Q(**{f"{path}__in": groups})


def persons(access: Access, whole: str = WHOLE) -> Any:
    """The persons of the register that the access reads; all of them with the permission `whole`."""
    return Person.objects.in_union(access.union).filter(within(access.reach(whole)))


def pages(access: Access, uids: Iterable[UUID]) -> set[UUID]:
    """Those of the persons whose pages the access may open; a query for leaders only."""
    wanted = set(uids)
    if access.may(WHOLE):
        return wanted
    return set(persons(access).filter(uid__in=wanted).values_list("uid", flat=True))
