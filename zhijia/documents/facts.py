"""Facts of papers received and sent."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, Q, Value, When

from zhijia.core.feature_types import RATE, EvidenceSet, FactSpec, Scope
from zhijia.documents import rules
from zhijia.documents.models import IncomingPaper, Submission


def _papers(scope: Scope) -> Any:
    studied = Case(When(studied_on=None, then=Value(False)), default=Value(True))
    return IncomingPaper.objects.in_union(scope.union).annotate(studied=studied)


def _submissions(scope: Scope) -> Any:
    """Requests are met when answered; reports and requests still inside their time count neither way."""
    waiting = Q(answered_on=None, sent_on__gt=scope.last - rules.ANSWER_WITHIN) | Q(kind=Submission.Kind.REPORT)
    answered = Case(When(answered_on__isnull=False, then=Value(True)), When(waiting, then=None), default=Value(False))
    return Submission.objects.in_union(scope.union).annotate(answered=answered)


PAPERS = EvidenceSet(
    "documents.papers",
    "收文学习",
    _papers,
    on="received_on",
    met="studied",
    label=("title", "number", "sender_name"),
    dims={"topic": "topic"},
    dim_labels={"topic": dict(IncomingPaper.Topic.choices)},
)
SUBMISSIONS = EvidenceSet(
    "documents.submissions",
    "上报文件",
    _submissions,
    on="sent_on",
    met="answered",
    label=("title", "number", "answer_number"),
    dims={"kind": "kind", "matter": "matter"},
    dim_labels={"kind": dict(Submission.Kind.choices), "matter": dict(Submission.Matter.choices)},
)

FACTS = (
    FactSpec("papers.incoming", "收文", "件", PAPERS, by=("year", "topic"), rids=("R129", "R130")),
    FactSpec("papers.studied", "收文学习率", "%", PAPERS, RATE, by=("year", "topic"), rids=("R32", "R129")),
    FactSpec("submissions.count", "上报文件", "件", SUBMISSIONS, by=("year", "kind", "matter"), rids=("R139",)),
    FactSpec("submissions.answered", "请示批复率", "%", SUBMISSIONS, RATE, rids=("R139",)),
)
