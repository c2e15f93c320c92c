"""Facts of delegates and of elections held."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, Max, Q, Value, When

from zhijia.core.feature_types import COUNT, RATE, TOTAL, EvidenceSet, FactSpec, Scope
from zhijia.elections.models import Delegate, Election
from zhijia.members.models import Person


def _latest(scope: Scope) -> Any:
    """Delegates of the latest congress whose delegates were elected by the scope's end."""
    delegates = Delegate.objects.in_union(scope.union).filter(elected_on__lt=scope.until)
    congress = delegates.aggregate(latest=Max("congress"))["latest"]
    woman = Case(When(person__sex=Person.Sex.FEMALE, then=Value(True)), default=Value(False))
    leader = Case(When(Q(role=Delegate.Role.LEADER), then=Value(True)), default=Value(False))
    party = Case(When(person__politics=Person.Politics.PARTY, then=Value(True)), default=Value(False))
    return delegates.filter(congress=congress).annotate(woman=woman, is_leader=leader, party=party)


def _elections(scope: Scope) -> Any:
    return Election.objects.in_union(scope.union)


DIMS = {"sex": "person__sex", "role": "role", "group": "group__name", "congress": "congress"}
LABELS = {"sex": dict(Person.Sex.choices), "role": dict(Delegate.Role.choices)}


def _share(name: str, met: str) -> EvidenceSet:
    return EvidenceSet(
        f"elections.delegates_{name}",
        "代表",
        _latest,
        since="elected_on",
        until="end",
        who="person_id",
        met=met,
        label=("person__name", "group__name"),
        dims=DIMS,
        dim_labels=LABELS,
    )


WOMEN, LEADERS = _share("women", "woman"), _share("leaders", "is_leader")
ELECTIONS = EvidenceSet(
    "elections.elections",
    "选举记录",
    _elections,
    on="on",
    fen="due_count",
    label=("title",),
    dims={"body": "body"},
    dim_labels={"body": dict(Election.Body.choices)},
)
PRESENT = EvidenceSet(
    "elections.present",
    "选举记录",
    _elections,
    on="on",
    fen="present_count",
    label=("title",),
    dims={"body": "body"},
    dim_labels={"body": dict(Election.Body.choices)},
)

FACTS = (
    FactSpec("elections.delegates", "会员代表", "名", WOMEN, COUNT, by=("sex", "role", "group"), rids=("R02",)),
    FactSpec("elections.delegate_women_share", "女代表比例", "%", WOMEN, RATE, by=(), rids=("R02",)),
    FactSpec("elections.delegate_leader_share", "领导代表比例", "%", LEADERS, RATE, by=(), rids=("R02",)),
    FactSpec("elections.held", "选举次数", "次", ELECTIONS, COUNT, by=("year", "body"), rids=("R01",)),
    FactSpec("elections.due", "应到人数", "人", ELECTIONS, TOTAL, by=("body",), rids=("R02",)),
    FactSpec("elections.present", "实到人数", "人", PRESENT, TOTAL, by=("body",), rids=("R02",)),
)
