"""Changes to collection forms: whole ledgers of them, one form being written, its moves, and reminders."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.db import transaction

from zhijia.core import audit, records
from zhijia.core.access import Access
from zhijia.core.frame import Frame
from zhijia.core.lookup import Lookup
from zhijia.core.outcomes import WARN, Refused, Violation
from zhijia.core.records import Records
from zhijia.core.row_checks import period_problems
from zhijia.inquiries import people, rules
from zhijia.inquiries.models import Answer, AskedGroup, Inquiry, Nudge, Question
from zhijia.unions.models import UnionRecord

DAY = timedelta(days=1)
CHANGED = Violation("stale", "这张表刚被别人改过", mend="下面是对方改过的内容，请核对后再改")


def _inquiry_problems(frame: Frame, _lookup: Lookup) -> Iterable[Violation]:
    return period_problems(frame)


def _derive_question(frame: Frame, _lookup: Lookup) -> dict[str, list[Any]]:
    """Options in the form in which they are kept; cards, phones and ID numbers are always personal."""
    derived: dict[str, list[Any]] = {}
    if "options" in frame.columns:
        derived["options"] = [rules.options_kept(options or "") for options in frame.columns["options"]]
    if "kind" in frame.columns:
        rows = frame.zip("kind", "personal")
        derived["personal"] = [rules.is_personal(kind, bool(marked)) for kind, marked in rows]
    return derived


def _derive_answer(frame: Frame, lookup: Lookup) -> dict[str, list[Any]]:
    """Answers to personal questions are sealed wherever they were written; the tail by which their owner knows them."""
    if "value" not in frame.columns and "secret" not in frame.columns:
        return {}
    personal = lookup.follow(frame.get("question"), "inquiries.Question", "personal")
    rows = list(zip(personal, frame.get("value"), frame.get("secret"), strict=True))
    secrets = [secret or (value if hidden else None) or None for hidden, value, secret in rows]
    return {
        "value": ["" if hidden else value or "" for hidden, value, _secret in rows],
        "secret": secrets,
        "secret_tail": [rules.tail(secret) if secret else "" for secret in secrets],
    }


def _answer_problems(frame: Frame, lookup: Lookup) -> Iterable[Violation]:
    """What does not fit its question only warns: a paper list holds what people wrote."""
    questions = frame.get("question")
    kinds = lookup.follow(questions, "inquiries.Question", "kind")
    options = lookup.follow(questions, "inquiries.Question", "options")
    for index, (kind, offered, value) in enumerate(zip(kinds, options, frame.get("value"), strict=True)):
        _kept, problem = rules.clean(kind or rules.TEXT, value or "", offered or "", today=lookup.today)
        if problem:
            yield Violation("answer", problem, place=frame.place(index, "value"), mend="请核对", level=WARN)


INQUIRIES = Records(Inquiry, key=("title", "first"), handles=(("title",), ("title", "first")), check=_inquiry_problems)
ASKED_GROUPS = Records(AskedGroup, key=("inquiry", "group"))
QUESTIONS = Records(
    Question, key=("inquiry", "text"), handles=(("text",), ("text", "inquiry.title")), derive=_derive_question
)
ANSWERS = Records(Answer, key=("question", "person"), derive=_derive_answer, check=_answer_problems)

save_inquiries = partial(records.save, INQUIRIES)
save_asked_groups = partial(records.save, ASKED_GROUPS)
save_questions = partial(records.save, QUESTIONS)
save_answers = partial(records.save, ANSWERS)


def questions_of(inquiry: Inquiry) -> list[Question]:
    """The form's questions in their order."""
    return list(Question.objects.in_union(inquiry.union_id).filter(inquiry=inquiry).order_by("rank", "pk"))


def draft_of(inquiry: Inquiry) -> rules.Draft:
    """A stored form as it is written."""
    written = tuple(
        rules.QuestionDraft(one.text, one.kind, one.required, one.options, one.personal, str(one.uid))
        for one in questions_of(inquiry)
    )
    groups = tuple(people.asked_groups(inquiry))
    return rules.Draft(inquiry.title, inquiry.purpose, inquiry.audience, groups, inquiry.first, inquiry.last, written)


def _locked(inquiry: Inquiry) -> Inquiry:
    """The form as it is now; nobody else of the union writes until the transaction ends."""
    audit.lock(inquiry.union_id)
    return Inquiry.objects.get(pk=inquiry.pk)


@transaction.atomic
def create(draft: rules.Draft, *, union: int, by: Access, today: date) -> Inquiry:
    """Write a new form as a draft and return it; refused with every reason, and then nothing is saved."""
    _refuse(rules.draft_problems(draft, today=today))
    audit.lock(union)
    inquiry = Inquiry.objects.create(
        union_id=union, origin=UnionRecord.Origin.LIVED, asker_id=by.person, **_fields(draft, today)
    )
    _write_groups(inquiry, draft, today)
    _write_questions(inquiry, draft, today)
    _tell(inquiry, by, "written", {"title": inquiry.title, "questions": len(draft.questions)})
    return inquiry


@transaction.atomic
def change(inquiry: Inquiry, draft: rules.Draft, *, version: int, by: Access, today: date) -> Inquiry:
    """Change a form. Questions and those asked change in a draft only; afterwards only title, purpose and last day.

    Refused where somebody changed it meanwhile (`version` is no longer the one on record).
    """
    _refuse(rules.draft_problems(draft, today=today))
    now = _locked(inquiry)
    if now.version != version:
        raise Refused([CHANGED])
    fields = _fields(draft, today)
    if now.state != rules.DRAFT:
        fields = {name: fields[name] for name in ("title", "purpose", "end")}
        if fields["end"] and fields["end"] <= now.first:
            raise Refused([Violation("last", "截止日期早于开始日期", mend="请改正日期")])
    before = {name: getattr(now, name) for name in fields}
    for name, value in fields.items():
        setattr(now, name, value)
    now.version += 1
    now.save(update_fields=[*fields, "version"])
    if now.state == rules.DRAFT:
        _write_groups(now, draft, today)
        _write_questions(now, draft, today)
    _tell(now, by, "changed", {name: [before[name], value] for name, value in fields.items() if before[name] != value})
    return now


@transaction.atomic
def move(inquiry: Inquiry, verb: str, *, by: Access, today: date) -> Inquiry:
    """Open, take back to draft, close, open again or discard a form; counts those asked. Refused with every reason."""
    now = _locked(inquiry)
    asked = people.asked(now, today).count()
    _refuse(
        rules.move_problems(
            verb,
            now.state,
            questions=len(questions_of(now)),
            asked=asked,
            answered=people.counts([now]).get(now.pk, 0),
            end=now.end,
            today=today,
        )
    )
    before = now.state
    if verb == "open":
        now.first = max(now.first, today)
    now.state = rules.TRANSITIONS[verb][1]
    if verb in ("open", "reopen", "close"):
        now.asked = asked
    if verb == "discard":
        now.withdrawn_on, now.withdrawn_by, now.withdrawn_reason = today, by.user, "草稿作废"
    now.version += 1
    now.save(update_fields=["state", "first", "asked", "version", "withdrawn_on", "withdrawn_by", "withdrawn_reason"])
    _tell(now, by, verb, {"state": [before, now.state], "asked": now.asked})
    return now


@transaction.atomic
def remind(inquiry: Inquiry, *, group: int | None, by: Access, today: date) -> int:
    """Remind those of the group (all, where None) who have not answered; returns how many. Once a day is enough.

    Their home shows the form before everything else until they answer. Refused while the form takes no answers.
    """
    now = _locked(inquiry)
    if now.standing(today) != rules.OPEN:
        raise Refused([Violation("state", "这张表现在不收集，不能提醒", mend="请先开始收集或延长截止日期")])
    groups = None if group is None else [group]
    missing = sum(one.missing for one in people.progress(now, today, groups))
    if not missing:
        raise Refused([Violation("missing", "都填好了，没有要提醒的人")])
    if Nudge.objects.in_union(now.union_id).filter(inquiry=now, group=group, on=today).exists():
        return missing
    row = Nudge.objects.create(
        union_id=now.union_id,
        inquiry=now,
        group_id=group,
        on=today,
        nudger_id=by.person,
        origin=UnionRecord.Origin.LIVED,
    )
    audit.record(union=now.union_id, by=by, verb="inquiries.nudge.made", subject=row, changes={"missing": missing})
    return missing


def _refuse(found: list[Violation]) -> None:
    if found:
        raise Refused(found)


def _fields(draft: rules.Draft, today: date) -> dict[str, Any]:
    assert draft.last is not None  # draft_problems refuses a form without a last day
    return {
        "title": draft.title.strip(),
        "purpose": draft.purpose.strip(),
        "audience": draft.audience,
        "first": draft.first or min(today, draft.last),
        "end": draft.last + DAY,
    }


def _write_groups(inquiry: Inquiry, draft: rules.Draft, today: date) -> None:
    wanted = set(draft.groups) if draft.audience == rules.GROUPS else set()
    kept = set(people.asked_groups(inquiry))
    gone = AskedGroup.objects.in_union(inquiry.union_id).filter(inquiry=inquiry).exclude(group__in=wanted)
    gone.update(withdrawn_on=today)
    AskedGroup.objects.bulk_create(
        AskedGroup(union_id=inquiry.union_id, inquiry=inquiry, group_id=group, origin=UnionRecord.Origin.LIVED)
        for group in sorted(wanted - kept)
    )


def _write_questions(inquiry: Inquiry, draft: rules.Draft, today: date) -> None:
    stored = {str(one.uid): one for one in questions_of(inquiry)}
    written = [one for one in draft.questions if not one.blank]
    kept = {one.uid for one in written if one.uid in stored}
    Question.objects.filter(pk__in=[one.pk for uid, one in stored.items() if uid not in kept]).update(
        withdrawn_on=today
    )
    for rank, one in enumerate(written, 1):
        row = stored.get(one.uid) or Question(
            union_id=inquiry.union_id, inquiry=inquiry, origin=UnionRecord.Origin.LIVED
        )
        row.rank, row.text, row.kind, row.required = rank, " ".join(one.text.split()), one.kind, one.required
        row.options = rules.options_kept(one.options) if one.kind in (rules.CHOICE, rules.SEVERAL, rules.SIZE) else ""
        row.personal = rules.is_personal(one.kind, one.personal)
        if row.pk:
            row.version += 1
        row.save()


def _tell(inquiry: Inquiry, by: Access, verb: str, changes: dict[str, Any]) -> None:
    audit.record(
        union=inquiry.union_id,
        by=by,
        verb=f"inquiries.inquiry.{verb}",
        subject=inquiry,
        tables=[AskedGroup, Question],
        changes=changes,
    )
