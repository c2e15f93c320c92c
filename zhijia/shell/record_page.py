"""What the page of a record shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from zhijia.core import moving, revealing
from zhijia.core.access import Access
from zhijia.core.erasing import GONE
from zhijia.core.outcomes import Refused
from zhijia.core.pages import words
from zhijia.core.pages.parts import DUE, INFO, LATE, QUIET, Action, Badge, FileLink, Moment, Notice, size_words
from zhijia.core.pages.wording import registered
from zhijia.core.sheets import beside
from zhijia.core.sheets.declare import Column
from zhijia.documents import attaching, media
from zhijia.features import FEATURES
from zhijia.shell import history, linked
from zhijia.shell.overview import overview
from zhijia.shell.registers import BY_LABEL, Register
from zhijia.shell.scopes import term_scope
from zhijia.shell.stored import headline
from zhijia.unions.models import Union


@dataclass(frozen=True, slots=True)
class Line:
    """One field of a record as it is read."""

    label: str
    text: str
    url: str = ""
    long: bool = False
    reveal_url: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """Fields under one heading."""

    title: str
    lines: tuple[Line, ...]


@dataclass(slots=True)
class Page:
    """Everything that the template draws."""

    register: Register
    title: str
    badges: tuple[Badge, ...] = ()
    main: Action | None = None
    actions: tuple[Action, ...] = ()
    notice: Notice | None = None
    restore_url: str = ""
    parts: tuple[Part, ...] = ()
    links: list[linked.Link] = field(default_factory=list)
    files: list[FileLink] = field(default_factory=list)
    upload: str = ""
    has_files: bool = True
    moments: tuple[Moment, ...] = ()
    findings_url: str = ""
    list_url: str = ""


def build(register: Register, row: Any, access: Access) -> Page:
    """The page of a record that the access may see."""
    page = Page(register, headline(register, row), list_url=register.url())
    withdrawn = getattr(row, "withdrawn_on", None)
    may_edit = register.may_edit(access) and not withdrawn
    page.badges = tuple(_badges(register, row))
    page.parts = tuple(_parts(register, row, access))
    if may_edit:
        steps = _steps(register, row)
        page.main, page.actions = _actions(register, row, access, steps)
    if not withdrawn or register.label == "members.Person":  # a row merged with another one leads to it
        page.actions = (*_of_the_room(register, row, access), *page.actions)
    if withdrawn:
        text = f"{withdrawn.isoformat()}撤回，原因：{row.withdrawn_reason}。撤回的记录不计入任何数据。"
        page.notice = Notice(text, DUE, "这条记录已经撤回")
        page.restore_url = register.url("restore", row.uid)
    if register.sheet.records.tenant:
        page.files = list(_files(register, row, may_edit=may_edit))
        page.upload = register.url("upload", row.uid) if may_edit else ""
    page.has_files = bool(page.files or page.upload)
    page.links = linked.links(register, row, access) if not isinstance(row, Union) else []
    if not register.limited(access):  # what the record said before may be about somebody of another group
        page.moments = history.moments(register, row)
        if access.may("shell.records") and not withdrawn:
            page.findings_url = register.url("findings", row.uid)
    return page


def _badges(register: Register, row: Any) -> Iterable[Badge]:
    if getattr(row, "withdrawn_on", None):
        yield Badge("已撤回", LATE)
    for column in register.sheet.columns:
        if column.field == "state":
            value = row.state
            if value:
                yield Badge(words.word(column, value), words.tone(column, value) or QUIET)
    if register.sheet.records.moves:
        yield Badge("办理", INFO) if row.origin == moving.LIVED else Badge("补录")


def _steps(register: Register, row: Any) -> list[Action]:
    """The states that may follow, each leading to the form with that state chosen.

    A record that knows better than its table which of them suit it says so (`fits`).
    """
    moves = register.sheet.records.moves
    if moves is None or row.origin != moving.LIVED:
        return []
    names = moving.labels(register.sheet.records)
    state, fits = getattr(row, moves[0]), getattr(row, "fits", lambda _code: True)
    return [
        Action(f"改为“{names.get(code, code)}”", f"{register.url('edit', row.uid)}?{moves[0]}={code}")
        for code in moving.allowed(register.sheet.records, state)
        if fits(code)
    ]


def _actions(
    register: Register, row: Any, access: Access, steps: list[Action]
) -> tuple[Action | None, tuple[Action, ...]]:
    """The one main action, and the menu: further steps, a similar record, withdrawal."""
    edit = Action("修改", register.url("edit", row.uid), "edit")
    main, *rest = [*_erasure(register, row, access), *steps, edit]
    menu = list(rest)
    if register.sheet.records.tenant:
        if register.label == "care.Event":
            menu.append(Action("登记这件事的走访", _visit_url(row), "plus"))
        if register.label == "care.AidCase" and row.person_id and access.may("members.edit"):
            menu.append(Action("登记个人信息同意", _consent_url(row), "plus"))
        menu += _of_family(register, row, access)
        if register.label == "members.Person" and access.may("shell.erase") and row.name != GONE:
            menu.append(Action("删除个人信息（按决定）", reverse("shell:erase", args=[row.uid]), "close"))
        if register.may_edit_all(access):
            menu.append(Action("撤回", register.url("withdraw", row.uid), "close"))
    return main, tuple(menu)


def _erasure(register: Register, row: Any, access: Access) -> Iterable[Action]:
    """From a request for erasure to the page that erases: the answer "erased" alone takes nothing away."""
    if register.label != "members.CorrectionRequest" or not access.may("shell.erase"):
        return
    if row.asks_erasure and row.person.name != GONE:
        yield Action("看会删什么，按决定删除", reverse("shell:erase", args=[row.person.uid]), "next")


def _of_the_room(register: Register, row: Any, access: Access) -> tuple[Action, ...]:
    """What the record's own room offers on its page."""
    offered = next((feature.actions for feature in FEATURES if feature.slug == register.room), None)
    return tuple(offered(access, row)) if offered else ()


def _visit_url(row: Any) -> str:
    visit = BY_LABEL["care.Visit"]
    person = f"&person={row.person.uid}" if row.person_id else ""
    return f"{visit.url('new')}?event={row.uid}{person}&category={row.kind}"


def _of_family(register: Register, row: Any, access: Access) -> Iterable[Action]:
    """From a person, or a case of aid, to a relative; from a relative to the guardian's consent. For few posts."""
    relatives = BY_LABEL["members.Relative"]
    person = row if register.label == "members.Person" else getattr(row, "person", None)
    if person is None or not relatives.may_edit_all(access):
        return
    if register.label in {"members.Person", "care.AidCase"}:
        yield Action("登记家庭成员", f"{relatives.url('new')}?person={person.uid}", "plus")
    elif register.label == relatives.label and access.may("members.edit"):
        form = BY_LABEL["members.Consent"].url("new")
        yield Action("登记监护人同意", f"{form}?person={person.uid}&purpose=child&ground=guardian", "plus")


def _consent_url(row: Any) -> str:
    form = BY_LABEL["members.Consent"].url("new")
    return f"{form}?person={row.person.uid}&purpose=aid&given_on={row.applied_on.isoformat()}"


def _parts(register: Register, row: Any, access: Access) -> Iterable[Part]:
    sheet = register.sheet
    titles = {first: title for title, first in sheet.parts}
    title, lines = "", list[Line]()
    for column in sheet.columns:
        if column.field in titles:
            if lines:
                yield Part(title, tuple(lines))
            title, lines = titles[column.field], []
        if column.field == "uid":
            continue
        lines.append(_line(register, column, row, access))
    if lines:
        yield Part(title, tuple(lines))


def _line(register: Register, column: Column, row: Any, access: Access) -> Line:
    if words.is_secret(register.sheet, column):
        tail = words.tail_field(register.sheet, column)
        there = getattr(row, f"has_{column.field}")
        if not there:
            return Line(column.header, "")
        shown = revealing.may_reveal(register.sheet, column.field, access)
        url = reverse("shell:reveal", args=[register.room, register.kind, row.uid, column.field]) if shown else ""
        return Line(column.header, registered(column, getattr(row, tail) if tail else ""), reveal_url=url)
    if column.kind.target:
        other = getattr(row, column.field)
        if other is None:
            return Line(column.header, getattr(row, column.kind.loose) if column.kind.loose else "")
        target = BY_LABEL.get(column.kind.target)
        url = target.url("record", other.uid) if target and target.reaches(access, other) else ""
        return Line(column.header, str(other), url)
    text = words.word(column, getattr(row, column.field))
    if isinstance(column, beside.OwnColumn) and column.kind.name == beside.FILE:
        called = text or ("（上传）" if column.kept and register.may_edit_all(access) else "")
        return Line(column.header, called, reverse("members:own_file", args=[row.uid, column.key]) if called else "")
    if column.kind.name == "money" and text:
        text += " 元"
    return Line(column.header, text, long=column.kind.name == "long_text")


def _files(register: Register, row: Any, *, may_edit: bool) -> Iterable[FileLink]:
    for one in attaching.of_record(row):
        words_ = [register.room, register.kind, row.uid, one.uid]
        yield FileLink(
            one.name,
            reverse("shell:file", args=words_),
            size_words(one.size),
            image=one.mime in media.IMAGES,
            delete_url=reverse("shell:unfile", args=words_) if may_edit else "",
        )


def findings(row: Any, access: Access) -> list[Any]:
    """What the checks of the term find about the record, for those who may see findings."""
    if not access.may("shell.records"):
        return []
    try:
        scope = term_scope(access.union, access.on)
    except Refused:
        return []
    return [finding for finding in overview(scope).findings if finding.uid == str(row.uid)]
