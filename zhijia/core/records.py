"""How rows of one table are recorded, in sets: match, compare, check, write, take back.

A room declares `Records` in its services and gets `save` from it; an import plans all its sheets first and then
applies the plans in one transaction. Preview and commit are therefore the same computation.
"""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models, transaction

from zhijia.core import audit, db, keys, secrets
from zhijia.core.access import Access
from zhijia.core.fields import Sealed, SecretField
from zhijia.core.frame import Frame
from zhijia.core.lookup import Lookup
from zhijia.core.outcomes import Place, Refused, Violation
from zhijia.core.record_types import Plan, Records
from zhijia.core.uid import uuid7_many


def _fill_blanks(records: Records, frame: Frame) -> None:
    """Blank cells take the model's own idea of empty: '' for texts, the default where null is not allowed."""
    for name, column in frame.columns.items():
        model_field = records.model._meta.get_field(name)
        if not isinstance(model_field, models.Field) or model_field.null:
            continue
        empty = model_field.get_default()
        if empty is not None and any(value is None for value in column):
            frame.columns[name] = [empty if value is None else value for value in column]


def _existing(records: Records, union: int | None, fields: Sequence[str]) -> models.QuerySet[Any]:
    """The union's rows with pk, version, uid and `fields`, as tuples."""
    manager: Any = records.model._default_manager
    if union is None:
        return manager.none().values_list("pk", "version", "uid", *fields)
    rows = manager.filter(withdrawn_on=None, union_id=union) if records.tenant else manager.filter(pk=union)
    return rows.values_list("pk", "version", "uid", *fields)


def _attname(model: type[models.Model], name: str) -> str:
    model_field = model._meta.get_field(name)
    return getattr(model_field, "attname", name)


def _plain(value: Any) -> Any:
    return value.reveal() if isinstance(value, Sealed) else value


def plan(records: Records, frame: Frame, *, union: int | None, lookup: Lookup) -> Plan:
    """Compute what saving `frame` would do to the union's rows; nothing is written.

    Reads the union's rows once. A repeated natural key inside the frame and a key on record under another 编号 are refused.
    """
    result = Plan(records, frame)
    _fill_blanks(records, frame)
    if records.derive:
        frame.columns.update(records.derive(frame, lookup))
    if records.check:
        result.violations.extend(records.check(frame, lookup))
    given = [name for name in frame.columns if name != "uid"]
    key_names = [name for name in records.key if name in frame.columns]
    if union is not None and len(frame) <= 50:
        stored = _narrow(records, union, frame, key_names, given)
    else:
        stored = list(_existing(records, union, [_attname(records.model, name) for name in given]))
    by_uid = {row[2]: row for row in stored}
    positions = {name: 3 + index for index, name in enumerate(given)}
    full_key = len(key_names) == len(records.key) and bool(key_names)
    by_key: dict[tuple[Any, ...], Any] = {}
    if full_key:
        spots = [positions[name] for name in key_names]
        by_key = {tuple(row[spot] for spot in spots): row for row in stored}
    uids = frame.get("uid")
    seen: dict[tuple[Any, ...], int] = {}
    matched: set[int] = set()
    key_columns = [frame.columns[name] for name in key_names]
    for index in range(len(frame)):
        key = tuple(column[index] for column in key_columns)
        row = by_uid.get(uids[index]) if uids[index] is not None else None
        if row is None and full_key:
            row = by_key.get(key)
            if row is not None and uids[index] is not None and uids[index] != row[2]:
                result.violations.append(_twice(records, frame, index, "相同的记录已用另一个编号登记"))
                continue
        if full_key and uids[index] is None:
            first = seen.setdefault(key, index)
            if first != index:
                result.violations.append(_twice(records, frame, index, f"与第{frame.rows[first]}行重复"))
                continue
        if row is None:
            result.new.append(index)
            continue
        if row[0] in matched:
            result.violations.append(_twice(records, frame, index, "同一条记录在表中出现了两次"))
            continue
        matched.add(row[0])
        result.targets[index] = (row[0], row[1])
        old = {name: row[positions[name]] for name in given}
        if all(frame.columns[name][index] == _plain(old[name]) for name in given):
            result.equal.append(index)
        else:
            result.changed.append(index)
            result.before[index] = old
    result.absent = [(row[0], "") for row in stored if row[0] not in matched] if len(frame) > 50 or frame.sheet else []
    result.tokens = [-(index + 1) for index in range(len(frame))]
    for index, (pk, _version) in result.targets.items():
        result.tokens[index] = pk
    _seal(result)
    return result


def _narrow(records: Records, union: int, frame: Frame, key_names: Sequence[str], given: Sequence[str]) -> list[Any]:
    """Stored rows for a small frame; a workbook still wants to know which rows it leaves out."""
    rows = _existing(records, union, [_attname(records.model, name) for name in given])
    if frame.sheet or not key_names:
        return list(rows)
    condition = models.Q(uid__in=[uid for uid in frame.get("uid") if uid is not None])
    for index in range(len(frame)):
        condition |= models.Q(**{_attname(records.model, name): frame.columns[name][index] for name in key_names})
    return list(rows.filter(condition))


def _twice(records: Records, frame: Frame, index: int, message: str) -> Violation:
    name = records.key[0] if records.key else ""
    return Violation("twice", message, place=frame.place(index, name), mend="请删去重复的一行，或填写编号以区分")


def _seal(result: Plan) -> None:
    """Encrypt the secret cells of new and changed rows here, outside the transaction."""
    touched = result.new + result.changed
    for name, column in result.frame.columns.items():
        try:
            model_field = result.records.model._meta.get_field(name)
        except FieldDoesNotExist:
            continue
        if isinstance(model_field, SecretField):
            sealed = secrets.encrypt_many([column[index] or None for index in touched])
            result.secret_columns[name] = sealed


def resolve_tokens(plans: Mapping[str, Plan], model_field: models.Field[Any, Any], column: list[Any]) -> list[Any]:
    """Replace `-(i + 1)` by the primary key that row i of the referenced table's frame got."""
    target = model_field.related_model
    other = plans.get(target._meta.label) if isinstance(target, type) else None
    if other is None:
        return column
    tokens = other.tokens
    return [tokens[-value - 1] if value is not None and value < 0 else value for value in column]


def write(result: Plan, *, union: int, plans: Mapping[str, Plan], origin: str) -> None:
    """Write a plan inside the caller's transaction; new rows' tokens become primary keys.

    Raises `Stale` when a row to change is no longer at the version that was compared.
    """
    records, frame, model = result.records, result.frame, result.records.model
    touched = result.new + result.changed
    split = len(result.new)
    columns: dict[str, list[Any]] = {}
    for name, column in frame.columns.items():
        if name == "uid":
            continue
        model_field = model._meta.get_field(name)
        assert isinstance(model_field, models.Field)
        if name in result.secret_columns:
            columns[name] = result.secret_columns[name]
            continue
        values = [column[index] for index in touched]
        columns[name] = resolve_tokens(plans, model_field, values) if model_field.is_relation else values
    uids = frame.get("uid")
    fresh = uuid7_many(split)
    new_uids = [uids[index] or made for index, made in zip(result.new, fresh, strict=True)]
    new_columns: dict[str, list[Any]] = {name: column[:split] for name, column in columns.items()}
    new_columns["uid"] = new_uids
    if records.tenant:
        new_columns["union"] = [union] * split
        new_columns["origin"] = [origin] * split
    pks = db.insert(model, new_columns)
    for index, pk in zip(result.new, pks, strict=True):
        result.tokens[index] = pk
    if result.changed:
        ids = [result.targets[index][0] for index in result.changed]
        versions = [result.targets[index][1] for index in result.changed]
        written = db.update(model, ids, versions, {name: column[split:] for name, column in columns.items()})
        if written != len(ids):
            raise Stale(records.label)


class Stale(Exception):
    """Somebody wrote the same rows meanwhile; plan again."""


def digest(result: Plan) -> str:
    """Keyed digest of the rows that a plan writes, for the audit line."""
    hasher = hashlib.blake2b(key=keys.keyring().subkey("batch"), digest_size=32)
    for name in sorted(result.frame.columns):
        column = result.frame.columns[name]
        hasher.update(name.encode())
        hasher.update(repr([column[index] for index in result.new + result.changed]).encode())
    return hasher.hexdigest()


def changes(result: Plan) -> dict[str, Any]:
    """Before and after of a small save, for the audit line; secrets only as keyed digests."""
    told: list[dict[str, list[Any]]] = []
    for index in result.new + result.changed:
        row: dict[str, list[Any]] = {}
        old = result.before.get(index, {})
        for name, column in result.frame.columns.items():
            before, after = _plain(old.get(name)), column[index]
            if before == after or name == "uid":
                continue
            model_field = result.records.model._meta.get_field(name)
            if isinstance(model_field, SecretField | models.BinaryField):
                before, after = (secrets.keyed_digest(repr(value)) if value else None for value in (before, after))
            row[name] = [before, after]
        told.append(row)
    return {"rows": told}


def save(
    records: Records, rows: Sequence[Mapping[str, Any]], *, union: int, by: Access, today: date, origin: str = "lived"
) -> list[int]:
    """Save rows of one table (references as primary keys) in one transaction with one audit line; return their pks.

    A row with `uid`, or with the natural key of a stored row, changes that row; `version`, when given, must be the one
    on record. Raises `Refused` with every broken rule, and then saves nothing. Warnings do not stop a save.
    """
    if not rows:
        return []
    versions = [row.get("version") for row in rows]
    frame = Frame.of([{name: value for name, value in row.items() if name != "version"} for row in rows])
    lookup = Lookup(union, today)
    with transaction.atomic():
        result = plan(records, frame, union=union, lookup=lookup)
        for index, (_pk, version) in result.targets.items():
            if versions[index] is not None and versions[index] != version:
                result.violations.append(
                    Violation("stale", "这条记录刚被别人修改过，请核对后再保存", place=Place(), mend="查看对方的修改后重新保存")
                )
        if result.refused:
            raise Refused(result.violations)
        write(result, union=union, plans={}, origin=origin)
        verb = f"{records.label}.saved".lower()
        told = changes(result) if len(frame) <= 20 else {"count": len(frame), "digest": digest(result)}
        if result.new or result.changed:
            subject = records.model(pk=result.tokens[0]) if len(frame) == 1 else None
            audit.record(union=union, by=by, verb=verb, tables=[records.model], subject=subject, changes=told)
    return result.tokens


def before_image(result: Plan) -> tuple[bytes, bytes | None]:
    """Packed pks of new rows, and the sealed old values of changed rows (pk, version after, fields)."""
    new = zlib.compress(json.dumps([result.tokens[index] for index in result.new]).encode(), 1)
    if not result.changed:
        return new, None
    images = []
    for index in result.changed:
        pk, version = result.targets[index]
        old = {name: _jsonable(value) for name, value in result.before[index].items()}
        images.append([pk, version + 1, old])
    packed = base64.b64encode(zlib.compress(json.dumps(images, default=str).encode(), 1)).decode()
    return new, secrets.encrypt(packed)


def _jsonable(value: Any) -> Any:
    if isinstance(value, Sealed):
        return {"sealed": base64.b64encode(value.ciphertext).decode()}
    if isinstance(value, bytes | memoryview):
        return {"bytes": base64.b64encode(bytes(value)).decode()}
    return value
