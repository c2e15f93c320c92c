"""Taking a record back (撤回): it stays, with day, login and reason, counts nowhere, and can be restored."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from datetime import date
from typing import Any

from django.db import models, transaction

from zhijia.core import audit
from zhijia.core.access import Access
from zhijia.core.outcomes import Refused, Violation

REASON_LIMIT = 200


def references(record: models.Model) -> Iterator[tuple[type[models.Model], int]]:
    """The tables with rows in force that refer to the record, and how many; one query a table."""
    for relation in type(record)._meta.get_fields(include_hidden=True):
        if not isinstance(relation, models.ManyToOneRel):
            continue
        model: Any = relation.related_model
        if not hasattr(model, "withdrawn_on") or not model._meta.managed:
            continue  # a view's rows are made of others
        found = model._base_manager.filter(**{relation.field.name: record.pk}, withdrawn_on=None).count()
        if found:
            yield model, found


def _locked(record: Any) -> Any:
    audit.lock(record.union_id)  # first, as everywhere: what is decided on is read once nobody else writes
    manager: Any = type(record)._base_manager
    return manager.select_for_update().get(pk=record.pk)


def still(rows: models.QuerySet[Any], pk: int) -> Any:
    """The row among those locked; refused where it was withdrawn or merged since the form was opened."""
    row = rows.filter(pk=pk, withdrawn_on=None).first()
    if row is None:
        raise Refused([Violation("gone", "这条记录刚被撤回或合并", mend="回到列表，看现在的情况再办")])
    return row


def mark(row: Any, *, reason: str, by: Access, today: date) -> None:
    """Write that a locked row is withdrawn, inside the transaction of a deed that sees to the rest."""
    row.withdrawn_on, row.withdrawn_by, row.withdrawn_reason = today, by.user, reason[:REASON_LIMIT]
    row.version += 1
    row.save(update_fields=["withdrawn_on", "withdrawn_by", "withdrawn_reason", "version"])


@transaction.atomic
def withdraw(record: models.Model, *, reason: str, by: Access, today: date) -> None:
    """Take a record back. Refused without a reason, twice, and while other records refer to it.

    A table may say what must hold of its rows together (`guarded(union, today)`, a context in which they are written).
    """
    reason = " ".join(reason.split())
    row = _locked(record)
    broken = []
    if not reason:
        broken.append(Violation("reason", "没有写明撤回的原因", mend="写一句原因，以后查得到"))
    elif len(reason) > REASON_LIMIT:
        broken.append(Violation("reason", f"原因太长，最多{REASON_LIMIT}个字", mend="请缩短"))
    if row.withdrawn_on:
        broken.append(Violation("withdrawn", "这条记录已经撤回", mend="需要时可以恢复"))
    broken += [
        Violation("referred", f"还有{count}条“{model._meta.verbose_name}”用到它", mend="请先改正或撤回那些记录")
        for model, count in references(row)
    ]
    if broken:
        raise Refused(broken)
    with row.guarded(row.union_id, today) if hasattr(row, "guarded") else nullcontext():
        mark(row, reason=reason, by=by, today=today)
    _tell(row, "withdrawn", by, {"reason": reason})


@transaction.atomic
def restore(record: models.Model, *, by: Access) -> None:
    """Put a withdrawn record in force again. Refused while a record that it refers to is itself withdrawn.

    A record may say itself what stands against it (`against_restoring()`, a Violation or None).
    """
    row = _locked(record)
    broken = []
    if not row.withdrawn_on:
        broken.append(Violation("in_force", "这条记录没有撤回，不用恢复"))
    against = row.against_restoring() if hasattr(row, "against_restoring") else None
    broken += [against] if against else []
    for field in row._meta.concrete_fields:
        target: Any = getattr(row, field.name, None) if field.is_relation else None
        if getattr(target, "withdrawn_on", None):
            message = f"它用到的“{target._meta.verbose_name}”已经撤回"
            broken.append(Violation("referred", message, mend="请先恢复那一条"))
    if broken:
        raise Refused(broken)
    row.withdrawn_on, row.withdrawn_by, row.withdrawn_reason = None, None, ""
    row.version += 1
    row.save(update_fields=["withdrawn_on", "withdrawn_by", "withdrawn_reason", "version"])
    _tell(row, "restored", by, {})


def _tell(row: Any, deed: str, by: Access, changes: dict[str, str]) -> None:
    verb = f"{row._meta.label}.{deed}".lower()
    audit.record(union=row.union_id, by=by, verb=verb, subject=row, changes=changes)
