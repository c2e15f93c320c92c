"""Who holds which post on a day, by body, and which posts are empty. Six queries at most, whatever the union's size."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q

from zhijia.core.conditions import holds, lasts
from zhijia.members import post_rules, posts
from zhijia.members.models import Person, Post
from zhijia.unions.models import Group

Office = Post.Office
BODIES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("工会委员会", (Office.CHAIR, Office.VICE_CHAIR, Office.COMMITTEE)),
    ("经费审查委员会", (Office.REVIEW_DIRECTOR, Office.REVIEWER)),
    ("女职工委员会", (Office.WOMEN_DIRECTOR, Office.WOMEN)),
    ("财务", (Office.ACCOUNTANT, Office.CASHIER)),
    ("工会小组", (Office.GROUP_LEADER,)),
    ("系统", (Office.OPERATOR,)),
    ("来访查阅", (Office.VISITOR,)),
)


class _Past(NamedTuple):
    """A post that was over on the day."""

    pk: int
    office: str
    group: int | None
    acting: bool
    end: date
    uid: UUID
    listed: bool


@dataclass(frozen=True, slots=True)
class Held:
    """One post as the page shows it; `paper` is the post before it, where what was handed over is listed."""

    post: Post
    gone: bool
    paper: UUID | None


@dataclass(frozen=True, slots=True)
class Vacancy:
    """A post that nobody holds on the day; `since` is unknown where nobody ever did; `late`: longer than allowed."""

    office: str
    label: str
    group: UUID | None = None
    since: date | None = None
    days: int | None = None
    late: bool = False
    deputy: str = ""


@dataclass(frozen=True, slots=True)
class Board:
    """The posts of a day by body, the empty ones, and what the rules keep apart."""

    bodies: tuple[tuple[str, tuple[Held, ...]], ...]
    vacancies: tuple[Vacancy, ...]
    conflicts: tuple[tuple[Post, post_rules.Conflict], ...]


def board(union: int, day: date) -> Board:
    """Everything about the posts of a day."""
    held = posts.at(union, day)
    past = _past(union, day)
    papers = _papers(union, held, past)
    groups = list(
        Group.objects.in_union(union).filter(Q(first=None) | Q(first__lte=day), lasts(day)).order_by("rank", "name")
    )
    women = Person.objects.in_union(union).members_on(day).filter(sex=Person.Sex.FEMALE).count()
    ranks = {group.pk: number for number, group in enumerate(groups)}
    bodies = []
    for title, offices in BODIES:
        mine = [post for post in held if post.office in offices]
        mine.sort(key=lambda post, order=offices: (order.index(post.office), ranks.get(post.group_id or 0, 999)))  # type: ignore[misc]  # bound at once
        bodies.append((title, tuple(_shown(post, papers.get(post.pk), day) for post in mine)))
    conflicts = posts.overlaps(held)
    return Board(
        tuple(body for body in bodies if body[1]), tuple(_vacancies(held, past, groups, women, day)), tuple(conflicts)
    )


def _past(union: int, day: date) -> list[_Past]:
    rows = Post.objects.in_union(union).filter(end__lte=day).exclude(office=Office.VISITOR).order_by("end", "pk")
    found = rows.values_list("pk", "office", "group_id", "acting", "end", "uid", "handover")
    return [
        _Past(pk, office, group, acting, end, uid, bool(items))
        for pk, office, group, acting, end, uid, items in found
        if end
    ]


def _papers(union: int, held: list[Post], past: list[_Past]) -> dict[int, UUID]:
    """By each post the one before it in which what was handed over is listed, where that is one and no other."""
    listed: dict[tuple[Any, ...], list[_Past]] = {}
    for one in past:
        if one.listed:
            listed.setdefault((one.office, one.group, one.end), []).append(one)
    before = {post.pk: listed.get((post.office, post.group_id, post.first), []) for post in held}
    given = {one.pk for several in before.values() for one in several}
    taken = posts.taken_over(union, given) if given else {}
    told, found = set(taken.values()), {}
    for post in held:
        fits = [one for one in before[post.pk] if one.pk == taken.get(str(post.uid)) or one.pk not in told]
        if len(fits) == 1:
            found[post.pk] = fits[0].uid
    return found


def _shown(post: Post, paper: UUID | None, day: date) -> Held:
    return Held(post, post.office not in post_rules.FREE and not post.person.dates.full_on(day), paper)


def _vacancies(held: list[Post], past: list[_Past], groups: list[Group], women: int, day: date) -> list[Vacancy]:
    found = []
    for office in post_rules.needed(women):
        here = [post for post in held if post.office == office]
        if all(post.acting for post in here):
            ends = [one.end for one in past if one.office == office and not one.acting]
            since = max(ends, default=None)
            days = (day - since).days if since else None
            late = office == Office.CHAIR and since is not None and post_rules.vacant_too_long(since, day)
            deputy = here[0].person.name if here else ""
            found.append(Vacancy(office, posts.OFFICE_NAMES[office], None, since, days, late, deputy))
    led = {post.group_id for post in held if post.office == Office.GROUP_LEADER}
    for group in groups:
        if group.pk not in led:
            ends = [one.end for one in past if one.office == Office.GROUP_LEADER and one.group == group.pk]
            since = max(ends, default=None)
            days = (day - since).days if since else None
            found.append(Vacancy(Office.GROUP_LEADER, f"{group.name}组长", group.uid, since, days))
    return found


def chair_vacant_since(union: int, day: date) -> date | None:
    """Since when there is no chair; None where there is one, or never was. Two queries at most."""
    chairs = Post.objects.in_union(union).filter(office=Office.CHAIR, acting=False)
    if chairs.filter(holds(day)).exists():
        return None
    ends: date | None = chairs.filter(end__lte=day).order_by("-end").values_list("end", flat=True).first()
    return ends
