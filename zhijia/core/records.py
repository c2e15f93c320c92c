"""How rows of one table are recorded, in sets: match, compare, check, write, take back.

A room declares `Records` in its services and gets `save` from it; an import plans all its sheets first and then
applies the plans in one transaction. Preview and commit are therefore the same computation.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import IntegrityError, connection, models, transaction

from zhijia.core import audit, db, moving, naming, own_values, record_lines, secrets, uniqueness
from zhijia.core.access import Access
from zhijia.core.fields import SecretField, plain
from zhijia.core.frame import Frame
from zhijia.core.lookup import Lookup
from zhijia.core.outcomes import Refused, Violation
from zhijia.core.record_types import Plan, Records, Stale
from zhijia.core.stored import Stored
from zhijia.core.uid import uuid7_many

FEW = 50  # rows up to which only matching rows are read


def _fill_blanks(records: Records, frame: Frame) -> None:
    """Blank cells take the model's own idea of empty: '' for texts, the default where null is not allowed."""
    for name, column in frame.columns.items():
        model_field = records.model._meta.get_field(name)
        if name == "uid" or not isinstance(model_field, models.Field) or model_field.null:
            continue  # a blank 编号 is given to each new row when it is written; its default here would be one for all
        empty = model_field.get_default()
        if empty is not None and any(value is None for value in column):
            frame.columns[name] = [empty if value is None else value for value in column]


def _existing(
    records: Records, union: int | None, fields: Sequence[str], these: models.Q | None = None
) -> models.QuerySet[Any]:
    """The union's rows with pk, version, uid and `fields`, as tuples; rows with a state end with their origin.

    Before it stands what tells whose words the row holds (`Said.when`).

    `these` picks rows by conditions that each name the union: outside them it would draw the planner to its index.
    """
    manager: Any = records.model._default_manager
    told = (records.said.when[0],) if records.said and records.said.when else ()
    fields = ("pk", "version", "uid", *fields, *((*told, "origin") if records.moves else ()))
    if union is None:
        return manager.none().values_list(*fields)
    own = models.Q(union_id=union) if records.tenant else models.Q(pk=union)
    rows = manager.filter(own if these is None or not records.tenant else models.Q(), these or models.Q())
    return (rows.filter(withdrawn_on=None) if records.tenant else rows).values_list(*fields)


def _attname(model: type[models.Model], name: str) -> str:
    model_field = model._meta.get_field(name)
    return getattr(model_field, "attname", name)


def plan(records: Records, frame: Frame, *, union: int | None, lookup: Lookup, origin: str = moving.RECORDED) -> Plan:
    """Compute what saving `frame` would do to the union's rows, new ones with `origin`; nothing is written.

    Reads the union's rows once. A key that stands twice in the frame is refused, and one that has another 编号.
    """
    own = own_values.split(frame)
    result = Plan(records, frame)
    _fill_blanks(records, frame)
    if records.derive:
        frame.columns.update(records.derive(frame, lookup))
    if records.check:
        result.violations.extend(records.check(frame, lookup))
    given = [name for name in frame.columns if name != "uid"]
    borne = lookup.bearers(records)
    rows = _stored_rows(records, frame, union, given)
    stored = Stored(records, frame, rows, given, borne=borne, today=lookup.today)
    seen: dict[Any, int] = {}
    matched: set[int] = set()
    for index, uid in enumerate(frame.get("uid")):
        row, problem = _match(stored, index, uid)
        if row is None and not problem:
            problem = _repeated(stored, frame, index, uid, seen)
        elif row is not None and row[0] in matched:
            problem = "同一条记录在表中出现了两次"
        if problem:
            result.violations.append(_twice(records, frame, index, problem))
        elif row is None:
            result.new.append(index)
        else:
            matched.add(row[0])
            _compare(result, stored, index, row, given)
    result.violations.extend(uniqueness.problems(result, stored))
    result.violations.extend(moving.problems(result, stored, origin))
    result.violations.extend(moving.reworded(result, stored, origin))
    result.absent = [row[0] for row in stored.rows if row[0] not in matched] if frame.sheet else []
    result.tokens = [-(index + 1) for index in range(len(frame))]
    for index, (pk, _version) in result.targets.items():
        result.tokens[index] = pk
    if own:
        own_values.plan(result, own, plan, union=union, lookup=lookup)
    _seal(result)
    return result


def _match(stored: Stored, index: int, uid: Any) -> tuple[Any, str]:
    """The stored row that row `index` changes (None for a new one), or the problem in telling."""
    if uid is not None and uid in stored.by_uid:
        return stored.by_uid[uid], ""
    rows = stored.match(index)
    if not rows:
        return None, ""
    if uid is not None:
        return None, "相同的记录已用另一个编号登记"
    if len(rows) > 1:
        return None, f"已登记的记录里有{len(rows)}条与它相符，分不清是哪一条"
    return rows[0], ""


def same(records: Records, row: Mapping[str, Any], *, union: int, lookup: Lookup) -> Any:
    """The 编号 of the stored row that a row without one would change; None where it is new."""
    frame = Frame.of([{name: value for name, value in row.items() if name not in {"uid", "version"}}])
    own_values.split(frame)
    _fill_blanks(records, frame)
    if records.derive:
        frame.columns.update(records.derive(frame, lookup))
    given = list(frame.columns)
    rows = _stored_rows(records, frame, union, given)
    found = Stored(records, frame, rows, given, borne=lookup.bearers(records), today=lookup.today).match(0)
    return found[0][2] if found else None


def _repeated(stored: Stored, frame: Frame, index: int, uid: Any, seen: dict[Any, int]) -> str:
    """Tell when an earlier new row of the frame has the same key; rows with an 编号 of their own may look alike."""
    if uid is not None:
        return ""
    for number, key in stored.repeated(index):
        told_apart = number == len(stored.keys) - 1 and key in stored.alike and () not in stored.alike[key]
        first = seen.setdefault((number, key, stored.tie(index) if told_apart else ()), index)
        if first != index:
            return f"与第{frame.rows[first]}行重复"
    return ""


def _compare(result: Plan, stored: Stored, index: int, row: Any, given: Sequence[str]) -> None:
    """Note whether row `index` equals the stored row or changes it, and what was there before."""
    result.targets[index] = (row[0], row[1])
    columns = result.frame.columns
    if all(columns[name][index] == plain(row[spot]) for name, spot in stored.spots.items()):
        result.equal.append(index)
    else:
        result.changed.append(index)
        result.before[index] = {name: row[stored.spots[name]] for name in given}


def _stored_rows(records: Records, frame: Frame, union: int | None, given: Sequence[str]) -> list[Any]:
    """The union's rows; a form asks only for those that its few rows can mean."""
    fields = [_attname(records.model, name) for name in given]
    if frame.sheet or len(frame) > FEW:
        return list(_existing(records, union, fields))
    natural = tuple(name for name in records.key if name in frame.columns)
    owner = {"union_id": union} if records.tenant else {}
    condition = models.Q(uid__in=[uid for uid in frame.get("uid") if uid is not None], **owner)
    together = [tuple(name for name in fields if name != "union") for fields in uniqueness.together(records.model)]
    for key in (*records.identities, natural, *together):
        if not key or any(name not in frame.columns for name in key):
            continue
        for index in range(len(frame)):
            values = {_attname(records.model, name): frame.columns[name][index] for name in key}
            if key not in records.identities or all(value not in (None, "") for value in values.values()):
                read = naming.spelt_values(records.model, key, frame.columns, index)
                condition |= models.Q(**values, **owner, **read)
    return list(_existing(records, union, fields, condition))


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
            sealed = secrets.encrypt_many((column[index] or None for index in touched), context=model_field.context)
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
        model_field: Any = model._meta.get_field(name)
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
    same: dict[str, Any] = {}
    if records.tenant:
        same = {"union": union, "origin": origin}
    pks = db.insert(model, new_columns, same)
    for index, pk in zip(result.new, pks, strict=True):
        result.tokens[index] = pk
    if records.stored and pks:
        records.stored(pks)
    if result.changed:
        ids = [result.targets[index][0] for index in result.changed]
        versions = [result.targets[index][1] for index in result.changed]
        written = db.update(model, ids, versions, {name: column[split:] for name, column in columns.items()})
        if written != len(ids):
            raise Stale(records.label)


def save(
    records: Records,
    rows: Sequence[Mapping[str, Any]],
    *,
    union: int,
    by: Access,
    today: date,
    origin: str = "lived",
    noted: list[Violation] | None = None,
) -> list[int]:
    """Save rows of one table (references as primary keys) in one transaction with one audit line; return their pks.

    A row with `uid`, or with the natural key of a stored row, changes that row; `version`, when given, must be the one
    on record. Raises `Refused` with every broken rule, and then saves nothing. Warnings do not stop a save: they are
    added to `noted`.
    """
    if not rows:
        return []
    versions = [row.get("version") for row in rows]
    frame = Frame.of([{name: value for name, value in row.items() if name != "version"} for row in rows])
    lookup = Lookup(union, today, few=len(rows) <= FEW)
    try:
        with transaction.atomic():
            result = _save(records, frame, versions, lookup, union=union, by=by, origin=origin)
    except IntegrityError:
        message = "数据库不接受这条记录（重复，或与已撤回的记录相同）"
        raise Refused([Violation("constraint", message, mend="请核对是否已登记；撤回的记录可以恢复")]) from None
    if noted is not None:
        noted.extend(result.violations)
    return result.tokens


def _save(
    records: Records,
    frame: Frame,
    versions: Sequence[Any],
    lookup: Lookup,
    *,
    union: int,
    by: Access,
    origin: str,
) -> Plan:
    if connection.features.has_select_for_update:
        # First, as imports do: two writers that take head and rows in turn would block each other.
        audit.lock(union)
    result = plan(records, frame, union=union, lookup=lookup, origin=origin)
    for index, (_pk, version) in result.targets.items():
        if versions[index] is not None and versions[index] != version:
            message = "这条记录刚被别人修改过，请核对后再保存"
            result.violations.append(Violation("stale", message, mend="查看对方的修改后重新保存"))
    if any(versions[index] is not None for index in result.new):
        message = "这条记录已经不在了（导入被撤销，或记录被撤回）"
        result.violations.append(Violation("gone", message, mend="请刷新后核对；确需登记，请作为新记录填写"))
    if result.refused:
        raise Refused(result.violations)
    for part in result.every:
        write(part, union=union, plans={records.label: result}, origin=origin)
    verb = f"{records.label}.saved".lower()
    if result.new or result.changed:
        subject = records.model(pk=result.tokens[0]) if len(frame) == 1 else None
        told = record_lines.told(result)
        tables = [part.records.model for part in result.every]
        audit.record(union=union, by=by, verb=verb, tables=tables, subject=subject, **told)
    return result
