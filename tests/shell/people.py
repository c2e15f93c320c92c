"""Named people of two unions with logins, for tests of pages."""

from datetime import date, timedelta
from typing import Any

from django.test import Client

from zhijia.accounts.models import User
from zhijia.accounts.services import make_login
from zhijia.core.demo import FULL, World
from zhijia.members import services as members
from zhijia.members import visiting
from zhijia.shell import access

SINCE = date(2024, 1, 1)
PASSWORD = "ein-langes-Wort-7"
OFFICES = (
    "chair", "vice_chair", "committee", "review_director", "reviewer", "women_director", "women", "group_leader",
    "accountant", "cashier", "operator",
)  # fmt: skip
VISITOR = "visitor"  # no member; reads until a day and writes nothing
ROLES = ("member", *OFFICES, VISITOR)


def user_of(world: World, role: str, on: date) -> User:
    """A login for a member of the demo who holds just that office (none for a member); for a visitor who is none."""
    if role == VISITOR:
        last = on + timedelta(days=20)
        guest = visiting.Guest("来访审计员", "江州市总工会经审办", "female", "年度经费审查", on, last)
        visit = visiting.begin(guest, union=world.union, by=world.by, today=on)
        user = make_login(f"{role}-{world.profile}", PASSWORD)
        members.link_login(visit.person_id, user.pk)
        return user
    in_office = {person for persons in access.holders(world.union, on).values() for person in persons}
    long_here = {human.pk for human in world.members_on(SINCE)} - in_office
    free = [human for human in world.members_on(on) if human.pk in long_here]
    person = free[ROLES.index(role)]
    if role != "member":
        post: dict[str, Any] = {"person": person.pk, "office": role, "group": None, "first": SINCE}
        if role == "group_leader":
            post["group"] = next(iter(world.groups.values()))
        members.save_posts([post], union=world.union, by=world.by, today=on)
    user = make_login(f"{role}-{world.profile}", PASSWORD)
    members.link_login(person.pk, user.pk)
    return user


def client_of(user: User) -> Client:
    """A browser with that login."""
    client = Client()
    client.force_login(user)
    return client


__all__ = ["FULL", "OFFICES", "PASSWORD", "ROLES", "client_of", "user_of"]
