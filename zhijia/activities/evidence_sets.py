"""The records behind the facts of this room: evidence sets, each shared by several facts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce, Least

from zhijia.activities.models import (
    Activity,
    Donation,
    HobbyGroup,
    HobbyMember,
    Honour,
    ModelDeed,
    Participation,
    Recuperation,
)
from zhijia.core import evidence
from zhijia.core.feature_types import EvidenceSet, Scope
from zhijia.members.models import Person
from zhijia.unions.models import DeedRole, Payer

ACTIVE_WITHIN = timedelta(days=365)  # a hobby group is active when it met in the year before the day asked about


def _activities(scope: Scope) -> Any:
    """Activities with heads (the count that was signed, else the persons listed as there) and their turnout."""
    listed = (
        Participation.objects.in_union(scope.union)
        .filter(activity=OuterRef("pk"), present=True)
        .order_by()
        .values("activity")
    )
    counted = Subquery(listed.annotate(heads=Count("pk")).values("heads"), output_field=IntegerField())
    # Turnout is of activities that counted whom they invited; hobby sessions invite nobody.
    asked = Case(When(hobby=None, invited__gt=0, attended__isnull=False, then=F("invited")), default=None)
    present = Case(When(asked__isnull=False, then=Least("attended", "invited")), default=None)
    return (
        Activity.objects.in_union(scope.union)
        .annotate(heads=Coalesce("attended", counted), in_hobby=evidence.flag(Q(hobby__isnull=False)), asked=asked)
        .annotate(present=present)
    )


def _groups(scope: Scope) -> Any:
    """Hobby groups, each met when it came together in the year up to the scope's last day."""
    day = scope.last
    session = Activity.objects.in_union(scope.union).filter(
        hobby=OuterRef("pk"), on__gt=day - ACTIVE_WITHIN, on__lte=day
    )
    return HobbyGroup.objects.in_union(scope.union).annotate(met=Exists(session))


def _members(scope: Scope) -> Any:
    """Places in hobby groups until the person left or the group ended."""
    until = Case(
        When(left_on=None, then=F("hobby__ended_on")),
        When(hobby__ended_on=None, then=F("left_on")),
        default=Least("left_on", "hobby__ended_on"),
    )
    return HobbyMember.objects.in_union(scope.union).filter(hobby__withdrawn_on=None).annotate(until=until)


def _honours(scope: Scope) -> Any:
    return Honour.objects.in_union(scope.union)


def _deeds(scope: Scope) -> Any:
    return ModelDeed.objects.in_union(scope.union)


def _donations(scope: Scope) -> Any:
    """Donations with the quantity that belongs to their sort: fen, pieces or millilitres."""
    quantity = Case(
        When(kind=Donation.Kind.CASH, then=F("amount_fen")),
        When(kind=Donation.Kind.GOODS, then=F("goods")),
        default=F("ml"),
        output_field=Donation._meta.get_field("amount_fen"),
    )
    return Donation.objects.in_union(scope.union).annotate(quantity=quantity)


def _recuperations(scope: Scope) -> Any:
    return Recuperation.objects.in_union(scope.union)


ACTIVITY_DIMS = {
    "kind": "kind",
    "role": "role",
    "function": "function",
    "payer": "payer",
    "campaign": "campaign",
    "women_only": "women_only",
    "hobby": "hobby__name",
    "in_hobby": "in_hobby",
}
ACTIVITY_LABELS = {
    "kind": dict(Activity.Kind.choices),
    "role": dict(DeedRole.choices),
    "function": dict(Activity.Function.choices),
    "payer": dict(Payer.choices),
}
ACTIVITIES = EvidenceSet(
    "activities.activities",
    "活动",
    _activities,
    on="on",
    who="kind",
    fen="heads",
    sums={"cost": "cost_fen", "asked": "asked", "present": "present"},
    label=("place", "title"),
    dims=ACTIVITY_DIMS,
    dim_labels=ACTIVITY_LABELS,
)
HOBBY_GROUPS = EvidenceSet(
    "activities.hobby_groups",
    "文体小组",
    _groups,
    since="founded_on",
    until="ended_on",
    met="met",
    label=("name",),
    dims={"sort": "sort"},
    dim_labels={"sort": dict(HobbyGroup.Sort.choices)},
)
HOBBY_MEMBERS = EvidenceSet(
    "activities.hobby_members",
    "文体小组成员",
    _members,
    since="joined_on",
    until="until",
    who="person_id",
    label=("person__name", "hobby__name"),
    dims={"sex": "person__sex", "hobby": "hobby__name"},
    dim_labels={"sex": dict(Person.Sex.choices)},
)
HONOURS = EvidenceSet(
    "activities.honours",
    "比赛荣誉",
    _honours,
    on="on",
    label=("contest", "title", "recipient", "awarder_name"),
    dims={
        "kind": "kind",
        "title": "title",
        "level": "level",
        "subject": "subject",
        "event": "event",
        "team": "team",
        "rank": "rank",
        "historical": "historical",
    },
    dim_labels={
        "kind": dict(Honour.Kind.choices),
        "level": dict(Honour.Level.choices),
        "subject": dict(Honour.Subject.choices),
        "event": dict(Honour.Event.choices),
    },
)
DEEDS = EvidenceSet(
    "activities.deeds",
    "典型建功",
    _deeds,
    on="on",
    label=("title", "person_name"),
    dims={"kind": "kind", "campaign": "campaign"},
    dim_labels={"kind": dict(ModelDeed.Kind.choices)},
)
DONATION_LABELS = {"kind": dict(Donation.Kind.choices), "role": dict(DeedRole.choices)}
DONATIONS = EvidenceSet(
    "activities.donations",
    "公益捐助",
    _donations,
    on="on",
    fen="quantity",
    sums={"people": "people"},
    label=("title", "object"),
    dims={"kind": "kind", "role": "role"},
    dim_labels=DONATION_LABELS,
)
RECUPERATIONS = EvidenceSet(
    "activities.recuperations",
    "疗休养",
    _recuperations,
    on="on",
    label=("person_name", "place"),
    dims={"payer": "payer"},
    dim_labels=ACTIVITY_LABELS,
)
