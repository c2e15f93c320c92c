"""What the audit line of a save tells: before and after of a few rows, or the digest of many."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import models

from zhijia.core import keys, own_values, person_keys, secrets
from zhijia.core.fields import SecretField, plain
from zhijia.core.record_types import Plan

FEW = 20  # rows up to which a line tells each change


def told(result: Plan) -> dict[str, Any]:
    """What the line of one save holds, and whom its rows are about: `changes` and `rows` of `audit.record`."""
    if len(result.frame) <= FEW:
        return {"changes": changes(result), "rows": _whom(result)}
    return {"changes": {"count": len(result.frame), "digest": digest(result)}}


def _whom(result: Plan) -> list[int | None]:
    """The person that each told row is about, once the plan is written; none of a table about nobody."""
    model, touched = result.records.model, result.new + result.changed
    if model.__name__ == person_keys.PERSON:
        return [result.tokens[index] for index in touched]
    if person_keys.SUBJECT not in {one.name for one in model._meta.concrete_fields}:
        return []
    pks = [result.tokens[index] for index in touched]
    found = dict(model._base_manager.filter(pk__in=pks).values_list("pk", f"{person_keys.SUBJECT}_id"))
    return [found[pk] for pk in pks]


def _spelt(cells: list[Any]) -> Iterable[str]:
    """The cells as texts; days are few and repeated, and slow to write."""
    if not any(isinstance(cell, date) for cell in cells):
        return map(str, cells)
    known = {cell: str(cell) for cell in set(cells)}
    return [known[cell] for cell in cells]


def digest(result: Plan) -> str:
    """Keyed digest of the rows that a plan writes, for the audit line."""
    touched = result.new + result.changed
    every = touched == list(range(len(result.frame)))
    hasher = hashlib.blake2b(key=keys.keyring().subkey("batch"), digest_size=32)
    for name in sorted(result.frame.headers or result.frame.columns):  # what the file gave; the rest follows from it
        column = result.frame.columns.get(name)
        if column is None:  # a column of the union's own: its values follow below
            continue
        hasher.update(name.encode())
        cells = column if every else [column[index] for index in touched]
        hasher.update("\x1f".join(_spelt(cells)).encode(errors="surrogatepass"))
    if result.beside:
        hasher.update(digest(result.beside).encode())
    return hasher.hexdigest()


def changes(result: Plan) -> dict[str, Any]:
    """Before and after of a small save, for the audit line; secrets and private fields only as keyed digests."""
    told: list[dict[str, list[Any]]] = []
    sealed = own_values.secrets_in(result)
    for index in result.new + result.changed:
        row: dict[str, list[Any]] = {}
        old = result.before.get(index, {})
        for name, column in result.frame.columns.items():
            before, after = plain(old.get(name)), column[index]
            if before == after or name == "uid":
                continue
            model_field = result.records.model._meta.get_field(name)
            if isinstance(model_field, SecretField | models.BinaryField) or name in result.records.private:
                before, after = _sealed((before, after))
            row[name] = [before, after]
        row |= {name: _sealed(pair) if name in sealed else pair for name, pair in result.own.get(index, {}).items()}
        told.append(row)
    return {"rows": told}


def _sealed(pair: Iterable[Any]) -> list[Any]:
    """Before and after of a secret as keyed digests."""
    return [secrets.keyed_digest(repr(value)) if value else None for value in pair]
