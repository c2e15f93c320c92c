"""Facts of delegates and of elections held."""

from __future__ import annotations

from typing import Any

from django.db.models import Subquery

from zhijia.core.feature_types import COUNT, SHARE, TOTAL, EvidenceSet, FactSpec, Scope
from zhijia.elections.models import Delegate, Election
from zhijia.members.models import Person
from zhijia.unions.facts import groups_told


def _latest(scope: Scope) -> Any:
    """Delegates of the latest congress whose delegates were elected by the scope's end."""
    delegates = Delegate.objects.in_union(scope.union).filter(elected_on__lt=scope.until)
    delegates = groups_told(delegates, scope)  # some stand yet for a group that gave its name to another since
    return delegates.filter(congress=Subquery(delegates.order_by("-congress").values("congress")[:1]))


def _elections(scope: Scope) -> Any:
    return Election.objects.in_union(scope.union)


DELEGATES = EvidenceSet(
    "elections.delegates",
    "代表",
    _latest,
    since="elected_on",
    until="end",
    who="person_id",
    label=("person__name", "group_told"),
    dims={"sex": "person__sex", "role": "role", "group": "group_told", "congress": "congress"},
    dim_labels={"sex": dict(Person.Sex.choices), "role": dict(Delegate.Role.choices)},
)
ELECTIONS = EvidenceSet(
    "elections.elections",
    "选举记录",
    _elections,
    on="on",
    fen="due_count",
    sums={"present": "present_count"},
    label=("title",),
    dims={"body": "body"},
    dim_labels={"body": dict(Election.Body.choices)},
)
WOMEN, LEADERS = {"sex": (Person.Sex.FEMALE,)}, {"role": (Delegate.Role.LEADER,)}

FACTS = (
    FactSpec("elections.delegates", "会员代表", "名", DELEGATES, COUNT, by=("sex", "role", "group"), rids=("R02",)),
    FactSpec(
        "elections.delegate_women_share", "女代表比例", "%", DELEGATES, SHARE, by=(), rids=("R02",), num_where=WOMEN
    ),
    FactSpec(
        "elections.delegate_leader_share",
        "领导代表比例",
        "%",
        DELEGATES,
        SHARE,
        by=(),
        rids=("R02",),
        num_where=LEADERS,
    ),
    FactSpec("elections.held", "选举次数", "次", ELECTIONS, COUNT, by=("year", "body"), rids=("R01",)),
    FactSpec("elections.due", "应到人数", "人", ELECTIONS, TOTAL, by=("body",), rids=("R02",)),
    FactSpec("elections.present", "实到人数", "人", ELECTIONS, TOTAL, by=("body",), rids=("R02",), of="present"),
)
