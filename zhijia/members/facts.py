"""Facts and claims of the register and the posts."""

from __future__ import annotations

from typing import Any

from django.db.models import DateField, Exists, F, OuterRef, Q, Value

from zhijia.core.conditions import holds, lasts, met
from zhijia.core.feature_types import DISTINCT, RATE, EveryClaim, EvidenceSet, FactSpec, Scope
from zhijia.members.joining import ADMIT
from zhijia.members.models import EarlierMembership, Newcomer, Person, Post, Stretch
from zhijia.standards import numbers
from zhijia.unions.facts import since_known
from zhijia.unions.models import Group

SEX = {"sex": dict(Person.Sex.choices)}


def _members(scope: Scope) -> Any:
    """The stretches of full membership: two of who left and came back, and of who moved to another group."""
    return Stretch.objects.in_union(scope.union)


def _at_first(scope: Scope) -> Any:
    """The stretches in force on the period's first day, dated by it: a stock stands as at the last day otherwise."""
    then = holds(scope.first)
    return _members(scope).filter(then).annotate(opening_on=Value(scope.first, DateField()))


def _memberships(scope: Scope) -> Any:
    """One row for each membership."""
    return Stretch.objects.in_union(scope.union).filter(latest=True)


def _admitted(scope: Scope) -> Any:
    """The memberships that began with an admission: a rest that ended is no new member."""
    rested = EarlierMembership.objects.in_union(scope.union).filter(
        person=OuterRef("person"), left_on=OuterRef("admitted_on"), leaving=""
    )
    return _memberships(scope).filter(~Exists(rested))


def _retained(scope: Scope) -> Any:
    return _memberships(scope).filter(retained_on__isnull=False)


def _newcomers(scope: Scope) -> Any:
    """Newcomers of the HR list, met when admitted in time; while there still is time they count neither way.

    The membership of today counts, or one that ended since; not one that had ended before they came.
    """
    rows = Newcomer.objects.in_union(scope.union).annotate(due_on=numbers.due(scope.union, ADMIT, "arrived_on"))
    now = Q(person__admitted_on__lte=scope.last) & lasts(F("arrived_on"), "person__left_on")
    before = EarlierMembership.objects.in_union(scope.union).filter(
        person=OuterRef("person"), admitted_on__lte=scope.last, left_on__gt=OuterRef("arrived_on")
    )
    in_time = (now & Q(person__admitted_on__lte=F("due_on"))) | Q(
        Exists(before.filter(admitted_on__lte=OuterRef("due_on")))
    )
    pending = ~(now | Q(Exists(before))) & Q(due_on__gt=scope.last)
    return rows.annotate(met=met(in_time, pending))


def _groups(scope: Scope) -> Any:
    """Groups, each met when it has a leader on the scope's last day."""
    day = scope.last
    leader = Post.objects.in_union(scope.union).filter(
        holds(day), office=Post.Office.GROUP_LEADER, group=OuterRef("pk")
    )
    return since_known(Group.objects.in_union(scope.union), scope).annotate(met=Exists(leader))


def _posts(scope: Scope) -> Any:
    return Post.objects.in_union(scope.union).exclude(office=Post.Office.VISITOR)


MEMBERS = EvidenceSet(
    "members.members",
    "会员",
    _members,
    since="first",
    until="end",
    who="person_id",
    label=("name", "department"),
    dims={"sex": "sex", "group": "group__name"},
    dim_labels=SEX,
)
AT_FIRST = EvidenceSet(
    "members.at_first", "期初会员", _at_first, on="opening_on", who="person_id", label=("name", "department")
)
ADMITTED = EvidenceSet(
    "members.admitted",
    "新入会会员",
    _admitted,
    on="admitted_on",
    who="person_id",
    label=("name", "department"),
    dims={"sex": "sex"},
    dim_labels=SEX,
)
RETAINED = EvidenceSet(
    "members.retained",
    "保留会籍",
    _retained,
    since="retained_on",
    until="left_on",
    who="person_id",
    label=("name", "department"),
)
NEWCOMERS = EvidenceSet(
    "members.newcomers", "新进人员", _newcomers, on="arrived_on", met="met", who="pk", label=("name", "department")
)
GROUPS = EvidenceSet(
    "members.groups", "工会小组", _groups, since="since", until="end", met="met", label=("name", "department")
)
POSTS = EvidenceSet(
    "members.posts",
    "任职",
    _posts,
    since="first",
    until="end",
    who="person_id",
    label=("person__name", "office", "portfolio"),
    dims={"office": "office"},
    dim_labels={"office": dict(Post.Office.choices)},
)

COMMITTEE = ("chair", "vice_chair", "committee")
REVIEW = ("review_director", "reviewer")

FACTS = (
    FactSpec("members.active", "会员人数", "人", MEMBERS, by=("year", "sex", "group"), rids=("R06",)),
    FactSpec(
        "members.opening",
        "期初会员人数",
        "人",
        AT_FIRST,
        by=(),
        rids=("R06",),
        help="这一期第一天的会员人数；会员人数是这一期最后一天的",
    ),
    FactSpec("members.women", "女会员人数", "人", MEMBERS, where={"sex": ("female",)}, rids=("R68",)),
    FactSpec("members.admitted", "新发展会员", "人", ADMITTED, by=("year", "sex"), rids=("R120",)),
    FactSpec("members.newcomers", "新进人员", "人", NEWCOMERS, rids=("R120",)),
    FactSpec("members.admitted_rate", "新进人员及时入会率", "%", NEWCOMERS, RATE, rids=("R120",)),
    FactSpec("members.retained", "保留会籍人数", "人", RETAINED),
    FactSpec("groups.count", "工会小组数", "个", GROUPS, rids=("R13",)),
    FactSpec("groups.with_leader", "有组长的小组", "个", GROUPS, RATE, by=(), rids=("R119",)),
    FactSpec("posts.committee", "委员会委员", "人", POSTS, DISTINCT, where={"office": COMMITTEE}, rids=("R13",)),
    FactSpec("posts.review", "经审会委员", "人", POSTS, DISTINCT, where={"office": REVIEW}, rids=("R14", "R133")),
    FactSpec("posts.leaders", "小组长", "人", POSTS, DISTINCT, where={"office": ("group_leader",)}, rids=("R13",)),
    FactSpec("posts.officers", "工会干部", "人", POSTS, DISTINCT, by=("year", "office"), rids=("R134",)),
)

CLAIMS = (
    EveryClaim(
        "claims.newcomers_admitted",
        "每年新进机关的同志，工会均及时将其发展为会员",
        "members.admitted_rate",
        rids=("R120",),
    ),
    EveryClaim("claims.leaders_complete", "工会小组长全部配齐", "groups.with_leader", rids=("R119",)),
)
