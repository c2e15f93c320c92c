"""Who is asking, and what they may do and see. Built once per request or command by `shell.access` only."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Access:
    """The person behind a request or command: also handed to services as `by`.

    `union` is the union worked in (`union_name` its name), `subtree` the ids of all unions whose rows may be read (own
    and lower ones), `groups` the union groups led, `posts` the posts in force on day `on`, `permissions` what those
    posts are granted. `visiting` is the last day of somebody who only came to read: such an access writes nothing.
    """

    union: int
    on: date
    user: int | None = None
    person: int | None = None
    subtree: frozenset[int] = frozenset()
    groups: frozenset[int] = frozenset()
    posts: frozenset[str] = frozenset()
    permissions: frozenset[str] = frozenset()
    name: str = ""
    union_name: str = ""
    visiting: date | None = None

    def may(self, permission: str) -> bool:
        """True when one of the posts in force is granted `permission`."""
        return permission in self.permissions

    def reach(self, whole: str) -> frozenset[int] | None:
        """The groups whose members are read of: None, everybody, with the permission `whole`; else the groups led."""
        return None if self.may(whole) else self.groups


@dataclass(frozen=True, slots=True)
class Grant:
    """One post and the permissions that a room gives to it."""

    post: str
    permissions: tuple[str, ...] = field(default=())
