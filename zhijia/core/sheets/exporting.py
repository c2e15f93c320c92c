"""Records as rows of the ledger workbook: full values, references as the other row's shortest unique name, else 编号.

What this gives, `writing.write_workbook` writes, and an import into an empty folder gives equal records.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from django.db import models

from zhijia.core import bearers, secrets
from zhijia.core.canonical import canonical
from zhijia.core.fields import Sealed
from zhijia.core.lookup import Lookup
from zhijia.core.sheets import beside
from zhijia.core.sheets.declare import Column, Sheet

_CHUNK = 5_000


class _Names:
    """How rows of each table are named in other rows' cells."""

    def __init__(self, sheets: Sequence[Sheet], union: int, today: date) -> None:
        self._sheets = {sheet.records.label: sheet for sheet in sheets}
        self._lookup = Lookup(union, today)
        self._known: dict[str, dict[int, str]] = {}

    def of(self, label: str) -> dict[int, str]:
        """Every row of the table with a text that an import resolves to it alone."""
        if label not in self._known:
            self._known[label] = self._named(self._sheets[label])
        return self._known[label]

    def _named(self, sheet: Sheet) -> dict[int, str]:
        label = sheet.records.label
        found: dict[int, str] = {}
        means = self._lookup.names(sheet.records)
        borne = self._lookup.bearers(sheet.records)
        for handle in sorted(sheet.records.handles, key=len):
            columns = [self._parts(sheet, path) for path in handle]
            for token in columns[0]:
                if token in found:
                    continue
                first, *rest = [column.get(token) for column in columns]
                if first in (None, "") or any(part in (None, "") for part in rest):
                    continue
                text = f"{first}（{' '.join(str(part) for part in rest)}）" if rest else str(first)
                texts = [text, *bearers.spellings(borne[token])] if borne and text == borne[token][0] else [text]
                clear = next((text for text in texts if means.get(canonical(text)) == [token]), "")
                if clear:
                    found[token] = clear
        for token, uid in self._lookup.column(label, "uid").items():
            found.setdefault(token, str(uid))
        return found

    def _parts(self, sheet: Sheet, path: str) -> dict[int, Any]:
        """One part of a handle by row, as its own sheet shows it (第五届 rather than 5)."""
        name, _, rest = path.partition(".")
        values = self._lookup.column(sheet.records.label, name)
        if rest:
            target: Any = sheet.records.model._meta.get_field(name).related_model
            other = self._parts(self._sheets[target._meta.label], rest)
            return {token: other.get(value) for token, value in values.items()}
        shows = [column.kind.show for column in sheet.columns if column.field == name]
        return {token: shows[0](value) for token, value in values.items()} if shows else values


def pages(sheets: Sequence[Sheet], union: int, today: date) -> Iterator[tuple[Sheet, Iterator[Sequence[Any]]]]:
    """Yield each sheet with its rows, which are read while they are asked for; sheets without a row are left out."""
    names = _Names(sheets, union, today)
    for sheet in sheets:
        found = _rows(sheet, union)
        if found.exists():
            yield sheet, _values(sheet, found, names)


def _rows(sheet: Sheet, union: int) -> models.QuerySet[Any]:
    manager: Any = sheet.records.model._default_manager
    if not sheet.records.tenant:
        return manager.filter(pk=union)
    return manager.filter(union_id=union, withdrawn_on=None).order_by(*(sheet.order_by or ("pk",)))


def _values(sheet: Sheet, found: models.QuerySet[Any], names: _Names) -> Iterator[Sequence[Any]]:
    paths = [_path(sheet, column.field) for column in sheet.columns]
    loose = [column.kind.loose for column in sheet.columns if column.kind.loose]
    rows = beside.annotated(sheet, found, full=True).values_list(*paths, *loose).iterator(chunk_size=_CHUNK)
    for chunk in _chunks(rows):
        columns = [list(column) for column in zip(*chunk, strict=True)]
        texts = dict(zip(loose, columns[len(paths) :], strict=True))
        shown = [_column(column, values, texts, names) for column, values in zip(sheet.columns, columns, strict=False)]
        yield from zip(*shown, strict=True)


def _path(sheet: Sheet, name: str) -> str:
    if name.startswith(beside.PREFIX):
        return name
    field = sheet.records.model._meta.get_field(name)
    return str(getattr(field, "attname", name))


def _chunks(rows: Iterable[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    chunk: list[tuple[Any, ...]] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == _CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _column(column: Column, values: list[Any], texts: dict[str, list[Any]], names: _Names) -> list[Any]:
    """One column's cells before their kind shows them: names for references, secrets in clear."""
    if column.kind.target:
        known = names.of(column.kind.target)
        named = [known.get(value) if value is not None else None for value in values]
        spare = texts.get(column.kind.loose, [None] * len(named))
        return [name or text or None for name, text in zip(named, spare, strict=True)]
    sealed = [value for value in values if isinstance(value, Sealed)]
    if not sealed:
        return values
    clear = iter(secrets.decrypt_many((value.ciphertext for value in sealed), context=sealed[0].context))
    return [next(clear) if isinstance(value, Sealed) else value for value in values]
