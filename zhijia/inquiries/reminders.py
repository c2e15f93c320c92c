"""What collection forms ask for: to answer, to get the group's answers, to close what is over."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q
from django.urls import reverse

from zhijia.core.access import Access
from zhijia.core.dates import chinese_date
from zhijia.core.feature_types import Reminder
from zhijia.inquiries import people, rules
from zhijia.inquiries.models import Answer, AskedGroup, Inquiry
from zhijia.members.models import Person

ANSWER, COLLECT, EDIT = "inquiries.answer", "inquiries.collect", "inquiries.edit"


def reminders(access: Access, today: date) -> Iterable[Reminder]:
    """Forms that wait for the person, for members of the groups led, and forms to close. Six queries at most."""
    begun = Inquiry.objects.in_union(access.union).filter(state=rules.OPEN, first__lte=today)
    every = list(begun.order_by("end", "pk"))
    if not every:
        return
    collecting = [one for one in every if one.standing(today) == rules.OPEN]
    yield from _over([one for one in every if one not in collecting])
    if access.person is None and not access.groups:
        return
    mine = Q(pk=access.person) | Q(group__in=access.groups)
    near = list(Person.objects.members_on(today).filter(mine, union_id=access.union, withdrawn_on=None))
    groups: dict[int, set[int]] = {}
    rows = AskedGroup.objects.in_union(access.union).filter(inquiry__in=collecting)
    for inquiry, group in rows.values_list("inquiry", "group"):
        groups.setdefault(inquiry, set()).add(group)
    given = Answer.objects.in_union(access.union).filter(
        person__in=near, question__inquiry__in=collecting, question__withdrawn_on=None
    )
    done = set(given.values_list("question__inquiry", "person").distinct().order_by())
    nudges = people.nudged(collecting)
    leads = people.leaders(access.union, today) if any(one.audience == rules.LEADERS for one in collecting) else set()
    for one in collecting:
        missing = [
            person
            for person in near
            if (one.pk, person.pk) not in done
            and rules.is_asked(
                one.audience,
                member=True,
                group=person.group_id,
                leads=person.pk in leads,
                groups=groups.get(one.pk, ()),
            )
        ]
        yield from _of_person(one, [person for person in missing if person.pk == access.person], nudges, today)
        yield from _of_leader(one, _members(missing, access), today)


def _of_person(
    one: Inquiry, missing: list[Person], nudges: dict[tuple[int, int | None], date], today: date
) -> Iterable[Reminder]:
    """The person's own to-do; once reminded it is due since that day, and so stands before everything else."""
    for person in missing:
        days = [nudges[key] for key in ((one.pk, None), (one.pk, person.group_id)) if key in nudges]
        until = f"（{chinese_date(one.last)}截止）" if one.last else ""
        text = f"{'请尽快填写' if days else '填写'}“{one.title}”{until}"
        due = min(days) if days else one.last or today
        url = reverse("inquiries:answer", args=[one.uid])
        # A new reminder is a new to-do: whoever put the first one off sees it again.
        again = f".{max(days):%Y%m%d}" if days else ""
        yield Reminder(f"inquiries.answer.{one.pk}.{person.pk}{again}", text, due, url, ANSWER)


def _members(missing: list[Person], access: Access) -> list[Person]:
    """Those of the groups led; the leader has a to-do of their own."""
    return [person for person in missing if person.group_id in access.groups and person.pk != access.person]


def _of_leader(one: Inquiry, missing: list[Person], today: date) -> Iterable[Reminder]:
    if missing:
        names = "、".join(person.name for person in missing[:3]) + ("等" if len(missing) > 3 else "")
        text = f"“{one.title}”本组还有{len(missing)}人没填：{names}"
        url = reverse("inquiries:progress", args=[one.uid])
        yield Reminder(f"inquiries.collect.{one.pk}", text, one.last or today, url, COLLECT)


def _over(inquiries: list[Inquiry]) -> Iterable[Reminder]:
    for one in inquiries:
        assert one.last is not None  # what has no last day is never over
        url = reverse("inquiries:progress", args=[one.uid])
        yield Reminder(f"inquiries.close.{one.pk}", f"“{one.title}”已到截止日期，请结束收集", one.last, url, EDIT)
