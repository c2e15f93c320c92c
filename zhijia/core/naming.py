"""How few rows of a table are named and found by name, without reading the table: what forms ask of a large register.

Answers are those of `Lookup.names`, the way of imports: first the handle that fits best, texts compared in their
canonical form. A model may say in `spelt` that a column of it is found through an indexed one computed from the same
text: `{"name": ("pinyin", pinyin_key)}`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q

from zhijia.core import bearers
from zhijia.core.bearers import Bearer
from zhijia.core.canonical import SEPARATORS, canonical
from zhijia.core.record_types import Records

SHOWN = 12  # options of a picker
_AFTER = "zzzzzz"  # later than any reading that begins with the text before it, in every collation


def _end(model: Any, path: str) -> tuple[Any, str, str]:
    """The model and the field at the end of a handle's path, and the prefix of a lookup through it."""
    name, _, rest = path.partition(".")
    prefix = ""
    while rest:
        model = model._meta.get_field(name).related_model
        prefix += f"{name}__"
        name, _, rest = rest.partition(".")
    return model, name, prefix


def _beginnings(text: str) -> set[str]:
    """The text and what stands before each of its separators: one of them is the first part of a handle."""
    text = text.strip()
    found = {text}
    for match in SEPARATORS.finditer(text):
        found |= {text[: match.start()], text[: match.start() + 1]}
    found.discard("")
    return found | {word.upper() for word in found} | {word.lower() for word in found}


def _exact(union: int, model: Any, path: str, words: set[str]) -> Q | None:
    """Rows whose field at `path` is one of the words; None where such a field is no text and no number."""
    end, name, prefix = _end(model, path)
    field = end._meta.get_field(name)
    if isinstance(field, models.CharField | models.TextField):
        condition = Q(**{f"{prefix}{name}__in": sorted(words)})
        if name in _spelt(end):
            column, spell = end.spelt[name]
            condition &= Q(**{f"{prefix}{column}__in": sorted({spell(word) for word in words})})
        return condition & Q(**{f"{prefix}union_id": union})  # in each part, for the index that begins with it
    if isinstance(field, models.IntegerField):
        numbers = sorted({int(key) for key in map(canonical, words) if key.isdecimal() and len(key) < 10})
        return Q(**{f"{prefix}{name}__in": numbers}) if numbers else None
    return None


def _spelt(model: Any) -> dict[str, Any]:
    return dict(getattr(model, "spelt", {}))


def spelt_values(model: Any, names: Iterable[str], columns: Mapping[str, Sequence[Any]], index: int) -> dict[str, Any]:
    """The computed columns that find row `index` of `columns` by the named fields through an index."""
    computed = [_spelt(model)[name][0] for name in names if name in _spelt(model)]
    return {column: columns[column][index] for column in computed if column in columns}


def _rows(records: Records, union: int) -> models.QuerySet[Any]:
    manager: Any = records.model._default_manager
    rows: models.QuerySet[Any] = manager.filter(union_id=union, withdrawn_on=None)
    return rows if records.tenant else manager.filter(pk=union)


def _uids(words: Iterable[str]) -> list[UUID]:
    found = []
    for word in words:
        try:
            found.append(UUID(word))
        except ValueError:
            continue
    return found


def _paths(records: Records) -> list[str]:
    paths = (path for handle in records.handles for path in handle)
    return list(dict.fromkeys((*paths, *(records.borne or ()))))


def _named(records: Records, union: int, words: set[str], *, loosely: str = "") -> list[dict[str, Any]]:
    """Handle values by path of rows that begin a handle with one of the words or, `loosely`, hold that text in it."""
    condition = Q(uid__in=_uids(words))
    for path in dict.fromkeys(handle[0] for handle in records.handles):
        end, name, prefix = _end(records.model, path)
        if loosely:
            if isinstance(end._meta.get_field(name), models.CharField | models.TextField) and not _spelt(end):
                condition |= Q(**{f"{prefix}{name}__icontains": loosely})
        else:
            condition |= _exact(union, records.model, path, words) or Q()
    if records.tenant and not loosely:
        manager: Any = records.model._default_manager
        found = manager.filter(condition, withdrawn_on=None)
        return [row for row in _read(records, found) if row["union_id"] == union]
    return _read(records, _rows(records, union).filter(condition))


def _read(records: Records, rows: models.QuerySet[Any]) -> list[dict[str, Any]]:
    paths = _paths(records)
    owner = "union_id" if records.tenant else "pk"
    found = rows.values_list("pk", "uid", owner, *(path.replace(".", "__") for path in paths))
    return [
        {"pk": row[0], "uid": row[1], "union_id": row[2], **dict(zip(paths, row[3:], strict=True))} for row in found
    ]


def _names(records: Records, rows: Sequence[dict[str, Any]]) -> dict[str, list[int]]:
    """Every canonical text that means some of the rows, as `Lookup.names` gives them."""
    found: dict[str, list[int]] = {}
    for handle in (*records.handles, ("uid",)):
        own: dict[str, list[int]] = defaultdict(list)
        for row in rows:
            parts = [row[path] for path in handle]
            if not any(part is None or part == "" for part in parts):
                own["|".join(canonical(part) for part in parts)].append(row["pk"])
        for text, pks in own.items():
            found.setdefault(text, pks)
    for text, pks in dated(_bearers(records, rows)).items():
        found.setdefault(text, pks)
    return found


def _bearers(records: Records, rows: Iterable[dict[str, Any]]) -> dict[int, Bearer]:
    """Name and period of each row, where they bear names for a time."""
    if not records.borne:
        return {}
    name, first, end = records.borne
    return {row["pk"]: (row[name], row[first], row[end]) for row in rows}


def dated(borne: Mapping[int, Bearer]) -> dict[str, list[int]]:
    """Every canonical text that means a row by its name and a day."""
    found: dict[str, list[int]] = {}
    for token, bearer in borne.items():
        for text in bearers.spellings(bearer):
            found.setdefault(canonical(text), []).append(token)
    return found


def find(records: Records, union: int, text: str, day: date | None = None) -> list[int]:
    """The rows that `text` may mean: none, one, or several; one query where it is written as it is on record.

    With a `day`, of rows that bore the name one after the other only the one that bears it then.
    """
    key = canonical(text)
    rows = _named(records, union, _beginnings(text))
    found = _names(records, rows).get(key, [])
    first = next((part for part in SEPARATORS.split(text.strip()) if part), "")
    if not found and key and first:
        rows = _named(records, union, set(), loosely=first)
        found = _names(records, rows).get(key, [])
    if len(found) < 2 or day is None or not records.borne:
        return found
    return bearers.meant(found, _bearers(records, rows), day)


def describe(records: Records, union: int, pks: Sequence[int], sheet: Any = None) -> dict[int, str]:
    """The fullest handle of each row, to tell rows of one name apart; parts as the `sheet` writes them. One query."""
    told: dict[int, str] = {}
    if records.borne:  # what tells a row apart depends on all who bear its name; such tables are small
        names = bearers.apart(_bearers(records, _read(records, _rows(records, union))))
        return {pk: names[pk] for pk in pks if pk in names}
    for row in _read(records, _rows(records, union).filter(pk__in=pks)):
        for handle in sorted(records.handles, key=len, reverse=True):
            parts = [_shown(sheet, path, row[path]) if sheet else row[path] for path in handle]
            if all(part not in (None, "") for part in parts):
                told[row["pk"]] = _joined(parts)
                break
    return told


def _joined(parts: Sequence[Any]) -> str:
    first, *rest = [part.isoformat() if isinstance(part, date) else str(part) for part in parts]
    return f"{first}（{' '.join(rest)}）" if rest else first


def texts(sheet: Any, union: int, pks: Sequence[int]) -> dict[int, str]:
    """For each row a text that means it alone, as short as the handles allow, else its 编号. Two queries."""
    records: Records = sheet.records
    rows = _read(records, _rows(records, union).filter(pk__in=pks))
    firsts = [handle[0] for handle in records.handles]  # people know each other by name, not by staff number
    offers: dict[int, list[str]] = {}
    for row in rows:
        offers[row["pk"]] = []
        for handle in sorted(records.handles, key=lambda handle: (-firsts.count(handle[0]), len(handle))):
            parts = [_shown(sheet, path, row[path]) for path in handle]
            if all(part not in (None, "") for part in parts):
                offers[row["pk"]].append(_joined(parts))
                if records.borne and handle == records.handles[0]:
                    offers[row["pk"]] += bearers.spellings(_bearers(records, [row])[row["pk"]])
    words = {word for every in offers.values() for offer in every for word in _beginnings(offer)}
    means = _names(records, _named(records, union, words)) if words else {}
    return {
        row["pk"]: next((offer for offer in offers[row["pk"]] if means.get(canonical(offer)) == [row["pk"]]), "")
        or str(row["uid"])
        for row in rows
    }


def _shown(sheet: Any, path: str, value: Any) -> Any:
    """A handle's part as its own sheet writes it (第五届 rather than 5)."""
    shows = [column.kind.show for column in sheet.columns if column.field == path]
    return shows[0](value) if shows and value is not None else value


def matching(records: Records, union: int, text: str, limit: Q | None = None) -> list[int]:
    """The first rows whose name, its reading or its initials begin with what was typed, or else hold it."""
    text = text.strip()
    rows = _rows(records, union)
    if limit is not None:
        rows = rows.filter(limit)
    order = [name for name in ("pinyin",) if any(f.name == name for f in records.model._meta.fields)]
    if not text:
        return list(rows.order_by("-pk").values_list("pk", flat=True)[:SHOWN])
    found: list[int] = []
    for condition in _steps(records, text):
        left = SHOWN - len(found)
        if left > 0:
            more = rows.filter(condition).exclude(pk__in=found).order_by(*order, "pk")
            found += more.values_list("pk", flat=True)[:left]
    return found


def _steps(records: Records, text: str) -> list[Q]:
    """Conditions from the quickest to the widest. A table that keeps readings is too large for any but indexed ones."""
    near, wide = [], Q()
    for path in dict.fromkeys(handle[0] for handle in records.handles):
        end, name, prefix = _end(records.model, path)
        field = end._meta.get_field(name)
        if isinstance(field, models.IntegerField) and canonical(text).isdecimal():
            near.append(Q(**{f"{prefix}{name}": int(canonical(text)[:9])}))
        elif name in _spelt(end):
            column, spell = _spelt(end)[name]
            near += _read_as(prefix, name, text, column=column, spell=spell)
        elif isinstance(field, models.CharField | models.TextField):
            if _spelt(end):
                near.append(Q(**{f"{prefix}{name}__gte": text, f"{prefix}{name}__lt": text + _AFTER}))
            else:
                wide |= Q(**{f"{prefix}{name}__icontains": text})
    return [*near, wide] if wide else near


def _read_as(prefix: str, name: str, text: str, *, column: str, spell: Any) -> list[Q]:
    """By the reading: what begins with the text, then what holds it (or has it as initials)."""
    latin = text.isascii()
    read = text.lower().replace(" ", "") if latin else spell(text).split(" ")[0]
    begins = Q(**{f"{prefix}{column}__gte": read, f"{prefix}{column}__lt": read + _AFTER})
    holds = Q(**{f"{prefix}{column}__contains": f" {read}" if latin else read})
    if not latin:
        begins &= Q(**{f"{prefix}{name}__startswith": text})
        holds &= Q(**{f"{prefix}{name}__contains": text})
    return [begins, holds]
