"""Changes to a draft's text: one function, one transaction, one audit line. What decides between two is `version`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from zhijia.core import audit
from zhijia.core.access import Access
from zhijia.core.outcomes import Place, Refused, Violation
from zhijia.reports import rules
from zhijia.reports.drafts.body import (
    ADDED,
    EDITED,
    GENERATED,
    Body,
    Live,
    Sentence,
    Span,
    Typed,
    Words,
    from_json,
    numbered,
    spans_of,
    tidy,
    to_json,
)
from zhijia.reports.drafts.counting import counted
from zhijia.reports.drafts.generating import first_draft
from zhijia.reports.drafts.withheld import flagged
from zhijia.reports.models import Draft, DraftSection
from zhijia.reports.workshop import Workshop


class Clash(Refused):
    """Somebody else saved the section in between: `section` is how it stands now."""

    def __init__(self, section: DraftSection) -> None:
        self.section = section
        words = f"“{section.name}”刚由{section.saved_by or '别人'}保存过"
        super().__init__([Violation("version", words, mend="请把两边的改动合在一起再保存")])


def latest(union: int, term: int | None) -> Draft | None:
    """The draft that is worked on for a term: the newest round; None where none was begun."""
    found = Draft.objects.filter(union_id=union, term=term) if term is not None else Draft.objects.none()
    return found.order_by("-number").first()


@transaction.atomic
def start(workshop: Workshop, *, by: Access, now: datetime) -> Draft:
    """Begin the draft of a term from the generated report. Refused where one is there already, or for a mere year."""
    scope = workshop.material.scope
    if scope.term is None:
        raise Refused([Violation("term", "工作报告按届起草", mend="请选一届")])
    if latest(scope.union, scope.term):
        raise Refused([Violation("there", "这一届的工作报告已经在起草", mend="请接着改；定稿以后可以另起一轮")])
    parts, withheld = first_draft(workshop)
    draft = Draft.objects.create(
        union_id=scope.union, number=1, label=scope.label, term=scope.term, first=scope.first, end=scope.end,
        started_at=now, started_by=by.name, withheld=withheld,
    )  # fmt: skip
    DraftSection.objects.bulk_create(
        DraftSection(
            draft=draft, number=part.number, level=part.level, heading=part.heading, name=part.name,
            body=to_json(part.body), serial=part.serial, saved_at=now, saved_by=by.name,
        )
        for part in parts
    )  # fmt: skip
    audit.record(union=scope.union, by=by, verb="reports.draft.started", subject=draft, tables=[DraftSection])
    return draft


def changeable(draft: Draft) -> None:
    """Refused where the text is settled or a newer round has begun."""
    if draft.final:
        raise Refused([Violation("final", "已经定稿，文字锁定", mend="确需修改，请写明原因另起一轮")])
    if Draft.objects.filter(union_id=draft.union_id, term=draft.term, number__gt=draft.number).exists():
        raise Refused([Violation("superseded", "这一轮已经结束", mend="请在最新一轮里改")])


@transaction.atomic
def save(
    section: DraftSection, body: Body, *, version: int, by: Access, now: datetime, heading: str | None = None
) -> DraftSection:
    """Store what somebody made of a section. Clash where it is no longer at `version`; nothing is saved then."""
    return _store(section, body, version, "saved", {}, by=by, now=now, heading=heading)


def _store(
    section: DraftSection,
    body: Body,
    version: int,
    verb: str,
    changes: dict[str, Any],
    *,
    by: Access,
    now: datetime,
    heading: str | None = None,
) -> DraftSection:
    fresh = written(section, body, version, by=by, now=now, heading=heading)
    if fresh.version != section.version:
        told = changes | {"draft": fresh.draft_id, "section": fresh.number, "version": fresh.version}
        union = fresh.draft.union_id
        audit.record(union=union, by=by, verb=f"reports.draft.{verb}", subject=fresh, changes=told)
    return fresh


def written(
    section: DraftSection, body: Body, version: int, *, by: Access, now: datetime, heading: str | None = None
) -> DraftSection:
    """Write a section without telling the chain: for services of this room that write several at once."""
    draft = section.draft
    changeable(draft)
    title = _heading(section, heading)
    stored, serial = numbered(flagged(counted(body), draft.withheld), section.number, section.serial)
    rows = to_json(stored)
    if rows == section.body and title == section.heading and version == section.version:
        return section
    found = DraftSection.objects.filter(pk=section.pk, version=version).update(
        body=rows, serial=serial, heading=title, version=F("version") + 1, saved_at=now, saved_by=by.name,
    )  # fmt: skip
    if not found:
        raise Clash(DraftSection.objects.select_related("draft").get(pk=section.pk))
    return DraftSection.objects.select_related("draft").get(pk=section.pk)


def _heading(section: DraftSection, heading: str | None) -> str:
    if heading is None or not section.level:
        return section.heading
    if not heading.strip():
        mend = "不要这一节，请隐藏它的句子"
        raise Refused([Violation("heading", "标题不能空着", place=Place(column="heading"), mend=mend)])
    return heading.strip()[:120]


@transaction.atomic
def hold(section: DraftSection, *, by: Access, now: datetime, take: bool = False) -> DraftSection:
    """Say that somebody is at work in a section. Refused while somebody else is, unless it is taken over."""
    changeable(section.draft)
    if held_by_other(section, by, now) and not take:
        words = f"{section.locked_name}正在改这一节"
        raise Refused([Violation("held", words, mend="等对方改完，或者接手（对方没有保存的内容仍会保留给对方合并）")])
    DraftSection.objects.filter(pk=section.pk).update(locked_by=by.user, locked_name=by.name, locked_at=now)
    fresh = DraftSection.objects.select_related("draft").get(pk=section.pk)
    audit.record(union=section.draft.union_id, by=by, verb="reports.draft.held", subject=fresh, changes={"taken": take})
    return fresh


@transaction.atomic
def release(section: DraftSection, *, by: Access) -> None:
    """Say that somebody has left a section; nothing happens where somebody else holds it."""
    if DraftSection.objects.filter(pk=section.pk, locked_by=by.user).update(locked_by=None, locked_at=None):
        audit.record(union=section.draft.union_id, by=by, verb="reports.draft.released", subject=section)


def held_by_other(section: DraftSection, by: Access, now: datetime) -> bool:
    """Whether somebody else is at work in the section."""
    return rules.locked(section.locked_at, now) and section.locked_by != by.user


def noted(body: Body, base: Body) -> Body:
    """The body with what people did to each sentence: 改过 where its words are others than before, 新增 where new."""
    before = {sentence.id: sentence for sentence in base}
    found = []
    for sentence in body:
        old = before.get(sentence.id)
        if old is None:
            found.append(replace(sentence, origin=ADDED))
        elif old.origin == GENERATED and _words(old) != _words(sentence):
            found.append(replace(sentence, origin=EDITED))
        else:
            found.append(sentence)
    return tuple(found)


def _words(sentence: Sentence) -> list[Any]:
    return [span.ask if isinstance(span, Live) else span.text for span in sentence.spans]


def _changed(body: Body, number: int, change: Callable[[Sentence], Sentence]) -> Body:
    if number not in {sentence.id for sentence in body}:
        raise Refused([Violation("sentence", "这句话已经不在了", mend="请回到稿子看现在的样子")])
    return tuple(change(sentence) if sentence.id == number else sentence for sentence in body)


def typed_at(section: DraftSection, sentence: int, place: int, text: str = "") -> Typed:
    """The typed number (reading `text`, if given) at a place of a sentence. Refused where there is none any more."""
    found = next((one for one in from_json(section.body) if one.id == sentence), None)
    span = found.spans[place] if found and place < len(found.spans) else None
    if not isinstance(span, Typed) or (text and span.text != text):
        raise Refused([Violation("number", "这个数字已经不在了", mend="请回到稿子看现在的样子")])
    return span


@transaction.atomic
def confirm_number(
    section: DraftSection, sentence: int, place: int, *, why: str, who: str, by: Access, today: date, now: datetime
) -> DraftSection:
    """A named person answers for a number typed by hand. Refused without a name or a reason."""
    number = typed_at(section, sentence, place)
    problems = [
        Violation(field, message, place=Place(column=field), mend=mend)
        for field, value, message, mend in (
            ("why", why, "还没有写理由", "写清数字从哪里来，例如文件名、会议或经手人"),
            ("who", who, "还没有写谁确认", "填写对这个数字负责的人的姓名"),
        )
        if not value.strip()
    ]
    if problems:
        raise Refused(problems)
    vouched = Typed(number.text, why.strip()[:200], who.strip()[:60], today.isoformat())
    body = _changed(from_json(section.body), sentence, lambda one: _with_spans(one, _put(one.spans, place, [vouched])))
    changes = {"number": number.text, "who": vouched.who}
    return _store(section, body, section.version, "number.confirmed", changes, by=by, now=now)


@transaction.atomic
def tie(section: DraftSection, sentence: int, place: int, live: Live, *, by: Access, now: datetime) -> DraftSection:
    """Put a live figure in the place of a typed number; its unit swallows the one that was typed behind."""
    number = typed_at(section, sentence, place)

    def tied(one: Sentence) -> Sentence:
        after = one.spans[place + 1] if place + 1 < len(one.spans) else None
        spans = _put(one.spans, place, [live])
        unit = _unit(live.text)
        if unit and isinstance(after, Words) and after.text.startswith(unit):
            spans = _put(spans, place + 1, [Words(after.text.removeprefix(unit))])
        made = _with_spans(one, spans)
        return replace(made, origin=EDITED if one.origin == GENERATED else one.origin)

    body = _changed(from_json(section.body), sentence, tied)
    changes = {"number": number.text, "fact": live.key}
    return _store(section, body, section.version, "number.tied", changes, by=by, now=now)


def _unit(text: str) -> str:
    """What stands behind the digits of a printed figure."""
    return text.lstrip("0123456789.,%多")


def _put(spans: tuple[Span, ...], place: int, new: list[Span]) -> tuple[Span, ...]:
    return (*spans[:place], *new, *spans[place + 1 :])


def _with_spans(sentence: Sentence, spans: tuple[Span, ...]) -> Sentence:
    return replace(sentence, spans=tidy(spans))


@transaction.atomic
def write_withheld(section: DraftSection, key: str, *, reason: str, by: Access, now: datetime) -> DraftSection:
    """Put a withheld sentence at the end of a section all the same.

    Refused without a reason; one that was left out for brevity only needs none, and comes with its live figures.
    """
    one = next((one for one in section.draft.withheld if one["key"] == key), None)
    if one is None:
        raise Refused([Violation("withheld", "没有这句话", mend="请在“没有写的话”里选")])
    if one.get("spans"):
        sentence = Sentence(spans_of(one["spans"]), key, ADDED)
    else:
        sentence = Sentence(tidy([Words(one["wording"])]), key, ADDED, withheld=key, reason=_reason(reason))
    body = (*from_json(section.body), sentence)
    return _store(section, body, section.version, "withheld.written", {"key": key}, by=by, now=now)


@transaction.atomic
def explain(section: DraftSection, sentence: int, *, reason: str, by: Access, now: datetime) -> DraftSection:
    """Say why a sentence stands that the records or today's rules do not carry. Refused without a reason."""
    words = _reason(reason)
    body = _changed(from_json(section.body), sentence, lambda one: replace(one, reason=words))
    return _store(section, body, section.version, "withheld.explained", {"sentence": sentence}, by=by, now=now)


def _reason(text: str) -> str:
    if not text.strip():
        raise Refused(
            [Violation("reason", "还没有写理由", place=Place(column="reason"), mend="写明为什么仍要写进报告")]
        )
    return text.strip()[:200]


@transaction.atomic
def confirm_phrase(draft: Draft, text: str, *, who: str, by: Access, today: date) -> Draft:
    """A named person vouches for an official phrase as this draft has it. Refused without a name."""
    if not who.strip():
        raise Refused([Violation("who", "还没有写谁确认", place=Place(column="who"), mend="填写核对过原文的人的姓名")])
    changeable(draft)
    fresh = Draft.objects.select_for_update().get(pk=draft.pk)
    kept = [one for one in fresh.phrases if one["text"] != text]
    fresh.phrases = [*kept, {"text": text, "who": who.strip()[:60], "on": today.isoformat()}]
    fresh.save(update_fields=["phrases"])
    audit.record(union=draft.union_id, by=by, verb="reports.draft.phrase.confirmed", subject=fresh)
    return fresh
