"""Changes to suggestions, shared rule-making, channels, contacts, matters of rights, open items and ratings."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from zhijia.core import records
from zhijia.core.frame import Frame
from zhijia.core.lookup import Lookup
from zhijia.core.loose_names import names_kept
from zhijia.core.outcomes import WARN, Violation
from zhijia.core.records import Records
from zhijia.core.row_checks import order_problems, part_problems, period_problems
from zhijia.voice import rules
from zhijia.voice.models import (
    Channel,
    Contact,
    Evaluation,
    OpenItem,
    Participation,
    RightsMatter,
    Suggestion,
)


def _derive_suggestion(frame: Frame, lookup: Lookup) -> dict[str, list[Any]]:
    """Names beside the references; an author who is said to be anonymous is nobody."""
    derived = names_kept(
        frame, lookup, person_name=("person", "members.Person"), office_name=("office", "unions.OutsideBody")
    )
    if "person_name" in derived:
        derived["person_name"] = [rules.author(name) for name in derived["person_name"]]
    return derived


def _derive_office(frame: Frame, lookup: Lookup) -> dict[str, list[Any]]:
    return names_kept(frame, lookup, office_name=("office", "unions.OutsideBody"))


def _derive_body(frame: Frame, lookup: Lookup) -> dict[str, list[Any]]:
    return names_kept(frame, lookup, body_name=("body", "unions.OutsideBody"))


def _suggestion_problems(frame: Frame, _lookup: Lookup) -> Iterable[Violation]:
    yield from order_problems(frame, "on", "answered_on", "答复日期早于提出日期")
    for index, (adopted, answered_on) in enumerate(frame.zip("adopted", "answered_on")):
        if adopted and not answered_on:
            place = frame.place(index, "answered_on")
            yield Violation("answered", "已采纳的建议没有答复日期", place=place, mend="补填答复日期", level=WARN)


def _participation_problems(frame: Frame, _lookup: Lookup) -> Iterable[Violation]:
    return part_problems(frame, "adopted", "opinions", "采纳条数比意见条数多")


def _channel_problems(frame: Frame, _lookup: Lookup) -> Iterable[Violation]:
    return period_problems(frame, label="停办日期早于开设日期")


def _rights_problems(frame: Frame, _lookup: Lookup) -> Iterable[Violation]:
    yield from order_problems(frame, "on", "escalated_on", "报告日期早于事项日期")
    yield from order_problems(frame, "on", "settled_on", "办结日期早于事项日期")


def _open_problems(frame: Frame, _lookup: Lookup) -> Iterable[Violation]:
    return period_problems(frame, "on", "end", "截止日期早于公开日期")


def _evaluation_problems(frame: Frame, _lookup: Lookup) -> Iterable[Violation]:
    yield from part_problems(frame, "satisfied", "asked", "满意人数比参评人数多")
    rows = frame.zip("grade", "score", "asked")
    for index, (grade, score, asked) in enumerate(rows):
        if not grade and score is None and not asked:
            place = frame.place(index, "grade")
            mend = "填写等次、得分或满意人数和参评人数"
            yield Violation("empty", "评价没有等次，也没有得分和人数", place=place, mend=mend)


SUGGESTIONS = Records(
    Suggestion,
    key=("on", "text", "person", "person_name"),
    check=_suggestion_problems,
    derive=_derive_suggestion,
)
PARTICIPATIONS = Records(
    Participation,
    key=("document", "on", "kind"),
    handles=(("document",), ("document", "on")),
    check=_participation_problems,
    derive=_derive_office,
)
CHANNELS = Records(Channel, key=("name", "first"), handles=(("name",),), check=_channel_problems)
CONTACTS = Records(Contact, key=("kind", "on", "topics"))
RIGHTS = Records(RightsMatter, key=("matter", "on"), check=_rights_problems)
OPEN_ITEMS = Records(OpenItem, key=("matter", "on", "place"), check=_open_problems)
EVALUATIONS = Records(
    Evaluation,
    key=("year", "rater", "topic", "body_name"),
    check=_evaluation_problems,
    derive=_derive_body,
)

save_suggestions = partial(records.save, SUGGESTIONS)
save_participations = partial(records.save, PARTICIPATIONS)
save_channels = partial(records.save, CHANNELS)
save_contacts = partial(records.save, CONTACTS)
save_rights = partial(records.save, RIGHTS)
save_open_items = partial(records.save, OPEN_ITEMS)
save_evaluations = partial(records.save, EVALUATIONS)
