"""Facts and claims of activities, hobby groups, honours, model deeds, donations and recuperation."""

from __future__ import annotations

from dataclasses import replace
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
from zhijia.core.feature_types import (
    DISTINCT,
    ITEMS,
    RATE,
    TOTAL,
    EveryClaim,
    EvidenceSet,
    FactSpec,
    NumberClaim,
    Scope,
    SingleSpec,
    YearlyClaim,
)
from zhijia.core.windows import months, on_day, whole_year
from zhijia.members.models import Person
from zhijia.unions.models import DeedRole, Payer

ACTIVE_WITHIN = timedelta(days=365)  # a hobby group is active when it met in the year before the day asked about
Kind = Activity.Kind
COLLECTIVE = (
    Kind.ANGLING, Kind.SHOOTING, Kind.HILL_CLIMBING, Kind.TREE_PLANTING, Kind.STUDY_VISIT, Kind.SPORTS_MEET, Kind.CONTEST, Kind.OUTING,
)  # fmt: skip
PLACED = (Kind.STUDY_VISIT, Kind.WOMEN_DAY, Kind.OUTING, Kind.HILL_CLIMBING)


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


def _turnout(scope: Scope) -> tuple[Rate, Any]:
    """Heads present of heads invited, over the activities whose invitations were counted; hobby sessions invite nobody."""
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
    "kind": "kind", "role": "role", "function": "function", "payer": "payer", "campaign": "campaign", "women_only": "women_only",
}  # fmt: skip
ACTIVITY_LABELS = {
    "kind": dict(Kind.choices), "role": dict(DeedRole.choices), "function": dict(Activity.Function.choices), "payer": dict(Payer.choices),
}  # fmt: skip
ACTIVITIES = EvidenceSet(
    "activities.activities", "活动", _activities, on="on", who="kind", fen="heads", label=("place", "title"),
    dims=ACTIVITY_DIMS, dim_labels=ACTIVITY_LABELS,
)  # fmt: skip
COSTS = EvidenceSet(
    "activities.costs", "活动费用", _costs, on="on", fen="cost_fen", label=("title", "hobby__name"),
    dims={"kind": "kind", "payer": "payer", "hobby": "hobby__name", "in_hobby": "in_hobby"}, dim_labels=ACTIVITY_LABELS,
)  # fmt: skip
HOBBY_GROUPS = EvidenceSet(
    "activities.hobby_groups", "文体小组", _groups, since="founded_on", until="ended_on", met="met", label=("name",),
    dims={"sort": "sort"}, dim_labels={"sort": dict(HobbyGroup.Sort.choices)},
)  # fmt: skip
HOBBY_MEMBERS = EvidenceSet(
    "activities.hobby_members", "文体小组成员", _members, since="joined_on", until="until", who="person_id",
    label=("person__name", "hobby__name"), dims={"sex": "person__sex", "hobby": "hobby__name"},
    dim_labels={"sex": dict(Person.Sex.choices)},
)  # fmt: skip
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
    "activities.honours", "比赛荣誉", _honours, on="on", label=("contest", "title", "recipient", "awarder_name"),
    dims={"kind": "kind", "title": "title", "level": "level", "subject": "subject", "event": "event", "team": "team",
          "rank": "rank", "historical": "historical"},
    dim_labels={"kind": dict(Honour.Kind.choices), "level": dict(Honour.Level.choices), "subject": dict(Honour.Subject.choices),
                "event": dict(Honour.Event.choices)},
)  # fmt: skip
DEEDS = EvidenceSet(
    "activities.deeds", "典型建功", _deeds, on="on", label=("title", "person_name"), dims={"kind": "kind", "campaign": "campaign"},
    dim_labels={"kind": dict(ModelDeed.Kind.choices)},
)  # fmt: skip
DONATION_LABELS = {"kind": dict(Donation.Kind.choices), "role": dict(DeedRole.choices)}
DONATIONS = EvidenceSet(
    "activities.donations", "公益捐助", _donations, on="on", fen="quantity", label=("title", "object"),
    dims={"kind": "kind", "role": "role"}, dim_labels=DONATION_LABELS,
)  # fmt: skip
DONORS = EvidenceSet(
    "activities.donors", "公益捐助人数", _donations, on="on", fen="people", label=("title", "object"),
    dims={"kind": "kind"}, dim_labels=DONATION_LABELS,
)  # fmt: skip
RECUPERATIONS = EvidenceSet(
    "activities.recuperations", "疗休养", _recuperations, on="on", label=("person_name", "place"),
    dims={"payer": "payer"}, dim_labels=ACTIVITY_LABELS,
)  # fmt: skip

GIVEN = ("cash", "goods")
PLACING = {"kind": ("placing",)}
HONOUR = {"kind": ("honour",), "historical": ("no",)}
DEED = ("deed", "achievement")

FACTS = (
    FactSpec("activities.count", "开展活动", "次", ACTIVITIES, by=("year", "kind", "role", "function", "campaign"),
             rids=("R10", "R33", "R37", "R38", "R41", "R43", "R45", "R46", "R100", "R106", "R107", "R108", "R109", "R110", "R111")),
    FactSpec("activities.people_times", "参加活动人次", "人次", ACTIVITIES, TOTAL, by=("year", "kind"), rids=("R33", "R115")),
    SingleSpec("activities.turnout", "活动参与率", "%", _turnout, rids=("R115",), label_paths=("title", "place"),
               help="实到人数与应到人数之比；只算写明应到人数的活动，文体小组活动不算"),
    FactSpec("activities.places", "外出活动地点", "次", ACTIVITIES, ITEMS, where={"kind": PLACED}, rids=("R110", "R111", "R112", "R113")),
    FactSpec("activities.kinds", "集体活动种类", "种", ACTIVITIES, DISTINCT, where={"kind": COLLECTIVE}, by=(), rids=("R106", "R107", "R108", "R109")),
    FactSpec("activities.women_day", "三八节女职工活动", "次", ACTIVITIES, where={"kind": ("women_day",)}, rids=("R70", "R112")),
    FactSpec("activities.women_day_places", "三八节活动地点", "次", ACTIVITIES, ITEMS, where={"kind": ("women_day",)}, rids=("R112", "R113")),
    FactSpec("activities.gatherings", "春节团拜会", "次", ACTIVITIES, where={"kind": ("gathering",)}, rids=("R114",)),
    FactSpec("activities.cost", "活动费用", "fen", COSTS, TOTAL, by=("year", "kind", "payer"), rids=("R102",)),
    FactSpec("activities.hobby_money", "文体小组活动经费", "fen", COSTS, TOTAL, where={"in_hobby": ("yes",)}, by=("year", "hobby"), rids=("R102",)),
    FactSpec("activities.hobby_sessions", "文体小组活动次数", "次", COSTS, where={"in_hobby": ("yes",)}, by=("year", "hobby"), rids=("R103",)),
    FactSpec("activities.hobby_groups", "文体小组", "个", HOBBY_GROUPS, by=("year", "sort"), rids=("R101", "R103")),
    FactSpec("activities.hobby_active", "一年内有活动的文体小组", "%", HOBBY_GROUPS, RATE, by=(), rids=("R103",)),
    FactSpec("activities.hobby_members", "文体小组成员", "人", HOBBY_MEMBERS, DISTINCT, by=("year", "sex"), rids=("R71", "R101")),
    FactSpec("activities.hobby_women_share", "文体小组成员中女职工占比", "%", HOBBY_PEOPLE, RATE, by=(), rids=("R71",)),
    FactSpec("activities.placings", "比赛名次", "项", HONOURS, ITEMS, where=PLACING, by=("year", "event", "team", "level"), rids=("R104", "R105")),
    FactSpec("activities.table_tennis_places", "乒乓球比赛名次", "项", HONOURS, ITEMS, where={**PLACING, "event": ("table_tennis",)}, rids=("R104",)),
    FactSpec("honours.count", "荣誉称号", "项", HONOURS, ITEMS, where=HONOUR, by=("year", "title", "level", "subject"), rids=("R30", "R73", "R126")),
    FactSpec("honours.items", "各项荣誉", "项", HONOURS, ITEMS, where=HONOUR, rids=("R18", "R30", "R73")),
    FactSpec("honours.historical", "仅存史的荣誉", "项", HONOURS, ITEMS, where={"historical": ("yes",)}, rids=("R72", "R73")),
    FactSpec("activities.model_deeds", "典型事迹和岗位建功", "件", DEEDS, ITEMS, where={"kind": DEED}, rids=("R48", "R140")),
    FactSpec("activities.commitments", "岗位承诺", "件", DEEDS, ITEMS, where={"kind": ("commitment",)}, rids=("R47",)),
    FactSpec("activities.donation_campaigns", "捐款捐物活动", "次", DONATIONS, where={"kind": GIVEN}, by=("year", "kind"), rids=("R35", "R37")),
    FactSpec("activities.donation_amount", "捐款金额", "fen", DONATIONS, TOTAL, where={"kind": ("cash",)}, rids=("R35",)),
    FactSpec("activities.donation_goods", "捐物件数", "件", DONATIONS, TOTAL, where={"kind": ("goods",)}, rids=("R35",)),
    FactSpec("activities.donation_people", "捐款捐物人次", "人次", DONORS, TOTAL, where={"kind": GIVEN}, by=("year", "kind"), rids=("R35",)),
    FactSpec("activities.blood_people", "义务献血人次", "人次", DONORS, TOTAL, where={"kind": ("blood",)}, rids=("R36",)),
    FactSpec("activities.blood_volume", "献血量", "毫升", DONATIONS, TOTAL, where={"kind": ("blood",)}, rids=("R36",)),
    FactSpec("activities.recuperation_people", "疗休养人次", "人次", RECUPERATIONS, by=("year", "payer"), rids=("R112",)),
)  # fmt: skip

CLAIMS = (
    YearlyClaim(
        "claims.yearly_women_day", "每年三八节均组织女职工开展活动", replace(ACTIVITIES, name="activities.women_day", title="三八节女职工活动"),
        on_day(3, 8, before=21, after=23), {"kind": ("women_day",)}, rids=("R70", "R112"),
    ),
    YearlyClaim(
        "claims.yearly_gathering", "配合行政认真组织好一年一度的春节团拜会", replace(ACTIVITIES, name="activities.gathering", title="春节团拜会"),
        months(1, 3), {"kind": ("gathering",)}, rids=("R114",),
    ),
    YearlyClaim(
        "claims.yearly_sports_meet", "每年组织一次运动会或健步走活动", replace(ACTIVITIES, name="activities.sports_meet", title="运动会、健步走"),
        whole_year, {"kind": ("sports_meet",)}, rids=("R100",),
    ),
    NumberClaim(
        "claims.table_tennis_often", "多次在省级机关乒乓球比赛中获得优异成绩", "activities.table_tennis_places", least=2, rids=("R104",)
    ),
    EveryClaim("claims.hobby_groups_active", "机关各文体小组的活动均开展正常", "activities.hobby_active", rids=("R103",)),
)  # fmt: skip
