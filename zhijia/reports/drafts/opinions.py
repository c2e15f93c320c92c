"""Opinions about a draft, and what was made of each."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from zhijia.core import audit
from zhijia.core.access import Access
from zhijia.core.dates import chinese_date
from zhijia.core.outcomes import Place, Refused, Violation
from zhijia.documents.docx.blocks import WU_HAO, Document, Note, Section, Subtitle, Table, Title
from zhijia.reports.models import Draft, DraftOpinion, DraftSection

Taken = DraftOpinion.Taken


def _missing(field: str, message: str, mend: str) -> Violation:
    return Violation(field, message, place=Place(column=field), mend=mend)


@transaction.atomic
def add(
    draft: Draft, *, who: str, on: date | None, text: str, section: DraftSection | None, by: Access, today: date
) -> DraftOpinion:
    """Record what somebody said about the draft. Refused without who, when and what."""
    problems = []
    if not who.strip():
        problems.append(_missing("who", "还没有写谁提的", "填写单位、小组或姓名"))
    if not text.strip():
        problems.append(_missing("text", "还没有写意见", "写下意见的原话"))
    if on is None:
        problems.append(_missing("on", "还没有写日期", "填写提出意见的日期"))
    elif on > today:
        problems.append(_missing("on", "日期还没有到", "填写提出意见的日期"))
    if problems or on is None:
        raise Refused(problems)
    opinion = DraftOpinion.objects.create(
        draft=draft, who=who.strip()[:60], on=on, text=text.strip()[:2000], section=section, stage=draft.stage
    )
    audit.record(union=draft.union_id, by=by, verb="reports.opinion.added", subject=opinion)
    return opinion


@transaction.atomic
def answer(opinion: DraftOpinion, *, taken: str, words: str, version: int, by: Access) -> DraftOpinion:
    """Say what was made of an opinion. Refused where 部分采纳 or 不采纳 has no explanation, or it changed meanwhile."""
    problems = []
    if taken not in Taken.values:
        problems.append(_missing("taken", "请选怎样处理", "采纳、部分采纳或不采纳"))
    if taken in (Taken.PARTLY, Taken.NO) and not words.strip():
        problems.append(_missing("answer", "没有全部采纳，要写明原因", "写一句给提意见的人看的说明"))
    if problems:
        raise Refused(problems)
    found = DraftOpinion.objects.filter(pk=opinion.pk, version=version).update(
        taken=taken, answer=words.strip()[:1000], answered_by=by.name, version=version + 1
    )
    if not found:
        now = DraftOpinion.objects.get(pk=opinion.pk)
        said = f"{now.answered_by or '别人'}刚处理过：{now.get_taken_display()}　{now.answer}"
        raise Refused([Violation("version", said, value=words.strip()[:200], mend="看过对方的处理再决定")])
    fresh = DraftOpinion.objects.get(pk=opinion.pk)
    audit.record(
        union=opinion.draft.union_id, by=by, verb="reports.opinion.answered", subject=fresh, changes={"taken": taken}
    )
    return fresh


def listed(draft: Draft) -> list[DraftOpinion]:
    """The opinions in the order in which they came."""
    return list(DraftOpinion.objects.filter(draft=draft).select_related("section").order_by("on", "pk"))


def table(draft: Draft, *, union: str, created_at: datetime) -> Document:
    """The opinions and what was made of them, as a paper to print (意见采纳情况表)."""
    rows = listed(draft)
    counts = "，".join(
        f"{label}{sum(row.taken == code for row in rows)}条" for code, label in Taken.choices
    )  # fmt: skip
    cells = [
        (str(n), row.who, chinese_date(row.on), row.section.name if row.section else "全文", row.text,
         row.get_taken_display(), row.answer)
        for n, row in enumerate(rows, start=1)
    ]  # fmt: skip
    return Document(
        blocks=(
            Section(landscape=True),
            Title("工作报告征求意见采纳情况表"),
            Subtitle(f"（{draft.label}　共{len(rows)}条：{counts}）"),
            Table(
                ("序号", "提出人（单位）", "日期", "部分", "意见", "处理", "说明"),
                cells,
                widths=(0.7, 1.6, 1.8, 2, 4.6, 1.2, 3.4),
                align=("centre", "left", "left", "left", "left", "centre", "left"),
                size=WU_HAO,
            ),
            Note("“处理”一栏由起草组填写，部分采纳和不采纳的写明原因。"),
        ),
        title="意见采纳情况表", created_at=created_at, kind="register", creator=union,
    )  # fmt: skip
