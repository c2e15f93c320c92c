"""One record being written: from an address or a request to a form, from a form to `records.save`, and back.

A form comes back with what was typed: after a refusal with every problem at its field, after somebody else's change
with both changes brought together. Secrets that were typed travel sealed (`core.pages.keeping`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from zhijia.core import moving, naming, records
from zhijia.core.access import Access
from zhijia.core.lookup import Lookup
from zhijia.core.outcomes import WARN, Refused, Violation
from zhijia.core.pages import entry, keeping
from zhijia.core.pages.merging import merge
from zhijia.core.pages.parts import Choice, Field, FieldGroup, Notice
from zhijia.core.pages.reading import fields_of, message, row_of
from zhijia.core.pages.wording import secrets_of
from zhijia.core.uid import uuid7
from zhijia.documents.attaching import FIELD as FILES
from zhijia.documents.media import ACCEPT
from zhijia.shell import reporting
from zhijia.shell.registers import REGISTERS, Register
from zhijia.shell.scopes import term_scope
from zhijia.shell.stored import Stored

RECORDS = {register.label: register.sheet.records for register in REGISTERS}
ORIGINS = ((moving.LIVED, "正在办理"), (moving.RECORDED, "补录历史"))
_WHO = ("reported_by",)  # whoever writes the report is the one who reports, unless somebody else is named


@dataclass(slots=True)
class Draft:
    """A form as it stands: its texts, what is wrong with them, and what it began from."""

    register: Register
    access: Access
    texts: dict[str, str]
    uid: UUID
    stored: Stored | None = None
    version: int = 0
    base: dict[str, str] = field(default_factory=dict)
    origin: str = moving.LIVED
    cleared: set[str] = field(default_factory=set)
    errors: dict[str, tuple[str, ...]] = field(default_factory=dict)
    problems: tuple[Violation, ...] = ()
    notice: Notice | None = None
    noted: list[Violation] = field(default_factory=list)

    @property
    def only(self) -> tuple[str, ...]:
        """The fields asked for; empty for all."""
        return reporting.fields(self.register, self.access)

    @property
    def said(self) -> tuple[str, ...]:
        """The fields that are somebody's own words, which whoever answers reads and does not change."""
        return moving.spoken(self.register.sheet.records, self.stored.row) if self.stored else ()

    @property
    def words(self) -> tuple[tuple[str, str], ...]:
        """Those words, each with its header."""
        said, texts = self.said, self.stored.texts if self.stored else {}
        columns = (column for column in self.register.sheet.columns if column.field in said)
        return tuple((column.header, texts.get(column.field, "")) for column in columns)

    @property
    def asked(self) -> tuple[str, ...]:
        """The fields whose texts count."""
        said = self.said
        return tuple(name for name in self.only or fields_of(self.register.sheet) if name not in said)

    @property
    def groups(self) -> tuple[FieldGroup, ...]:
        """The questions."""
        register = self.register
        asked = entry.groups(
            register.sheet,
            self.texts,
            pick_url=lambda name: f"{register.url('pick')}?field={name}",
            errors=self.errors,
            before=self._before(),
            only=self.only,
            focus=self.stored is None and not self.errors,
        )
        if said := self.said:
            kept = ((one.title, tuple(field for field in one.fields if field.name not in said)) for one in asked)
            asked = tuple(FieldGroup(title, fields) for title, fields in kept if fields)
        return reporting.helped(register, asked) if self.only else asked

    def _before(self) -> dict[str, str]:
        told = dict(self.stored.before) if self.stored else {}
        for name in secrets_of(self.register.sheet):
            if self.texts.get(name):
                told[name] = "刚才填写的内容还在（不显示），直接保存即可；要改就重新填写"
        return told

    @property
    def leading(self) -> tuple[Field, ...]:
        """The question before the sheet's own: whether it is being done."""
        if self.stored is not None or not self.register.sheet.records.moves:
            return ()
        choices = tuple(Choice(code, label, code == self.origin) for code, label in ORIGINS)
        help_text = "正在办理的一步一步往下走；补录历史可以直接写结果"
        return (Field("origin", "这件事", "radios", help=help_text, choices=choices),)

    @property
    def extra(self) -> tuple[Field, ...]:
        """The question after the sheet's own: the files."""
        found = []
        if self.register.sheet.records.tenant:
            found.append(
                Field(
                    FILES,
                    "照片、文件",
                    "file",
                    help="可以直接拍照；照片里的位置信息会自动去掉，每个不超过20 MB",
                    accept=ACCEPT,
                    multiple=True,
                    errors=self.errors.get(FILES, ()),
                )
            )
        return tuple(found)

    @property
    def hidden(self) -> tuple[Field, ...]:
        """What the form carries unseen: where it began, and sealed secrets."""
        found = [Field("uid", "", "hidden", str(self.uid))]
        if self.stored is not None:
            found.append(Field("version", "", "hidden", str(self.version)))
            found += [Field(f"base-{name}", "", "hidden", text) for name, text in self.base.items()]
        for name in secrets_of(self.register.sheet):
            if self.texts.get(name):
                sealed = keeping.seal(self.texts[name], user=self.access.user, box=self._box(name))
                found.append(Field(f"kept-{name}", "", "hidden", sealed))
        return tuple(found)

    def _box(self, name: str) -> str:
        return f"{self.register.label}.{name}.{self.uid}"

    def take(self, posted: Mapping[str, str]) -> None:
        """Put what was typed into the draft; fields that the form does not ask for are not looked at."""
        for name in self.asked:
            self.texts[name] = str(posted.get(name, "")).replace("\r\n", "\n")
        for name in secrets_of(self.register.sheet):
            if name in self.asked and not self.texts[name]:
                sealed = str(posted.get(f"kept-{name}", ""))
                self.texts[name] = keeping.unseal(sealed, user=self.access.user, box=self._box(name))
            if posted.get(f"clear-{name}") and not self.texts.get(name):
                self.cleared.add(name)
        if posted.get("origin") in dict(ORIGINS):
            self.origin = str(posted["origin"])

    def refuse(self, violations: tuple[Violation, ...] | list[Violation]) -> None:
        """Sort what is wrong to its field; what belongs to no field that is asked stands above the form."""
        errors: dict[str, tuple[str, ...]] = {}
        rest = []
        known = {*self.asked, FILES}
        for problem in violations:
            if problem.level == "refuse" and problem.place.column in known:
                errors[problem.place.column] = (*errors.get(problem.place.column, ()), message(problem))
            elif problem.level == "refuse":
                rest.append(problem)
        self.errors, self.problems = errors, tuple(rest)


def fresh(register: Register, access: Access, query: Mapping[str, str]) -> Draft:
    """An empty form with good defaults; an address may prefill fields (`?person=编号&kind=hospital`)."""
    sheet = register.sheet
    texts = entry.fresh(sheet, access.on)
    for column in sheet.columns:
        if column.field in _WHO:
            texts[column.field] = access.name
        if column.field == "uid" or column.field not in query or column.field in secrets_of(sheet):
            continue
        text = entry.given(column, str(query[column.field])[:500])
        texts[column.field] = _named(column.kind.target, access, text) if column.kind.target else text
    if "term" in texts and not texts["term"] and any(column.kind.target == "unions.Term" for column in sheet.columns):
        texts["term"] = _term(access)
    draft = Draft(register, access, texts, uuid7())
    if query.get("origin") in dict(ORIGINS):
        draft.origin = str(query["origin"])
    return draft


def _named(target: str, access: Access, text: str) -> str:
    """The name of the row whose 编号 an address gives; any other text as it is."""
    try:
        UUID(text)
    except ValueError:
        return text
    sheet = next(register.sheet for register in REGISTERS if register.label == target)
    found = naming.find(sheet.records, access.union, text)
    if len(found) != 1 or not reporting.named(target, access, found):
        return ""
    return naming.texts(sheet, access.union, found)[found[0]]


def _term(access: Access) -> str:
    try:
        return term_scope(access.union, access.on).label
    except Refused:
        return ""


def changing(register: Register, access: Access, stored: Stored) -> Draft:
    """The form of a record as it is."""
    draft = Draft(register, access, dict(stored.texts), stored.row.uid, stored, stored.row.version)
    draft.base = {name: stored.texts[name] for name in draft.asked if name in stored.texts}
    return draft


def step(draft: Draft, query: Mapping[str, str]) -> None:
    """Choose the state that a button of the record page leads to."""
    moves = draft.register.sheet.records.moves
    if moves and moves[0] in query:
        column = draft.register.sheet.column(moves[0])
        draft.texts[moves[0]] = entry.given(column, str(query[moves[0]])[:40])


def compare(draft: Draft, posted: Mapping[str, str], notice: Notice) -> bool:
    """Bring a form together with what is on record where somebody else changed it since; True where that was needed."""
    assert draft.stored is not None
    version = str(posted.get("version", ""))
    if version == str(draft.stored.row.version):
        return False
    begun = {name: str(posted.get(f"base-{name}", "")).replace("\r\n", "\n") for name in draft.base}
    mine = {name: draft.texts[name] for name in draft.base}
    merged = merge(begun, mine, draft.base)
    draft.texts.update(merged.values)
    draft.errors = {
        name: (f"您填的是“{own or '（空）'}”，现在登记的是“{theirs or '（空）'}”：请确认用哪一个",)
        for name, (own, theirs) in merged.both.items()
    }
    draft.notice = notice
    return True


def save(draft: Draft) -> int:
    """Save what the draft says and return the record's pk; raises `Refused` with every reason.

    Values that nobody touched stay as they are on record, also those that this form does not ask for.
    """
    register, access = draft.register, draft.access
    sheet = register.sheet
    lookup = Lookup(access.union, access.on, few=True)
    values: dict[str, Any] | None = None
    untouched: set[str] = set()
    if draft.stored is not None:
        values = draft.stored.values
        untouched = {name for name in fields_of(sheet) if draft.texts.get(name, "") == draft.stored.texts.get(name, "")}
        untouched -= draft.cleared
    row, problems = row_of(sheet, draft.texts, lookup, known=RECORDS, stored=values, untouched=untouched)
    if any(problem.level == "refuse" for problem in problems):
        raise Refused(problems)
    reporting.check(register, access, row)
    row["uid"] = draft.uid
    if draft.stored is not None:
        row["version"] = draft.stored.row.version
    draft.noted = []
    pks = records.save(
        sheet.typed or sheet.records,
        [row],
        union=access.union,
        by=access,
        today=access.on,
        origin=draft.origin if sheet.records.moves else moving.RECORDED,
        noted=draft.noted,
    )
    draft.noted = [problem for problem in [*problems, *draft.noted] if problem.level != "refuse"]
    return pks[0]


def same(draft: Draft) -> Any:
    """The record on file that what was typed names again, to lead to it; None where there is none."""
    access = draft.access
    lookup = Lookup(access.union, access.on, few=True)
    row, problems = row_of(draft.register.sheet, draft.texts, lookup, known=RECORDS)
    if any(problem.level == "refuse" for problem in problems):
        return None
    uid = records.same(draft.register.sheet.records, row, union=access.union, lookup=lookup)
    return draft.register.rows(access).filter(uid=uid).first() if uid else None


def warnings(noted: list[Violation]) -> list[str]:
    """What a saved record should be looked at for, as sentences."""
    return [message(problem) for problem in noted if problem.level in {WARN, "待确认"}]
