"""What is done to many rows of a register at once, and the lists that a person keeps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from zhijia.core import audit, records
from zhijia.core.access import Access
from zhijia.core.fields import plain
from zhijia.core.outcomes import Refused, Violation
from zhijia.core.pages import asking
from zhijia.core.pages.words import attname, is_secret
from zhijia.core.sheets import beside
from zhijia.core.sheets.declare import Column
from zhijia.shell.models import SavedList
from zhijia.shell.registers import Register

MOST = 1_000


@dataclass(frozen=True, slots=True)
class SetAnswer:
    """One answer for many rows. `picked` are their 编号, `versions` what they were when the page was drawn."""

    column: Column
    value: Any
    label: str
    picked: tuple[UUID, ...]
    doing: str

    @property
    def header(self) -> str:
        """The column's header."""
        return self.column.header


def uids(texts: Iterable[str]) -> list[UUID]:
    """The 编号 among the texts, each once, at most `MOST`."""
    found = []
    for text in dict.fromkeys(texts):
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found[:MOST]


def planned(register: Register, doing: str, picked: Sequence[UUID], *, by: Access) -> SetAnswer:
    """What `field=code` would set; refused where the register has no such answer, or rows are out of reach."""
    name, _, code = doing.partition("=")
    column = next((c for c in asking.outline(register.sheet).choices if c.field == name), None)
    answers = dict(zip(map(str, asking.codes(column)), column.kind.choices, strict=True)) if column else {}
    if column is None or code not in answers:
        raise Refused([Violation("bulk", "不认识这个批量操作", mend="请返回列表重新选择")])
    there = register.rows(by).filter(uid__in=picked).count()
    if there != len(picked):
        raise Refused(
            [
                Violation(
                    "gone", f"选中的{len(picked)}条里有{len(picked) - there}条已经不在了", mend="请返回列表刷新后重选"
                )
            ]
        )
    value = next(value for value in asking.codes(column) if str(value) == code)
    return SetAnswer(column, value, answers[code], tuple(picked), doing)


def set_answer(register: Register, change: SetAnswer, *, by: Access, today: date) -> int:
    """Set the answer for all picked rows in one transaction, by the rules of the register; return how many changed."""
    sheet = register.sheet
    fields = [c.field for c in sheet.columns if not (isinstance(c, beside.OwnColumn) and is_secret(sheet, c))]
    with transaction.atomic():
        audit.lock(by.union)
        rows = _rows(register, change, by, fields)
        if not rows:
            return 0
        records.save(sheet.typed or sheet.records, rows, union=by.union, by=by, today=today, origin="recorded")
    return len(rows)


def _rows(register: Register, change: SetAnswer, by: Access, fields: list[str]) -> list[dict[str, Any]]:
    """The rows that are not so yet, whole, so that every rule of the register sees what it judges."""
    sheet = register.sheet
    names = [attname(sheet, sheet.column(name)) for name in fields]
    loose = [column.kind.loose for column in register.sheet.columns if column.kind.loose]
    found = register.rows(by).filter(uid__in=change.picked).exclude(**{change.column.field: change.value})
    rows = []
    for values in found.order_by("pk").values("uid", "version", *names, *loose):
        row = {name: plain(values[stored]) for name, stored in zip(fields, names, strict=True)}
        rows.append(
            row
            | {name: values[name] for name in loose}
            | {"version": values["version"], change.column.field: change.value}
        )
    return rows


@transaction.atomic
def note_export(register: Register, *, columns: Sequence[str], by: Access) -> None:
    """An export leaves a line: who took which columns of which register."""
    audit.record(
        union=by.union, by=by, verb="shell.exported", changes={"register": register.label, "columns": list(columns)}
    )


def keep_list(register: Register, name: str, query: str, *, by: Access) -> None:
    """Keep a list of one's own; the same name is written over. The person's own working habit leaves no audit line."""
    SavedList.objects.update_or_create(
        user_id=by.user or 0, register=register.label, name=name, defaults={"query": query}
    )


def forget_list(register: Register, name: str, *, by: Access) -> None:
    """Forget a kept list."""
    SavedList.objects.filter(user_id=by.user or 0, register=register.label, name=name).delete()
