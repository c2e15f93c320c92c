"""What was handed out or held for all members of a day, as one of them finds it in the own record.

Gifts at the festivals go to all members (基层工会经费收支管理办法 第八条), health checks to all staff; who was left out
of a handing-out, and who came to a check, is not recorded by person.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from zhijia.benefits.models import HealthBatch, Issue
from zhijia.core.person_types import Shared
from zhijia.members.models import Person, Stretch


def shared(person: int, today: date) -> Iterable[Shared]:
    """Festival gifts and health checks until today, of days on which the person was a member. Three queries."""
    one = Person.objects.filter(pk=person, withdrawn_on=None).first()
    if one is None:
        return
    gifts = Issue.objects.in_union(one.union_id).filter(kind=Issue.Kind.FESTIVAL, issued_on__lte=today)
    for gift in _of_member(gifts.annotate(day=Coalesce("cut_off_on", "issued_on")), one):
        yield Shared(
            "，".join(filter(None, (gift.festival, gift.item))), gift.issued_on, gift.unit_fen, _left_out(gift),
            "benefits.Issue", str(gift.uid),
        )  # fmt: skip
    kinds = [HealthBatch.Kind.GENERAL, *([HealthBatch.Kind.WOMEN] if one.sex == Person.Sex.FEMALE else [])]
    checks = HealthBatch.objects.in_union(one.union_id).filter(kind__in=kinds, held_on__lte=today)
    for check in _of_member(checks.annotate(day=F("held_on")), one):
        yield Shared(
            check.get_kind_display(), check.held_on, None, check.clinic, "benefits.HealthBatch", str(check.uid)
        )


def _of_member(rows: QuerySet[Any], person: Person) -> QuerySet[Any]:
    """The rows on whose `day` the person had full rights or retained membership, by that day."""
    stretches = Stretch.objects.filter(union=person.union_id, person=person.pk, first__lte=OuterRef("day"))
    return rows.filter(Exists(stretches.filter(Q(gone_on=None) | Q(gone_on__gt=OuterRef("day"))))).order_by("day", "pk")


def _left_out(gift: Issue) -> str:
    if not gift.left_out:
        return ""
    return f"有{gift.left_out}人没有发" + (f"：{gift.left_out_reason}" if gift.left_out_reason else "")
