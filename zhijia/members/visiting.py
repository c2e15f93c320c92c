"""Visitors (来访查阅): auditors of a superior body who read everything but secrets for some days, and write nothing.

A visit is a post with an end, held by a person who is no member: access ends with it by itself, like every post's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import transaction

from zhijia.core import audit, withdrawal
from zhijia.core.access import Access
from zhijia.core.outcomes import Refused, Violation
from zhijia.members import post_rules, posts, services
from zhijia.members.models import Person, Post
from zhijia.members.standing import refusal

LABELS = {"name": "姓名", "organisation": "单位", "purpose": "来查阅什么"}
_MENDS = {
    "name": "写来访人的姓名",
    "organisation": "写他（她）的单位，如“某市总工会经审办”",
    "purpose": "写一句，如“经审”",
}


@dataclass(frozen=True, slots=True)
class Guest:
    """Who comes: `last` is the last day on which the visitor may read."""

    name: str
    organisation: str
    sex: str
    purpose: str
    first: date
    last: date
    phone: str = ""


def visits(union: int) -> list[Post]:
    """All visits, the newest first."""
    rows = Post.objects.in_union(union).filter(office=Post.Office.VISITOR).select_related("person", "person__user")
    return list(rows.defer("person__id_number", "person__phone").order_by("-first", "-pk"))


def _problems(guest: Guest, today: date) -> list[Violation]:
    given: Mapping[str, str] = {
        "name": guest.name, "organisation": guest.organisation, "purpose": guest.purpose,
    }  # fmt: skip
    found = [
        refusal(field, f"还没有写{LABELS[field]}", _MENDS[field]) for field, text in given.items() if not text.strip()
    ]
    wrong = post_rules.visit_problem(guest.first, guest.last, today, most=settings.VISIT_DAYS)
    return [*found, refusal(*wrong)] if wrong else found


def _person(guest: Guest, union: int, *, by: Access, today: date) -> Person:
    """The visitor's row: the one of an earlier visit from the same place, else a new one."""
    name, place = guest.name.strip(), guest.organisation.strip()[:60]
    before = Post.objects.filter(union_id=union, office=Post.Office.VISITOR, person__name=name)
    known = before.filter(person__department=place, person__withdrawn_on=None).values_list("person", flat=True)
    pk = known.first()
    if pk is not None:
        return Person.objects.get(pk=pk)
    row = {"name": name, "sex": guest.sex, "department": place} | ({"phone": guest.phone} if guest.phone else {})
    namesake = refusal("name", "名册里已有同名的人", "在姓名后面加上单位，如“张伟（市总工会）”")
    return services.save_new(row, union=union, known=namesake, by=by, today=today)


@transaction.atomic
def begin(guest: Guest, *, union: int, by: Access, today: date) -> Post:
    """Let a visitor read from the first to the last day. The invitation is made where all invitations are."""
    audit.lock(union)
    found = _problems(guest, today)
    if found:
        raise Refused(found)
    person = _person(guest, union, by=by, today=today)
    end = post_rules.day_after(guest.last)
    office = Post.Office.VISITOR
    found = posts.holder_problems(person, office, group=None, on=guest.first, end=end, today=today)
    if found:
        raise Refused(found)
    post: Post = Post.objects.create(
        union_id=union, person=person, office=office, first=guest.first, end=end, chosen=Post.Chosen.APPOINTED,
        purpose=guest.purpose.strip()[:100], origin=Post.Origin.LIVED,
    )  # fmt: skip
    told = {"first": guest.first.isoformat(), "last": guest.last.isoformat(), "purpose": post.purpose}
    audit.record(union=union, by=by, verb="members.visit.begun", subject=post, changes=told)
    return post


@transaction.atomic
def stop(post: Post, *, by: Access, today: date) -> Post:
    """Take the access back at once: the next page that the visitor asks for is refused."""
    row = posts.locked(post)
    if row.office != Post.Office.VISITOR or row.end is None or row.end <= today:
        raise Refused([Violation("ended", "这次来访查阅已经结束", mend="不用再收回")])
    if row.first >= today:  # a period has at least one day: what never came about is withdrawn
        withdrawal.mark(row, reason="收回来访查阅", by=by, today=today)
    else:
        row.end = today
        row.version += 1
        row.save(update_fields=["end", "version"])
    audit.record(union=row.union_id, by=by, verb="members.visit.stopped", subject=row)
    return row
