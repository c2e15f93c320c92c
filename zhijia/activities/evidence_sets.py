"""The records behind the facts of this room: evidence sets, each shared by several facts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Case, Count, Exists, F, IntegerField, Min, OuterRef, Q, Subquery, Sum, Value, When
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
from zhijia.core.cube import Rate
from zhijia.core.feature_types import EvidenceSet, Scope
from zhijia.members.models import Person
from zhijia.unions.models import DeedRole, Payer

ACTIVE_WITHIN = timedelta(days=365)  # a hobby group is active when it met in the year before the day asked about


def _activities(scope: Scope) -> Any:
    """Activities with heads: the count that was signed, else the persons on the list who were there."""
    listed = (
        Participation.objects.in_union(scope.union)
        .filter(activity=OuterRef("pk"), present=True)
        .order_by()
        .values("activity")
    )
    counted = Subquery(listed.annotate(heads=Count("pk")).values("heads"), output_field=IntegerField())
    return Activity.objects.in_union(scope.union).annotate(heads=Coalesce("attended", counted))


def _costs(scope: Scope) -> Any:
    in_hobby = Case(When(hobby=None, then=Value(False)), default=Value(True))
    return Activity.objects.in_union(scope.union).annotate(in_hobby=in_hobby)


def turnout(scope: Scope) -> tuple[Rate, Any]:
    """Heads present of heads invited, where invitations were counted; hobby sessions invite nobody."""
    rows = Activity.objects.in_union(scope.union).filter(
        on__gte=scope.first, on__lt=scope.until, hobby=None, invited__gt=0, attended__isnull=False
    )
    present = Least(F("attended"), F("invited"))
    totals = rows.aggregate(present=Sum(present), invited=Sum("invited"))
    return Rate(totals["present"] or 0, totals["invited"] or 0), rows


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


def _people(scope: Scope) -> Any:
    """Persons in some hobby group on the scope's last day, each once, met when a woman."""
    day = scope.last
    places = _members(scope).filter(Q(until=None) | Q(until__gt=day), person=OuterRef("pk"), joined_on__lte=day)
    since = Subquery(places.order_by().values("person").annotate(since=Min("joined_on")).values("since"))
    woman = Case(When(sex=Person.Sex.FEMALE, then=Value(True)), default=Value(False))
    return Person.objects.in_union(scope.union).annotate(since=since, met=woman).filter(since__isnull=False)


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
    label=("place", "title"),
    dims=ACTIVITY_DIMS,
    dim_labels=ACTIVITY_LABELS,
)
COSTS = EvidenceSet(
    "activities.costs",
    "活动费用",
    _costs,
    on="on",
    fen="cost_fen",
    label=("title", "hobby__name"),
    dims={"kind": "kind", "payer": "payer", "hobby": "hobby__name", "in_hobby": "in_hobby"},
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
HOBBY_PEOPLE = EvidenceSet(
    "activities.hobby_people",
    "参加文体小组的职工",
    _people,
    since="since",
    met="met",
    who="pk",
    label=("name", "department"),
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
    label=("title", "object"),
    dims={"kind": "kind", "role": "role"},
    dim_labels=DONATION_LABELS,
)
DONORS = EvidenceSet(
    "activities.donors",
    "公益捐助人数",
    _donations,
    on="on",
    fen="people",
    label=("title", "object"),
    dims={"kind": "kind"},
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
