"""The demo's draft: sent out for opinions, with an edited sentence, a number without a source and two opinions."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from django.utils import timezone

from zhijia.core.access import Access
from zhijia.core.feature_types import Scope
from zhijia.reports import package, rules
from zhijia.reports.drafts import opinions, stages, writing
from zhijia.reports.drafts.body import ADDED, Body, Sentence, Words, from_json, tidy
from zhijia.reports.models import Draft, DraftOpinion, DraftSection

EDITED = "building.summary"
TYPED = "期间，共发放征求意见表260份，收回意见后逐条研究。"
OPINIONS = (
    (
        "第三工会小组", "centre.suggestions", "建议写明职工意见的办理结果，不要只写收到多少件。", "partly",
        "办理结果在“维权”一节已写，这里不再重复。",
    ),
    ("厅直属机关党委", "", "总体同意。篇幅偏长，口头报告时可再压缩。", "", ""),
)  # fmt: skip


def draft(scope: Scope, by: Access) -> Draft:
    """Begin the report of the term and take it to 征求意见稿, through the same services as everybody."""
    access, at = replace(by, union=scope.union, on=scope.today), timezone.now()
    made = writing.start(package.prepare(scope), by=access, now=at)
    _edit(made, access)
    state = stages.state(made, scope.today)
    day = scope.today - timedelta(days=7)
    stages.move(state, rules.CONSULTED, note="", on=day, by=access, today=scope.today, at=at)
    made.refresh_from_db()
    for who, key, text, taken, answer in OPINIONS:
        said = opinions.add(
            made, who=who, on=scope.today - timedelta(days=3), text=text, section=_holding(made, key), by=access,
            today=scope.today,
        )  # fmt: skip
        if taken:
            opinions.answer(said, taken=DraftOpinion.Taken(taken), words=answer, version=said.version, by=access)
    return made


def _holding(made: Draft, key: str) -> DraftSection | None:
    """The section that has the sentence; None where it was not told."""
    rows = DraftSection.objects.filter(draft=made).select_related("draft").order_by("number")
    return next((one for one in rows if any(s.key == key for s in from_json(one.body))), None) if key else None


def _edit(made: Draft, by: Access) -> None:
    """One sentence in the chair's own words, and one more with a number that nothing stands behind yet."""
    section = _holding(made, EDITED) or made.sections.select_related("draft").exclude(level=0).order_by("number")[0]
    base = from_json(section.body)
    edited: Body = tuple(_reworded(one) if one.key == EDITED else one for one in base)
    body = (*edited, Sentence(tidy([Words(TYPED)]), origin=ADDED))
    writing.save(section, writing.noted(body, base), version=section.version, by=by, now=timezone.now())


def _reworded(sentence: Sentence) -> Sentence:
    """In other words, the figures where they were."""
    was, now = "肯定成绩，发现问题，提出努力方向", "讲成绩不夸大，讲问题不回避，把明年的打算落到人头"
    spans = [Words(span.text.replace(was, now)) if isinstance(span, Words) else span for span in sentence.spans]
    return replace(sentence, spans=tidy(spans, sentence.spans))
