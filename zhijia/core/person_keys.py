"""What the audit chain tells of a person is written under that person's own key; whoever is erased loses the key.

The chain is never rewritten (ADR 5), so nothing that it says in clear could be taken back (ADR 15). The lines stay, and
prove what they proved: that somebody did something to a record on a day.

The reason of a deed that is about nobody alone may still name somebody: it is written under a key of its own, with a
number below zero, which goes when somebody is erased whom the reason names.
"""

from __future__ import annotations

import base64
import json
import os
import secrets
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import models
from django.db.models import Q

from zhijia.core.fields import plain
from zhijia.core.models import AuditLine, PersonKey

PERSON = "Person"  # the class that a reference to a person leads to, whichever room declares it
SUBJECT = "person"  # the reference to whom a row is about
_OF, _SEALED, _ROWS = "of", "sealed", "rows"
FREE = ("reason",)  # free text in a line
_TEXT = "text"
_KEY, _NONCE = 32, 12
Keys = Mapping[int, AESGCM]


def whom(row: models.Model | None) -> int | None:
    """The person that a row is, or is about; None where it is about nobody, or about somebody without a record."""
    return getattr(row, "pk" if type(row).__name__ == PERSON else f"{SUBJECT}_id", None)


def sealed(
    changes: Mapping[str, Any], union: int, *, about: int | None, rows: Sequence[int | None] = ()
) -> dict[str, Any]:
    """`changes` as the chain keeps them: each of its rows under the key of the person in `rows`, or all under one.

    What is about nobody stays as it is. The caller holds the chain.
    """
    if rows:
        keys = _keys(union, {person for person in rows if person is not None})
        told = zip(changes[_ROWS], rows, strict=True)
        return {**changes, _ROWS: [row if person is None else _sealed(row, person, keys) for row, person in told]}
    if not changes:
        return {}
    if about is None:
        return {name: _freed(text, union) if name in FREE and text else text for name, text in changes.items()}
    return _sealed(changes, about, _keys(union, {about}))


def _freed(text: Any, union: int) -> dict[str, Any]:
    """Free text under a key of its own."""
    own = -1 - secrets.randbits(62)
    return _sealed({_TEXT: text}, own, _keys(union, {own}))


def free_lines(union: int) -> list[AuditLine]:
    """The lines of the union with free text under a key of its own that is still there, opened."""
    if not PersonKey.objects.filter(union_id=union, person_id__lt=0).exists():
        return []
    meant = Q(*(Q(**{f"changes__{name}__{_OF}__lt": 0}) for name in FREE), _connector=Q.OR)
    return opened(AuditLine.objects.filter(meant, union_id=union))


def destroy_free(lines: Iterable[AuditLine]) -> None:
    """Destroy the keys of the lines' free text."""
    destroy(line.changes[name][_OF] for line in lines for name in FREE if _is_sealed(line.changes.get(name)))


def _keys(union: int, persons: Iterable[int]) -> dict[int, AESGCM]:
    """The keys of persons of whom something is to be told; made where there is none. The caller holds the chain."""
    wanted = set(persons)
    found = _stored(wanted)
    fresh = {person: os.urandom(_KEY) for person in sorted(wanted - found.keys())}
    PersonKey.objects.bulk_create(
        PersonKey(union_id=union, person_id=person, key=base64.b64encode(key).decode()) for person, key in fresh.items()
    )
    return found | {person: AESGCM(key) for person, key in fresh.items()}


def _stored(persons: Collection[int]) -> dict[int, AESGCM]:
    rows = PersonKey.objects.filter(person_id__in=list(persons)) if persons else ()
    return {row.person_id: AESGCM(base64.b64decode(plain(row.key))) for row in rows}


def _sealed(told: Mapping[str, Any], person: int, keys: Keys) -> dict[str, Any]:
    nonce = os.urandom(_NONCE)
    text = json.dumps(dict(told), ensure_ascii=False, default=str)
    body = nonce + keys[person].encrypt(nonce, text.encode(), _context(person))
    return {_OF: person, _SEALED: base64.b64encode(body).decode()}


def opened(lines: Iterable[AuditLine]) -> list[AuditLine]:
    """The lines, each with `told`: its changes in clear, empty where they can not be read. At most one query."""
    found = list(lines)
    keys = _stored({part[_OF] for line in found for part in _parts(line) if _is_sealed(part)})
    for line in found:
        line.told = _opened(line.changes, keys)
        if free := [name for name in FREE if _is_sealed(line.told.get(name))]:
            line.told = line.told | {name: _opened(line.told[name], keys).get(_TEXT, "") for name in free}
        if _rows(line):
            line.told = {**line.told, _ROWS: [_opened(row, keys) for row in _rows(line)]}
    return found


def _parts(line: AuditLine) -> list[Any]:
    """What of a line may be sealed: the whole, each of its rows, its free text."""
    return [line.changes, *_rows(line), *(line.changes.get(name) for name in FREE)]


def _rows(line: AuditLine) -> list[Any]:
    rows = line.changes.get(_ROWS)
    return rows if isinstance(rows, list) else []


def _is_sealed(part: Any) -> bool:
    return isinstance(part, dict) and part.keys() == {_OF, _SEALED}


def _opened(part: dict[str, Any], keys: Keys) -> dict[str, Any]:
    if not _is_sealed(part):
        return part
    try:
        key, body = keys[part[_OF]], base64.b64decode(part[_SEALED])
        found: dict[str, Any] = json.loads(key.decrypt(body[:_NONCE], body[_NONCE:], _context(part[_OF])))
    except (KeyError, ValueError, TypeError, InvalidTag):
        return {}  # the key is gone; or somebody altered the line, which `audit verify` tells
    return found


def _context(person: int) -> bytes:
    return f"audit person {person}".encode()


def destroy(persons: Iterable[int]) -> None:
    """Destroy the keys: what the chain tells of these persons can not be read again, by nobody."""
    PersonKey.objects.filter(person_id__in=list(persons)).delete()
