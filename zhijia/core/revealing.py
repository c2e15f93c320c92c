"""One secret in full: for a stated task, by whoever the sheet lets, told of in the audit chain before it is shown.

What comes back is for one answer: it is kept nowhere, and the next look is another deed with another line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction

from zhijia.core import audit
from zhijia.core.access import Access
from zhijia.core.fields import Sealed
from zhijia.core.outcomes import Place, Refused, Violation
from zhijia.core.pages.words import is_secret
from zhijia.core.sheets import beside
from zhijia.core.sheets.declare import Sheet

VERB = "core.revealed"
SHORTEST, LONGEST = 4, 200
_NUMBER = re.compile(r"\d{7}")  # an ID, a phone, a card: the chain is never rewritten, so none may enter it


def may_reveal(sheet: Sheet, field: str, access: Access) -> bool:
    """Whether the field is a secret of the sheet that the access may see in full."""
    column = next((column for column in sheet.columns if column.field == field), None)
    return column is not None and is_secret(sheet, column) and bool(sheet.reveal) and access.may(sheet.reveal)


@transaction.atomic
def reveal(sheet: Sheet, row: models.Model, field: str, *, reason: str, by: Access, about: Iterable[int] = ()) -> str:
    """The secret `field` of the row in clear, with one audit line: which field, why, who, `about` which persons.

    Refused without a reason, with one that holds a number or the secret itself, and where nothing is on record.
    """
    if not may_reveal(sheet, field, by):
        raise PermissionDenied(sheet.reveal)
    reason = " ".join(reason.split())
    sealed = _sealed(sheet, row, field)
    text = sealed.reveal() if isinstance(sealed, Sealed) else ""
    broken = _problems(reason, text)
    if broken:
        raise Refused(broken)
    changes = {"field": field, "reason": reason, "persons": sorted(set(about))}
    audit.record(union=row.union_id, by=by, verb=VERB, subject=row, changes=changes)  # type: ignore[attr-defined]
    return text


def _sealed(sheet: Sheet, row: models.Model, field: str) -> Any:
    column = sheet.column(field)
    if isinstance(column, beside.OwnColumn):
        return beside.sealed(sheet, column, row.pk)
    manager: Any = type(row)._base_manager
    return manager.filter(pk=row.pk).values_list(field, flat=True).first()


def _problems(reason: str, text: str) -> list[Violation]:
    place = Place(column="reason")
    if not text:
        return [Violation("nothing", "这一栏没有登记内容", mend="返回记录核对")]
    if len(reason) < SHORTEST:
        return [Violation("reason", "没有写明用途", place=place, mend="写一句要办的事，例如：办理住院慰问，核对病情")]
    if len(reason) > LONGEST:
        return [Violation("reason", f"用途太长，最多{LONGEST}个字", place=place, mend="请缩短")]
    if text in reason or _NUMBER.search(reason):
        return [
            Violation(
                "reason", "用途里不要写证件号、手机号、卡号", place=place, mend="只写要办的事，写下的用途不能删改"
            )
        ]
    return []
