"""What happened to a record, from its audit lines: when, by whom, and each field before and after."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.contrib.auth import get_user_model

from zhijia.core import audit, person_keys
from zhijia.core.erasing import ERASED, GONE
from zhijia.core.models import AuditLine
from zhijia.core.pages import words
from zhijia.core.pages.parts import Change, Moment, Notice
from zhijia.core.pages.reading import whole_number
from zhijia.core.sheets import beside
from zhijia.core.sheets.declare import Column
from zhijia.core.uid import instant
from zhijia.shell.registers import BY_LABEL, Register

SHOWN = 50
_MADE = {"recorded": "登记（补录，或由台账导入）", "lived": "登记"}


def moments(register: Register, row: Any) -> tuple[Moment, ...]:
    """The record's timeline, latest first; one query for the lines, one for people, one for each table named."""
    lines = person_keys.opened(audit.history(row).reverse()[:SHOWN])
    lines.reverse()
    if _nameless(row):
        veil(lines)
    told = _told(register, lines)
    if not lines or not _first(lines[0]):
        # Made by an import or with others at once: no line of its own, but its 编号 holds the instant.
        told = [Moment(made_at(row), "", _MADE.get(getattr(row, "origin", ""), "登记")), *told]
    return tuple(reversed(told))


def _nameless(row: Any) -> bool:
    """Whether the record is, or is about, a person who was erased."""
    return GONE in (getattr(row, "name", ""), getattr(getattr(row, "person", None), "name", ""))


def veil(lines: Iterable[AuditLine]) -> None:
    """Leave of lines about somebody who was erased what was done: those of before there were keys stand in clear."""
    for line in lines:
        if line.verb != ERASED:
            line.told = {}


def made_at(row: Any) -> datetime | None:
    """The instant inside a 编号 of version 7."""
    if row.uid.version != 7:
        return None
    return instant(row.uid)


def since(register: Register, row: Any, version: str) -> Notice:
    """Who changed a record after that version, when, and what: said above the form of whoever comes second."""
    known = whole_number(version)
    count = row.version - known if known is not None else 1
    lines = person_keys.opened(audit.history(row).reverse()[: max(1, min(count, 10))])
    lines.reverse()
    if _nameless(row):
        veil(lines)
    found = []
    for moment in _told(register, lines):
        at = moment.at.astimezone().strftime("%Y-%m-%d %H:%M") if moment.at else ""
        parts = [
            f"{one.label}：{one.before or '（空）'} → {one.after or '（空）'}" if one.shown else f"{one.label}有改动"
            for one in moment.changes
        ]
        found.append(f"{at} {moment.who} {moment.what}{'：' if parts else ''}{'；'.join(parts)}".strip())
    text = "您填写的内容都还在，别人的修改也已并入。核对下面的内容后再保存。"
    return Notice(text, "due", "您打开以后，别人改过这条记录，所以还没有保存", tuple(found))


def _first(line: AuditLine) -> bool:
    """Whether a line tells of the record's making."""
    row = fields_of(line)
    if all(name.startswith(beside.PREFIX) for name in row):
        return False  # a column that the union added later was filled in; or nobody can read any more what was
    return line.verb.endswith(".saved") and all(before is None for before, _after in row.values())


def _told(register: Register, lines: Sequence[AuditLine]) -> list[Moment]:
    who = people(line.user_id for line in lines)
    names = _names(register, lines)
    return [
        Moment(line.at, who.get(line.user_id, "") if line.user_id else "", *what(register, line, names))
        for line in lines
    ]


def people(users: Iterable[int | None]) -> dict[int | None, str]:
    """The names of the people behind logins; of a login that stands for nobody its own name."""
    wanted = {user for user in users if user}
    if not wanted:
        return {}
    person: Any = BY_LABEL["members.Person"].sheet.records.model
    rows = person._base_manager.filter(user_id__in=wanted).values_list("user_id", "name")
    found: dict[int | None, str] = dict(rows)
    if rest := wanted - set(found):
        found.update(get_user_model().objects.filter(pk__in=rest).values_list("pk", "username"))
    return found


def columns_of(register: Register) -> dict[str, Column]:
    """The register's columns by field."""
    return {column.field: column for column in register.sheet.columns if column.field != "uid"}


def fields_of(line: AuditLine) -> dict[str, list[Any]]:
    """Before and after by field; a line about several records tells none of one."""
    rows = line.told.get("rows")
    return rows[0] if isinstance(rows, list) and len(rows) == 1 else {}  # an erasure counts rows by table


def referred(register: Register, lines: Iterable[AuditLine]) -> dict[str, set[int]]:
    """The rows that changes of the lines refer to: table → pks."""
    wanted: dict[str, set[int]] = {}
    columns = columns_of(register)
    for line in lines:
        for name, pair in fields_of(line).items():
            target = columns[name].kind.target if name in columns else ""
            if target:
                wanted.setdefault(target, set()).update(value for value in pair if isinstance(value, int))
    return wanted


def _names(register: Register, lines: Iterable[AuditLine]) -> dict[str, dict[int, tuple[str, str]]]:
    return {target: words.labels(target, pks) for target, pks in referred(register, lines).items()}


def what(
    register: Register, line: AuditLine, names: dict[str, dict[int, tuple[str, str]]]
) -> tuple[str, tuple[Change, ...]]:
    """The deed of a line in words, and each field before and after; `names` are those of the rows referred to."""
    deed = line.verb.rpartition(".")[2]
    if deed == "withdrawn":
        return _about("撤回", line.told.get("reason")), ()
    if deed == "restored":
        return "恢复", ()
    if deed in {"filed", "unfiled"}:
        return _about("添加文件" if deed == "filed" else "移除文件", "、".join(line.told.get("files", ()))), ()
    if deed == "revealed":
        column = columns_of(register).get(str(line.told.get("field", "")))
        looked = f"查看了{column.header if column else '保密内容'}的全文"
        return _about(f"{looked}，用途", line.told["reason"]) if line.told.get("reason") else looked, ()
    if deed == "erased":
        return f"删除个人信息：{line.told.get('reason', '')}（{line.told.get('minutes', '')}）", ()
    if deed != "saved":
        return "更新", ()
    first = _first(line)
    changes = [] if first else _changes(register, fields_of(line), names)
    return "登记" if first else "修改", tuple(changes)


def _about(deed: str, text: Any) -> str:
    """A deed with what was said of it, where that can still be read."""
    return f"{deed}：{text}" if text else deed


def _changes(
    register: Register, row: dict[str, list[Any]], names: dict[str, dict[int, tuple[str, str]]]
) -> Iterable[Change]:
    for name, column in columns_of(register).items():
        if name not in row and column.kind.loose not in row:
            continue
        if words.is_secret(register.sheet, column) or name in register.sheet.records.private:
            yield Change(column.header, shown=False)
            continue
        pair = row.get(name, [None, None])
        loose = row.get(column.kind.loose, ["", ""]) if column.kind.loose else ["", ""]
        before, after = (_text(column, value, text, names) for value, text in zip(pair, loose, strict=True))
        if before != after:
            yield Change(column.header, before, after)


def _text(column: Column, value: Any, loose: str, names: dict[str, dict[int, tuple[str, str]]]) -> str:
    if column.kind.target:
        return names.get(column.kind.target, {}).get(value, ("", ""))[0] or loose or ""
    if isinstance(value, str) and column.kind.name in {"date", "last_day", "month"}:
        value = date.fromisoformat(value)
    return words.word(column, value)
