"""Check R-ELE-15: a request to the superior is answered within 15 days, or chased."""

from __future__ import annotations

from collections.abc import Iterable

from zhijia.core.feature_types import CheckSpec, Finding, Scope
from zhijia.core.outcomes import WARN
from zhijia.documents import rules
from zhijia.documents.models import Submission

SOURCE = "《工会基层组织选举工作条例》"
MATTERS = (Submission.Matter.CONGRESS, Submission.Matter.CANDIDATES, Submission.Matter.RESULT)


def unanswered(scope: Scope) -> Iterable[Finding]:
    """Requests about the congress that stayed without an answer for more than 15 days."""
    waiting = Submission.objects.in_union(scope.union).filter(
        matter__in=MATTERS, answered_on=None, sent_on__gte=scope.first, sent_on__lt=scope.until - rules.ANSWER_WITHIN
    )
    for paper in waiting:
        message = f"{paper.sent_on}报送，超过15天没有批复"
        yield Finding("R-ELE-15", WARN, True, True, paper.title, message, SOURCE, str(paper.uid), paper.sent_on)


CHECKS = (CheckSpec("R-ELE-15", "上级批复", unanswered, "documents.Submission", "向上级催办，收到批复后登记"),)
