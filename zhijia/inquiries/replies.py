"""Answering a form: the person themself, or whoever types in what the person wrote on paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from zhijia.core import audit
from zhijia.core.access import Access
from zhijia.core.outcomes import Place, Refused, Violation
from zhijia.inquiries import people, rules, services
from zhijia.inquiries.models import Answer, Inquiry, Question

STALE = "stale"


@dataclass(frozen=True, slots=True)
class Reply:
    """What one person has answered so far, secrets masked. `shown[question]` are texts as pages show them."""

    version: int
    shown: Mapping[int, str]
    values: Mapping[int, str]
    on: date | None
    typed_by: str

    @property
    def given(self) -> bool:
        """Whether anything was answered."""
        return self.version > 0


def place(one: Question) -> str:
    """The name of the question's box, on the page and in what is wrong with it."""
    return f"a-{one.uid}"


def reply(inquiry: Inquiry, person: int) -> Reply:
    """The person's reply to the form, in the order of its questions. One query."""
    given = people.answers(inquiry).filter(person=person).select_related("question", "typed_by")
    rows = list(given.order_by("question__rank", "question__pk"))
    shown = {row.question_id: rules.masked(row.secret_tail) if row.question.personal else row.value for row in rows}
    values = {row.question_id: row.value for row in rows if not row.question.personal}
    typists = [row.typed_by.name for row in rows if row.typed_by]
    days = [row.on for row in rows if row.on]
    return Reply(
        sum(row.version for row in rows), shown, values, max(days, default=None), "、".join(sorted({*typists}))
    )


def is_asked(inquiry: Inquiry, person: int, today: date) -> bool:
    """Whether the form asks that person."""
    return people.asked(inquiry, today).filter(pk=person).exists()


@transaction.atomic
def answer(
    inquiry: Inquiry,
    questions: Sequence[Question],
    given: Mapping[int, str],
    *,
    person: int,
    version: int,
    by: Access,
    today: date,
) -> bool:
    """Keep what the person answered (`given` by question pk); returns whether anything changed.

    Where `by` is somebody else, they are kept as who typed it in. A personal answer left blank stays as it was.
    Refused with every reason: the form takes no answers, does not ask the person, an answer is missing or does not
    fit, or somebody answered meanwhile (`version`); then each answer that differs is told. Locks the union's chain.
    """
    audit.lock(inquiry.union_id)
    now = Inquiry.objects.get(pk=inquiry.pk)
    if now.standing(today) != rules.OPEN:
        raise Refused([Violation("closed", "这张表现在不收集", mend="需要更正的，请找发起人")])
    if not is_asked(now, person, today):
        raise Refused([Violation("asked", "这张表没有请这位同事填")])
    before = reply(now, person)
    cleaned, found = _cleaned(questions, given, before, today)
    if before.version != version:
        found = [*_differences(questions, cleaned, before), *found]
    if found:
        raise Refused(found)
    rows = [_row(one, cleaned[one.pk], person, by, today) for one in questions if _changed(one, cleaned, before)]
    if rows:
        services.save_answers(rows, union=now.union_id, by=by, today=today, origin="lived")
    return bool(rows)


def _cleaned(
    questions: Sequence[Question], given: Mapping[int, str], before: Reply, today: date
) -> tuple[dict[int, str], list[Violation]]:
    cleaned, found = {}, []
    for one in questions:
        value, problem = rules.clean(one.kind, given.get(one.pk, ""), one.options, today=today)
        kept = one.personal and bool(before.shown.get(one.pk))
        if not problem and not value and one.required and not kept:
            problem = "还没有填"
        if problem:
            found.append(Violation("answer", problem, place=Place(column=place(one))))
        cleaned[one.pk] = value
    return cleaned, found


def _differences(questions: Sequence[Question], cleaned: Mapping[int, str], before: Reply) -> list[Violation]:
    """What was answered meanwhile, question by question; what is sealed is told masked."""
    who = f"{before.typed_by}代填" if before.typed_by else "本人填"
    message = f"刚才已有人填过（{who}）：红字处是已保存的内容，您填的还在框里"
    found = [Violation(STALE, message, mend="核对后再按一次“提交”，就以您填的为准")]
    for one in questions:
        stored, typed = before.shown.get(one.pk, ""), cleaned[one.pk]
        if (one.personal and typed) or (not one.personal and stored != typed):
            found.append(Violation(STALE, f"已保存：{stored or '（空）'}", place=Place(column=place(one))))
    return found


def _changed(one: Question, cleaned: Mapping[int, str], before: Reply) -> bool:
    if one.personal:
        return bool(cleaned[one.pk])
    if one.pk not in before.values:
        return bool(cleaned[one.pk])
    return cleaned[one.pk] != before.values[one.pk]


def _row(one: Question, value: str, person: int, by: Access, today: date) -> dict[str, Any]:
    return {
        "question": one.pk,
        "person": person,
        "value": "" if one.personal else value,
        "secret": value if one.personal else None,
        "on": today,
        "typed_by": None if by.person == person else by.person,
    }


def secrets_of(inquiry: Inquiry) -> dict[tuple[int, int], str]:
    """Every sealed answer in clear by (person, question). Callers write the audit line first."""
    every: Any = Answer.objects.in_union(inquiry.union_id)  # read as Sealed, which the stubs do not know
    rows = every.filter(question__inquiry=inquiry, question__withdrawn_on=None)
    found = rows.exclude(secret__isnull=True).values_list("person", "question", "secret")
    return {(person, question): secret.reveal() for person, question, secret in found}
