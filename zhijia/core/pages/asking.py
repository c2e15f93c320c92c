"""What may be asked of a register, read off its sheet: columns to show, filters, sorts; and what a query asks.

Wrong words in a query are passed over: a list never answers with an error to an old bookmark.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q

from zhijia.core.pages import searching
from zhijia.core.pages.words import attname, is_secret
from zhijia.core.sheets import beside
from zhijia.core.sheets.days import date_
from zhijia.core.sheets.declare import Column, Filter, Sheet

SHOWN = 7  # columns of a list whose sheet names none
_DAYS = frozenset({"date", "last_day"})
_TEXTS = frozenset({"text", "name", "long_text"})


@dataclass(frozen=True, slots=True)
class Outline:
    """What a sheet's list offers: `day` is its main date, `choices` and `groups` its filters, `texts` what is searched.

    `blanks` are the columns that may be empty, `indexed` the sorts that an index serves at any size.
    """

    columns: tuple[Column, ...]
    first: tuple[str, ...]
    day: str
    choices: tuple[Column, ...]
    groups: tuple[Column, ...]
    references: tuple[Column, ...]
    years: tuple[Column, ...]
    times: frozenset[str]
    texts: tuple[str, ...]
    blanks: tuple[Column, ...]
    indexed: frozenset[str]
    has_pinyin: bool
    own_texts: Callable[[str], Q] | None

    @property
    def sought(self) -> searching.Sought:
        """Where a search looks."""
        people = [column.field for column in self.references if column.kind.target == "members.Person"]
        return searching.Sought(self.texts, people, self.has_pinyin, self.own_texts)


def _outline(sheet: Sheet) -> Outline:
    columns = tuple(column for column in sheet.columns if column.field != "uid")
    plain = [column for column in columns if not is_secret(sheet, column)]
    meta = sheet.records.model._meta
    fields = {field.name: field for field in meta.get_fields() if isinstance(field, models.Field)}
    listed = [column.field for column in plain if column.kind.name != "long_text"]
    texts = [c.field for c in plain if c.kind.name in _TEXTS and not isinstance(c, beside.OwnColumn)]
    texts += [column.kind.loose for column in plain if column.kind.loose]
    people = [f"{column.field}__name" for column in plain if column.kind.target == "members.Person"]
    return Outline(
        columns=columns,
        first=sheet.show or tuple(listed[:SHOWN]),
        day=next((column.field for column in plain if column.kind.name in _DAYS), ""),
        choices=tuple(column for column in plain if column.kind.choices),
        groups=tuple(column for column in plain if column.kind.target in ("unions.Group", "unions.Term")),
        references=tuple(column for column in plain if column.kind.target),
        years=tuple(column for column in plain if column.kind.name == "year"),
        times=frozenset(column.field for column in plain if column.kind.name in (*_DAYS, "month", "year")),
        texts=tuple(dict.fromkeys([*texts, *people])),
        blanks=tuple(column for column in plain if sheet.stored(column).null or sheet.stored(column).blank),
        indexed=frozenset(_indexed(meta)),
        has_pinyin="pinyin" in fields,
        own_texts=beside.saying(sheet),
    )


_known: dict[tuple[Any, ...], Outline] = {}


def outline(sheet: Sheet) -> Outline:
    """What the list of a sheet offers, worked out once."""
    if beside.columns_of(sheet):
        return _outline(sheet)  # the sheet was made for one request
    key = (sheet.records.label, sheet.show, *(column.field for column in sheet.columns))  # a leader sees fewer columns
    if key not in _known:
        _known[key] = _outline(sheet)
    return _known[key]


def _indexed(meta: Any) -> Iterable[str]:
    """Fields that stand behind the union in an index without a condition: sorting by them costs a page, not a table."""
    for index in meta.indexes:
        names = [name.lstrip("-") for name in index.fields]
        if len(names) > 1 and names[0] == "union" and index.condition is None:
            yield names[1]
    for rule in meta.constraints:
        names = list(getattr(rule, "fields", ()))
        if len(names) > 1 and names[0] == "union" and getattr(rule, "condition", None) is None:
            yield names[1]


@dataclass(frozen=True, slots=True)
class Asked:
    """What one query asks of a list; everything is checked against the sheet."""

    search: str
    columns: tuple[Column, ...]
    chosen: tuple[tuple[Column, str], ...]  # choice or yes-no column -> code as text
    years: tuple[tuple[Column, int], ...]
    linked: tuple[tuple[Column, UUID], ...]  # reference column -> 编号 of the row meant
    since: date | None
    until: date | None
    missing: Column | None
    filled: Column | None
    sort: str
    filters: tuple[tuple[Filter, Any], ...] = ()  # with the value asked for

    @property
    def filtered(self) -> bool:
        """Whether anything narrows the list."""
        return bool(
            self.search or self.chosen or self.years or self.linked or self.since or self.until
            or self.missing or self.filled or self.filters
        )  # fmt: skip


def day_of(text: str) -> date | None:
    """A day as people type it; None for anything else."""
    values, problems = date_().parse([text]) if text.strip() else ([None], [])
    return None if problems else values[0]


def asked(sheet: Sheet, query: Mapping[str, Any]) -> Asked:
    """Read a query (`request.GET`): q, col (several), FIELD=code, FIELD=uid, from, to, missing, filled, sort."""
    shape = outline(sheet)
    by_field = {column.field: column for column in shape.columns}
    wanted: list[str] = query.getlist("col") if hasattr(query, "getlist") else []
    columns = tuple(by_field[name] for name in wanted if name in by_field) or tuple(by_field[n] for n in shape.first)
    chosen = []
    for column in shape.choices:
        code = str(query.get(column.field, ""))
        if code and code in {str(known) for known in codes(column)}:
            chosen.append((column, code))
    years = [
        (c, int(text)) for c in shape.years if (text := str(query.get(c.field, ""))).isdecimal() and len(text) == 4
    ]
    linked = [(c, uid) for c in shape.references if (uid := _uid(str(query.get(c.field, ""))))]
    blanks = {column.field: column for column in shape.blanks}
    sort = str(query.get("sort", ""))
    return Asked(
        search=str(query.get("q", "")).strip()[:60],
        columns=columns,
        chosen=tuple(chosen),
        years=tuple(years),
        linked=tuple(linked),
        since=day_of(str(query.get("from", ""))) if shape.day else None,
        until=day_of(str(query.get("to", ""))) if shape.day else None,
        missing=blanks.get(str(query.get("missing", ""))),
        filled=blanks.get(str(query.get("filled", ""))),
        sort=sort if sort.lstrip("-") in by_field and sort.count("-") <= 1 else "",
        filters=tuple(
            (one, value)
            for one in sheet.filters
            if query.get(one.name) and (value := one.value(str(query.get(one.name)))) is not None
        ),
    )


def codes(column: Column) -> list[Any]:
    """The codes of a column with choices, as stored: each label read back by the column's own kind."""
    values, _problems = column.kind.parse(list(column.kind.choices))
    return [value for value in values if value is not None]


def _uid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def condition(sheet: Sheet, query: Asked, *, today: date) -> Q:
    """The rows that the query keeps; `today` is the day of ages, standings and posts."""
    found = searching.condition(outline(sheet).sought, query.search) if query.search else Q()
    for column, text in query.chosen:
        value = next(code for code in codes(column) if str(code) == text)
        if isinstance(column, beside.OwnColumn):
            found &= beside.having(sheet, column, text)
        else:
            found &= Q(**{column.field: value})
    for column, year in query.years:
        found &= Q(**{column.field: year})
    for column, uid in query.linked:
        found &= Q(**{f"{column.field}__uid": uid})
    day = outline(sheet).day
    if query.since:
        found &= Q(**{f"{day}__gte": query.since})
    if query.until:
        found &= Q(**{f"{day}__lte": query.until})
    if query.missing:
        found &= _blank(sheet, query.missing)
    if query.filled:
        found &= ~_blank(sheet, query.filled)
    for one, value in query.filters:
        found &= one.rows(value, today)
    return found


def _blank(sheet: Sheet, column: Column) -> Q:
    field: Any = sheet.stored(column)
    found = Q(**{f"{attname(sheet, column)}__isnull": True}) if field.null else Q()
    if isinstance(field, models.CharField | models.TextField):
        found |= Q(**{column.field: ""})
    if column.kind.loose:
        found &= Q(**{column.kind.loose: ""})
    return found
