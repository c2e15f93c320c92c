"""A person's standing over time as tables: memberships, places, posts, and what was done about them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.urls import reverse

from zhijia.core.pages.parts import Cell, Head, Row, Table, shown
from zhijia.members import linking
from zhijia.members.models import Change, EarlierMembership, Person, Placement, Post

_DAY = timedelta(days=1)
_MEMBERSHIPS = tuple(Head(label) for label in ("入会日期", "保留会籍日期", "离会日期", "离会原因"))
_PLACES = tuple(Head(label) for label in ("工会小组", "处室", "职务", "从", "到"))
_POSTS = tuple(Head(label) for label in ("职务", "小组", "任职日期", "离任日期"))
_CHANGES = tuple(Head(label) for label in ("变动", "日期", "对方工会", "会议", "说明", "纸质件"))


def _text(day: date | None) -> str:
    return day.isoformat() if day else "—"


def changes(person: Person) -> list[Change]:
    """What was done about the person, the newest first."""
    return list(Change.objects.in_union(person.union_id).filter(person=person).order_by("-on", "-pk"))


def tables(person: Person, done: list[Change]) -> dict[str, Table | None]:
    """Everything by name, the newest first; `done` is what `changes` found. Four queries."""
    leaving = dict(Person.Leaving.choices)
    spells: list[Any] = [person] if person.admitted_on else []
    spells += EarlierMembership.objects.in_union(person.union_id).filter(person=person).order_by("-admitted_on")
    memberships = [
        Row(
            (
                Cell(_text(one.admitted_on)),
                Cell(_text(one.retained_on)),
                Cell(_text(one.left_on)),
                Cell(str(leaving.get(one.leaving, "—"))),
            )
        )
        for one in spells
    ]
    return {
        "memberships": Table(_MEMBERSHIPS, memberships) if memberships else None,
        "places": _places(person),
        "posts": _posts(person),
        "changes": _changes(done),
    }


def _places(person: Person) -> Table:
    rows = list(
        Placement.objects.in_union(person.union_id).filter(person=person).select_related("group").order_by("-end")
    )
    since = rows[0].end if rows else None
    now: tuple[Any, ...] = (person.group, person.department, person.job, _text(since), "现在")
    before = [(one.group, one.department, one.job, _text(one.first), _text(one.end - _DAY)) for one in rows]
    return Table(_PLACES, [Row(tuple(Cell(shown(str(text or ""))) for text in one)) for one in (now, *before)])


def _posts(person: Person) -> Table | None:
    rows = (
        Post.objects.in_union(person.union_id).filter(person=person).select_related("group").order_by("-first", "-pk")
    )
    lines = [
        Row((Cell(one.get_office_display()), Cell(shown(one.group and one.group.name)), Cell(_text(one.first)),
             Cell(_text(one.end - _DAY) if one.end else "现在")))
        for one in rows
    ]  # fmt: skip
    return Table(_POSTS, lines) if lines else None


def _changes(rows: list[Change]) -> Table | None:
    received = linking.received(rows)
    lines = [Row(tuple(_change(one, received.get(one.uid)))) for one in rows]
    return Table(_CHANGES, lines) if lines else None


_PAPERS = {linking.OUT: "会籍接转介绍信（Word）", linking.IN: "会籍接转回执（Word）"}


def _change(one: Change, received: date | None) -> list[Cell]:
    paper = reverse("members:transfer_paper", args=[one.uid]) if one.kind in _PAPERS else ""
    said = [one.reason, one.filed, f"介绍信编号{one.paper_no}" if one.paper_no else ""]
    if received:
        said.append(f"对方工会已于{received.isoformat()}接收")
    if one.counterpart:
        said.append("和对方工会的调出记录对上了")
    texts = (one.other_union, one.meeting, "；".join(text for text in said if text))
    return [
        Cell(one.get_kind_display()),
        Cell(_text(one.on)),
        *(Cell(shown(text)) for text in texts),
        Cell(_PAPERS.get(one.kind, "—"), paper),
    ]
