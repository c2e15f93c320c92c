"""What the pages ask: the form being written, and the questions of a form with what was answered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from zhijia.core.dates import DateError, parse_date
from zhijia.core.outcomes import Place, Violation
from zhijia.core.pages.parts import Choice, Field
from zhijia.core.pages.reading import whole_number
from zhijia.inquiries import replies, rules
from zhijia.inquiries.models import Inquiry, Question
from zhijia.inquiries.replies import Reply

_DO = re.compile(r"(add|remove|up|down)(?::(\d{1,3}))?")
_CONTROLS = {rules.NUMBER: "number", rules.DATE: "date"}
_HELP = {
    rules.SEVERAL: "可以选几个",
    rules.ACCOUNT: "对照卡面抄写，空格可有可无",
    rules.PHONE: "11位手机号",
    rules.ID: "18位，最后一位是 X 的照写",
    rules.DATE: "如 2026-12-05",
}
_AUTOCOMPLETE = {rules.PHONE: "tel-national"}
MOST_TYPED = 60  # rows of questions that a posted page may hold; the rules allow fewer


def read_draft(posted: Any, groups: Iterable[int], now: rules.Draft) -> tuple[rules.Draft, list[Violation]]:
    """What was typed as a draft, with the boxes that can not be read. `groups` are those that may be chosen."""
    known, found = set(groups), []
    days: dict[str, date | None] = {}
    for name, fallback in (("first", now.first), ("last", None)):
        text = str(posted.get(name, "")).strip()
        try:
            days[name] = parse_date(text) if text else fallback
        except DateError as error:
            days[name] = None
            found.append(Violation(name, str(error), place=Place(column=name)))
    audience = str(posted.get("audience", ""))
    chosen = tuple(pk for text in posted.getlist("groups") if (pk := whole_number(text)) in known and pk is not None)
    draft = rules.Draft(
        str(posted.get("title", "")).strip()[:100],
        str(posted.get("purpose", "")).strip()[:300],
        audience if audience in Inquiry.Audience.values else rules.MEMBERS,
        chosen,
        days["first"],
        days["last"],
        tuple(_question(posted, index) for index in range(_count(posted))),
    )
    return draft, found


def _count(posted: Any) -> int:
    return min(whole_number(str(posted.get("rows", "0"))) or 0, MOST_TYPED)


def _question(posted: Any, index: int) -> rules.QuestionDraft:
    kind = str(posted.get(f"q-{index}-kind", ""))
    return rules.QuestionDraft(
        str(posted.get(f"q-{index}-text", "")).strip()[:100],
        kind if kind in Question.Kind.values else rules.TEXT,
        bool(posted.get(f"q-{index}-required")),
        str(posted.get(f"q-{index}-options", ""))[:2000],
        bool(posted.get(f"q-{index}-personal")),
        str(posted.get(f"q-{index}-uid", ""))[:36],
    )


def pressed(posted: Any, draft: rules.Draft) -> tuple[rules.Draft, int] | None:
    """The draft after a button that adds, removes or moves a question, and which question to look at.

    None where the form itself was sent.
    """
    found = _DO.fullmatch(str(posted.get("do", "")))
    if not found:
        return None
    verb, index = found[1], int(found[2] or 0)
    if verb == "add":
        return draft.added(), len(draft.questions)
    if verb == "remove":
        return draft.removed(index), max(index - 1, 0)
    by = -1 if verb == "up" else 1
    return draft.moved(index, by), max(0, min(index + by, len(draft.questions) - 1))


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """One question on the page where forms are written."""

    index: int
    uid: str
    text: Field
    kind: Field
    options: Field
    required: Field
    personal: Field
    first: bool
    last: bool

    @property
    def number(self) -> int:
        """How people count it."""
        return self.index + 1

    @property
    def fields(self) -> tuple[Field, ...]:
        """Its boxes in order."""
        return (self.text, self.kind, self.options, self.required, self.personal)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The page on which a form is written: its own boxes and the questions."""

    fields: tuple[Field, ...]
    rows: tuple[QuestionRow, ...]
    by_group: bool = False

    @property
    def wrong(self) -> tuple[Field, ...]:
        """The boxes with something wrong, for the summary."""
        every = [*self.fields, *(field for row in self.rows for field in row.fields)]
        return tuple(field for field in every if field.errors)


def sheet(
    draft: rules.Draft,
    groups: Sequence[tuple[int, str]],
    problems: Sequence[Violation] = (),
    *,
    typed: Mapping[str, Any] | None = None,
    focus: int | None = None,
    questions: bool = True,
) -> Sheet:
    """The page's boxes for a draft. `typed` keeps dates that could not be read; without `questions` only the head."""
    errors = _by_place(problems)

    def box(name: str, label: str, control: str = "text", value: str = "", **more: Any) -> Field:
        return Field(name, label, control, value, errors=errors.get(name, ()), **more)

    last = str(typed.get("last", "")) if typed is not None else draft.last.isoformat() if draft.last else ""
    fields = [
        box("title", "表名", value=draft.title, required=True, hint="例如：工会服尺码登记"),
        box("purpose", "用来做什么", "textarea", draft.purpose, help="写在表的最前面，大家看了才放心填", rows=2),
    ]
    if questions:
        options = [Choice(str(code), label, code == draft.audience) for code, label in Inquiry.Audience.choices]
        fields.append(box("audience", "请谁填", "radios", choices=tuple(options)))
        chosen = tuple(Choice(str(pk), name, pk in draft.groups) for pk, name in groups)
        if chosen:
            fields.append(box("groups", "哪些小组", "checks", help="选“指定小组的会员”时才用", choices=chosen))
    fields.append(box("last", "最后一天", "date", last, required=True, help="过了这一天就不能再填"))
    rows = [
        _row(index, one, len(draft.questions), errors, focus=focus == index)
        for index, one in enumerate(draft.questions)
    ]
    return Sheet(tuple(fields), tuple(rows) if questions else (), draft.audience == rules.GROUPS)


def _row(
    index: int, one: rules.QuestionDraft, count: int, errors: Mapping[str, tuple[str, ...]], *, focus: bool
) -> QuestionRow:
    name = f"q-{index}"
    kinds = tuple(Choice(str(code), label, code == one.kind) for code, label in Question.Kind.choices)
    options = "\n".join(rules.options_of(one.options)) if one.options.count(rules.SEPARATOR) else one.options
    return QuestionRow(
        index,
        one.uid,
        Field(f"{name}-text", "问什么", value=one.text, errors=errors.get(f"{name}-text", ()), focus=focus),
        Field(f"{name}-kind", "怎样回答", "select", choices=kinds),
        Field(
            f"{name}-options", "选项", "textarea", options, rows=3, errors=errors.get(f"{name}-options", ()),
            help="一行一个；尺码不写就是 XS 到 XXXL",
        ),
        Field(f"{name}-required", "必须填", "check", "1" if one.required else ""),
        Field(f"{name}-personal", "保密：页面上不显示，只有主席和会计能导出", "check", "1" if one.personal else ""),
        index == 0,
        index == count - 1,
    )  # fmt: skip


def _by_place(problems: Iterable[Violation]) -> dict[str, tuple[str, ...]]:
    errors: dict[str, tuple[str, ...]] = {}
    for one in problems:
        if one.place.column:
            text = f"{one.message}。{one.mend}" if one.mend else one.message
            errors[one.place.column] = (*errors.get(one.place.column, ()), text)
    return errors


def general(problems: Iterable[Violation], fields: Iterable[Field]) -> tuple[Violation, ...]:
    """The problems that belong to no box of the page."""
    names = {field.name for field in fields}
    return tuple(one for one in problems if one.place.column not in names)


def answer_fields(
    questions: Sequence[Question],
    reply: Reply,
    typed: Mapping[int, str] | None = None,
    problems: Sequence[Violation] = (),
) -> tuple[Field, ...]:
    """The questions as boxes, with what is stored or was `typed`; what is sealed only says that it is there."""
    errors = _by_place(problems)
    found = []
    for number, one in enumerate(questions):
        value = (typed or {}).get(one.pk, "") if typed is not None else reply.values.get(one.pk, "")
        stored = reply.shown.get(one.pk, "") if one.personal else ""
        field = _answer_field(one, value, focus=number == 0 and len(questions) == 1)
        found.append(
            replace(
                field,
                errors=errors.get(field.name, ()),
                required=one.required and not stored,
                before=f"已填：{stored}。要改才重新填，不改就空着" if stored else "",
            )
        )
    return tuple(found)


def _answer_field(one: Question, value: str, *, focus: bool) -> Field:
    name, offered = replies.place(one), rules.choices(one.kind, one.options)
    help_ = _HELP.get(one.kind, "")
    if offered:
        picked = set(value.split(rules.SEPARATOR)) if one.kind == rules.SEVERAL else {value}
        control = "checks" if one.kind == rules.SEVERAL else "radios"
        chosen = [Choice(option, option, option in picked) for option in offered]
        if not one.required and control == "radios":
            chosen.append(Choice("", "不填", not value))
        return Field(name, one.text, control, choices=tuple(chosen), help=help_, wide=True)
    control = "secret" if one.personal else _CONTROLS.get(one.kind, "text")
    return Field(
        name, one.text, control, value, help=help_, focus=focus, autocomplete=_AUTOCOMPLETE.get(one.kind, "off")
    )


def read_answers(posted: Any, questions: Sequence[Question]) -> dict[int, str]:
    """What was answered, by question."""
    return {
        one.pk: rules.SEPARATOR.join(posted.getlist(replies.place(one)))
        if one.kind == rules.SEVERAL
        else str(posted.get(replies.place(one), ""))
        for one in questions
    }


def read_version(posted: Any) -> int:
    """The version that the page was drawn with; 0 for nonsense, which no stored reply has."""
    text = str(posted.get("version", ""))
    return whole_number(text, 9) or 0
