"""Taking an import or another deed on many rows back: new rows go, changed rows get their old values, or nothing."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.utils import timezone

from zhijia.core import audit, db, person_keys, secrets
from zhijia.core.access import Access
from zhijia.core.fields import Sealed, SecretField
from zhijia.core.models import AuditLine, Batch, BatchPart
from zhijia.core.outcomes import Refused, Violation
from zhijia.core.record_types import Plan

KEEP = timedelta(days=30)
IMPORTED = "core.batch.imported"


def before_image(result: Plan) -> tuple[bytes, bytes | None]:
    """Packed pks of new rows, and the sealed old values of changed rows (pk, version after, fields)."""
    images = []
    for index in result.changed:
        pk, version = result.targets[index]
        images.append((pk, version + 1, result.before[index]))
    return _packed([result.tokens[index] for index in result.new], images)


def _packed(new_pks: Sequence[int], changed: Sequence[tuple[int, int, dict[str, Any]]]) -> tuple[bytes, bytes | None]:
    new = zlib.compress(json.dumps(list(new_pks)).encode(), 1)
    if not changed:
        return new, None
    names = list(changed[0][2])
    values = zip(*(_jsonable([before[name] for _pk, _version, before in changed]) for name in names), strict=True)
    images = [
        [pk, version, dict(zip(names, row, strict=True))]
        for (pk, version, _before), row in zip(changed, values, strict=True)
    ]
    packed = base64.b64encode(zlib.compress(json.dumps(images, default=str).encode(), 1)).decode()
    return new, secrets.encrypt(packed)


@dataclass(frozen=True, slots=True)
class Written:
    """What a deed wrote in one table: pks of new rows; of changed ones pk, version after it, and fields before it."""

    model: type[models.Model]
    new: Sequence[int] = ()
    changed: Sequence[tuple[int, int, dict[str, Any]]] = ()


def counts(parts: Iterable[Written]) -> dict[str, list[int]]:
    """What the audit line says of the tables written, by label: how many rows are new, how many were changed."""
    found: dict[str, list[int]] = {}
    for part in parts:
        new, changed = found.get(str(part.model._meta.label), (0, 0))
        found[str(part.model._meta.label)] = [new + len(part.new), changed + len(part.changed)]
    return found


def keep(parts: Sequence[Written], *, union: int, by: Access, source: str) -> Batch:
    """Keep what a deed wrote, in the order of writing, so that `undo` can take it back; within its transaction."""
    batch = Batch.objects.create(
        union_id=union,
        at=timezone.now(),
        user_id=by.user,
        source=source[:200],
        new_count=sum(len(part.new) for part in parts),
        changed_count=sum(len(part.changed) for part in parts),
    )
    for position, part in enumerate(parts):
        new, changed = _packed(part.new, part.changed)
        BatchPart.objects.create(
            batch=batch, position=position, model=str(part.model._meta.label), new=new, changed=changed
        )
    return batch


def _jsonable(column: list[Any]) -> list[Any]:
    """The old values of one field as JSON takes them; texts and numbers as they are, days are few and repeated."""
    first = next((value for value in column if value is not None), None)
    if isinstance(first, Sealed):
        # The image is sealed as a whole: a value sealed in it would not follow a change of keys.
        sealed = (None if value is None else value.ciphertext for value in column)
        return list(secrets.decrypt_many(sealed, context=first.context))
    if isinstance(first, bytes | memoryview):
        return [None if value is None else {"bytes": base64.b64encode(bytes(value)).decode()} for value in column]
    if isinstance(first, date):
        known = {value: value and str(value) for value in set(column)}
        return [known[value] for value in column]
    return column


def _from_json(model: type[models.Model], name: str, column: list[Any]) -> list[Any]:
    """The other way round, as `db.update` takes a column of the field."""
    field = model._meta.get_field(name)
    if isinstance(field, SecretField):
        return list(secrets.encrypt_many(column, context=field.context))
    if isinstance(field, models.BinaryField):
        return [None if value is None else base64.b64decode(value["bytes"]) for value in column]
    target = field.target_field if isinstance(field, models.ForeignKey) else field
    if not isinstance(target, models.Field):
        return column
    if isinstance(target, models.JSONField):
        return [value if value is None else target.to_python(value) for value in column]
    known = {value: value if value is None else target.to_python(value) for value in set(column)}
    return [known[value] for value in column]


def _referring(model: type[models.Model], pks: list[int]) -> list[str]:
    """Names of the tables with rows that refer to one of `pks`; rows that go with them do not count."""
    found = []
    for relation in model._meta.get_fields(include_hidden=True):
        if not isinstance(relation, models.ForeignObjectRel) or not relation.related_model._meta.managed:
            continue  # a view's rows are made of others
        other: Any = relation.related_model
        name = relation.field.name
        for part in db.chunked(pks):
            referring = other._default_manager.filter(**{f"{name}__in": part}).values_list("pk", flat=True)
            if not set(referring).issubset(pks if other is model else ()):
                found.append(str(other._meta.verbose_name))
                break
    return found


def _undo_part(part: BatchPart, problems: list[Violation]) -> type[models.Model]:
    model = apps.get_model(part.model)
    manager: Any = model._default_manager
    name = str(model._meta.verbose_name)
    if part.changed:
        packed = base64.b64decode(secrets.decrypt(bytes(part.changed)))
        images = json.loads(zlib.decompress(packed))
        fields = list(images[0][2])
        columns = {field: _from_json(model, field, [image[2][field] for image in images]) for field in fields}
        written = db.update(model, [image[0] for image in images], [image[1] for image in images], columns, step=-1)
        if written != len(images):
            problems.append(
                Violation("later", f"“{name}”中有记录在这之后又被修改过", mend="请逐条改回，或先撤销之后的那一批")
            )
    pks = json.loads(zlib.decompress(bytes(part.new)))
    touched = sum(manager.filter(pk__in=chunk).exclude(version=1).count() for chunk in db.chunked(pks))
    if touched:
        problems.append(
            Violation(
                "later", f"“{name}”中有{touched}条新记录在这之后又被修改过", mend="请逐条处理，或先撤销之后的那一批"
            )
        )
    referring = [] if problems else _referring(model, pks)
    if referring:
        problems.append(
            Violation("referred", f"“{name}”的记录已被“{'、'.join(referring)}”引用", mend="请先删改引用它们的记录")
        )
    if not problems:
        for chunk in db.chunked(pks):
            manager.filter(pk__in=chunk)._raw_delete(using=manager.db)
    return model


def undo(batch_id: int, *, union: int, by: Access) -> Batch:
    """Take an import back. Refused as a whole when a row has changed since, is referred to, or after 30 days."""
    problems: list[Violation] = []
    with transaction.atomic():
        audit.lock(union)
        batch = Batch.objects.select_for_update().filter(pk=batch_id, union_id=union).first()
        if batch is None:
            raise Refused([Violation("no_batch", f"没有第{batch_id}号导入", mend="请核对导入时给出的批次号")])
        if batch.undone_at:
            raise Refused([Violation("undone", f"第{batch_id}号导入已经撤销过")])
        if timezone.now() - batch.at > KEEP:
            raise Refused([Violation("too_old", "导入已超过30天，原值不再保留", mend="请逐条修改")])
        parts = list(batch.parts.order_by("-position"))
        with ExitStack() as whole:
            for model in {apps.get_model(part.model) for part in parts}:
                if hasattr(model, "guarded"):  # what must hold of its rows together
                    whole.enter_context(model.guarded(union, by.on))
            tables = [_undo_part(part, problems) for part in parts]
            if problems:
                raise Refused(problems)
        batch.undone_at = timezone.now()
        batch.save(update_fields=["undone_at"])
        audit.record(union=union, by=by, verb="core.batch.undone", tables=tables, batch=batch.pk)
    return batch


def images(row: Any, *, since: datetime, made: models.Model) -> Iterator[dict[str, Any] | None]:
    """What the row held before each batch that changed it since then and stands; None for an image that is forgotten.

    The batch that made the record `made` does not count.
    """
    label, maker = str(row._meta.label), str(made._meta.label)
    parts = BatchPart.objects.filter(batch__union_id=row.union_id, batch__at__gt=since, batch__undone_at=None)
    made_by = {
        part.batch_id
        for part in parts.filter(model=maker).only("batch", "new")
        if made.pk in json.loads(zlib.decompress(bytes(part.new)))
    }
    for part in parts.filter(model=label).exclude(batch__in=made_by).select_related("batch").order_by("batch", "pk"):
        if part.changed:
            packed = base64.b64decode(secrets.decrypt(bytes(part.changed)))
            yield from (image for pk, _version, image in json.loads(zlib.decompress(packed)) if pk == row.pk)
        elif timezone.now() - part.batch.at > KEEP and written(part.batch).get(label, (0, 0))[1]:
            yield None


def forget_images(before_days: int = KEEP.days) -> int:
    """Destroy before-images older than the given days and return how many parts were cleared."""
    limit = timezone.now() - timedelta(days=before_days)
    return BatchPart.objects.filter(batch__at__lt=limit).exclude(changed=None).update(changed=None)


def listed(union: int, most: int) -> list[Batch]:
    """The union's latest imports, newest first."""
    return list(Batch.objects.filter(union_id=union).order_by("-pk")[:most])


def find(batch_id: int, union: int) -> Batch | None:
    """One import of the union."""
    return Batch.objects.filter(pk=batch_id, union_id=union).first()


def written(batch: Batch) -> dict[str, tuple[int, int]]:
    """How many rows the batch made and changed, by table (`app.Model`), as its audit line says."""
    _verb, changes = _line(batch)
    return {label: (int(told[0]), int(told[1])) for label, told in changes.items() if isinstance(told, list)}


def verb(batch: Batch) -> str:
    """Which deed wrote the batch: an import, or another one on many rows."""
    return _line(batch)[0]


def _line(batch: Batch) -> tuple[str, dict[str, Any]]:
    """Verb and changes of the audit line with which the batch was written."""
    lines = AuditLine.objects.filter(union_id=batch.union_id, batch_id=batch.pk).exclude(verb="core.batch.undone")
    found = person_keys.opened(lines.order_by("seq")[:1])
    return (found[0].verb, found[0].told) if found else (IMPORTED, {})


def may_be_undone(batch: Batch) -> bool:
    """Whether the import is recent enough and not taken back yet; later changes of its rows are found by `undo`."""
    return batch.undone_at is None and timezone.now() - batch.at <= KEEP
