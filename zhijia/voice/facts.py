"""Facts and the claim of suggestions, shared rule-making, channels, contacts, rights, openness and ratings."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q

from zhijia.core.conditions import flag, met
from zhijia.core.feature_types import FEN, ITEMS, RATE, SHARE, TOTAL, EveryClaim, EvidenceSet, FactSpec, Scope
from zhijia.standards import numbers
from zhijia.voice import rules, terms
from zhijia.voice.models import (
    Area,
    Channel,
    Contact,
    Evaluation,
    OpenItem,
    Participation,
    RightsMatter,
    Suggestion,
    Way,
)

AREAS = dict(Area.choices)
YES_NO = {"yes": "是", "no": "否"}
LOW = (
    Q(grade__in=sorted(rules.LOW_GRADES))
    | Q(score__lt=rules.LOW_SCORE)
    | Q(asked__gt=0, satisfied__lt=F("asked") * rules.LOW_SCORE / 100.0)
)


def _suggestions(scope: Scope) -> Any:
    """Suggestions, met when answered; those inside the time for an answer count neither way until they are."""
    rows = Suggestion.objects.in_union(scope.union).annotate(due_on=numbers.due(scope.union, terms.ANSWER, "on"))
    answered = met(Q(answered_on__isnull=False), Q(due_on__gt=scope.last))
    return rows.annotate(met=answered, taken=flag(Q(adopted=True)))


def _participations(scope: Scope) -> Any:
    """Rules and consultations; one in which opinions were heard is met when some of them were taken in."""
    heard = met(Q(opinions__gt=0, adopted__gt=0), ~Q(opinions__gt=0))
    return Participation.objects.in_union(scope.union).annotate(met=heard)


def _channels(scope: Scope) -> Any:
    return Channel.objects.in_union(scope.union)


def _contacts(scope: Scope) -> Any:
    return Contact.objects.in_union(scope.union)


def _rights(scope: Scope) -> Any:
    """Matters of rights, met when settled; recent ones count neither way until they are."""
    rows = RightsMatter.objects.in_union(scope.union).annotate(due_on=numbers.due(scope.union, terms.SETTLE, "on"))
    settled = met(Q(settled_on__isnull=False), Q(due_on__gt=scope.last))
    escalated = flag(Q(escalated_on__isnull=False) | ~Q(escalated_to=""))
    return rows.annotate(met=settled, escalated=escalated)


def _open_items(scope: Scope) -> Any:
    return OpenItem.objects.in_union(scope.union)


def _evaluations(scope: Scope) -> Any:
    return Evaluation.objects.in_union(scope.union).annotate(low=flag(LOW))


SUGGESTIONS = EvidenceSet(
    "voice.suggestions",
    "意见建议",
    _suggestions,
    on="on",
    met="met",
    label=("text",),
    dims={"area": "area", "channel": "channel", "taken": "taken"},
    dim_labels={"area": AREAS, "channel": dict(Suggestion.Channel.choices), "taken": YES_NO},
)
PARTICIPATIONS = EvidenceSet(
    "voice.participations",
    "制度参与",
    _participations,
    on="on",
    fen="opinions",
    met="met",
    label=("document",),
    dims={"kind": "kind", "matter": "matter", "role": "role"},
    dim_labels={"kind": dict(Participation.Kind.choices), "matter": AREAS},
)
CHANNELS = EvidenceSet(
    "voice.channels",
    "民主渠道",
    _channels,
    since="first",
    until="end",
    label=("name",),
    dims={"kind": "kind"},
    dim_labels={"kind": dict(Way.choices)},
)
CONTACTS = EvidenceSet(
    "voice.contacts",
    "联系职工",
    _contacts,
    on="on",
    fen="people",
    label=("topics",),
    dims={"kind": "kind"},
    dim_labels={"kind": dict(Way.choices)},
)
RIGHTS = EvidenceSet(
    "voice.rights",
    "权益事项",
    _rights,
    on="on",
    met="met",
    label=("matter",),
    dims={"field": "field", "sub": "sub", "sort": "sort", "escalated": "escalated"},
    dim_labels={
        "field": dict(RightsMatter.Field.choices),
        "sub": dict(RightsMatter.Sub.choices),
        "sort": dict(RightsMatter.Sort.choices),
        "escalated": YES_NO,
    },
)
OPEN_ITEMS = EvidenceSet(
    "voice.open_items",
    "公开事项",
    _open_items,
    on="on",
    label=("matter", "place"),
    dims={"kind": "kind", "role": "role"},
    dim_labels={"kind": dict(OpenItem.Kind.choices)},
)
RATING_DIMS = {"rater": "rater", "topic": "topic", "grade": "grade", "low": "low"}
RATING_LABELS = {
    "rater": dict(Evaluation.Rater.choices),
    "topic": dict(Evaluation.Topic.choices),
    "grade": dict(Evaluation.Grade.choices),
    "low": YES_NO,
}
EVALUATIONS = EvidenceSet(
    "voice.evaluations",
    "评价",
    _evaluations,
    on="on",
    year="year",
    fen="satisfied",
    sums={"asked": "asked"},
    label=("year", "rater", "topic", "grade", "satisfied", "asked"),
    dims=RATING_DIMS,
    dim_labels=RATING_LABELS,
)
CONSULTED = {"kind": (Participation.Kind.CONSULTATION,)}
WHOLE = {"topic": (Evaluation.Topic.WHOLE,)}
MEMBERS = {"rater": (Evaluation.Rater.MEMBERS,)}
# Whoever answers eight questions is one member: only the answers to the whole are added up, items have their rates.
OVERALL = {**MEMBERS, **WHOLE}
ITEM = {**MEMBERS, "topic": tuple(topic for topic in Evaluation.Topic if topic != Evaluation.Topic.WHOLE)}

FACTS = (
    FactSpec(
        "voice.suggestions",
        "意见建议",
        "件",
        SUGGESTIONS,
        by=("year", "area", "channel"),
        rids=("R28", "R61", "R79", "R91"),
    ),
    FactSpec(
        "voice.adopted",
        "采纳的意见建议",
        "件",
        SUGGESTIONS,
        where={"taken": (True,)},
        by=("year", "area"),
        rids=("R28", "R29", "R79"),
    ),
    FactSpec("voice.answered_rate", "意见建议答复率", "%", SUGGESTIONS, RATE, by=("year", "area"), rids=("R28", "R62")),
    FactSpec(
        "voice.rules_shared",
        "参与制定的制度",
        "项",
        PARTICIPATIONS,
        where={"kind": (Participation.Kind.RULE,)},
        by=("year", "matter"),
        rids=("R25", "R77"),
    ),
    FactSpec(
        "voice.consultations",
        "征求职工意见的事项",
        "项",
        PARTICIPATIONS,
        where=CONSULTED,
        by=("year", "matter"),
        rids=("R23", "R63"),
    ),
    FactSpec(
        "voice.opinions",
        "听取到的意见",
        "条",
        PARTICIPATIONS,
        TOTAL,
        by=("year", "kind", "matter"),
        rids=("R63", "R79"),
    ),
    FactSpec("voice.opinions_taken", "吸纳了职工意见的事项", "%", PARTICIPATIONS, RATE, by=("year",), rids=("R79",)),
    FactSpec("voice.channels", "民主渠道", "条", CHANNELS, by=("year", "kind"), rids=("R25",)),
    FactSpec(
        "voice.online_home",
        "网上职工之家",
        "个",
        CHANNELS,
        ITEMS,
        where={"kind": (Way.ONLINE,)},
        by=("year",),
        rids=("R34",),
    ),
    FactSpec("voice.contacts", "联系职工", "次", CONTACTS, by=("year", "kind"), rids=("R31", "R32")),
    FactSpec("voice.contact_people", "联系职工人次", "人次", CONTACTS, TOTAL, by=("year", "kind"), rids=("R31",)),
    FactSpec(
        "voice.rights_matters",
        "权益事项",
        "件",
        RIGHTS,
        by=("year", "field", "sub", "sort"),
        rids=("R24", "R58", "R59", "R60", "R65"),
    ),
    FactSpec("voice.rights_settled", "权益事项办结率", "%", RIGHTS, RATE, by=("year", "field"), rids=("R58",)),
    FactSpec(
        "voice.escalations",
        "向领导反映并协调的事项",
        "件",
        RIGHTS,
        where={"escalated": (True,)},
        by=("year", "field"),
        rids=("R62",),
    ),
    FactSpec("voice.openness", "公开事项", "项", OPEN_ITEMS, by=("year", "kind"), rids=("R27",)),
    FactSpec("voice.evaluations", "工会工作评价", "次", EVALUATIONS, where=WHOLE, by=("year", "rater"), rids=("R126",)),
    FactSpec(
        "voice.rating",
        "年度评价等次",
        "次",
        EVALUATIONS,
        ITEMS,
        where=WHOLE,
        by=("year", "rater", "grade"),
        rids=("R11", "R126"),
    ),
    FactSpec(
        "voice.low_ratings",
        "偏低的评价",
        "项",
        EVALUATIONS,
        ITEMS,
        where={"low": (True,)},
        by=("year", "topic"),
        rids=("R137",),
    ),
    FactSpec("voice.asked", "参加会员总体评价", "人次", EVALUATIONS, TOTAL, OVERALL, rids=("R126",), of="asked"),
    FactSpec("voice.satisfied", "会员总体评价满意", "人次", EVALUATIONS, TOTAL, OVERALL, rids=("R126",)),
    FactSpec(
        "voice.satisfaction", "会员总体满意率", "%", EVALUATIONS, SHARE, OVERALL, rids=("R126",), of=FEN, per="asked"
    ),
    FactSpec("voice.items_rated", "会员分项评价", "项", EVALUATIONS, where=ITEM, by=("year", "topic"), rids=("R126",)),
    FactSpec(
        "voice.item_satisfaction",
        "会员分项满意率",
        "%",
        EVALUATIONS,
        SHARE,
        ITEM,
        ("year", "topic", "year+topic"),
        ("R126", "R137"),
        of=FEN,
        per="asked",
    ),
)

CLAIMS = (
    EveryClaim(
        "claims.every_suggestion_answered",
        "职工的意见建议件件有答复",
        "voice.answered_rate",
        rids=("R28", "R62"),
    ),
)
