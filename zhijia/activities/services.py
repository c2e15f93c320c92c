"""Changes to hobby groups, activities, honours, deeds, donations; whole ledgers at once, a form as a ledger of one."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from zhijia.activities import rules
from zhijia.activities.models import (
    Activity,
    Donation,
    HobbyGroup,
    HobbyMember,
    Honour,
    ModelDeed,
    Participation,
    Recuperation,
)
from zhijia.core import records
from zhijia.core.frame import Frame
from zhijia.core.lookup import Lookup
from zhijia.core.loose_names import names_kept
from zhijia.core.outcomes import WARN, Violation
from zhijia.core.records import Records
from zhijia.core.row_checks import order_problems, period_problems

PERSON = ("members.Person",)
CALLED = ("unions.OutsideBody", "short_name", "name")  # an outside body goes by its short name where it has one


def given(frame: Frame, lookup: Lookup, label: str, wanted: str, empty: Any) -> list[Any]:
    """A column as written, blanks as `empty`; where the ledger has no such column, what title and day have stored."""
    if wanted in frame.columns:
        return [empty if value is None else value for value in frame.columns[wanted]]
    known = {row[1:3]: row[3] for row in lookup.every(label, "title", "on", wanted)}
    return [known.get(key, empty) for key in frame.zip("title", "on")]


def _derive_group(frame: Frame, lookup: Lookup) -> dict[str, list[Any]]:
    return names_kept(frame, lookup, leader_name=("leader", *PERSON))


def _group_problems(frame: Frame, _lookup: Lookup) -> Iterable[Violation]:
    return period_problems(frame, "founded_on", "ended_on", "停办日期早于成立日期")


def _member_problems(frame: Frame, lookup: Lookup) -> Iterable[Violation]:
    yield from period_problems(frame, "joined_on", "left_on", "退出日期早于加入日期")
    founded = lookup.follow(frame.get("hobby"), "activities.HobbyGroup", "founded_on")
    for index, (joined_on, founded_on) in enumerate(zip(frame.get("joined_on"), founded, strict=True)):
        if joined_on and founded_on and joined_on < founded_on:
            mend = "请核对加入日期和文体小组的成立日期"
            yield Violation("founded", "加入日期早于小组成立日期", place=frame.place(index, "joined_on"), mend=mend)


def _derive_activity(frame: Frame, lookup: Lookup) -> dict[str, list[Any]]:
    """The kind told by the title where none is written."""
    kinds = given(frame, lookup, "activities.Activity", "kind", "")
    rows = zip(kinds, frame.get("title"), frame.get("hobby"), strict=True)
    told = [kind or rules.kind_of(title or "", hobby=hobby is not None) for kind, title, hobby in rows]
    return {"kind": told, **names_kept(frame, lookup, organiser_name=("organiser", *CALLED))}


def _activity_problems(frame: Frame, _lookup: Lookup) -> Iterable[Violation]:
    yield from order_problems(frame, "on", "last_on", "结束日期早于开始日期")
    for index, (invited, attended, winners) in enumerate(frame.zip("invited", "attended", "winners")):
        problem = rules.heads_problem(invited=invited, attended=attended, winners=winners)
        if problem:
            name, message, certain = problem
            place = frame.place(index, name)
            found = Violation("heads", message, place=place, mend="请核对人数")
            yield found if certain else Violation("heads", message, place=place, mend="请核对人数", level=WARN)


def _derive_recuperation(frame: Frame, lookup: Lookup) -> dict[str, list[Any]]:
    return names_kept(frame, lookup, person_name=("person", *PERSON))


def _derive_honour(frame: Frame, lookup: Lookup) -> dict[str, list[Any]]:
    """Whether it is a placing, in what discipline, and who got it, where that is not written."""
    label = "activities.Honour"
    kinds, events, contests, persons = (
        given(frame, lookup, label, name, empty)
        for name, empty in (("kind", ""), ("event", ""), ("contest", ""), ("person", None))
    )
    placing, honour = Honour.Kind.PLACING.value, Honour.Kind.HONOUR.value
    rows = zip(kinds, events, contests, frame.get("rank"), strict=True)
    told = [kind or (placing if event or contest or rank else honour) for kind, event, contest, rank in rows]
    disciplines = [
        event or (rules.event_of(contest or title or "") if kind == placing else "")
        for kind, event, contest, title in zip(told, events, contests, frame.get("title"), strict=True)
    ]
    names = names_kept(frame, lookup, awarder_name=("awarder", *CALLED), person_name=("person", *PERSON))
    groups = lookup.follow(frame.get("group"), "unions.Group", "name")
    people = names.get("person_name") or frame.get("person_name", "")
    recipients = [person or group or "" for person, group in zip(people, groups, strict=True)]
    return {
        "kind": told,
        "event": disciplines,
        "contest": contests,
        "person": persons,
        "recipient": recipients,
        **names,
    }


def _honour_problems(frame: Frame, _lookup: Lookup) -> Iterable[Violation]:
    names = ("kind", "subject", "person", "person_name", "group", "contest")
    for index, (kind, subject, person, person_name, group, contest) in enumerate(frame.zip(*names)):
        if subject == Honour.Subject.PERSON and person is None and not person_name:
            yield Violation(
                "person", "获奖对象是个人，要写明获奖人", place=frame.place(index, "person"), mend="填写获奖人"
            )
        if subject == Honour.Subject.GROUP and group is None and kind == Honour.Kind.HONOUR:
            yield Violation(
                "group", "获奖对象是小组，要写明工会小组", place=frame.place(index, "group"), mend="填写工会小组"
            )
        if kind == Honour.Kind.PLACING and not contest:
            yield Violation(
                "contest", "比赛名次要写明比赛名称", place=frame.place(index, "contest"), mend="填写比赛名称"
            )


def _derive_deed(frame: Frame, lookup: Lookup) -> dict[str, list[Any]]:
    """A deed without a name of its own is the group's or everyone's."""
    persons = given(frame, lookup, "activities.ModelDeed", "person", None)
    names = given(frame, lookup, "activities.ModelDeed", "person_name", "")
    return {"person": persons, "person_name": names, **names_kept(frame, lookup, person_name=("person", *PERSON))}


def _derive_donation(frame: Frame, lookup: Lookup) -> dict[str, list[Any]]:
    return names_kept(frame, lookup, organiser_name=("organiser", *CALLED))


def _donation_problems(frame: Frame, _lookup: Lookup) -> Iterable[Violation]:
    for index, (kind, amount, goods, ml) in enumerate(frame.zip("kind", "amount_fen", "goods", "ml")):
        for name, message in rules.measure_problems(kind or "", amount=amount, goods=goods, ml=ml):
            yield Violation("measure", message, place=frame.place(index, name), mend="请分行填写，或改正类别")


HOBBY_GROUPS = Records(HobbyGroup, key=("name",), handles=(("name",),), check=_group_problems, derive=_derive_group)
HOBBY_MEMBERS = Records(HobbyMember, key=("hobby", "person", "joined_on"), check=_member_problems)
ACTIVITIES = Records(
    Activity,
    key=("title", "on"),
    handles=(("title",), ("title", "on")),
    check=_activity_problems,
    derive=_derive_activity,
)
PARTICIPATIONS = Records(Participation, key=("activity", "person"))
RECUPERATIONS = Records(Recuperation, key=("person", "person_name", "on"), derive=_derive_recuperation)
HONOURS = Records(
    Honour,
    key=("title", "on", "contest", "person", "recipient"),
    check=_honour_problems,
    derive=_derive_honour,
)
DEEDS = Records(ModelDeed, key=("title", "on", "person", "person_name"), derive=_derive_deed)
DONATIONS = Records(Donation, key=("title", "on", "kind"), check=_donation_problems, derive=_derive_donation)

save_hobby_groups = partial(records.save, HOBBY_GROUPS)
save_hobby_members = partial(records.save, HOBBY_MEMBERS)
save_activities = partial(records.save, ACTIVITIES)
save_participations = partial(records.save, PARTICIPATIONS)
save_recuperations = partial(records.save, RECUPERATIONS)
save_honours = partial(records.save, HONOURS)
save_deeds = partial(records.save, DEEDS)
save_donations = partial(records.save, DONATIONS)
