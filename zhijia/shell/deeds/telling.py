"""Audit lines in words: who did what to which record, and what changed. One query names everything that they name.

What lies in a register that the reader may not open is told as a deed without its content; of secrets only that they
changed. A line written anonymously has neither person nor time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from zhijia.core import person_keys, revealing
from zhijia.core.access import Access
from zhijia.core.erasing import GONE
from zhijia.core.models import AuditLine
from zhijia.core.pages.parts import Change
from zhijia.core.sheets.declare import Column
from zhijia.shell import history, linked
from zhijia.shell.deeds import verbs
from zhijia.shell.registers import BY_LABEL, Register

_WORDS = 3  # what names a record
_LONGEST = 300
Names = Mapping[str, Mapping[int, tuple[str, str]]]
Gone = set[tuple[str, int]]
_PERSON = "members.Person"


@dataclass(frozen=True, slots=True)
class Deed:
    """One line in words; `url` leads to its record where the reader may open it."""

    at: datetime | None
    who: str
    what: str
    place: str
    record: str
    url: str
    details: str
    batch: int | None


def told(lines: Sequence[AuditLine], access: Access) -> list[Deed]:
    """The lines in words; two queries however many tables they tell of, one more for the union's own columns."""
    lines = person_keys.opened(lines)
    about = {line.pk: register for line in lines if (register := _register(line)) and register.may_view(access)}
    own = {label: BY_LABEL[label].of(access) for label in {register.label for register in about.values()}}
    open_to = {pk: own[register.label] for pk, register in about.items()}
    names, gone = _names(lines, open_to, access.union)
    history.veil(line for line in lines if (line.subject, line.subject_id) in gone)
    who = history.people(line.user_id for line in lines)
    return [_deed(line, open_to.get(line.pk), names, who) for line in lines]


def _register(line: AuditLine) -> Register | None:
    """The register of the record that a line is about."""
    return BY_LABEL.get(line.subject) or _BY_LOW_LABEL.get(line.verb.rpartition(".")[0].lower())


_BY_LOW_LABEL = {label.lower(): register for label, register in BY_LABEL.items()}


def _deed(line: AuditLine, register: Register | None, names: Names, who: Mapping[int | None, str]) -> Deed:
    text, uid = names.get(line.subject, {}).get(line.subject_id or 0, ("", ""))
    what, details = _what(line, register, names)
    of = _register(line)
    return Deed(
        at=line.at,
        who="（不记名）" if line.at is None else who.get(line.user_id, "") or "终端",
        what=what,
        place=of.sheet.name if of else "",
        record=text or ("（记录已不在）" if register and line.subject_id and not uid else ""),
        url=register.url("record", UUID(uid)) if register and uid else "",
        details=details,
        batch=line.batch_id,
    )


def _what(line: AuditLine, register: Register | None, names: Names) -> tuple[str, str]:
    verb = verbs.known(line.verb)
    if line.verb.startswith("core.batch."):
        return verb.words, _sheets(line)
    if line.verb == "core.audit.verified":
        return verb.words, result_words(line)
    if line.verb == "shell.exported":
        exported = BY_LABEL.get(str(line.told.get("register", "")))
        return verb.words, f"“{exported.sheet.name}”" if exported else ""
    extra = "；".join(f"{label}：{line.told[name]}" for name, label in verb.tells if line.told.get(name))
    if register is None:
        return verb.words, extra if _register(line) is None else "您的职务不能查看这本台账的内容"
    rows = line.told.get("rows")
    count = line.told.get("count") or (len(rows) if isinstance(rows, list) else 0)  # an erasure counts them by table
    if count > 1:
        return verb.words, f"一次{count}条"
    if verb.group == "files":
        return verb.words, "、".join(map(str, line.told.get("files", ())))
    if line.verb == revealing.VERB:
        return verb.words, history.what(register, line, {})[0]
    if verb.pattern != "*.saved":
        return verb.words, extra
    words, changes = history.what(register, line, names)  # type: ignore[arg-type]  # read only
    return words, _cut("；".join(_change(one) for one in changes))


def _change(one: Change) -> str:
    if not one.shown:
        return f"{one.label}：有改动"
    return f"{one.label}：{one.before or '（空）'} → {one.after or '（空）'}"


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


def _sheets(line: AuditLine) -> str:
    """What a batch wrote, by register."""
    found = []
    for label, counts in line.told.items():
        register = BY_LABEL.get(label)
        if register and isinstance(counts, list) and len(counts) > 1:
            new, changed = counts[0], counts[1]
            parts = [f"新增{new}条" if new else "", f"改动{changed}条" if changed else ""]
            found.append(f"{register.sheet.name}{'、'.join(part for part in parts if part)}")
    return _cut("；".join(found))


def result_words(line: AuditLine) -> str:
    """What a check of the chain found."""
    count = int(line.changes.get("breaks", 0))
    lines = int(line.changes.get("lines", 0))
    return f"有{count}处断裂" if count else f"完整，共{lines}行"


def _names(lines: Iterable[AuditLine], open_to: Mapping[int, Register], union: int) -> tuple[Names, Gone]:
    """How every row is called that the lines tell of: table → pk → (words, 编号); and which are of the erased."""
    wanted: dict[str, set[int]] = {}
    for line in lines:
        register = open_to.get(line.pk)
        if register is None:
            continue
        if line.subject_id is not None and line.subject in BY_LABEL:
            wanted.setdefault(line.subject, set()).add(line.subject_id)
        for target, pks in history.referred(register, [line]).items():
            wanted.setdefault(target, set()).update(pks)
    return _named({label: pks for label, pks in wanted.items() if pks and label in BY_LABEL}, union)


def _named(wanted: Mapping[str, set[int]], union: int) -> tuple[Names, Gone]:
    """Written by hand: a page may tell of fifteen tables, and compiling their queries takes longer than asking them."""
    found: dict[str, dict[int, tuple[str, str]]] = {label: {} for label in wanted}
    gone: set[tuple[str, int]] = set()
    columns = {label: linked.telling(BY_LABEL[label])[:_WORDS] for label in wanted}
    labels, parts, values = list(wanted), [], []
    quote = connection.ops.quote_name
    for number, label in enumerate(labels):
        register, pks = BY_LABEL[label], wanted[label]
        meta: Any = register.sheet.records.model._meta
        names = [str(meta.get_field(column.field).column) for column in columns[label]]
        texts = [f"CAST({quote(name)} AS TEXT)" for name in names] + ["''"] * (_WORDS - len(names))
        tenant = " AND union_id = %s" if register.sheet.records.tenant else ""
        parts.append(
            f"SELECT {number}, id, CAST(uid AS TEXT), {_whose(meta)}, {', '.join(texts)}"  # noqa: S608 - names of models
            f" FROM {quote(meta.db_table)} told WHERE id IN ({', '.join(['%s'] * len(pks))}){tenant}"
        )
        values += [*pks, union] if tenant else [*pks]
    if not parts:
        return found, gone
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        for number, pk, uid, whose, *cells in cursor.fetchall():
            label = labels[number]
            if whose == GONE:
                gone.add((label, pk))
            found[label][pk] = (_text(columns[label], cells), str(uid))
    return found, gone


def _whose(meta: Any) -> str:
    """SQL for the name of the person that a row is, or is about; empty for a row about nobody."""
    quote = connection.ops.quote_name
    if meta.label == _PERSON:
        return "name"
    if person_keys.SUBJECT not in {one.name for one in meta.concrete_fields}:
        return "''"
    table = quote(BY_LABEL[_PERSON].sheet.records.model._meta.db_table)
    column = quote(f"{person_keys.SUBJECT}_id")
    return f"COALESCE((SELECT p.name FROM {table} p WHERE p.id = told.{column}), '')"  # noqa: S608 - names of models


def _text(columns: Sequence[Column], cells: Sequence[Any]) -> str:
    """A row's name: the words of its telling columns; of a person the name alone."""
    parts = [linked.word_of(column, text) for column, text in zip(columns, cells, strict=False)]
    if columns and columns[0].field == "name":
        return parts[0]
    return " ".join(part for part in parts if part)
