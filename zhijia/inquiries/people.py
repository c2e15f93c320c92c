"""Who is asked by a form and who has answered: the register against the answers, in sets. Nothing is written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q, QuerySet, Sum

from zhijia.inquiries import rules
from zhijia.inquiries.models import Answer, AskedGroup, Inquiry, Nudge
from zhijia.members import services as members
from zhijia.members.models import Person, Post, member_on


def day_of(inquiry: Inquiry, today: date) -> date:
    """The day on which the register is asked: today, but not outside the days on which the form runs."""
    day = max(today, inquiry.first)
    return min(day, inquiry.end - timedelta(days=1)) if inquiry.end else day


def leaders(union: int, on: date) -> set[int]:
    """The persons who lead a group on the day."""
    return {person for office, person in members.holders(union, on) if office == Post.Office.GROUP_LEADER}


def asked_groups(inquiry: Inquiry) -> QuerySet[Any]:
    """Primary keys of the groups that the form asks."""
    rows = AskedGroup.objects.in_union(inquiry.union_id).filter(inquiry=inquiry)
    return rows.values_list("group_id", flat=True)


def asked(inquiry: Inquiry, today: date) -> QuerySet[Person]:
    """Everybody whom the form asks."""
    on = day_of(inquiry, today)
    people: QuerySet[Person] = Person.objects.in_union(inquiry.union_id)
    if inquiry.audience == rules.LEADERS:
        return people.filter(pk__in=leaders(inquiry.union_id, on))
    people = Person.objects.members_on(on).filter(union_id=inquiry.union_id, withdrawn_on=None)
    return people.filter(group__in=asked_groups(inquiry)) if inquiry.audience == rules.GROUPS else people


def answers(inquiry: Inquiry) -> QuerySet[Any]:
    """The form's answers, without their secrets."""
    rows = Answer.objects.in_union(inquiry.union_id).filter(question__inquiry=inquiry, question__withdrawn_on=None)
    return rows.defer("secret")


@dataclass(frozen=True, slots=True)
class GroupProgress:
    """How far one group is. `group` None: those in no group."""

    group: int | None
    name: str
    asked: int
    answered: int

    @property
    def missing(self) -> int:
        """How many have not answered."""
        return self.asked - self.answered


@dataclass(frozen=True, slots=True)
class Standing:
    """One person asked: whether they answered, when, and who typed it in for them."""

    pk: int
    uid: Any
    name: str
    group: int | None
    group_name: str
    answered_on: date | None
    typed_by: str
    answered: bool


def _with_answers(inquiry: Inquiry, today: date) -> QuerySet[Person]:
    mine = answers(inquiry).filter(person=OuterRef("pk"))
    return asked(inquiry, today).annotate(answered=Exists(mine))


def progress(inquiry: Inquiry, today: date, groups: Iterable[int] | None = None) -> list[GroupProgress]:
    """How far each group is (only `groups`, where they are given), in the order of the groups. One query."""
    people = _with_answers(inquiry, today)
    if groups is not None:
        people = people.filter(group__in=list(groups))
    rows = people.order_by(F("group__rank").asc(nulls_last=True), "group__name").values(
        "group_id", "group__rank", "group__name"
    )
    counted = rows.annotate(asked=Count("pk"), done=Count("pk", filter=Q(answered=True)))
    return [
        GroupProgress(row["group_id"], row["group__name"] or "未编组", row["asked"], row["done"]) for row in counted
    ]


def standings(inquiry: Inquiry, today: date, groups: Iterable[int | None] | None = None) -> list[Standing]:
    """Everybody asked (of `groups`, where they are given; None stands for no group), by group and name. Two queries."""
    people = asked(inquiry, today)
    if groups is not None:
        wanted = list(groups)
        inside = Q(group__in=[group for group in wanted if group is not None])
        people = people.filter(inside | Q(group=None) if None in wanted else inside)
    found = answers(inquiry).filter(person__in=people.values("pk")).values("person_id")
    told = {
        row["person_id"]: row
        for row in found.annotate(day=Min("on"), typist=Max("typed_by__name"), rows=Count("pk")).order_by()
    }
    rows = people.order_by(F("group__rank").asc(nulls_last=True), "group__name", "pinyin", "pk").values_list(
        "pk", "uid", "name", "group_id", "group__name"
    )
    return [
        Standing(
            pk, uid, name, group, group_name or "未编组",
            told[pk]["day"] if pk in told else None,
            (told[pk]["typist"] or "") if pk in told else "",
            pk in told,
        )
        for pk, uid, name, group, group_name in rows
    ]  # fmt: skip


def counts(inquiries: Iterable[Inquiry]) -> dict[int, int]:
    """How many persons answered each form. One query (none for no form)."""
    inquiries = list(inquiries)
    if not inquiries:
        return {}
    rows = Answer.objects.filter(question__inquiry__in=inquiries, question__withdrawn_on=None, withdrawn_on=None)
    counted = rows.values("question__inquiry").annotate(people=Count("person", distinct=True)).order_by()
    return {row["question__inquiry"]: row["people"] for row in counted}


def standing_now(inquiries: Iterable[Inquiry], today: date) -> dict[int, tuple[int, int]]:
    """How many each open form asks today, and how many of those have answered. Four queries for any number of forms."""
    every = list(inquiries)
    if not every:
        return {}
    union = every[0].union_id
    members_by_group = Person.objects.members_on(today).filter(union_id=union, withdrawn_on=None).order_by()
    size = dict(members_by_group.values_list("group").annotate(Count("pk")))
    groups: dict[int, set[int]] = {}
    rows = AskedGroup.objects.in_union(union).filter(inquiry__in=every).values_list("inquiry", "group")
    for inquiry, group in rows:
        groups.setdefault(inquiry, set()).add(group)
    lead = leaders(union, today) if any(one.audience == rules.LEADERS for one in every) else set()
    found = Answer.objects.in_union(union).filter(
        member_on(today, "person__"), question__inquiry__in=every, question__withdrawn_on=None
    )
    by_group = found.values_list("question__inquiry", "person__group").annotate(
        all=Count("person", distinct=True), leading=Count("person", distinct=True, filter=Q(person__in=lead))
    )
    done: dict[int, list[tuple[int | None, int, int]]] = {}
    for inquiry, group, people, leading in by_group.order_by():
        done.setdefault(inquiry, []).append((group, people, leading))
    told = {}
    for one in every:
        if one.audience == rules.LEADERS:
            told[one.pk] = (len(lead), sum(leading for _group, _people, leading in done.get(one.pk, ())))
            continue
        wanted = groups.get(one.pk, set()) if one.audience == rules.GROUPS else set(size) | {None}
        answered = sum(people for group, people, _leading in done.get(one.pk, ()) if group in wanted)
        told[one.pk] = (sum(count for group, count in size.items() if group in wanted), answered)
    return told


def reply_version(inquiry: Inquiry, person: int) -> int:
    """The version of one person's reply: it grows with every change of an answer; 0 before the first one."""
    return answers(inquiry).filter(person=person).aggregate(total=Sum("version"))["total"] or 0


def nudged(inquiries: Iterable[Inquiry]) -> dict[tuple[int, int | None], date]:
    """The last reminder by form and group (None: everybody). One query."""
    rows = Nudge.objects.filter(inquiry__in=list(inquiries), withdrawn_on=None).values_list("inquiry", "group")
    return {(inquiry, group): day for inquiry, group, day in rows.annotate(last=Max("on")).order_by()}


def forms_of(union: int, person: int | None, today: date) -> tuple[list[Inquiry], list[Inquiry]]:
    """The forms that wait for the person, the nearest last day first; and those answered, the latest first."""
    begun = Inquiry.objects.in_union(union).exclude(state=rules.DRAFT).filter(first__lte=today)
    given = Answer.objects.in_union(union).filter(person=person, question__withdrawn_on=None)
    done = set(given.values_list("question__inquiry", flat=True).distinct().order_by())
    answered = list(begun.filter(pk__in=done).order_by("-first", "-pk"))
    open_ = [one for one in begun.filter(state=rules.OPEN).exclude(pk__in=done) if one.standing(today) == rules.OPEN]
    if not open_:
        return [], answered
    me = Person.objects.members_on(today).filter(pk=person, union_id=union).values_list("group", flat=True)
    standing = list(me)
    groups: dict[int, set[int]] = {}
    rows = AskedGroup.objects.in_union(union).filter(inquiry__in=open_)
    for inquiry, group in rows.values_list("inquiry", "group"):
        groups.setdefault(inquiry, set()).add(group)
    leads = person in leaders(union, today)
    waiting = [
        one
        for one in open_
        if rules.is_asked(
            one.audience,
            member=bool(standing),
            group=standing[0] if standing else None,
            leads=leads,
            groups=groups.get(one.pk, ()),
        )
    ]
    return sorted(waiting, key=lambda one: (one.end or date.max, one.pk)), answered


def collecting(union: int, today: date) -> list[Inquiry]:
    """The forms that are being collected on the day."""
    begun = Inquiry.objects.in_union(union).filter(state=rules.OPEN, first__lte=today).order_by("end", "pk")
    return [one for one in begun if one.standing(today) == rules.OPEN]
